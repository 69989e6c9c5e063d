package io.earshot.api;

import io.earshot.api.audio.CallAudio;
import io.earshot.api.calls.CallDetails;
import io.earshot.api.calls.CallReason;
import io.earshot.api.calls.HoldMode;
import io.earshot.api.chat.CallMessages;
import io.earshot.api.check.Check;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

/**
 * A call, from dialling or answering to its end. Safe for use by any thread.
 *
 * <p>Its events can be had in three ways, all in the same order: {@link #events()} blocks, {@link #publisher()} pushes,
 * {@link #onEvent(Consumer)} calls back. Every call ends in exactly one {@link CallEvent.Ended}. A view that starts late begins with the
 * events so far; of the measurements, {@link CallEvent.Quality}, it gets those of the last minute. Closing a call hangs it up.
 */
public interface Call extends AutoCloseable {
    /** Returns a number that is unique within the phone, counting from 1. */
    long id();

    /** Returns the SIP Call-ID (RFC 3261 §20.8). */
    String callId();

    /** Returns what names it to other phones; empty until it is answered. */
    java.util.Optional<CallDialog> dialog();

    /** Returns the account it belongs to. */
    Account account();

    /** Tells whether we called or were called. */
    Direction direction();

    /** Returns the peer: address and, once known, display name. */
    Peer remote();

    /** Returns where the call stands now. */
    State state();

    /**
     * Waits until the peer answers.
     *
     * @return this call
     * @throws VoipException when the call ends without an answer
     */
    Call awaitAnswer();

    /** Completes when the peer answers; fails with {@link VoipException} when the call ends before. */
    CompletableFuture<Call> answered();

    /** Waits until the call has ended and returns how. */
    CallRecord awaitEnd();

    /** Completes when the call has ended; never fails. */
    CompletableFuture<CallRecord> ended();

    /**
     * Puts the peer on hold with a re-INVITE ({@code sendonly}, RFC 3264 §8.4), waiting for the answer.
     *
     * @throws VoipException when the peer refuses or the call is not established
     */
    void hold();

    /** Puts the peer on hold; the future fails with {@link VoipException}. */
    CompletableFuture<Void> holdAsync();

    /** Puts the call on hold in a way, or changes the way in which it is held; the future fails with {@link VoipException}. */
    CompletableFuture<Void> holdAsync(HoldMode mode);

    /** Takes the peer off hold, waiting for the answer, otherwise as {@link #hold()}. */
    void resume();

    /** Takes the peer off hold; the future fails with {@link VoipException}. */
    CompletableFuture<Void> resumeAsync();

    /** Ends the call in the way its state asks for: CANCEL, BYE or a refusal. Returns at once; twice is harmless. */
    void hangup();

    /**
     * Makes the peer call somebody else instead of us (blind transfer), otherwise as {@link #transfer(String, TransferOptions)}: the peer
     * is put on hold, our call ends when the target has answered, and goes on if it does not.
     */
    default Transfer transfer(String target) {
        return transfer(target, TransferOptions.DEFAULT);
    }

    /**
     * Makes the peer call somebody else instead of us (REFER, RFC 3515). Returns at once.
     *
     * @param target an address as for {@link Account#dial(String)}
     * @throws VoipException when the target is no address; that the call is not established comes by {@link Transfer#done()}
     */
    Transfer transfer(String target, TransferOptions options);

    /** Connects the peer with that of another call of ours (attended transfer), with the usual options. */
    default Transfer transferTo(Call other) {
        return transferTo(other, TransferOptions.DEFAULT);
    }

    /**
     * Connects the peer with that of another call of ours (attended transfer, RFC 5589 §7): it calls the other peer and takes our place
     * there by Replaces. Both our calls end. If the other call is not answered yet, it is given up, and its target called by the peer.
     *
     * @throws VoipException when the other call is not of this phone, or is this one
     */
    Transfer transferTo(Call other, TransferOptions options);

    /**
     * Returns the call that this one goes on in, once there is one: to whom the peer referred us, or one that came in to replace it. Empty
     * before, and for most calls for ever.
     */
    java.util.Optional<Call> replacedBy();

    /** Lets the peers of two calls hear each other too: a conference of three, over the bridge. */
    default void conferenceWith(Call other) {
        audio().connect(Check.requireNonNull(other, "other").audio().port());
    }
    /** Returns what sends instant messages to the peer. */
    CallMessages messages();

    /** Returns what sends keys and INFO to the peer. */
    CallSignals signals();

    /**
     * Ends the call as {@link #hangup()} does and tells the peer why (RFC 3326).
     *
     * @throws VoipException when the reason cannot be sent
     */
    void hangup(CallReason why);

    /**
     * Sets further SIP headers of everything we send in this call from now on (18x, 200, re-INVITE, BYE); they replace those set before.
     *
     * @throws VoipException when a header cannot be sent; the message names it
     */
    void headers(Map<String, String> headers);

    /** Ends the call this long after its answer, or from now on when it is answered already: a tariff, a pre-paid account. */
    void endAfter(Duration longest);

    /** Returns what the peer's last message said beside the sound; {@link CallDetails#NONE} before there is one. */
    CallDetails details();

    /**
     * Returns the digits behind the comma of {@code 123,456}, which are sent as by {@link CallSignals#sendDtmf(String)} when the call is
     * answered; a further comma is a pause. Empty when there are none. That they were refused is told by {@link CallEvent.Warning}.
     */
    String postDial();

    /** Returns the call's sound. */
    CallAudio audio();

    /** Keeps something of the program's with the call, as the row of its customer, in place of what was kept before. */
    void attach(Object what);

    /** Returns what the program keeps with the call; empty when it has not attached anything. */
    java.util.Optional<Object> attachment();

    /** Returns what the network does to the sound now; zeros before media flows. */
    CallQuality quality();

    /** Returns how the sound is encrypted now; empty while it is not, or not yet. {@link CallEvent.EncryptionChanged} tells of changes. */
    java.util.Optional<Encryption> encryption();

    /**
     * Returns the kind of NAT in front of the peer, where its SDP tells ({@code a=X-nat} of PJSIP, and of Earshot with
     * {@link NearNetwork#kindTold}); not known before that has come: with an INVITE that has SDP, or with the answer.
     */
    java.util.Optional<NatKind> peerNat();

    /** Returns what agrees on new keys, and takes what the users found when they compared them. */
    CallSecurity security();

    /** Returns a view of the events that blocks for the next one and ends after {@link CallEvent.Ended}; use each view from one thread. */
    Iterable<CallEvent> events();

    /** Returns a publisher that honours demand and completes after {@link CallEvent.Ended}. */
    Flow.Publisher<CallEvent> publisher();

    /** Adds a listener, called on the application's executor, one event at a time; first with the events so far. */
    void onEvent(Consumer<? super CallEvent> listener);

    /** Hangs up. */
    @Override
    default void close() {
        hangup();
    }

    /** Waits until the peer answers, at most this long. */
    default Call awaitAnswer(Duration timeout) {
        return Waiting.await(answered(), timeout, "No answer from " + remote().address());
    }

    /** Who called. */
    enum Direction { OUTGOING, INCOMING }

    /** Where a call stands. */
    enum State { DIALLING, RINGING, ESTABLISHED, ENDED }

    /**
     * The other side of a call.
     *
     * @param address the SIP URI
     * @param displayName the name it gave itself; empty when none
     */
    record Peer(String address, String displayName) { }
}
