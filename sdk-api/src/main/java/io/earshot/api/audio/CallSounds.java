package io.earshot.api.audio;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.check.Check;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * What the local user hears of calls beside the voices, and what peers hear while we hold them. Immutable; the {@code with} methods return
 * changed copies. In force by {@link io.earshot.api.Phone#callSounds(CallSounds)}.
 *
 * @param ring whether calls that come in ring on the sound device
 * @param ringtone WAV file to ring with; empty for the built-in one
 * @param whileTalking how a call that comes in is told while another is established
 * @param ringback whether the ringing of a peer that sends no sound is heard, as the tone of {@code country}
 * @param ringOverMedia whether that tone goes on although the peer's sound has begun
 * @param ringOnProgress whether 183 (Session Progress) without sound counts as ringing, for servers that send no 180
 * @param ending when a tone of three seconds tells that a call is over
 * @param connected for which calls a short beep tells that they are established
 * @param country two letters of ISO 3166: whose tones to play
 * @param holdMusic WAV file that peers hear again and again while we hold them; empty for silence
 */
public record CallSounds(boolean ring, Optional<Path> ringtone, WhileTalking whileTalking, boolean ringback, boolean ringOverMedia,
        boolean ringOnProgress, Ending ending, Beep connected, String country, Optional<Path> holdMusic) {
    /** Nothing is heard, and the sound device stays closed: the default, for programs without a local user. */
    public static final CallSounds NONE = new CallSounds(false, Optional.empty(), WhileTalking.NOTHING, false, false, false,
            Ending.NEVER, Beep.NEVER,
            "US", Optional.empty());
    /** What a telephone does: rings, ring-back, a beep for the second call, busy tone. */
    public static final CallSounds TELEPHONE = new CallSounds(true, Optional.empty(), WhileTalking.BEEP, true, false, false,
            Ending.FAILURE, Beep.NEVER,
            "US", Optional.empty());

    /** How a second call is told. */
    public enum WhileTalking {
        /** Not at all. */
        NOTHING,
        /** By the call-waiting tone of the country. */
        BEEP,
        /** By the ring tone. */
        RING
    }

    /** When a tone tells that a call is over: busy, congestion, or disconnected. */
    public enum Ending {
        /** Never. */
        NEVER,
        /** When a call of ours fails and no announcement was heard. */
        FAILURE_IN_SILENCE,
        /** When a call of ours fails. */
        FAILURE,
        /** Also when the peer ends an established call. */
        EVERY_CALL
    }

    /** For which calls there is a beep when they are established. */
    public enum Beep { NEVER, INCOMING, OUTGOING, ALWAYS }

    /** Checks. */
    public CallSounds {
        requireNonNull(ringtone, "ringtone");
        requireNonNull(whileTalking, "whileTalking");
        requireNonNull(ending, "ending");
        requireNonNull(connected, "connected");
        requireNonNull(holdMusic, "holdMusic");
        country = requireNonNull(country, "country").toUpperCase(Locale.ROOT);
        if (!country.matches("[A-Z]{2}")) {
            throw new IllegalArgumentException("the country of tones must be two letters of ISO 3166, as US, not " + Check.shown(country));
        }
    }

    /** Returns a copy in which calls ring, or do not. */
    public CallSounds withRing(boolean on) {
        return new CallSounds(on, ringtone, whileTalking, ringback, ringOverMedia, ringOnProgress, ending, connected, country, holdMusic);
    }

    /** Returns a copy that rings with this WAV file. */
    public CallSounds withRingtone(Path wav) {
        return new CallSounds(true, Optional.of(requireNonNull(wav, "wav")), whileTalking, ringback, ringOverMedia, ringOnProgress, ending,
                connected, country, holdMusic);
    }

    /** Returns a copy that tells a second call in this way. */
    public CallSounds withWhileTalking(WhileTalking way) {
        return new CallSounds(ring, ringtone, way, ringback, ringOverMedia, ringOnProgress, ending, connected, country, holdMusic);
    }

    /**
     * Returns a copy with the ring-back tone on or off.
     *
     * @param overMedia whether it goes on although the peer's sound has begun
     */
    public CallSounds withRingback(boolean on, boolean overMedia) {
        return new CallSounds(ring, ringtone, whileTalking, on, overMedia, ringOnProgress, ending, connected, country, holdMusic);
    }

    /** Returns a copy in which 183 without sound rings too, or does not. */
    public CallSounds withRingOnProgress(boolean on) {
        return new CallSounds(ring, ringtone, whileTalking, ringback, ringOverMedia, on, ending, connected, country, holdMusic);
    }

    /** Returns a copy with tones for calls that fail, or without. */
    public CallSounds withFailure(boolean on) {
        return withEnding(on ? Ending.FAILURE : Ending.NEVER);
    }

    /** Returns a copy with tones for the ends of calls. */
    public CallSounds withEnding(Ending calls) {
        return new CallSounds(ring, ringtone, whileTalking, ringback, ringOverMedia, ringOnProgress, calls, connected, country, holdMusic);
    }

    /** Returns a copy that beeps when these calls are established. */
    public CallSounds withConnected(Beep calls) {
        return new CallSounds(ring, ringtone, whileTalking, ringback, ringOverMedia, ringOnProgress, ending, calls, country, holdMusic);
    }

    /** Returns a copy with the tones of a country. */
    public CallSounds withCountry(String code) {
        return new CallSounds(ring, ringtone, whileTalking, ringback, ringOverMedia, ringOnProgress, ending, connected, code, holdMusic);
    }

    /** Returns a copy in which peers on hold hear this WAV file. */
    public CallSounds withHoldMusic(Path wav) {
        return new CallSounds(ring, ringtone, whileTalking, ringback, ringOverMedia, ringOnProgress, ending, connected, country,
                Optional.of(requireNonNull(wav, "wav")));
    }

    /** Returns a copy in which peers on hold hear nothing. */
    public CallSounds withoutHoldMusic() {
        return new CallSounds(ring, ringtone, whileTalking, ringback, ringOverMedia, ringOnProgress, ending, connected, country,
                Optional.empty());
    }
}
