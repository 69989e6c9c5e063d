package io.earshot.sdk.internal.media;

import io.earshot.api.Failure;
import io.earshot.api.VoipException;
import io.earshot.api.audio.spi.AudioBackend;
import io.earshot.api.audio.spi.AudioBackend.AudioDevice;
import io.earshot.api.audio.spi.AudioBackend.CaptureLine;
import io.earshot.api.audio.spi.AudioBackend.PcmFormat;
import io.earshot.api.audio.spi.AudioBackend.PlaybackLine;
import io.earshot.sdk.internal.loop.Lazy;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Microphone and speaker. The lines are opened once, by the thread that first connects them, and used by the media loop. */
final class DevicePort implements BridgePort {
    private static final Logger LOG = LoggerFactory.getLogger(DevicePort.class);
    private static final int RATE = 16_000;

    private final Executor workers;
    private final Lazy<Lines> lines;
    private boolean gone;

    /** What is open. */
    private record Lines(AudioBackend backend, CaptureLine capture, PlaybackLine playback) { }

    DevicePort(DeviceSource source, Executor workers) {
        this.workers = workers;
        lines = new Lazy<>(() -> openLines(source));
    }

    /** Opens the lines unless they are open; called by the program's threads. */
    void open() {
        lines.get();
    }

    void close() {
        lines.ifPresent(open -> workers.execute(() -> {
            open.capture.close();
            open.playback.close();
            open.backend.close();
        }));
    }

    @Override
    public int rate() {
        return RATE;
    }

    @Override
    public boolean isSource() {
        return true;
    }

    @Override
    public boolean isSink() {
        return true;
    }

    @Override
    public boolean pull(short[] frame, int samples) {
        Lines open = lines.peek();
        if (open == null || gone) {
            return false;
        }
        int got = open.capture.read(frame, 0, samples);
        if (got < 0) {
            lost();
            return false;
        }
        Arrays.fill(frame, got, samples, (short) 0);
        return got > 0;
    }

    @Override
    public void push(short[] frame, int samples, boolean sound) {
        Lines open = lines.peek();
        if (open != null && !gone && open.playback.write(frame, 0, samples) < 0) {
            lost();
        }
    }

    private void lost() {
        gone = true;
        LOG.warn("The sound device is gone: the call goes on without it");
    }

    private static Lines openLines(DeviceSource source) {
        AudioBackend backend = source.provider().open();
        try {
            PcmFormat format = new PcmFormat(RATE, 1);
            CaptureLine capture = backend.openCapture(device(backend, AudioDevice::capture, "microphone"), format);
            return new Lines(backend, capture, backend.openPlayback(device(backend, AudioDevice::playback, "speaker"), format));
        } catch (IOException unusable) {
            backend.close();
            throw new VoipException(new Failure.LocalResource("Cannot open the sound device: " + unusable.getMessage()), unusable);
        }
    }

    private static AudioDevice device(AudioBackend backend, Predicate<AudioDevice> can, String what) throws IOException {
        return backend.devices().stream().filter(can).findFirst().orElseThrow(() -> new IOException("no " + what + " is plugged in"));
    }
}
