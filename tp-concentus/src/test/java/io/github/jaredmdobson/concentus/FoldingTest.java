package io.github.jaredmdobson.concentus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Our two additions to Concentus. */
class FoldingTest {
    private static final short[] EDGES = CeltTables.eband5ms;
    /** Hybrid mode codes by CELT from here on: bands of 8, 12 … bins of the shortest frame. */
    private static final int HYBRID_START = 17;

    @Test
    @Tag("rfc8251")
    void hybridModesFirstBandIsRepeatedAtItsEnd() {
        int[] norm = IntStream.range(0, 200).toArray();
        Folding.widenFirstBand(norm, 100, EDGES, HYBRID_START, 2, false);
        int[] expected = IntStream.range(0, 200).map(i -> i >= 16 && i < 24 ? i - 8 : i).toArray();
        assertArrayEquals(expected, norm);
    }

    @Test
    @Tag("rfc8251")
    void soIsThatOfTheSecondChannelWhereItHasASpectrumOfItsOwn() {
        int[] norm = IntStream.range(0, 200).toArray();
        Folding.widenFirstBand(norm, 100, EDGES, HYBRID_START, 2, true);
        assertEquals(8, norm[16]);
        assertEquals(108, norm[116]);
        assertEquals(115, norm[123]);
        assertEquals(124, norm[124]);
    }

    @Test
    @Tag("rfc8251")
    void bandsOfOneWidthStayAsTheyAre() {
        int[] norm = IntStream.range(0, 200).toArray();
        Folding.widenFirstBand(norm, 100, EDGES, 0, 8, true);
        assertArrayEquals(IntStream.range(0, 200).toArray(), norm);
    }

    @Test
    void scratchLendsTheSameArrayInTheNextFrameAndClean() {
        Scratch.open();
        int[] first = Scratch.ints(17);
        int[] second = Scratch.ints(17);
        assertNotSame(first, second);
        first[3] = 5;
        Scratch.close();
        Scratch.open();
        assertSame(first, Scratch.ints(17));
        assertEquals(0, first[3]);
        Scratch.close();
    }

    @Test
    void outsideAFrameEverythingIsNew() {
        Scratch.open();
        int[] lent = Scratch.ints(19);
        Scratch.close();
        assertNotSame(lent, Scratch.ints(19));
        assertNotSame(Scratch.EntropyCoder(), Scratch.EntropyCoder());
    }
}
