package io.earshot.srtp;

import static io.earshot.srtp.SrtpVerdict.AUTHENTICATION_FAILED;
import static io.earshot.srtp.SrtpVerdict.KEY_EXPIRED;
import static io.earshot.srtp.SrtpVerdict.NO_ROOM;
import static io.earshot.srtp.SrtpVerdict.OK;
import static io.earshot.srtp.SrtpVerdict.REPLAYED;
import static io.earshot.srtp.SrtpVerdict.TOO_MANY_SOURCES;
import static io.earshot.srtp.SrtpVerdict.TOO_OLD;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("rfc3711")
class SrtpStreamTest {
    private static final SrtpSuite SUITE = SrtpSuite.AES_CM_128_HMAC_SHA1_80;
    private final Stream stream = new Stream(7);
    private final SrtpMasterKey key = stream.key(SUITE);
    private final SrtpParameters parameters = SrtpParameters.of(SUITE);
    private final SrtpSender sender = new SrtpSender(parameters, key);
    private final SrtpReceiver receiver = new SrtpReceiver(parameters, key);

    @ParameterizedTest @EnumSource void everySuiteGivesBackWhatItTook(SrtpSuite suite) {
        SrtpMasterKey own = stream.key(suite);
        for (SrtpMasterKey each : new SrtpMasterKey[] {own, own.withMki(new byte[] {1, 2, 3})}) {
            SrtpSender out = new SrtpSender(SrtpParameters.of(suite), each);
            SrtpReceiver in = new SrtpReceiver(SrtpParameters.of(suite), each);
            byte[] buffer = new byte[2_000];
            for (int payload = 0; payload < 300; payload++) {
                int length = Stream.rtp(buffer, 5, payload, payload);
                byte[] clear = Arrays.copyOf(buffer, length);
                assertEquals(OK, out.protectRtp(buffer, 0, length));
                assertEquals(length + suite.rtpTagBytes() + each.mkiBytes(), out.length());
                boolean readable = Arrays.equals(clear, 12, length, buffer, 12, length);
                assertEquals(payload == 0 || !suite.encrypts() || readable && payload < 3, readable);
                assertEquals(OK, in.unprotectRtp(buffer, 0, out.length()));
                assertEquals(length, in.length());
                assertArrayEquals(clear, Arrays.copyOf(buffer, length));
            }
            for (int words = 0; words < 40; words++) {
                int length = Stream.rtcp(buffer, 5, words);
                byte[] clear = Arrays.copyOf(buffer, length);
                assertEquals(OK, out.protectRtcp(buffer, 0, length));
                assertEquals(OK, in.unprotectRtcp(buffer, 0, out.length()));
                assertArrayEquals(clear, Arrays.copyOf(buffer, in.length()));
            }
        }
    }

    @Test void csrcAndExtensionStayReadable() {
        byte[] buffer = new byte[200];
        int length = Stream.rtp(buffer, 9, 1, 80);
        buffer[0] = (byte) 0x92; // extension, two contributing sources
        buffer[20] = 0;
        buffer[21] = 0;
        buffer[22] = 0;
        buffer[23] = 2;
        byte[] clear = buffer.clone();
        assertEquals(OK, sender.protectRtp(buffer, 0, length));
        assertEquals(0, Arrays.mismatch(clear, 32, length, buffer, 32, length));
        assertArrayEquals(Arrays.copyOf(clear, 32), Arrays.copyOf(buffer, 32));
        assertEquals(OK, receiver.unprotectRtp(buffer, 0, sender.length()));
    }

    @Test void rolloverSurvivesLossOnBothSidesOfTheWrap() {
        for (int sequence = 65_000; sequence < 65_536; sequence++) {
            byte[] packet = Stream.protect(sender, 1, sequence);
            if (sequence < 65_500) {
                assertEquals(OK, Stream.rtp(receiver, packet), "before the wrap");
            }
        }
        byte[] late = Stream.protect(sender, 1, 65_536);
        for (int sequence = 65_537; sequence < 65_536 + 3 * 65_536; sequence++) {
            byte[] packet = Stream.protect(sender, 1, sequence);
            if (sequence % 31_000 == 0) {
                assertEquals(OK, Stream.rtp(receiver, packet), "after the wrap at " + sequence);
            }
        }
        assertNotEquals(OK, Stream.rtp(receiver, late), "its number is now that of a far newer packet");
    }

    @Test void packetsOverTheWrapMayArriveInAnyOrder() {
        byte[] before = Stream.protect(sender, 1, 65_535);
        byte[] after = Stream.protect(sender, 1, 65_536);
        byte[] next = Stream.protect(sender, 1, 65_537);
        byte[] first = Stream.protect(new SrtpSender(parameters, key), 1, 65_534);
        assertEquals(OK, Stream.rtp(receiver, first));
        assertEquals(OK, Stream.rtp(receiver, next));
        assertEquals(OK, Stream.rtp(receiver, before));
        assertEquals(OK, Stream.rtp(receiver, after));
        assertEquals(REPLAYED, Stream.rtp(receiver, before));
        assertEquals(REPLAYED, Stream.rtp(receiver, after));
    }

    @Test void theReplayWindowHasTheSizeAskedFor() {
        for (int window : new int[] {64, 128, 192, 1024}) {
            SrtpReceiver narrow = new SrtpReceiver(parameters.withLimits(SrtpLimits.DEFAULT.withReplayWindow(window)), key);
            SrtpSender all = new SrtpSender(parameters, key);
            byte[][] packets = new byte[window + 2][];
            for (int i = 0; i < packets.length; i++) {
                packets[i] = Stream.protect(all, 3, 100 + i);
            }
            assertEquals(OK, Stream.rtp(narrow, packets[window]));
            assertEquals(TOO_OLD, Stream.rtp(narrow, packets[0]));
            assertEquals(OK, Stream.rtp(narrow, packets[1]));
            assertEquals(REPLAYED, Stream.rtp(narrow, packets[1]));
            assertEquals(OK, Stream.rtp(narrow, packets[window + 1]));
            assertEquals(TOO_OLD, Stream.rtp(narrow, packets[1]));
        }
    }

    @Test void aForgeryMovesNothing() {
        assertEquals(OK, Stream.rtp(receiver, Stream.protect(sender, 1, 1_000)));
        byte[] forged = Stream.protect(sender, 1, 30_000);
        forged[forged.length - 1] ^= 1;
        assertEquals(AUTHENTICATION_FAILED, Stream.rtp(receiver, forged));
        forged[11] ^= 1; // another SSRC
        assertEquals(AUTHENTICATION_FAILED, Stream.rtp(receiver, forged));
        assertEquals(1, receiver.sources(), "a forgery makes no source");
        assertEquals(OK, Stream.rtp(receiver, Stream.protect(new SrtpSender(parameters, key), 1, 999)), "the window did not move");
        assertEquals(2, receiver.counters().rtp(AUTHENTICATION_FAILED));
        assertEquals(2, receiver.counters().refused());
    }

    @Test void aPacketMovedBy65536IsRefused() {
        byte[] old = Stream.protect(sender, 1, 10);
        assertEquals(OK, Stream.rtp(receiver, old));
        for (int sequence = 11; sequence <= 65_700; sequence++) {
            byte[] packet = Stream.protect(sender, 1, sequence);
            if (sequence % 20_000 == 0 || sequence == 65_545) {
                assertEquals(OK, Stream.rtp(receiver, packet));
            }
        }
        assertEquals(AUTHENTICATION_FAILED, Stream.rtp(receiver, old), "the same 16 bits, one rollover later");
    }

    @Test void eachSourceHasItsOwnCounters() {
        for (int ssrc = 1; ssrc <= 3; ssrc++) {
            for (int sequence = 60_000; sequence < 70_000; sequence += ssrc) {
                assertEquals(OK, Stream.rtp(receiver, Stream.protect(sender, ssrc, sequence)));
            }
        }
        assertEquals(3, receiver.sources());
        assertEquals(OK, Stream.rtp(receiver, Stream.protect(sender, 1, 70_000)));
    }

    @Test void moreSourcesThanAllowedAreRefusedOnBothSides() {
        SrtpParameters tight = parameters.withLimits(SrtpLimits.DEFAULT.withMaxSources(2));
        SrtpReceiver two = new SrtpReceiver(tight, key);
        SrtpSender twoOut = new SrtpSender(tight, key);
        for (int ssrc = 1; ssrc <= 3; ssrc++) {
            assertEquals(ssrc < 3 ? OK : TOO_MANY_SOURCES, Stream.rtp(two, Stream.protect(sender, ssrc, 1)));
            assertEquals(ssrc < 3 ? OK : TOO_MANY_SOURCES, twoOut.protectRtp(stream.buffer, 0, Stream.rtp(stream.buffer, ssrc, 1, 20)));
        }
        assertEquals(OK, Stream.rtp(two, Stream.protect(sender, 1, 2)));
    }

    @Test void theKeyStreamIsNeverUsedTwice() {
        Stream.protect(sender, 1, 50);
        int length = Stream.rtp(stream.buffer, 1, 50, 20);
        assertEquals(REPLAYED, sender.protectRtp(stream.buffer, 0, length));
    }

    @Test void aKeyProtectsNoMoreThanItsLife() {
        SrtpSender brief = new SrtpSender(parameters.withLifetime(10), key);
        for (int i = 0; i < 10; i++) {
            Stream.protect(brief, 1, i);
            Stream.protectRtcp(brief, 1);
        }
        assertEquals(KEY_EXPIRED, brief.protectRtp(stream.buffer, 0, Stream.rtp(stream.buffer, 1, 11, 20)));
        assertEquals(KEY_EXPIRED, brief.protectRtcp(stream.buffer, 0, Stream.rtcp(stream.buffer, 1, 2)));
        brief.rekey(stream.key(SUITE));
        assertEquals(OK, brief.protectRtp(stream.buffer, 0, Stream.rtp(stream.buffer, 1, 11, 20)));
    }

    @Test void aFullBufferIsNotOverrun() {
        byte[] exact = new byte[32 + sender.overhead() - 1];
        assertEquals(NO_ROOM, sender.protectRtp(exact, 0, Stream.rtp(exact, 1, 1, 20)));
        assertEquals(0, sender.counters().rtp(OK));
        assertFalse(sender.overhead() < 14);
    }

    @Test void srtcpIsProtectedAgainstReplay() {
        byte[] one = Stream.protectRtcp(sender, 4);
        byte[] two = Stream.protectRtcp(sender, 4);
        assertEquals(OK, Stream.rtcp(receiver, two));
        assertEquals(OK, Stream.rtcp(receiver, one));
        assertEquals(REPLAYED, Stream.rtcp(receiver, one));
        for (int i = 0; i < 200; i++) {
            assertEquals(OK, Stream.rtcp(receiver, Stream.protectRtcp(sender, 4)));
        }
        assertEquals(TOO_OLD, Stream.rtcp(receiver, two));
    }

    /** RFC 3711 §4.3.1: new session keys each 2^n packets; packets of both generations arrive around the change. */
    @Test void sessionKeysChangeAtTheDerivationRate() {
        SrtpParameters often = parameters.withDerivationRateBits(4);
        SrtpSender out = new SrtpSender(often, key);
        SrtpReceiver in = new SrtpReceiver(often, key);
        for (int i = 0; i < 200; i += 2) {
            byte[] even = Stream.protect(out, 1, i);
            byte[] odd = Stream.protect(out, 1, i + 1);
            assertEquals(OK, Stream.rtp(in, odd));
            assertEquals(OK, Stream.rtp(in, even));
            assertEquals(OK, Stream.rtcp(in, Stream.protectRtcp(out, 1)));
        }
        assertEquals(AUTHENTICATION_FAILED, Stream.rtp(receiver, Stream.protect(out, 1, 300)), "a constant key does not open them");
    }
}
