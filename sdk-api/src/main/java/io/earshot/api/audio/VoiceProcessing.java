package io.earshot.api.audio;

/**
 * What is done to the microphone's sound before it is encoded. Never applied to sound that a program or a file provides.
 *
 * @param echoCancellation takes the sound of the loudspeaker out
 * @param echoSuppression attenuates what echo the canceller leaves; only with {@code echoCancellation}
 * @param noiseSuppression steady noise is lowered by up to so many dB: 0 (off) to 30
 * @param gainControl speech is brought to {@code targetDbfs}
 * @param targetDbfs level of speech behind the gain control, -30 to -9
 * @param howlingGuard finds and notches out acoustic feedback
 */
public record VoiceProcessing(boolean echoCancellation, boolean echoSuppression, int noiseSuppression, boolean gainControl,
        int targetDbfs, boolean howlingGuard) {
    /** Everything, as a hands-free telephone wants it. */
    public static final VoiceProcessing ALL = new VoiceProcessing(true, true, 15, true, -20, true);
    /** Nothing but the removal of direct current. */
    public static final VoiceProcessing NONE = new VoiceProcessing(false, false, 0, false, -20, false);

    /** Checks the ranges. */
    public VoiceProcessing {
        if (noiseSuppression < 0 || noiseSuppression > 30) {
            throw new IllegalArgumentException("noise suppression must be 0 to 30 dB, not " + noiseSuppression);
        }
        if (targetDbfs < -30 || targetDbfs > -9) {
            throw new IllegalArgumentException("the target level of speech must be -30 to -9 dBFS, not " + targetDbfs);
        }
    }

    /** Returns this with the echo canceller, and with it the suppression of the rest, on or off. */
    public VoiceProcessing withEchoCancellation(boolean on) {
        return new VoiceProcessing(on, on, noiseSuppression, gainControl, targetDbfs, howlingGuard);
    }

    /** Returns this with another depth of noise suppression in dB, 0 for none. */
    public VoiceProcessing withNoiseSuppression(int decibels) {
        return new VoiceProcessing(echoCancellation, echoSuppression, decibels, gainControl, targetDbfs, howlingGuard);
    }

    /** Returns this with the gain control on or off. */
    public VoiceProcessing withGainControl(boolean on) {
        return new VoiceProcessing(echoCancellation, echoSuppression, noiseSuppression, on, targetDbfs, howlingGuard);
    }

    /** Returns this with the guard against feedback on or off. */
    public VoiceProcessing withHowlingGuard(boolean on) {
        return new VoiceProcessing(echoCancellation, echoSuppression, noiseSuppression, gainControl, targetDbfs, on);
    }
}
