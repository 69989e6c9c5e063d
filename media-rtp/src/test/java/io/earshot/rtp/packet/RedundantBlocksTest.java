package io.earshot.rtp.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.rtp.testing.Packets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rfc2198")
class RedundantBlocksTest {
    private final RedundantBlocks blocks = new RedundantBlocks();

    private boolean wrap(String digits) {
        byte[] bytes = Packets.hex(digits);
        return blocks.wrap(bytes, 0, bytes.length);
    }

    @Test void findsTheBlocksOldestFirst() {
        // 320 ticks back, 2 bytes of type 5; 160 back, 1 byte of type 0; then the primary of type 0.
        assertTrue(wrap("85 050002" + "80 028001" + "00" + "AABB" + "CC" + "DDEEFF"));
        assertEquals(3, blocks.count());
        assertEquals(5, blocks.payloadType(0));
        assertEquals(320, blocks.ticksBehind(0));
        assertEquals(2, blocks.length(0));
        assertEquals((byte) 0xAA, blocks.buffer()[blocks.offset(0)]);
        assertEquals(160, blocks.ticksBehind(1));
        assertEquals((byte) 0xCC, blocks.buffer()[blocks.offset(1)]);
        assertEquals(0, blocks.ticksBehind(2));
        assertEquals(3, blocks.length(2));
        assertEquals((byte) 0xDD, blocks.buffer()[blocks.offset(2)]);
    }

    @Test void aPrimaryAloneIsFine() {
        assertTrue(wrap("00 AABB"));
        assertEquals(1, blocks.count());
        assertEquals(2, blocks.length(0));
    }

    @Test void refusesWhatDoesNotFit() {
        assertFalse(wrap(""));
        assertFalse(wrap("80"));
        assertFalse(wrap("80 028001"), "no primary head");
        assertFalse(wrap("80 028002 00 AA"), "a block past the end");
        assertFalse(wrap("80 028000".repeat(8) + "00"), "more blocks than anybody sends");
        assertEquals(0, blocks.count());
    }

    @Test void survivesAnyBytes() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            if (blocks.wrap(bytes, 0, bytes.length)) {
                for (int k = 0; k < blocks.count(); k++) {
                    assertTrue(blocks.offset(k) + blocks.length(k) <= bytes.length);
                }
            }
        }
    }
}
