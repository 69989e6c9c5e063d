package io.earshot.rtp.rtcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.rtp.packet.RtpLimits;
import io.earshot.rtp.testing.Packets;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rfc3550")
@Tag("rfc5506")
class RtcpCompoundTest {
    private static final String RR = "80c90001 00000001";
    private final RtcpCompound compound = new RtcpCompound(RtpLimits.DEFAULT, false);

    private RtcpVerdict wrap(String hex) {
        byte[] bytes = Packets.hex(hex);
        return compound.wrap(bytes, 0, bytes.length);
    }

    static int fullCompound(byte[] out, int offset) {
        return new RtcpWriter().begin(out, offset)
            .senderReport(0x11, 0x0123_4567_89AB_CDEFL, -2, 0x1_0000_0003L, 480)
            .reportBlock(0x22, 64, -5, 0x1_FFFF, 77, 0x4567_89AB, 65_536)
            .reportBlock(0x33, 0, 1 << 24, 9, 0, 0, 0)
            .cname(0x11, "a@b.example".getBytes(StandardCharsets.UTF_8))
            .bye(0x11).length();
    }

    @Test void readsWhatWasWritten() {
        byte[] out = new byte[200];
        int length = fullCompound(out, 7);
        assertEquals(0, length % 4);
        assertEquals(RtcpVerdict.OK, compound.wrap(out, 7, length));
        assertTrue(compound.next());
        assertEquals(RtcpType.SENDER_REPORT, compound.type());
        assertEquals(2, compound.count());
        SenderInfo info = new SenderInfo().wrap(compound);
        assertEquals(0x11, info.ssrc());
        assertEquals(0x0123_4567_89AB_CDEFL, info.ntpTimestamp());
        assertEquals(-2, info.rtpTimestamp());
        assertEquals(3, info.packetCount());
        assertEquals(480, info.octetCount());
        ReportBlock block = new ReportBlock().wrap(compound, 0);
        assertEquals(0x22, block.ssrc());
        assertEquals(64, block.fractionLost());
        assertEquals(-5, block.cumulativeLost());
        assertEquals(0x1_FFFF, block.highestSequence());
        assertEquals(77, block.jitter());
        assertEquals(0x4567_89AB, block.lastSenderReport());
        assertEquals(65_536, block.delaySinceLastSenderReport());
        assertEquals((1 << 23) - 1, block.wrap(compound, 1).cumulativeLost());
        assertThrows(IllegalStateException.class, () -> block.wrap(compound, 2));
        assertTrue(compound.next());
        SourceDescription description = new SourceDescription().wrap(compound);
        assertTrue(description.next());
        assertEquals(0x11, description.ssrc());
        assertEquals(SourceDescription.CNAME, description.item());
        assertEquals("a@b.example", new String(out, description.offset(), description.length(), StandardCharsets.UTF_8));
        assertFalse(description.next());
        assertTrue(compound.next());
        assertEquals(RtcpType.BYE, compound.type());
        assertEquals(0x11, compound.byeSsrc(0));
        assertFalse(compound.next());
    }

    @Test void cnamesOfEveryLengthAreTerminatedAndAligned() {
        byte[] out = new byte[400];
        for (int size = 0; size < 300; size++) {
            int length = new RtcpWriter().begin(out, 1).receiverReport(1).cname(1, new byte[size]).length();
            assertEquals(RtcpVerdict.OK, compound.wrap(out, 1, length), "size " + size);
        }
    }

    @Test void lengthsPastTheEndAreRejected() {
        assertEquals(RtcpVerdict.TOO_SHORT, wrap("80c9"));
        assertEquals(RtcpVerdict.LENGTH_OVERRUN, wrap("80c90002 00000001"));
        assertEquals(RtcpVerdict.LENGTH_OVERRUN, wrap("80c9ffff 00000001"));
        assertEquals(RtcpVerdict.LENGTH_OVERRUN, wrap(RR + "81"));
        assertEquals(RtcpVerdict.LENGTH_OVERRUN, wrap(RR + "81cb0005 00000001"));
    }

    @Test void countsThatExceedThePacketAreRejected() {
        assertEquals(RtcpVerdict.BODY_OVERRUN, wrap("81c90001 00000001"));
        assertEquals(RtcpVerdict.BODY_OVERRUN, wrap("80c90000"));
        assertEquals(RtcpVerdict.BODY_OVERRUN, wrap("80c80005 00000001" + "00".repeat(16)));
        assertEquals(RtcpVerdict.BODY_OVERRUN, wrap(RR + "82cb0001 00000001"));
        assertEquals(RtcpVerdict.BODY_OVERRUN, wrap(RR + "81cb0002 00000001 ff000000"));
        assertEquals(RtcpVerdict.OK, wrap(RR + "81cb0002 00000001 03616263"));
        assertEquals(RtcpVerdict.BODY_OVERRUN, wrap(RR + "80cc0001 00000001"));
        assertEquals(RtcpVerdict.BODY_OVERRUN, wrap(RR + "80cf0000"));
        assertEquals(RtcpVerdict.BODY_OVERRUN, wrap(RR + "80ce0001 00000001"));
    }

    @Test void sourceDescriptionsMustEndInsideTheirPacket() {
        assertEquals(RtcpVerdict.BODY_OVERRUN, wrap(RR + "81ca0001 00000001"));
        assertEquals(RtcpVerdict.BODY_OVERRUN, wrap(RR + "81ca0002 00000001 01026162"));
        assertEquals(RtcpVerdict.BODY_OVERRUN, wrap(RR + "81ca0002 00000001 01ff6162"));
        assertEquals(RtcpVerdict.BODY_OVERRUN, wrap(RR + "82ca0002 00000001 01016100"));
        assertEquals(RtcpVerdict.OK, wrap(RR + "82ca0004 00000001 01016100 00000002 00000000"));
    }

    @Test void paddingBelongsToTheLastPacketAndFitsIt() {
        assertEquals(RtcpVerdict.OK, wrap(RR + "a1cb0002 00000005 00000004"));
        assertTrue(compound.next() && compound.next());
        assertEquals(8, compound.bodyEnd() - compound.offset());
        assertEquals(RtcpVerdict.BAD_PADDING, wrap("a0c90002 00000001 00000004" + "81cb0001 00000001"));
        assertEquals(RtcpVerdict.BAD_PADDING, wrap(RR + "a1cb0002 00000005 00000000"));
        assertEquals(RtcpVerdict.BAD_PADDING, wrap(RR + "a1cb0002 00000005 00000003"));
        assertEquals(RtcpVerdict.BAD_PADDING, wrap(RR + "a1cb0002 00000005 0000000c"));
        assertEquals(RtcpVerdict.BODY_OVERRUN, wrap(RR + "a1cb0002 00000005 00000008"));
    }

    @Test void startsWithAReportUnlessReducedSizeIsAllowed() {
        byte[] bye = Packets.hex("81cb0001 00000001");
        assertEquals(RtcpVerdict.FIRST_IS_NO_REPORT, compound.wrap(bye, 0, 8));
        assertEquals(RtcpVerdict.OK, new RtcpCompound(RtpLimits.DEFAULT, true).wrap(bye, 0, 8));
        assertEquals(RtcpVerdict.BAD_VERSION, wrap("00c90001 00000001"));
    }

    @Test void limitsSizeAndNumber() {
        assertEquals(RtcpVerdict.TOO_MANY_PACKETS, wrap(RR.repeat(33)));
        assertEquals(RtcpVerdict.OK, wrap(RR.repeat(32)));
        assertEquals(RtcpVerdict.TOO_LONG, compound.wrap(new byte[3000], 0, 2052));
    }

    @Test void unknownTypesAreSteppedOver() {
        assertEquals(RtcpVerdict.OK, wrap(RR + "80d30001 00000001" + "80cf0001 00000001"));
        assertTrue(compound.next() && compound.next());
        assertEquals(RtcpType.OTHER, compound.type());
        assertTrue(compound.next());
        assertEquals(RtcpType.EXTENDED_REPORT, compound.type());
    }

    @Test void fuzzedCompoundsNeverThrowOrReachOutside() {
        byte[] seed = new byte[200];
        int length = fullCompound(seed, 0);
        SplittableRandom random = new SplittableRandom(5);
        int good = 0;
        for (int i = 0; i < 300_000; i++) {
            byte[] bytes = seed.clone();
            for (int m = random.nextInt(4); m >= 0; m--) {
                bytes[random.nextInt(length)] = (byte) random.nextInt(random.nextBoolean() ? 256 : 8);
            }
            int cut = random.nextInt(4) == 0 ? random.nextInt(length) : length;
            byte[] exact = Arrays.copyOf(bytes, cut); // so that a read past the end throws
            good += walk(exact, new RtcpCompound(RtpLimits.DEFAULT, random.nextBoolean())) ? 1 : 0;
        }
        assertTrue(good > 10_000, "only " + good + " survived");
    }

    private static boolean walk(byte[] bytes, RtcpCompound reader) {
        if (reader.wrap(bytes, 0, bytes.length) != RtcpVerdict.OK) {
            assertFalse(reader.next());
            return false;
        }
        while (reader.next()) {
            reader.ssrc();
            switch (reader.type()) {
                case SENDER_REPORT -> new SenderInfo().wrap(reader).octetCount();
                case BYE -> reader.byeSsrc(reader.count() - 1);
                case SOURCE_DESCRIPTION -> {
                    SourceDescription description = new SourceDescription().wrap(reader);
                    while (description.next()) {
                        assertTrue(description.offset() + description.length() < reader.bodyEnd());
                    }
                }
                default -> { }
            }
            if (reader.type() == RtcpType.SENDER_REPORT || reader.type() == RtcpType.RECEIVER_REPORT) {
                for (int i = 0; i < reader.count(); i++) {
                    new ReportBlock().wrap(reader, i).delaySinceLastSenderReport();
                }
            }
        }
        return true;
    }
}
