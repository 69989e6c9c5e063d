package io.earshot.rtp.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.time.Ticker;
import io.earshot.rtp.jitter.JitterConfig;
import io.earshot.rtp.testing.Packets;
import io.earshot.rtp.testing.TaggedCodec;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rfc2198")
class RedundancyTest {
    private static final int RED = 121;
    private final List<Integer> decoded = new ArrayList<>();
    private final AudioReceiver receiver = new AudioReceiver(JitterConfig.DEFAULT, 20,
        List.of(new PayloadFormat(100, TaggedCodec.DESCRIPTOR, new TaggedCodec(decoded::add))));
    private final short[] pcm = new short[160];

    /** Packet {@code index} with copies of so many before it. */
    private static byte[] red(int index, int copies) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int first = Math.max(0, index - copies);
        for (int i = first; i < index; i++) {
            int head = (index - i) * 160 << 10 | TaggedCodec.payload(i, 160, 8000).length;
            out.writeBytes(new byte[] {(byte) (0x80 | 100), (byte) (head >> 16), (byte) (head >> 8), (byte) head});
        }
        out.write(100);
        for (int i = first; i <= index; i++) {
            out.writeBytes(TaggedCodec.payload(i, 160, 8000));
        }
        return Packets.rtp(RED, index & 0xFFFF, 160 * index, 1, out.toByteArray());
    }

    private void run(int packets, int copies, java.util.function.IntPredicate lost) {
        receiver.redundancy(RED);
        for (int i = 0; i < packets; i++) {
            long now = i * 20L * Ticker.MILLISECOND;
            if (!lost.test(i)) {
                receiver.onPacket(Packets.wrap(red(i, copies)), now);
            }
            receiver.read(now, pcm, 0);
        }
    }

    @Test void singleLossesAreRecoveredFromOneCopy() {
        run(100, 1, i -> i % 7 == 3);
        assertEquals(IntStream.range(0, decoded.size()).boxed().toList(), decoded);
        assertTrue(decoded.size() >= 98, "played " + decoded.size());
        assertEquals(0, receiver.statistics().concealed());
        assertEquals(14, receiver.jitterStatistics().recovered(), 1);
    }

    @Test void moreCopiesRecoverBurstsOfWhichSomePlayoutDelayIsLeft() {
        SplittableRandom random = new SplittableRandom(9);
        boolean[] lost = new boolean[3000];
        for (int i = 10; i < lost.length; i++) {
            lost[i] = random.nextInt(100) < 20;
        }
        run(lost.length, 2, i -> lost[i]);
        long gone = receiver.statistics().concealed() / 20;
        assertTrue(gone < 0.1 * lost.length, "concealed " + gone + " packets of which 600 were lost");
        for (int i = 1; i < decoded.size(); i++) {
            assertTrue(decoded.get(i) > decoded.get(i - 1), "in order and once");
        }
    }

    @Test void copiesOfWhatHasArrivedAreIgnored() {
        run(50, 3, i -> false);
        assertEquals(0, receiver.jitterStatistics().recovered());
        assertEquals(0, receiver.jitterStatistics().duplicates());
    }

    @Test void brokenRedundancyIsCounted() {
        receiver.redundancy(RED);
        assertFalse(receiver.onPacket(Packets.wrap(Packets.rtp(RED, 1, 0, 1, (byte) 0x80)), 0));
        assertEquals(1, receiver.unplayable());
    }
}
