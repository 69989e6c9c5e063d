package io.earshot.sip.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("rfc3261")
class BuilderTest {
    private static final Uri BOB = Uri.parse("sip:bob@example.com");

    private static SipMessage parse(byte[] bytes) {
        ParseResult result = new SipParser(SipLimits.DEFAULT).parse(bytes);
        assertTrue(result instanceof ParseResult.Parsed, result::toString);
        return ((ParseResult.Parsed) result).message();
    }

    private static SipMessage corpusInvite() {
        return parse(Corpus.INVITE.getBytes(UTF_8));
    }

    private static RequestBuilder options() {
        return Request.builder(SipMethod.OPTIONS, BOB).add(HeaderName.VIA, "SIP/2.0/UDP a").add(HeaderName.FROM, "<sip:a>;tag=1")
            .add(HeaderName.TO, NameAddr.of(BOB)).add(HeaderName.CALL_ID, "1").add(HeaderName.CSEQ, new CSeq(1, SipMethod.OPTIONS));
    }

    private static String headers(SipMessage message) {
        String text = message.toString();
        return text.substring(text.indexOf("\r\n") + 2, text.indexOf("\r\n\r\n") + 2).replace("\r\n", "|");
    }

    @Test void writesHeadersInOrderAndTheLength() {
        Request request = options().body(MediaType.TEXT_PLAIN, "h\u00e9").build();
        assertEquals("OPTIONS sip:bob@example.com SIP/2.0\r\nVia: SIP/2.0/UDP a\r\nFrom: <sip:a>;tag=1\r\nTo: <sip:bob@example.com>\r\n"
            + "Call-ID: 1\r\nCSeq: 1 OPTIONS\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n\r\nh\u00e9", request.toString());
        assertEquals("h\u00e9", parse(request.toBytes()).bodyText());
        ByteBuffer out = ByteBuffer.allocate(request.byteLength());
        request.writeTo(out);
        assertArrayEquals(request.toBytes(), out.array());
    }

    @Test void setReplacesInPlaceAndAddGroups() {
        HeaderName x = HeaderName.of("X-Y");
        RequestBuilder builder = Request.builder(SipMethod.INFO, BOB).add(x, "1").add(HeaderName.SUBJECT, "s").add(x, "2").add(x, 3);
        assertEquals("X-Y: 1|X-Y: 2|X-Y: 3|Subject: s|Content-Length: 0|", headers(builder.build()));
        assertEquals("x-y: 4|Subject: s|Content-Length: 0|", headers(builder.set(HeaderName.of("x-y"), 4).build()));
        assertEquals("x-y: a|x-y: b|Subject: s|Content-Length: 0|", headers(builder.setAll(HeaderName.of("x-y"), List.of("a",
            "b")).build()));
        assertEquals("Subject: s|Content-Length: 0|", headers(builder.remove(x).build()));
        assertFalse(builder.contains(x));
        assertEquals(Optional.empty(), builder.build().value(x));
    }

    @Test void prependPutsViaOnTopAndRoutesBehindVias() {
        RequestBuilder builder = options().prepend(HeaderName.VIA, "SIP/2.0/TCP b").prepend(HeaderName.ROUTE, "<sip:r2>")
            .prepend(HeaderName.ROUTE, "<sip:r1>");
        assertTrue(headers(builder.build()).startsWith("Via: SIP/2.0/TCP b|Via: SIP/2.0/UDP a|Route: <sip:r1>|Route: <sip:r2>|From"));
        assertTrue(headers(Request.builder(SipMethod.INFO, BOB).add(HeaderName.TO, "<sip:x>").prepend(HeaderName.VIA,
            "SIP/2.0/UDP a").build())
            .startsWith("Via"));
    }

    @Test void theFirstOfSeveralValuesOnALineCanBeReplacedAndRemoved() {
        SipMessage invite = corpusInvite();
        assertEquals(2, invite.vias().size());
        SipMessage stamped = invite.toBuilder().replaceFirst(HeaderName.VIA, invite.via().withReceived("192.0.2.1")).build();
        assertEquals(Optional.of("192.0.2.1"), stamped.via().received());
        assertEquals(invite.vias().get(1), stamped.vias().get(1));
        SipMessage popped = stamped.toBuilder().removeFirst(HeaderName.VIA).removeFirst(HeaderName.ROUTE).build();
        assertEquals(List.of(invite.vias().get(1)), popped.vias());
        assertEquals(List.of(invite.routes().get(1)), popped.routes());
        SipMessage none = popped.toBuilder().removeFirst(HeaderName.VIA).removeFirst(HeaderName.ROUTE).build();
        assertEquals(List.of(), none.routes());
        assertThrows(MalformedHeaderException.class, none::via);
        assertEquals("sip:x", none.toBuilder().replaceFirst(HeaderName.ROUTE, "<sip:x>").build().routes().get(0).uri().toString());
    }

    @Test void untouchedLinesAreWrittenByteForByte() {
        for (byte[] bytes : Corpus.messages()) {
            if (new SipParser(SipLimits.DEFAULT).parse(bytes) instanceof ParseResult.Parsed parsed) {
                SipMessage message = parsed.message();
                byte[] same = message.toBuilder().build().toBytes();
                if (message.has(HeaderName.CONTENT_LENGTH)) {
                    assertArrayEquals(message.toBytes(), same);
                }
                assertEquals(message.headerNames().size() + (message.has(HeaderName.CONTENT_LENGTH) ? 0 : 1),
                    parse(same).headerNames().size());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nEvil: yes", "a\nEvil: yes", "a\r", "\0", "a\u0007"})
    void headersCannotBeInjected(String value) {
        assertThrows(IllegalArgumentException.class, () -> options().set(HeaderName.SUBJECT, value));
        assertThrows(IllegalArgumentException.class, () -> options().add(HeaderName.of("X-A"), value));
        assertThrows(IllegalArgumentException.class, () -> options().prepend(HeaderName.ROUTE, value));
        assertThrows(IllegalArgumentException.class, () -> Response.builder(200).reasonPhrase(value));
    }

    @Test void bodiesComeAndGoWithTheirHeaders() {
        byte[] body = {1, 2, 3};
        Request with = options().body(MediaType.of("application", "x"), body).add(HeaderName.CONTENT_DISPOSITION, "render").build();
        body[0] = 9;
        assertArrayEquals(new byte[] {1, 2, 3}, with.body());
        assertTrue(with.toString().endsWith("\r\n\r\n<3 bytes>"));
        Request without = with.toBuilder().noBody().method(SipMethod.INFO).build();
        assertEquals(0, without.bodyLength());
        assertFalse(without.has(HeaderName.CONTENT_TYPE) || without.has(HeaderName.CONTENT_DISPOSITION));
        assertEquals(SipMethod.INFO, without.method());
        assertEquals("sip:c", with.withRequestUri(Uri.parse("sip:c")).requestUri().toString());
    }

    @Test void textBodiesFollowTheirCharset() {
        String text = "MESSAGE sip:b SIP/2.0\r\nv: SIP/2.0/UDP a\r\nf: <sip:a>;tag=1\r\nt: <sip:b>\r\ni: 1\r\nCSeq: 1 MESSAGE\r\n"
            + "c: text/plain;charset=ISO-8859-1\r\n\r\n\u00e9";
        SipMessage latin = parse(text.getBytes(ISO_8859_1));
        assertEquals("\u00e9", latin.bodyText());
        SipMessage odd = parse(text.replace("ISO-8859-1", "no_such").getBytes(UTF_8));
        assertEquals("\u00e9", odd.bodyText());
        assertEquals("\u00e9", parse(text.replace(";charset=ISO-8859-1", "").getBytes(UTF_8)).bodyText());
    }

    @Test void aResponseCopiesRouteSetOnlyWhereItFormsADialog() {
        Request invite = (Request) corpusInvite().toBuilder().add(HeaderName.RECORD_ROUTE, "<sip:p;lr>").add(HeaderName.TIMESTAMP,
            "54").build();
        assertTrue(Response.to(invite, 180).build().has(HeaderName.RECORD_ROUTE));
        assertTrue(Response.to(invite, 200).build().has(HeaderName.RECORD_ROUTE));
        assertFalse(Response.to(invite, 100).build().has(HeaderName.RECORD_ROUTE));
        assertFalse(Response.to(invite, 486).build().has(HeaderName.RECORD_ROUTE));
        assertFalse(Response.to(invite.toBuilder().method(SipMethod.MESSAGE).build(), 200).build().has(HeaderName.RECORD_ROUTE));
        assertTrue(Response.to(invite, 100).build().has(HeaderName.TIMESTAMP));
        assertFalse(Response.to(invite, 180).build().has(HeaderName.TIMESTAMP));
    }

    @Test void statusClasses() {
        Response response = Response.builder(183).build();
        assertTrue(response.isProvisional() && !response.isFinal() && !response.isSuccess() && !response.isRejection());
        response = response.toBuilder().status(202).build();
        assertTrue(!response.isProvisional() && response.isFinal() && response.isSuccess() && !response.isRejection());
        assertEquals("Accepted", response.reasonPhrase());
        assertTrue(Response.builder(302).build().isRejection());
        assertEquals("Gone fishing", Response.builder(480).reasonPhrase("Gone fishing").build().toBuilder().build().reasonPhrase());
        assertEquals("Request Failed", ReasonPhrases.of(499));
        assertThrows(IllegalArgumentException.class, () -> Response.builder(99));
        assertThrows(IllegalArgumentException.class, () -> Response.builder(700));
    }

    @Test void typedAccessorsOfMalformedHeadersThrowAndCheckTellsWhy() {
        SipMessage bad = options().set(HeaderName.MAX_FORWARDS, "many").build();
        assertEquals("Max-Forwards: not a number from 0 to 255", bad.check().orElseThrow().detail());
        assertEquals(400, bad.check().orElseThrow().reply().orElseThrow().status());
        MalformedHeaderException thrown = assertThrows(MalformedHeaderException.class, bad::maxForwards);
        assertEquals(ParseResult.Reason.HEADER_VALUE, thrown.malformed().reason());
        for (String line : List.of("Contact: ;", "Route: x", "Record-Route: <sip:a", "Expires: 4294967296", "Content-Type: text",
                "Supported: a b", "Session-Expires: x", "Refer-To: <", "RSeq: -1", "Path: <sip:a>,,<sip:b>", "Contact: *, <sip:a>",
                "Require: a;b=", "Min-Expires: ", "Retry-After: 1 x")) {
            int colon = line.indexOf(':');
            SipMessage message = options().set(HeaderName.of(line.substring(0, colon)), line.substring(colon + 1)).build();
            assertTrue(message.check().isPresent(), line);
        }
    }

    @Test void aBrokenHintDoesNotLoseAResponse() {
        Response response = Response.to(options().build(), 503).set(HeaderName.RETRY_AFTER, "949302838503028349304023988").build();
        assertEquals(Optional.empty(), response.check());
        assertTrue(response.seconds(HeaderName.RETRY_AFTER).isEmpty());
    }

    @Test void numbersIgnoreWhatFollows() {
        SipMessage m = options().set(HeaderName.RETRY_AFTER, "18000 (in a meeting);duration=3600").set(HeaderName.EXPIRES, "4294967295")
            .set(HeaderName.SESSION_EXPIRES, "1800;refresher=uac").set(HeaderName.CONTACT, "*").build();
        assertEquals(Optional.empty(), m.check());
        assertEquals(18_000, m.seconds(HeaderName.RETRY_AFTER).orElseThrow());
        assertEquals(4_294_967_295L, m.expires().orElseThrow());
        assertEquals(1_800, m.seconds(HeaderName.SESSION_EXPIRES).orElseThrow());
        assertTrue(m.isWildcardContact() && m.contacts().isEmpty());
        assertTrue(m.seconds(HeaderName.MIN_SE).isEmpty() && m.maxForwards().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatIsBuiltIsWhatIsParsed(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            NameAddr from = address(random).withTag(token(random));
            NameAddr to = address(random);
            List<Via> vias = new ArrayList<>();
            RequestBuilder builder = Request.builder(SipMethod.of(token(random)), from.uri());
            for (int n = 1 + random.nextInt(4); n > 0; n--) {
                vias.add(Via.of(token(random), host(random), random.nextInt(2) == 0 ? -1 : 1 + random.nextInt(65_535), token(random))
                    .withRport().withParameters(Parameters.of(token(random), text(random))));
                builder.add(HeaderName.VIA, vias.get(vias.size() - 1));
            }
            String subject = text(random).strip();
            builder.add(HeaderName.FROM, from).add(HeaderName.TO, to).add(HeaderName.CALL_ID, token(random) + "@" + host(random))
                .add(HeaderName.CONTACT, to).add(HeaderName.CONTACT, from).add(HeaderName.of("X-" + token(random)), subject);
            byte[] body = new byte[random.nextInt(50)];
            random.nextBytes(body);
            Request built = builder.body(MediaType.of(token(random), token(random)), body).build();
            built = built.toBuilder().set(HeaderName.CSEQ, new CSeq(random.nextInt() & Integer.MAX_VALUE, built.method())).build();
            Request parsed = (Request) parse(built.toBytes());
            assertEquals(Optional.empty(), parsed.check());
            assertEquals(from, parsed.from());
            assertEquals(to, parsed.to());
            assertEquals(vias, parsed.vias());
            assertEquals(List.of(to, from), parsed.contacts());
            assertEquals(built.requestUri(), parsed.requestUri());
            assertEquals(built.cseq(), parsed.cseq());
            assertEquals(built.contentType(), parsed.contentType());
            assertEquals(built.headerNames(), parsed.headerNames());
            assertEquals(subject, parsed.value(built.headerNames().get(built.headerNames().size() - 4)).orElse(subject));
            assertArrayEquals(body, parsed.body());
            assertArrayEquals(built.toBytes(), parsed.toBytes());
        }
    }

    private static NameAddr address(Random random) {
        SipUri uri = SipUri.of(text(random) + "u", host(random)).withPort(random.nextInt(3) == 0 ? 1 + random.nextInt(65_535) : -1)
            .withSecure(random.nextBoolean()).withParameter("p" + token(random).replaceAll("[^a-z]", ""), text(random) + "v");
        NameAddr address = random.nextInt(4) == 0 ? NameAddr.of(new TelUri("+1-" + random.nextInt(1_000),
            Parameters.NONE)) : NameAddr.of(uri);
        return new NameAddr(text(random), address.uri(), Parameters.of(token(random), text(random)));
    }

    private static String pick(Random random, String alphabet, int min) {
        StringBuilder out = new StringBuilder();
        for (int n = min + random.nextInt(8); n > 0; n--) {
            out.appendCodePoint(alphabet.codePointAt(alphabet.offsetByCodePoints(0, random.nextInt(alphabet.codePointCount(0,
                alphabet.length())))));
        }
        return out.toString();
    }

    private static String token(Random random) {
        return pick(random, "abcxyzABC019-.!%*_+`'~", 1);
    }

    private static String host(Random random) {
        return random.nextInt(4) == 0 ? "2001:db8::" + Integer.toHexString(random.nextInt(65_536)) : "h" + pick(random, "abc0-.", 0);
    }

    private static String text(Random random) {
        return pick(random, "ab \t\"\\<>,;:=@%?&/()[]{}*\u00fc\u0436\u20ac\ud83d\ude00'", 0);
    }
}
