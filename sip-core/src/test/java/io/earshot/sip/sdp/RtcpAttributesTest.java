package io.earshot.sip.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.earshot.sip.sdp.AudioCapabilities.Option;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What offers and answers say of RTCP in reduced size and of extended reports. */
class RtcpAttributesTest {
    private static final Origin ORIGIN = Origin.first("-", "7", "192.0.2.1");

    private static AudioCapabilities capabilities(boolean wanted) {
        return Codecs.with(Codecs.PCMU).option(Option.RTCP_REDUCED_SIZE, wanted).option(Option.RTCP_VOIP_METRICS, wanted).build();
    }

    private static List<String> said(SessionDescription description) {
        return description.toString().lines().filter(line -> line.startsWith("a=rtcp-")).toList();
    }

    private static List<String> answered(boolean wanted, String... lines) {
        return said(((OfferAnswer.Answered) OfferAnswer.answer(Codecs.session(lines), ORIGIN, capabilities(wanted))).answer());
    }

    @Test
    @Tag("rfc3611")
    @Tag("rfc5506")
    void anOfferAsksForBothOnlyWhenWanted() {
        assertEquals(List.of("a=rtcp-rsize", "a=rtcp-xr:voip-metrics"), said(OfferAnswer.offer(ORIGIN, capabilities(true))));
        assertEquals(List.of(), said(OfferAnswer.offer(ORIGIN, capabilities(false))));
    }

    @Test
    @Tag("rfc3611")
    @Tag("rfc5506")
    void reducedSizeIsAnsweredWhenOfferedAndMetricsAreOurOwnWish() {
        assertEquals(List.of("a=rtcp-xr:voip-metrics"), answered(true, "m=audio 4000 RTP/AVP 0"));
        assertEquals(List.of("a=rtcp-rsize", "a=rtcp-xr:voip-metrics"),
            answered(true, "m=audio 4000 RTP/AVP 0", "a=rtcp-rsize", "a=rtcp-xr:pkt-loss-rle voip-metrics"));
        assertEquals(List.of(), answered(false, "m=audio 4000 RTP/AVP 0", "a=rtcp-rsize"));
    }
}
