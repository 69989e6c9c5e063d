package io.earshot.sip.ua;

import static io.earshot.api.time.Ticker.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.sip.message.MediaType;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.SipMethod;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Session descriptions among other parts of a body, as gateways to telephone networks send them. */
@Tag("rfc5621")
class BodiesOfPartsTest {
    private static final String ISUP = "Content-Type: application/ISUP;version=itu-t92+\n"
        + "Content-Disposition: signal;handling=optional\n\n\1\0\2";
    private static final String SDP = "Content-Type: application/sdp\nContent-Disposition: session\n\n" + Talk.SDP;

    private final Lan lan = new Lan(7);
    private final Phone bob = lan.phone("bob", "10.0.0.2", EngineConfig.defaults());
    private final Script gateway = lan.script("gateway", "10.0.0.3");
    private final Talk talk = new Talk(gateway, bob);

    private static String parts(String... parts) {
        return "--one\n" + String.join("\n--one\n", parts) + "\n--one--\n";
    }

    private void invite(String subtype, String body) {
        talk.send("INVITE", 1, "", "Content-Type: multipart/" + subtype + ";boundary=one\n", body);
        lan.runFor(SECOND / 10);
    }

    private String offered() {
        return bob.last(SipEvent.IncomingCall.class).offer().map(offer -> offer.origin().address()).orElse("none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mixed", "related", "signed"})
    void theOfferIsTakenFromAmongTheParts(String subtype) {
        invite(subtype, parts(ISUP, SDP));
        assertEquals("10.0.0.9", offered());
    }

    @Test
    void ofAlternativesTheLastIsTheBest() {
        invite("alternative", parts("Content-Type: text/plain\n\na call", SDP, SDP.replace("10.0.0.9", "10.0.0.8")));
        assertEquals("10.0.0.8", offered());
    }

    @Test
    void partsWithinPartsAreFoundButNotForEver() {
        invite("mixed", parts(ISUP, within(SDP, 1)));
        assertEquals("10.0.0.9", offered());
        Talk deep = new Talk(lan.script("deep", "10.0.0.4"), bob);
        deep.send("INVITE", 1, "", "Content-Type: multipart/mixed;boundary=one\n", parts(within(SDP, 3)));
        lan.runFor(SECOND / 10);
        assertEquals("none", offered());
    }

    private static String within(String part, int levels) {
        String inner = levels == 1 ? part : within(part, levels - 1);
        String mark = "--level" + levels;
        return "Content-Type: multipart/mixed;boundary=level" + levels + "\n\n" + mark + "\n" + inner + "\n" + mark + "--";
    }

    @Test
    void partsWithoutADescriptionAreAnInviteWithoutOffer() {
        invite("mixed", parts(ISUP));
        assertEquals("none", offered());
    }

    @Test
    void aPartThatIsRequiredAndUnknownIsRefused() {
        invite("mixed", parts(ISUP.replace("optional", "required"), SDP));
        assertEquals(415, gateway.lastResponse().status());
        assertEquals("application/sdp, multipart/mixed, multipart/alternative", talk.header("Accept"));
    }

    @Test
    void aBodyWithoutItsBoundaryIsRefused() {
        talk.send("INVITE", 1, "", "Content-Type: multipart/mixed\n", parts(SDP));
        lan.runFor(SECOND / 10);
        assertEquals(415, gateway.lastResponse().status());
    }

    @Test
    void aBrokenDescriptionAmongThePartsIsRefused() {
        invite("mixed", parts(ISUP, "Content-Type: application/sdp\n\nno description"));
        assertEquals(400, gateway.lastResponse().status());
    }

    @Test
    void theAnswerIsTakenFromAmongTheParts() {
        bob.call(gateway);
        lan.runFor(SECOND / 10);
        Request invite = gateway.requests(SipMethod.INVITE).get(0);
        gateway.send(gateway.reply(invite, 200, "t").body(MediaType.parse("multipart/mixed;boundary=one"),
            parts(ISUP, SDP).replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8)).build());
        lan.runFor(SECOND / 10);
        assertEquals("10.0.0.9", bob.last(SipEvent.Answered.class).remote().orElseThrow().origin().address());
        assertTrue(gateway.requests(SipMethod.ACK).size() == 1);
    }
}
