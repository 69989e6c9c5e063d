package io.earshot.api.audio.spi;

import io.earshot.api.audio.LineStyle;

/** Offers the microphones and speakers of one sound system. Found by {@link java.util.ServiceLoader}. */
public interface AudioBackendProvider {
    /** Returns a short name for configuration and logs: {@code javasound}, {@code null}, … */
    String name();

    /** Returns the preference among backends, higher first; the silent one that is always there has 0. */
    int priority();

    /** Returns a backend that the caller closes. No sound class is loaded before. */
    AudioBackend open();

    /** Returns a backend whose lines are like this as far as it can, otherwise as {@link #open()}. */
    default AudioBackend open(LineStyle style) {
        return open();
    }
}
