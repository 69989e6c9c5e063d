package io.earshot.audio.javasound;

import io.earshot.api.audio.spi.AudioBackend.AudioDevice;
import io.earshot.api.audio.spi.AudioBackend.PcmFormat;
import java.io.IOException;
import java.util.List;

/** Mixers and lines as this module needs them. Callable from any thread. Samples are 16 bit, little endian. */
interface SoundSystem {
    /** Returns what is plugged in now, the default device of each direction first. */
    List<AudioDevice> devices();

    /** Un-mutes and turns up the system's own mixer where it is muted or very low. */
    default void raiseLevels() {
    }

    /**
     * Opens and starts a microphone.
     *
     * @param bufferMillis what the line should hold
     * @throws IOException when it is gone, in use, or cannot do the format
     */
    Line openInput(AudioDevice device, PcmFormat format, int bufferMillis) throws IOException;

    /** Opens and starts a speaker, otherwise as {@link #openInput}. */
    Line openOutput(AudioDevice device, PcmFormat format, int bufferMillis) throws IOException;

    /** An open line of one direction. One thread transfers; any thread closes. */
    interface Line {
        /** Reads or writes this many bytes, waiting for them; returns fewer when the line is closed or the device is gone. */
        int transfer(byte[] bytes, int offset, int length);

        /** Tells whether this many bytes can be transferred without waiting. */
        boolean isReady(int length);

        /** Stops and closes, which ends a {@link #transfer} that waits. Doing so twice is harmless. */
        void close();
    }
}
