package io.earshot.api;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What happens to a call, in order. Each event knows its call, its place in the call's sequence (from 1) and when it happened.
 */
public sealed interface CallEvent {
    /** Returns the common part. */
    Header header();

    /**
     * What every event carries.
     *
     * @param call {@link Call#id()}
     * @param sequence 1 for the call's first event
     * @param time wall clock time, for people and records
     */
    record Header(long call, long sequence, Instant time) { }

    /** The INVITE went out, or came in. */
    record Started(Header header, Call.Direction direction) implements CallEvent { }

    /**
     * The far end is being alerted: 180 to 183. Told once for each status and, where a proxy forks the call, each phone.
     *
     * @param status the provisional status code
     * @param earlyMedia whether the peer already sends sound (ring-back or announcement)
     */
    record Ringing(Header header, int status, boolean earlyMedia) implements CallEvent { }

    /** The call is established. */
    record Answered(Header header) implements CallEvent { }

    /**
     * Sound can flow, or flows in another way than before.
     *
     * @param codec encoding name and rate, as {@code PCMU/8000}
     * @param local our RTP address
     * @param remote the peer's RTP address as negotiated
     * @param sending whether we send
     * @param receiving whether the peer sends
     */
    record MediaChanged(Header header, String codec, String local, String remote, boolean sending, boolean receiving)
            implements CallEvent { }

    /**
     * The sound is encrypted from now on, or in another way than before, or no longer.
     *
     * @param encryption how; empty when it is in clear
     */
    record EncryptionChanged(Header header, Optional<Encryption> encryption) implements CallEvent { }

    /**
     * The way of the sound through NATs was found, or is another one than before. Calls without ICE and without a tunnel tell of none.
     *
     * @param path which way; its counters are those of this moment
     */
    record PathChanged(Header header, CallPath path) implements CallEvent { }

    /** One side holds the other. */
    record Held(Header header, Side by) implements CallEvent { }

    /** One side no longer holds the other. */
    record Resumed(Header header, Side by) implements CallEvent { }

    /**
     * The peer is somebody else than before: the call was passed on, or a network knows better (RFC 4916, RFC 3325).
     *
     * @param remote what {@link Call#remote()} returns from now on
     */
    record RemoteChanged(Header header, Call.Peer remote) implements CallEvent { }

    /**
     * The peer pressed a key.
     *
     * @param key one of {@code 0-9 * # A-D}, or {@code !} for a hook flash
     * @param duration how long, as far as the peer said; zero for a tone, which is told when it begins
     * @param method how it came
     */
    record Dtmf(Header header, char key, Duration duration, DtmfMethod method) implements CallEvent { }

    /**
     * A call-progress tone was heard in what the peer sends, before the answer or after it: an exchange behind a gateway says with it what
     * became of the call. Told only once {@link CallSignals#listenForTones} was called; again when it goes on for five seconds more.
     */
    record ToneHeard(Header header, ProgressTone tone) implements CallEvent { }

    /**
     * A key of ours was not accepted in one way and is sent in another.
     *
     * @param from how it was tried
     * @param to how it is sent now
     * @param failure why
     */
    record DtmfFellBack(Header header, DtmfMethod from, DtmfMethod to, Failure failure) implements CallEvent { }

    /**
     * The peer sent an INFO that is no key.
     *
     * @param contentType of the body; empty when there is none
     * @param body as text
     */
    record Info(Header header, String contentType, String body) implements CallEvent { }

    /**
     * Nothing has come from a peer that is to send, neither sound nor a report, for as long as
     * {@link io.earshot.api.audio.RtpSettings#timeoutNotice()} says; once for each such silence.
     *
     * @param silent how long
     */
    record MediaMissing(Header header, Duration silent) implements CallEvent { }

    /** How the call sounds, every few seconds. */
    record Quality(Header header, CallQuality quality) implements CallEvent { }

    /**
     * How the peer's call to the target of our transfer goes on.
     *
     * @param target whom we transferred the peer to
     * @param status 100 to 199
     * @param reason in the words of the target or a server on the way
     */
    record TransferProgress(Header header, String target, int status, String reason) implements CallEvent { }

    /**
     * The target of our transfer answered the peer.
     *
     * @param status 200 to 299; 202 when the peer does not tell the outcome
     */
    record Transferred(Header header, String target, int status) implements CallEvent { }

    /** Our transfer came to nothing; the call goes on. */
    record TransferFailed(Header header, String target, Failure failure) implements CallEvent { }

    /**
     * The peer asks us to call somebody else.
     *
     * @param target whom to call
     * @param attended whether we are to take somebody's place there
     */
    record TransferRequested(Header header, String target, boolean attended) implements CallEvent { }

    /** The conversation goes on in another call: one to whom the peer referred us, or one that came in to replace this. */
    record ReplacedBy(Header header, Call call) implements CallEvent { }

    /** Something failed that the call survives: a refused hold, a full disk while recording. */
    record Warning(Header header, Failure failure) implements CallEvent { }

    /**
     * The end; nothing comes after it.
     *
     * @param by who ended it
     * @param failure why, unless it was an ordinary hang-up of an answered call
     * @param record the call in one line
     */
    record Ended(Header header, Side by, Optional<Failure> failure, CallRecord record) implements CallEvent { }

    /** Whose doing it was. */
    enum Side { LOCAL, REMOTE, NETWORK }
}
