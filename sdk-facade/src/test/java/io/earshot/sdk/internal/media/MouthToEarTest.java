package io.earshot.sdk.internal.media;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.audio.AudioDevices.Role;
import io.earshot.api.audio.AudioSetup;
import io.earshot.api.audio.DeviceChoice;
import io.earshot.api.audio.spi.AudioBackend;
import io.earshot.api.time.Ticker;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** How late a peer's speaker is behind a microphone through all of our buffers: cards and network take no time here. */
class MouthToEarTest {
    private static final boolean[] CALL = {true, true, false};
    private static final int RATE = DevicePort.RATE;
    private static final int SECONDS = 8;
    private static final int SAID_AT = 4 * RATE;
    private static final int BURST = RATE / 4;

    private final MediaPair pair;
    private final short[] burst = new short[BURST];
    private final short[] heard = new short[(SECONDS + 1) * RATE];

    MouthToEarTest() throws IOException {
        pair = new MediaPair();
        Random random = new Random(7);
        double smooth = 0;
        for (int i = 0; i < BURST; i++) {
            smooth += 0.4 * (random.nextGaussian() - smooth); // most of it below 4 kHz
            burst[i] = (short) (9000 * smooth);
        }
    }

    /** A card that gives sound the moment it arises, and plays what it gets as soon as what it had has been played. */
    private final class Card implements AudioBackend {
        private long given;
        private long end;

        private long samplesNow() {
            return pair.now() * RATE / Ticker.SECOND;
        }

        @Override
        public List<AudioDevice> devices() {
            return List.of(new AudioDevice("card", "card", true, true));
        }

        @Override
        public CaptureLine openCapture(AudioDevice device, PcmFormat format) {
            given = samplesNow();
            return new CaptureLine() {
                @Override
                public int read(short[] pcm, int offset, int samples) {
                    int ready = (int) Math.min(samples, samplesNow() - given);
                    for (int i = 0; i < ready; i++, given++) {
                        int at = (int) given - SAID_AT;
                        pcm[offset + i] = at >= 0 && at < BURST ? burst[at] : 0;
                    }
                    return ready;
                }

                @Override
                public void close() {
                    // nothing to free
                }
            };
        }

        @Override
        public PlaybackLine openPlayback(AudioDevice device, PcmFormat format) {
            return new PlaybackLine() {
                @Override
                public int write(short[] pcm, int offset, int samples) {
                    end = Math.max(end, samplesNow());
                    for (int i = 0; i < samples && end < heard.length; i++, end++) {
                        heard[(int) end] = pcm[offset + i];
                    }
                    return samples;
                }

                @Override
                public void close() {
                    // nothing to free
                }
            };
        }

        @Override
        public void close() {
            // nothing to free
        }
    }

    private LineKeeper connect(MediaPair.End end) {
        LineKeeper keeper = new LineKeeper(AudioSetup.DEFAULT);
        for (Role role : Role.values()) {
            keeper.choose(role, DeviceChoice.DEFAULT);
        }
        BridgePort device = new BareDevice(keeper);
        end.engine.bridge().add(device);
        if (end == pair.left) {
            end.engine.bridge().connect(device, end.port(), 0);
        } else {
            end.engine.bridge().connect(end.port(), device, 0);
        }
        return keeper;
    }

    /** Returns by how many samples what was heard matches what was said best. */
    private int lag() {
        int best = 0;
        double most = 0;
        for (int lag = 0; lag < RATE; lag++) {
            double sum = 0;
            for (int i = 0; i < BURST; i++) {
                sum += (double) burst[i] * heard[SAID_AT + lag + i];
            }
            if (sum > most) {
                most = sum;
                best = lag;
            }
        }
        return best;
    }

    @Test
    void ourBuffersAddLessThanAHundredMilliseconds(TestReporter reporter) {
        LineKeeper microphone = connect(pair.left);
        LineKeeper speaker = connect(pair.right);
        Card from = new Card();
        Card to = new Card();
        microphone.keep(from, CALL);
        speaker.keep(to, CALL);
        for (int i = 0; i < SECONDS; i++) {
            pair.run(1000);
            microphone.keep(from, CALL);
            speaker.keep(to, CALL);
        }
        double millis = lag() * 1000.0 / RATE;
        reporter.publishEntry(String.format(Locale.ROOT, "mouth to ear through our buffers: %.1f ms", millis));
        assertTrue(millis >= 20, millis + " ms: a packet of 20 ms is complete after its last sample");
        assertTrue(millis < 100, millis + " ms " + pair.right.quality());
    }
}
