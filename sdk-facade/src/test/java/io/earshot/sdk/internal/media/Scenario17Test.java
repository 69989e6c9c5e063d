package io.earshot.sdk.internal.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.audio.AudioDevices.Role;
import io.earshot.api.audio.AudioSetup;
import io.earshot.api.audio.DeviceChoice;
import io.earshot.api.audio.spi.AudioBackend;
import io.earshot.api.time.Ticker;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Scenario 17: the headset of a call is unplugged, in use elsewhere, gives nothing, and is back. RTP goes on all the while. */
class Scenario17Test {
    private TestReporter reporter;

    @BeforeEach
    void report(TestReporter to) {
        reporter = to;
    }

    private void told(String form, Object... figures) {
        reporter.publishEntry(String.format(Locale.ROOT, form, figures));
    }

    private static final boolean[] CALL = {true, true, false};
    private static final int TURNS_A_SECOND = 50;

    private final MediaPair pair;
    private final LineKeeper keeper = new LineKeeper(AudioSetup.DEFAULT);
    private final Cards cards = new Cards();

    Scenario17Test() throws IOException {
        pair = new MediaPair();
        for (Role role : Role.values()) {
            keeper.choose(role, DeviceChoice.DEFAULT);
        }
        BridgePort device = new BareDevice(keeper);
        Bridge bridge = pair.left.engine.bridge();
        bridge.add(device);
        bridge.connect(device, pair.left.port(), 0);
        bridge.connect(pair.left.port(), device, 0);
    }

    /** Two cards. */
    private final class Cards implements AudioBackend {
        private List<AudioDevice> plugged = List.of(card("Headset"), card("Built-in"));
        private String busy = "";
        private String dead = "";
        private String mute = "";
        private String lastPlayed = "";
        private long playedAt;

        static AudioDevice card(String name) {
            return new AudioDevice(name, name, true, true);
        }

        private void claim(AudioDevice device) throws IOException {
            if (device.name().equals(busy)) {
                throw new IOException(device.name() + " is in use");
            }
        }

        @Override
        public List<AudioDevice> devices() {
            return plugged;
        }

        @Override
        public CaptureLine openCapture(AudioDevice device, PcmFormat format) throws IOException {
            claim(device);
            return new CaptureLine() {
                @Override
                public int read(short[] pcm, int offset, int samples) {
                    return device.name().equals(dead) ? -1 : device.name().equals(mute) ? 0 : samples;
                }

                @Override
                public void close() {
                    // nothing to free
                }
            };
        }

        @Override
        public PlaybackLine openPlayback(AudioDevice device, PcmFormat format) throws IOException {
            claim(device);
            return new PlaybackLine() {
                @Override
                public int write(short[] pcm, int offset, int samples) {
                    if (device.name().equals(dead)) {
                        return -1;
                    }
                    lastPlayed = device.name();
                    playedAt = pair.now();
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

    /** As the desk does: the lines are looked at once a second. */
    private void run(int seconds) {
        for (int i = 0; i < seconds; i++) {
            pair.run(1_000);
            keeper.keep(cards, CALL);
        }
    }

    /** Runs until a card plays, and returns how long that took in milliseconds. */
    private long untilPlays(String card) {
        long from = pair.now();
        for (int i = 0; i < TURNS_A_SECOND * 5 && !(cards.lastPlayed.equals(card) && cards.playedAt > from); i++) {
            pair.run(20);
            if ((pair.now() - from) % Ticker.SECOND == 0) {
                keeper.keep(cards, CALL);
            }
        }
        assertEquals(card, cards.lastPlayed);
        return (pair.now() - from) / Ticker.MILLISECOND;
    }

    private void rtpFlows(String what, long millis) {
        told("scenario 17, %s: sound again after %d ms, %d packets sent in %d turns", what, millis, pair.left.sent,
            pair.now() / Ticker.MILLISECOND / 20);
        assertEquals(pair.now() / Ticker.MILLISECOND / 20, pair.left.sent, 2, "a packet each 20 ms");
        assertTrue(millis <= 1_040, what + ": " + millis);
        assertEquals(0, pair.right.quality().packetsLost());
        assertEquals(440, pair.right.hears(), 3);
    }

    @Test
    void aHeadsetThatIsUnpluggedIsReplacedWithinASecondAndTakenAgainAsSoon() {
        keeper.keep(cards, CALL);
        run(3);
        assertEquals("Headset", cards.lastPlayed);
        cards.dead = "Headset";
        cards.plugged = List.of(Cards.card("Built-in"));
        rtpFlows("unplugged", untilPlays("Built-in"));
        run(3);
        cards.dead = "";
        cards.plugged = List.of(Cards.card("Headset"), Cards.card("Built-in"));
        rtpFlows("plugged in again", untilPlays("Headset"));
    }

    @Test
    void aLineThatFailsIsOpenedAgainWithinASecond() {
        keeper.keep(cards, CALL);
        run(3);
        cards.dead = "Headset";
        pair.run(20);
        cards.dead = "";
        rtpFlows("line failed", untilPlays("Headset"));
    }

    /** With one card only, and that one taken by another program, there is silence; no second passes without a trial. */
    @Test
    void aCardThatIsInUseElsewhereIsSilenceUntilItIsFree() {
        cards.plugged = List.of(Cards.card("Headset"));
        cards.busy = "Headset";
        keeper.keep(cards, CALL);
        run(3);
        assertEquals("", cards.lastPlayed);
        cards.busy = "";
        rtpFlows("in use elsewhere", untilPlays("Headset"));
    }

    /** A microphone that gives nothing is silence: whoever else speaks in the call is heard. */
    @Test
    void aMicrophoneThatGivesNothingHoldsNothingUp() {
        cards.mute = "Headset";
        keeper.keep(cards, CALL);
        run(3);
        rtpFlows("a microphone that gives nothing", 0);
    }

    @Test
    void withoutAnyCardTheCallGoesOn() {
        cards.plugged = List.of();
        keeper.keep(cards, CALL);
        run(3);
        rtpFlows("no card", 0);
        cards.plugged = List.of(Cards.card("Built-in"));
        rtpFlows("first card plugged in", untilPlays("Built-in"));
    }
}
