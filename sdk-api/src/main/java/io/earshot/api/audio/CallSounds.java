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
 * @param failure whether busy and congestion tones are heard for three seconds when a call of ours fails
 * @param connected for which calls a short beep tells that they are established
 * @param country two letters of ISO 3166: whose tones to play
 * @param holdMusic WAV file that peers hear again and again while we hold them; empty for silence
 */
public record CallSounds(boolean ring, Optional<Path> ringtone, WhileTalking whileTalking, boolean ringback, boolean ringOverMedia,
        boolean failure, Beep connected, String country, Optional<Path> holdMusic) {
    /** Nothing is heard, and the sound device stays closed: the default, for programs without a local user. */
    public static final CallSounds NONE = new CallSounds(false, Optional.empty(), WhileTalking.NOTHING, false, false, false, Beep.NEVER,
            "US", Optional.empty());
    /** What a telephone does: rings, ring-back, a beep for the second call, busy tone. */
    public static final CallSounds TELEPHONE = new CallSounds(true, Optional.empty(), WhileTalking.BEEP, true, false, true, Beep.NEVER,
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

    /** For which calls there is a beep when they are established. */
    public enum Beep { NEVER, INCOMING, OUTGOING, ALWAYS }

    /** Checks. */
    public CallSounds {
        requireNonNull(ringtone, "ringtone");
        requireNonNull(whileTalking, "whileTalking");
        requireNonNull(connected, "connected");
        requireNonNull(holdMusic, "holdMusic");
        country = requireNonNull(country, "country").toUpperCase(Locale.ROOT);
        if (!country.matches("[A-Z]{2}")) {
            throw new IllegalArgumentException("the country of tones must be two letters of ISO 3166, as US, not " + Check.shown(country));
        }
    }

    /** Returns a copy in which calls ring, or do not. */
    public CallSounds withRing(boolean on) {
        return new CallSounds(on, ringtone, whileTalking, ringback, ringOverMedia, failure, connected, country, holdMusic);
    }

    /** Returns a copy that rings with this WAV file. */
    public CallSounds withRingtone(Path wav) {
        return new CallSounds(true, Optional.of(requireNonNull(wav, "wav")), whileTalking, ringback, ringOverMedia, failure, connected,
                country, holdMusic);
    }

    /** Returns a copy that tells a second call in this way. */
    public CallSounds withWhileTalking(WhileTalking way) {
        return new CallSounds(ring, ringtone, way, ringback, ringOverMedia, failure, connected, country, holdMusic);
    }

    /**
     * Returns a copy with the ring-back tone on or off.
     *
     * @param overMedia whether it goes on although the peer's sound has begun
     */
    public CallSounds withRingback(boolean on, boolean overMedia) {
        return new CallSounds(ring, ringtone, whileTalking, on, overMedia, failure, connected, country, holdMusic);
    }

    /** Returns a copy with tones for calls that fail, or without. */
    public CallSounds withFailure(boolean on) {
        return new CallSounds(ring, ringtone, whileTalking, ringback, ringOverMedia, on, connected, country, holdMusic);
    }

    /** Returns a copy that beeps when these calls are established. */
    public CallSounds withConnected(Beep calls) {
        return new CallSounds(ring, ringtone, whileTalking, ringback, ringOverMedia, failure, calls, country, holdMusic);
    }

    /** Returns a copy with the tones of a country. */
    public CallSounds withCountry(String code) {
        return new CallSounds(ring, ringtone, whileTalking, ringback, ringOverMedia, failure, connected, code, holdMusic);
    }

    /** Returns a copy in which peers on hold hear this WAV file. */
    public CallSounds withHoldMusic(Path wav) {
        return new CallSounds(ring, ringtone, whileTalking, ringback, ringOverMedia, failure, connected, country,
                Optional.of(requireNonNull(wav, "wav")));
    }

    /** Returns a copy in which peers on hold hear nothing. */
    public CallSounds withoutHoldMusic() {
        return new CallSounds(ring, ringtone, whileTalking, ringback, ringOverMedia, failure, connected, country, Optional.empty());
    }
}
