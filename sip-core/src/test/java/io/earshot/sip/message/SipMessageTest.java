package io.earshot.sip.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rfc3261")
class SipMessageTest {
    private static final String INVITE = String.join("\r\n",
        "INVITE sip:bob@biloxi.example.com;transport=tcp SIP/2.0",
        "Via: SIP/2.0/UDP pc33.atlanta.example.com:5066;branch=z9hG4bK776asdhds;rport",
        "v:  SIP / 2.0 / tcp [2001:db8::1]:5060 ;branch=z9hG4bKold;received=192.0.2.1, SIP/2.0/TLS a.example",
        "Max-Forwards: 70",
        "To: \"Bob, the \\\"builder\\\"\" <sip:bob@biloxi.example.com>",
        "f: Alice <sip:alice@atlanta.example.com>;tag=1928301774",
        "i: a84b4c76e66710@pc33.atlanta.example.com",
        "CSeq: 314159 INVITE",
        "Contact: <sip:alice@pc33.atlanta.example.com>;q=0.7, \"x,y\" <sip:a@b>",
        "Supported: 100rel,",
        "  timer , replaces",
        "X-Thing: one",
        "Content-Type: application/sdp",
        "Content-Length: 4",
        "",
        "v=0\n");

    private static SipMessage parse(String text) {
        ParseResult result = new SipParser(SipLimits.DEFAULT).parse(text.getBytes(UTF_8));
        return assertInstanceOf(ParseResult.Parsed.class, result, result::toString).message();
    }

    @Test void readsARequest() {
        Request invite = (Request) parse(INVITE);
        assertEquals(SipMethod.INVITE, invite.method());
        assertEquals("sip:bob@biloxi.example.com;transport=tcp", invite.requestUri().toString());
        assertEquals(3, invite.vias().size());
        assertEquals(Optional.of("z9hG4bK776asdhds"), invite.via().branch());
        assertTrue(invite.via().hasRport());
        assertEquals("2001:db8::1", invite.vias().get(1).host());
        assertEquals("TCP", invite.vias().get(1).transport());
        assertEquals("Bob, the \"builder\"", invite.to().displayName());
        assertEquals(Optional.of("1928301774"), invite.from().tag());
        assertEquals("a84b4c76e66710@pc33.atlanta.example.com", invite.callId());
        assertEquals(new CSeq(314159, SipMethod.INVITE), invite.cseq());
        assertEquals(70, invite.maxForwards().getAsInt());
        assertEquals(List.of("100rel", "timer", "replaces"), invite.tokens(HeaderName.SUPPORTED));
        assertEquals(2, invite.contacts().size());
        assertEquals(List.of("one"), invite.values(HeaderName.of("x-THING")));
        assertEquals(Optional.of(MediaType.APPLICATION_SDP), invite.contentType());
        assertEquals("v=0\n", invite.bodyText());
        assertEquals(Optional.empty(), invite.check());
    }

    @Test void writesUnchangedLinesByteForByte() {
        SipMessage invite = parse(INVITE);
        assertArrayEquals(INVITE.getBytes(UTF_8), invite.toBytes());
        assertArrayEquals(INVITE.getBytes(UTF_8), invite.toBuilder().build().toBytes());
        SipMessage relayed = invite.toBuilder().prepend(HeaderName.VIA, Via.of("UDP", "proxy", -1, "z9hG4bKp")).build();
        assertEquals(INVITE.replaceFirst("\r\n", "\r\nVia: SIP/2.0/UDP proxy;branch=z9hG4bKp\r\n"), relayed.toString());
    }

    @Test void aResponseCopiesWhatRfc3261Section8262Asks() {
        Request invite = (Request) parse(INVITE);
        Response ringing = Response.to(invite, 180).set(HeaderName.TO, invite.to().withTag("314")).build();
        assertEquals("Ringing", ringing.reasonPhrase());
        assertEquals(invite.vias(), ringing.vias());
        assertEquals(Optional.of("314"), ringing.to().tag());
        assertEquals(invite.callId(), ringing.callId());
        assertEquals(ringing.toString(), parse(ringing.toString()).toString());
    }

    @Test void aBrokenRequestGetsAReplyAndAnAckDoesNot() {
        ParseResult.Malformed bad = (ParseResult.Malformed) new SipParser(SipLimits.DEFAULT)
            .parse(INVITE.replace("CSeq: 314159 INVITE", "CSeq: 99999999999 INVITE").getBytes(UTF_8));
        assertEquals(ParseResult.Reason.HEADER_VALUE, bad.reason());
        assertEquals(400, bad.reply().orElseThrow().status());
        String ack = INVITE.replace("INVITE", "ACK").replace("70", "70\r\nTo: <a:b>");
        bad = (ParseResult.Malformed) new SipParser(SipLimits.DEFAULT).parse(ack.getBytes(UTF_8));
        assertTrue(bad.reply().isEmpty());
    }

    @Test void framesAStream() {
        StreamFramer framer = new StreamFramer(SipLimits.DEFAULT);
        framer.feed(ByteBuffer.wrap(("\r\n\r\n" + INVITE + INVITE).getBytes(UTF_8)));
        assertEquals(Optional.of(new ParseResult.KeepAlive(false)), framer.poll());
        assertEquals(Optional.of(new ParseResult.KeepAlive(true)), framer.poll());
        assertInstanceOf(ParseResult.Parsed.class, framer.poll().orElseThrow());
        assertInstanceOf(ParseResult.Parsed.class, framer.poll().orElseThrow());
        assertTrue(framer.poll().isEmpty());
        assertFalse(framer.isBroken());
    }
}
