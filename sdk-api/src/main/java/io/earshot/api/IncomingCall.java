package io.earshot.api;

import io.earshot.api.calls.CallDetails;
import io.earshot.api.identity.CallerVerification;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A call that rings here and is not answered yet. It can be answered, rejected or redirected, once; whichever comes first counts, and
 * a caller who gives up meanwhile ends it: {@link Call#ended()} of {@link #call()} tells. Safe for use by any thread.
 */
public interface IncomingCall {
    /** Returns the caller as the INVITE's From says; not verified. */
    Call.Peer caller();

    /** Returns the address that was called. */
    String called();

    /** Returns the account it came for. */
    Account account();

    /** Returns the value of a header of the INVITE, the first if there are several; empty when it has none. */
    java.util.Optional<String> header(String name);

    /** Returns what the INVITE says beside the sound: diversions, who the network says it is, icons, and all headers. */
    default CallDetails details() {
        return call().details();
    }

    /**
     * Checks whether somebody vouches for the caller (RFC 8224): begins with this call, takes as long as fetching a certificate, and never
     * fails: the verdict says what is wrong. The call goes on meanwhile.
     */
    CompletableFuture<CallerVerification> verification();

    /** Returns the call that it is or becomes, for its events; it is {@link Call.State#RINGING} until answered. */
    Call call();

    /** Returns the call of ours that the caller wants to join (RFC 3911): once answered, the three hear each other. */
    java.util.Optional<Call> joins();

    /** Tells the caller that it rings: 180. Done by itself when the handler is called; calling it again is harmless. */
    void ring();

    /**
     * Starts the sound before the answer: 183 with our description (RFC 3261 §13.3.1), for announcements or a ringing of one's own. The
     * caller hears {@link Call#audio()} of {@link #call()}, which stays {@link Call.State#RINGING}; what is played there goes on after the
     * answer, whose codecs are those agreed now. Where both sides can, the 183 is acknowledged (RFC 3262), see {@link Reliability}; it may
     * get lost otherwise. Doing so twice is harmless.
     *
     * @return completes with the call when its sound flows; fails with {@link VoipException}, and the call rings on, when there is no codec
     *     in common, when the caller's INVITE had no offer, and when the call was answered, refused or given up before
     */
    CompletableFuture<Call> startEarlyMedia(CallOptions options);

    /** Starts the sound before the answer, otherwise as {@link #startEarlyMedia(CallOptions)}. */
    default CompletableFuture<Call> startEarlyMedia() {
        return startEarlyMedia(CallOptions.DEFAULT);
    }

    /**
     * Answers with 200, waits until the caller has confirmed, and returns the call.
     *
     * @throws VoipException when the caller gave up before, or there is no codec in common
     */
    default Call answer() {
        return answer(CallOptions.DEFAULT);
    }

    /** Answers with options, otherwise as {@link #answer()}. */
    Call answer(CallOptions options);

    /** Answers without waiting; {@link Call#answered()} tells the outcome. */
    Call answerAsync(CallOptions options);

    /** Refuses with 486 (Busy Here). */
    default void reject() {
        reject(486);
    }

    /**
     * Refuses.
     *
     * @param status 400 to 699
     */
    void reject(int status);

    /** Refuses with extra headers, as Retry-After or Reason. */
    void reject(int status, Map<String, String> headers);

    /**
     * Sends the caller elsewhere with 302, which says who did: Diversion (RFC 5806) and History-Info (RFC 7044).
     *
     * @param target an address as for {@link Account#dial(String)}
     */
    void redirect(String target);
}
