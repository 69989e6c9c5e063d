package io.earshot.sip.message;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("rfc3261")
class HeaderValuesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "<sip:a@b> | `` | sip:a@b | ``",
        "sip:a@b;tag=1 | `` | sip:a@b | ;tag=1",
        "<sip:a@b;c=d>;e=f | `` | sip:a@b;c=d | ;e=f",
        "Alice <sip:a@b> | Alice | sip:a@b | ``",
        "Alice<sip:a@b> | Alice | sip:a@b | ``",
        "A.  B@c <sip:a@b> | A.  B@c | sip:a@b | ``",
        "J\u00fcrgen <sip:a@b> | J\u00fcrgen | sip:a@b | ``",
        "\"a, \\\"b\\\" <c> \\\\\"<sip:a@b> | a, \"b\" <c> \\ | sip:a@b | ``",
        "\"\" <sip:a@b> | `` | sip:a@b | ``",
        " \t<sip:a@b> ; x ; y = \"q;\\\"\" | `` | sip:a@b | ;x;y=\"q;\\\"\"",
        "<tel:+1>;q=0.5 | `` | tel:+1 | ;q=0.5",
    })
    void readsAddresses(String text, String name, String uri, String parameters) {
        NameAddr parsed = NameAddr.parse(text);
        assertEquals(name, parsed.displayName());
        assertEquals(uri, parsed.uri().toString());
        assertEquals(parameters, parsed.parameters().toString());
        assertEquals(parsed, NameAddr.parse(parsed.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "Alice", "\"a <sip:b>", "\"a\\\" <sip:b>", "\"a\" sip:b", "<sip:b", "< sip:b>", "a, b <sip:c>",
        "a;b <sip:c>",
        "<sip:b>x", "<sip:b>;", "<sip:b>;;a", "<sip:b>;a=", "<sip:b>;a=1;A=2", "sip:a?b=c", "sip:a, sip:b", "<sip:b>;a=\"x", "/",
        "\\", "<>"})
    void refusesMalformedAddresses(String text) {
        assertThrows(IllegalArgumentException.class, () -> NameAddr.parse(text));
    }

    @Test void aTagIsSetReplacedAndRemoved() {
        NameAddr to = NameAddr.of("Bob", Uri.parse("sip:b")).withTag("1");
        assertEquals("\"Bob\" <sip:b>;tag=1", to.toString());
        assertEquals(Optional.of("2"), to.withTag("2").tag());
        assertEquals(Optional.empty(), to.withoutTag().tag());
        assertEquals("\"Bob\" <tel:1>;tag=1", to.withUri(Uri.parse("tel:1")).toString());
        assertThrows(IllegalArgumentException.class, () -> NameAddr.of("a\r\nEvil: yes", Uri.parse("sip:b")));
        assertThrows(IllegalArgumentException.class, () -> to.withTag("a\r\nEvil: yes"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "SIP/2.0/UDP a | SIP/2.0/UDP a",
        "sip / 2.0 / udp \ta:5060 ; branch = z9hG4bK1 ; rport | SIP/2.0/UDP a:5060;branch=z9hG4bK1;rport",
        "SIP/2.0/TLS [::1]:5061;received=192.0.2.1 | SIP/2.0/TLS [::1]:5061;received=192.0.2.1",
        "SIP/3.0/X-y a : 1 | SIP/3.0/X-Y a:1",
    })
    void readsVias(String text, String wire) {
        assertEquals(wire, Via.parse(text).toString());
        assertEquals(Via.parse(text), Via.parse(wire));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SIP", "SIP/2.0", "SIP/2.0/", "SIP/2.0/UDP", "SIP/2.0/UDP ", "SIP/2.0/UDPa", "SIP/2.0/UDP a:",
        "SIP/2.0/UDP a:0",
        "SIP/2.0/UDP a:65536", "SIP/2.0/UDP [::1", "SIP/2.0/UDP a b", "SIP/2.0/UDP a;;", "SIP/2.0/UDP a;branch=", "SIP/2.0/UDP a;b=1;B=2"})
    void refusesMalformedVias(String text) {
        assertThrows(IllegalArgumentException.class, () -> Via.parse(text));
    }

    @Test void aServerStampsAVia() {
        Via via = Via.of("udp", "[2001:db8::1]", -1, "z9hG4bKx").withRport();
        assertTrue(via.hasRport());
        assertEquals(OptionalInt.empty(), via.rport());
        Via stamped = via.withReceived("2001:db8::2").withRport(40_000);
        assertEquals("SIP/2.0/UDP [2001:db8::1];branch=z9hG4bKx;rport=40000;received=2001:db8::2", stamped.toString());
        assertEquals(OptionalInt.of(40_000), stamped.rport());
        assertEquals(Optional.of("2001:db8::2"), stamped.received());
        assertEquals(OptionalInt.empty(), Via.parse("SIP/2.0/UDP a;rport=70000").rport());
        assertTrue(Via.of("UDP", "h", 1, "Z9HG4BKx").hasMagicCookie());
        assertFalse(Via.of("UDP", "h", 1, "x").hasMagicCookie());
        assertEquals(Optional.of("y"), via.withBranch("y").branch());
        assertEquals(Optional.of("224.0.1.75"), Via.parse("SIP/2.0/UDP a;maddr=224.0.1.75").maddr());
        assertThrows(IllegalArgumentException.class, () -> Via.of("U DP", "h", 1, "x"));
        assertThrows(IllegalArgumentException.class, () -> Via.of("UDP", "h", 70_000, "x"));
    }

    @Test void parametersKeepOrderAndIgnoreCase() {
        Parameters p = Parameters.parse("b=2;A=\"x \\\"y\\\"\";c");
        assertEquals(List.of("b", "A", "c"), p.names());
        assertEquals(Optional.of("x \"y\""), p.get("a"));
        assertEquals(Optional.empty(), p.get("c"));
        assertTrue(p.has("C"));
        assertFalse(p.has("d"));
        assertEquals(";b=3;A=\"x \\\"y\\\"\";c;d=\"e f\"", p.with("B", "3").with("d", "e f").toString().replace(";B=", ";b="));
        assertEquals(";b=2;A=\"x \\\"y\\\"\"", p.without("C").toString());
        assertSame(p, p.without("zz"));
        assertSame(Parameters.NONE, Parameters.of("a", "b").without("a"));
        assertEquals(Parameters.parse(";B=2;a=\"x \\\"y\\\"\";C"), p);
        assertEquals(Parameters.parse(";B=2;a=\"x \\\"y\\\"\";C").hashCode(), p.hashCode());
        assertNotEquals(Parameters.of("a", "B"), Parameters.of("a", "b"));
        assertNotEquals(Parameters.of("a", "b"), Parameters.NONE.with("a"));
        assertEquals(";a=\"\"", Parameters.of("a", "").toString());
        assertEquals(";a=\"x\"", Parameters.of("a", "\"x\"").toString());
        assertEquals(";a=\"\\\"x\"", Parameters.of("a", "\"x").toString());
        assertThrows(IllegalArgumentException.class, () -> Parameters.of("a", "\n"));
        assertThrows(IllegalArgumentException.class, () -> Parameters.of("a=", "b"));
        assertThrows(IllegalArgumentException.class, () -> Parameters.parse("a=b=c d"));
    }

    @Test void mediaTypesCompareIgnoringCase() {
        MediaType type = MediaType.parse("Text/PLAIN ; charset=\"utf-8\"");
        assertTrue(type.matches(MediaType.TEXT_PLAIN));
        assertEquals(Optional.of("utf-8"), type.charset());
        assertEquals("text/plain;charset=\"utf-8\"", type.toString());
        assertSame(MediaType.APPLICATION_SDP, MediaType.parse("application/sdp"));
        for (String bad : List.of("", "text", "text/", "/plain", "text/plain;", "text plain", "a/b c")) {
            assertThrows(IllegalArgumentException.class, () -> MediaType.parse(bad), bad);
        }
        assertThrows(IllegalArgumentException.class, () -> MediaType.of("a b", "c"));
    }

    @Test void cseqKnowsItsRange() {
        assertEquals("0 INVITE", new CSeq(0, SipMethod.INVITE).toString());
        assertThrows(IllegalArgumentException.class, () -> new CSeq(1L << 31, SipMethod.INVITE));
        assertThrows(IllegalArgumentException.class, () -> new CSeq(-1, SipMethod.INVITE));
    }

    @Test void methodsAreCaseSensitiveAndOpen() {
        assertSame(SipMethod.INVITE, SipMethod.of("INVITE"));
        assertNotEquals(SipMethod.INVITE, SipMethod.of("invite"));
        assertEquals(SipMethod.of("FOO"), SipMethod.of("FOO"));
        assertEquals(SipMethod.of("FOO").hashCode(), SipMethod.of("FOO").hashCode());
        assertThrows(IllegalArgumentException.class, () -> SipMethod.of("A B"));
        assertThrows(IllegalArgumentException.class, () -> SipMethod.of(""));
    }

    @Test void everyHeaderConstantIsFoundByNameAndByBytes() throws IllegalAccessException {
        int known = 0;
        for (var field : HeaderName.class.getFields()) {
            if (field.getType() == HeaderName.class && Modifier.isStatic(field.getModifiers())) {
                HeaderName name = (HeaderName) field.get(null);
                assertSame(name, HeaderName.of(name.canonical().toUpperCase(java.util.Locale.ROOT)));
                assertEquals(field.getName(), name.canonical().toUpperCase(java.util.Locale.ROOT).replace('-', '_'));
                byte[] bytes = name.canonical().toLowerCase(java.util.Locale.ROOT).getBytes(US_ASCII);
                assertSame(name, HeaderName.byId(HeaderName.idOf(bytes, 0, bytes.length)));
                known++;
            }
        }
        assertTrue(known > 80, "constants: " + known);
    }

    @ParameterizedTest
    @CsvSource({"v, VIA", "f, FROM", "t, TO", "i, CALL_ID", "m, CONTACT", "c, CONTENT_TYPE", "l, CONTENT_LENGTH", "k, SUPPORTED",
        "s, SUBJECT",
        "e, CONTENT_ENCODING", "o, EVENT", "u, ALLOW_EVENTS", "r, REFER_TO", "b, REFERRED_BY", "x, SESSION_EXPIRES", "a, ACCEPT_CONTACT",
        "j, REJECT_CONTACT", "d, REQUEST_DISPOSITION", "y, IDENTITY"})
    void compactFormsAreTheSameHeader(String compact, String constant) throws ReflectiveOperationException {
        HeaderName expected = (HeaderName) HeaderName.class.getField(constant).get(null);
        assertSame(expected, HeaderName.of(compact));
        assertSame(expected, HeaderName.of(compact.toUpperCase(java.util.Locale.ROOT)));
    }

    @Test void unknownHeadersKeepTheirSpelling() {
        assertEquals("X-Foo", HeaderName.of("X-Foo").canonical());
        assertEquals(HeaderName.of("X-Foo"), HeaderName.of("x-fOO"));
        assertEquals(HeaderName.of("X-Foo").hashCode(), HeaderName.of("x-fOO").hashCode());
        assertNotEquals(HeaderName.of("X-Foo"), HeaderName.of("X-Fop"));
        assertNotEquals(HeaderName.of("z"), HeaderName.VIA);
        for (String bad : Arrays.asList("", "a b", "a:", "\u00fc", "a\r\n")) {
            assertThrows(IllegalArgumentException.class, () -> HeaderName.of(bad));
        }
    }
}
