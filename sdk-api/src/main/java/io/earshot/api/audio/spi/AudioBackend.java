package io.earshot.api.audio.spi;

import java.io.IOException;
import java.util.List;

/** An open sound system. Callable from any thread. */
public interface AudioBackend extends AutoCloseable {
    /** Returns what is plugged in now, the default device of each direction first. */
    List<AudioDevice> devices();

    /**
     * Opens a microphone.
     *
     * @throws IOException when the device is gone, in use, or cannot do the format; the message names device and cause
     */
    CaptureLine openCapture(AudioDevice device, PcmFormat format) throws IOException;

    /**
     * Opens a speaker.
     *
     * @throws IOException when the device is gone, in use, or cannot do the format; the message names device and cause
     */
    PlaybackLine openPlayback(AudioDevice device, PcmFormat format) throws IOException;

    /** Closes every line and stops the backend's threads. Doing so twice is harmless. */
    @Override
    void close();

    /**
     * A microphone or a speaker.
     *
     * @param id stable while it stays plugged in
     * @param name for people to read
     * @param capture whether it can be opened for capture
     * @param playback whether it can be opened for playback
     */
    record AudioDevice(String id, String name, boolean capture, boolean playback) { }

    /**
     * 16 bit signed linear PCM, channels interleaved.
     *
     * @param sampleRate samples per second and channel
     * @param channels 1 or 2
     */
    record PcmFormat(int sampleRate, int channels) { }

    /** An open microphone. One thread reads; the backend's own thread fills a bounded buffer behind it. */
    interface CaptureLine extends AutoCloseable {
        /** Returns the samples copied, possibly fewer than asked for, 0 when none are there; -1 when the device is gone. Never blocks. */
        int read(short[] pcm, int offset, int samples);

        @Override
        void close();
    }

    /** An open speaker. One thread writes; the backend's own thread drains a bounded buffer behind it. */
    interface PlaybackLine extends AutoCloseable {
        /** Returns the samples taken, fewer than offered when the buffer is full; -1 when the device is gone. Never blocks. */
        int write(short[] pcm, int offset, int samples);

        @Override
        void close();
    }
}
