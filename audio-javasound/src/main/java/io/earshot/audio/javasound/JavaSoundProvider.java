package io.earshot.audio.javasound;

import io.earshot.api.audio.LineStyle;
import io.earshot.api.audio.spi.AudioBackend;
import io.earshot.api.audio.spi.AudioBackend.AudioDevice;
import io.earshot.api.audio.spi.AudioBackend.PcmFormat;
import io.earshot.api.audio.spi.AudioBackendProvider;
import java.io.IOException;
import java.util.List;

/** Offers Java Sound under the name {@code javasound}. */
public final class JavaSoundProvider implements AudioBackendProvider {
    /** For {@link java.util.ServiceLoader}. */
    public JavaSoundProvider() {
        // Nothing is loaded before open().
    }

    @Override
    public String name() {
        return "javasound";
    }

    @Override
    public int priority() {
        return 100;
    }

    @Override
    public AudioBackend open() {
        return open(LineStyle.DEFAULT);
    }

    @Override
    public AudioBackend open(LineStyle style) {
        return new JavaSoundBackend(ModuleLayer.boot().findModule("java.desktop").isPresent() ? new SystemSound()
                : new NoSound(), style);
    }

    /** A runtime that was linked without {@code java.desktop}. */
    private static final class NoSound implements SoundSystem {
        @Override
        public List<AudioDevice> devices() {
            return List.of();
        }

        @Override
        public Line openInput(AudioDevice device, PcmFormat format, int bufferMillis) throws IOException {
            throw new IOException("this Java runtime has no java.desktop, and so no sound");
        }

        @Override
        public Line openOutput(AudioDevice device, PcmFormat format, int bufferMillis) throws IOException {
            return openInput(device, format, bufferMillis);
        }
    }
}
