package io.earshot.rtp.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.time.Ticker;
import io.earshot.rtp.jitter.JitterConfig;
import io.earshot.rtp.testing.Packets;
import io.earshot.rtp.testing.TaggedCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the settings of playout change in what is heard: each test fails where its setting is passed over. */
class PlayoutSettingsTest {
    private static final long MS = Ticker.MILLISECOND;
    private final List<Integer> decoded = new ArrayList<>();
    private final short[] pcm = new short[160];
    private AudioReceiver receiver;
    private long now;

    private void open(JitterConfig config) {
        receiver = new AudioReceiver(config, 20, List.of(new PayloadFormat(100, TaggedCodec.DESCRIPTOR, new TaggedCodec(decoded::add))));
    }

    private void arrive(int index) {
        receiver.onPacket(Packets.wrap(Packets.rtp(100, index, 160 * index, 1, TaggedCodec.payload(index, 160, 8000))), now);
    }

    private void hear() {
        receiver.read(now, pcm, 0);
        now += 20 * MS;
    }

    /** The way becomes 200 ms shorter after a second: what waits is too much from then on. */
    private void aShorterWay() {
        for (int turn = 0; turn < 500; turn++) {
            if (turn < 50) {
                arrive(turn);
            } else {
                for (int early = turn == 50 ? 0 : 10; early <= 10; early++) {
                    arrive(turn + early);
                }
            }
            hear();
        }
    }

    @Test void aDelayThatHasBecomeTooLongIsPlayedFasterAndNothingIsLeftOut() {
        open(JitterConfig.DEFAULT.withSpeedUp(true));
        aShorterWay();
        assertTrue(receiver.statistics().shortened() >= 100, receiver.statistics().toString());
        assertEquals(0, receiver.jitterStatistics().skipped());
        assertEquals(IntStream.range(0, decoded.size()).boxed().toList(), decoded);
    }

    @Test void withoutSpeedUpPacketsAreLeftOutAndNothingIsPlayedFaster() {
        open(JitterConfig.DEFAULT.withSpeedUp(false));
        aShorterWay();
        assertTrue(receiver.jitterStatistics().skipped() >= 5, "skipped " + receiver.jitterStatistics().skipped());
        assertTrue(receiver.statistics().shortened() < 60, receiver.statistics().toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 40})
    void whatPiledUpBeforeTheSoundIsLeftOutUnlessItIsToBeHeard(int piled) {
        for (boolean drop : List.of(true, false)) {
            decoded.clear();
            now = 0;
            open(JitterConfig.DEFAULT.withDropFirst(drop));
            for (int i = 0; i < piled; i++) {
                arrive(i);
            }
            for (int i = piled; i < piled + 100; i++) {
                hear();
                arrive(i);
            }
            if (drop) {
                assertTrue(decoded.get(0) >= piled - 6, "begins with " + decoded.get(0) + " of " + piled);
            } else {
                assertEquals(IntStream.range(0, piled).boxed().toList(), decoded.subList(0, piled), "all that had come");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"10, 40", "70, 150", "128, 150"})
    void noMorePacketsWaitThanAllowed(int most, int came) {
        open(JitterConfig.DEFAULT.withDelays(Ticker.SECOND, Ticker.SECOND).withMaxPackets(most));
        for (int i = 0; i < came; i++) {
            arrive(i);
            now += MS;
        }
        assertEquals(came - most, receiver.jitterStatistics().overflows());
    }
}
