package io.earshot.api.audio.spi;

import io.earshot.api.audio.VoiceProcessing;

/** Offers voice processing. Stateless, callable from any thread, found by {@link java.util.ServiceLoader}. */
public interface VoiceProcessorProvider {
    /** Returns a short name for configuration and logs: {@code software}, {@code webrtc}, … */
    String name();

    /** Returns the preference among providers, higher first; the one in pure Java that is always there has 0. */
    int priority();

    /** Tells whether it can work on this machine: a native engine asks for its library here. Never throws. */
    boolean isAvailable();

    /**
     * Returns a processor that the caller closes.
     *
     * @param sampleRate 8000, 16000, 24000, 32000 or 48000
     * @throws IllegalArgumentException for any other rate
     */
    VoiceProcessor open(int sampleRate, VoiceProcessing settings);
}
