package io.earshot.srtp;

import static io.earshot.srtp.SrtpVerdict.AUTHENTICATION_FAILED;
import static io.earshot.srtp.SrtpVerdict.OK;
import static io.earshot.srtp.SrtpVerdict.UNKNOWN_KEY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Master keys that change while packets flow. */
@Tag("rfc3711")
class SrtpKeyChangeTest {
    private final Stream stream = new Stream(11);

    @ParameterizedTest @EnumSource void packetsUnderWayArriveUnderTheOldKey(SrtpSuite suite) {
        SrtpParameters parameters = SrtpParameters.of(suite);
        SrtpMasterKey first = stream.key(suite);
        SrtpMasterKey second = stream.key(suite);
        SrtpSender sender = new SrtpSender(parameters, first);
        SrtpReceiver receiver = new SrtpReceiver(parameters, first);
        for (int i = 65_500; i < 65_600; i++) {
            assertEquals(OK, Stream.rtp(receiver, Stream.protect(sender, 1, i)));
        }
        byte[] report = Stream.protectRtcp(sender, 1);
        byte[] straggler = Stream.protect(sender, 1, 65_600);
        byte[] tooLate = Stream.protect(sender, 1, 65_601);
        receiver.rekey(second);
        receiver.rekey(second); // the same answer once more changes nothing
        sender.rekey(second);
        assertEquals(OK, Stream.rtp(receiver, Stream.protect(sender, 1, 65_602)), "the rollover counter continues");
        assertEquals(OK, Stream.rtp(receiver, straggler));
        assertEquals(OK, Stream.rtcp(receiver, report));
        assertEquals(OK, Stream.rtcp(receiver, Stream.protectRtcp(sender, 1)));
        for (int i = 65_603; i < 65_603 + SrtpLimits.DEFAULT.grace(); i++) {
            assertEquals(OK, Stream.rtp(receiver, Stream.protect(sender, 1, i)));
        }
        assertEquals(AUTHENTICATION_FAILED, Stream.rtp(receiver, tooLate), "the old key is forgotten");
    }

    @ParameterizedTest @EnumSource void aPeerThatStartsItsCountersAnewIsFollowed(SrtpSuite suite) {
        SrtpParameters parameters = SrtpParameters.of(suite);
        SrtpMasterKey first = stream.key(suite);
        SrtpMasterKey second = stream.key(suite);
        SrtpSender sender = new SrtpSender(parameters, first);
        SrtpReceiver receiver = new SrtpReceiver(parameters, first);
        for (int i = 65_000; i < 66_000; i++) {
            assertEquals(OK, Stream.rtp(receiver, Stream.protect(sender, 1, i)));
            if (i % 50 == 0) {
                assertEquals(OK, Stream.rtcp(receiver, Stream.protectRtcp(sender, 1)));
            }
        }
        byte[] old = Stream.protect(new SrtpSender(parameters, first), 1, 66_001 - 65_536);
        receiver.rekey(second);
        SrtpSender restarted = new SrtpSender(parameters, second);
        byte[] packet = Stream.protect(restarted, 1, 66_000 - 65_536);
        assertEquals(OK, Stream.rtp(receiver, packet));
        assertNotEquals(OK, Stream.rtp(receiver, packet), "and it is seen");
        assertEquals(OK, Stream.rtp(receiver, Stream.protect(restarted, 1, 66_003 - 65_536)));
        assertNotEquals(OK, Stream.rtp(receiver, old), "nothing of the old key is let in any more");
        byte[] report = Stream.protectRtcp(restarted, 1);
        assertEquals(OK, Stream.rtcp(receiver, report));
        assertNotEquals(OK, Stream.rtcp(receiver, report));
    }

    @ParameterizedTest @EnumSource void packetsNameTheirKeyByMki(SrtpSuite suite) {
        SrtpParameters parameters = SrtpParameters.of(suite);
        SrtpMasterKey one = stream.key(suite).withMki(new byte[] {0, 1});
        SrtpMasterKey two = stream.key(suite).withMki(new byte[] {0, 2});
        SrtpReceiver receiver = new SrtpReceiver(parameters, one);
        SrtpSender sender = new SrtpSender(parameters, one);
        assertEquals(OK, Stream.rtp(receiver, Stream.protect(sender, 1, 1)));
        byte[] straggler = Stream.protect(sender, 1, 2);
        sender.rekey(two);
        byte[] early = Stream.protect(sender, 1, 3);
        byte[] report = Stream.protectRtcp(sender, 1);
        assertEquals(UNKNOWN_KEY, Stream.rtp(receiver, early));
        assertEquals(UNKNOWN_KEY, Stream.rtcp(receiver, report));
        receiver.rekey(two);
        assertEquals(OK, Stream.rtp(receiver, early));
        assertEquals(OK, Stream.rtcp(receiver, report));
        assertEquals(OK, Stream.rtp(receiver, straggler));
        assertThrows(IllegalArgumentException.class, () -> receiver.rekey(stream.key(suite)), "an MKI of another length");
        for (int i = 0; i < SrtpLimits.DEFAULT.maxKeys(); i++) {
            receiver.rekey(stream.key(suite).withMki(new byte[] {1, (byte) i}));
        }
        assertEquals(UNKNOWN_KEY, Stream.rtp(receiver, Stream.protect(sender, 1, 4)), "the oldest are forgotten");
    }
}
