package io.earshot.codec.ilbc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.codec.spi.FormatParameters;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Table 3.2 of RFC 3951: how parameters become bits. */
@Tag("rfc3951")
@Tag("rfc3952")
class IlbcModeTest {
    @ParameterizedTest
    @EnumSource(IlbcMode.class)
    void everyBitOfAFrameBelongsToOneParameter(IlbcMode mode) {
        SplittableRandom random = new SplittableRandom(3951);
        int[] frame = new int[mode.parameters()];
        for (int i = 0; i < 200; i++) {
            byte[] bytes = new byte[mode.bytes];
            random.nextBytes(bytes);
            bytes[mode.bytes - 1] &= (byte) 0xFE;
            mode.unpack(bytes, 0, frame);
            byte[] again = new byte[mode.bytes];
            mode.pack(frame, again, 0);
            assertArrayEquals(bytes, again);
        }
    }

    @ParameterizedTest
    @EnumSource(IlbcMode.class)
    void parametersStandWhereTheTableSays(IlbcMode mode) {
        byte[] bytes = new byte[mode.bytes];
        int[] frame = new int[mode.parameters()];
        frame[0] = 0x3F;
        frame[2] = 1;
        frame[mode.state] = 5;
        mode.pack(frame, bytes, 0);
        assertEquals((byte) 0xFC, bytes[0], "the first frequencies stand at the front");
        assertEquals(0x10, bytes[2], "twenty bits of them");
        int secondClass = mode == IlbcMode.MILLIS_20 ? 48 : 64;
        assertEquals(0x80, bytes[secondClass / 8] & 0xFF, "the second class begins with the state's first bit");
        int thirdClass = mode == IlbcMode.MILLIS_20 ? 112 : 160;
        assertEquals(0x40, bytes[thirdClass / 8] & 0xFF, "the third one with its other two");
    }

    @ParameterizedTest
    @EnumSource(IlbcMode.class)
    void framesMarkedEmptyOrWithAStartStateOutsideAreNotToBeDecoded(IlbcMode mode) {
        int[] frame = new int[mode.parameters()];
        byte[] bytes = new byte[mode.bytes];
        frame[mode.start] = 1;
        mode.pack(frame, bytes, 0);
        assertTrue(mode.unpack(bytes, 0, frame));
        bytes[mode.bytes - 1] |= 1;
        assertFalse(mode.unpack(bytes, 0, frame));
        for (int start : new int[] {0, 6, 7}) {
            frame[mode.start] = start;
            mode.pack(frame, bytes, 0);
            assertEquals(mode == IlbcMode.MILLIS_20 && start % 4 != 0, mode.unpack(bytes, 0, frame), "start " + start);
        }
    }

    @ParameterizedTest
    @CsvSource({"mode=20, mode=20, MILLIS_20", "mode=20, mode=30, MILLIS_30", "mode=30, mode=20, MILLIS_30", "mode=20, '', MILLIS_30",
        "'', '', MILLIS_30", "mode=20, mode=x, MILLIS_30"})
    void twentyMillisTakeBoth(String local, String remote, IlbcMode expected) {
        assertEquals(expected, IlbcMode.of(new FormatParameters(local), new FormatParameters(remote)));
    }
}
