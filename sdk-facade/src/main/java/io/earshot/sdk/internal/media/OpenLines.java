package io.earshot.sdk.internal.media;

import io.earshot.api.audio.spi.AudioBackend.AudioDevice;
import io.earshot.api.audio.spi.AudioBackend.CaptureLine;
import io.earshot.api.audio.spi.AudioBackend.PlaybackLine;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The open lines of one role, of which there is more than one only while all devices ring. Made and closed by the desk, used by the media
 * loop, which tells by {@link #isLost} that a device went away.
 */
final class OpenLines {
    static final OpenLines NONE = new OpenLines(new CaptureLine[0], new PlaybackLine[0], List.of());

    private final CaptureLine[] captures;
    private final PlaybackLine[] playbacks;
    private final List<AudioDevice> devices;
    private final AtomicBoolean lost = new AtomicBoolean();

    private OpenLines(CaptureLine[] captures, PlaybackLine[] playbacks, List<AudioDevice> devices) {
        this.captures = captures;
        this.playbacks = playbacks;
        this.devices = devices;
    }

    static OpenLines of(CaptureLine capture, AudioDevice device) {
        return new OpenLines(new CaptureLine[] {capture}, new PlaybackLine[0], List.of(device));
    }

    static OpenLines of(List<PlaybackLine> lines, List<AudioDevice> devices) {
        return new OpenLines(new CaptureLine[0], lines.toArray(PlaybackLine[]::new), List.copyOf(devices));
    }

    List<AudioDevice> devices() {
        return devices;
    }

    boolean isEmpty() {
        return devices.isEmpty();
    }

    boolean isLost() {
        return lost.get();
    }

    /** Fills a frame from the microphone and tells whether there was any sound; what is missing is silence. */
    boolean read(short[] frame, int samples) {
        if (captures.length == 0 || lost.get()) {
            return false;
        }
        int got = captures[0].read(frame, 0, samples);
        if (got < 0) {
            lost.set(true);
            return false;
        }
        Arrays.fill(frame, got, samples, (short) 0);
        return got > 0;
    }

    /** Plays a frame. */
    void write(short[] frame, int samples) {
        if (lost.get()) {
            return;
        }
        for (PlaybackLine line : playbacks) {
            if (line.write(frame, 0, samples) < 0) {
                lost.set(true);
            }
        }
    }

    void close() {
        for (CaptureLine line : captures) {
            line.close();
        }
        for (PlaybackLine line : playbacks) {
            line.close();
        }
    }
}
