package io.earshot.sip.ua;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.id.IdSource;
import io.earshot.sip.message.MediaType;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.SipMethod;
import io.earshot.sip.message.Uri;
import io.earshot.sip.transaction.Hop;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Fail-over from one IP version to the other takes the offer's address along. */
@Tag("rfc3263")
class OfferFamilyTest {
    private final Context context = new Context(EngineConfig.defaults(), IdSource.seeded(1), (protocol, peer) -> Optional.empty());

    private static Request invite(String connection) {
        return Request.builder(SipMethod.INVITE, Uri.parse("sip:bob@example.org"))
            .body(MediaType.APPLICATION_SDP, "v=0\r\no=- 1 1 " + connection + "\r\ns=-\r\nc=" + connection
                + "\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n").build();
    }

    private static Hop hop(String peer, String local) {
        return Hop.to("UDP", false, Lan.address(peer, 5060), Lan.address(local, 5060));
    }

    @Test
    void anOfferForIpv6GoesToAnIpv4ServerWithOurIpv4Address() {
        Request fit = OfferFamily.fit(context, invite("IN IP6 2001:db8::1"), hop("10.0.0.20", "10.0.0.1"));
        assertEquals("v=0\r\no=- 1 1 IN IP4 10.0.0.1\r\ns=-\r\nc=IN IP4 10.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n", fit.bodyText());
    }

    @Test
    void anOfferForIpv4GoesToAnIpv6ServerWithOurIpv6Address() {
        Request fit = OfferFamily.fit(context, invite("IN IP4 10.0.0.1"), hop("2001:db8::20", "2001:db8::1"));
        assertTrue(fit.bodyText().contains("\r\nc=IN IP6 2001:db8:0:0:0:0:0:1\r\n"), fit.bodyText());
    }

    @Test
    void whatFitsOrIsOnHoldOrHasNoOfferStaysAsItIs() {
        Hop hop = hop("10.0.0.20", "10.0.0.1");
        Request other = invite("IN IP4 192.0.2.7");
        assertSame(other, OfferFamily.fit(context, other, hop));
        Request held = invite("IN IP6 ::");
        assertSame(held, OfferFamily.fit(context, held, hop));
        Request bare = Request.builder(SipMethod.INVITE, Uri.parse("sip:bob@example.org")).build();
        assertSame(bare, OfferFamily.fit(context, bare, hop));
    }
}
