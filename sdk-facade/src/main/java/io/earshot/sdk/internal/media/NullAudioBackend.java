package io.earshot.sdk.internal.media;

import io.earshot.api.audio.spi.AudioBackend;
import io.earshot.api.audio.spi.AudioBackendProvider;
import java.util.Arrays;
import java.util.List;

/** The sound system that is always there: a silent microphone and a speaker that nobody hears. Headless servers use it. */
public final class NullAudioBackend implements AudioBackendProvider {
    @Override
    public String name() {
        return "null";
    }

    @Override
    public int priority() {
        return 0;
    }

    @Override
    public AudioBackend open() {
        return new Silence();
    }

    private static final class Silence implements AudioBackend {
        @Override
        public List<AudioDevice> devices() {
            return List.of(new AudioDevice("null", "no sound", true, true));
        }

        @Override
        public CaptureLine openCapture(AudioDevice device, PcmFormat format) {
            return new CaptureLine() {
                @Override
                public int read(short[] pcm, int offset, int samples) {
                    Arrays.fill(pcm, offset, offset + samples, (short) 0);
                    return samples;
                }

                @Override
                public void close() {
                    // Nothing is open.
                }
            };
        }

        @Override
        public PlaybackLine openPlayback(AudioDevice device, PcmFormat format) {
            return new PlaybackLine() {
                @Override
                public int write(short[] pcm, int offset, int samples) {
                    return samples;
                }

                @Override
                public void close() {
                    // Nothing is open.
                }
            };
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
