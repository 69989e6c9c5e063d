package io.earshot.sip.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("rfc3261")
@Tag("rfc3966")
@Tag("rfc5954")
class UriTest {
    @Test void readsEveryPartOfASipUri() {
        SipUri uri = (SipUri) Uri.parse("sips:al%20ice;day=mon:s3cret@Atlanta.example.com:5071;transport=TLS;lr?Subject=a%26b&To=x");
        assertTrue(uri.isSecure());
        assertEquals(Optional.of("al%20ice;day=mon"), uri.user());
        assertEquals(Optional.of("al ice;day=mon"), uri.decodedUser());
        assertEquals(Optional.of("s3cret"), uri.password());
        assertEquals("Atlanta.example.com", uri.host());
        assertEquals(5071, uri.port());
        assertEquals(Optional.of("tls"), uri.transport());
        assertTrue(uri.isLooseRouter());
        assertEquals(Optional.of("Subject=a%26b&To=x"), uri.headers());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sip:a", "sip:a@b", "sips:a:b@c:1", "sip:[::1]", "sip:u@[2001:db8::1]:5060;x=y", "sip:a;lr?b=c",
        "sip:a@b?c=&d=e",
        "tel:+1-201-555-0123;ext=12", "tel:911;phone-context=+1", "urn:service:sos", "http://a/b?c#d", "mailto:a@b", "isbn:2983792873",
        "sip:+1(2)3@h;user=phone", "sip:a@1.2.3.4"})
    void writesWhatItRead(String text) {
        assertEquals(text, Uri.parse(text).toString());
        assertEquals(Uri.parse(text), Uri.parse(text));
        assertEquals(Uri.parse(text).hashCode(), Uri.parse(text).hashCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sip", ":", "sip:", "a b:c", "sip:@h", "sip::@h", "sip:a@", "sip:a@b@c", "sip:a b@c", "sip:a@b:0",
        "sip:a@b:65536",
        "sip:a@b:", "sip:a@b;", "sip:a@b;;c", "sip:a@b;c=", "sip:a@b?c", "sip:a@b?", "sip:a@[::1", "sip:a@[1:2]", "sip:a@[::1::2]",
        "sip:a@[12345::]", "sip:a@2001:db8::1", "sip:a@b;c=d e", "sip:%@b", "sip:%4@b", "sip:%zz@b", "sip:a@b/c", "<sip:a@b>",
        "tel:", "tel:+",
        "tel:+1x", "tel:1;", "1sip:a", "http:", "http://a b", "sip:a@[1:2:3:4:5:6:7:8:9]", "sip:a@[::1.2.3]", "sip:a@[::1.2.3.256]",
        "sip:a@[1:2:3:4:5:6:7::8]x", "sip:a@[:1::2]", "sip:a@[::1:]"})
    void refusesMalformedUris(String text) {
        assertTrue(Uri.tryParse(text).isEmpty(), text);
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Uri.parse(text)).getMessage().contains('"' + text + '"'));
    }

    /** The examples of RFC 3261 §19.1.4, and RFC 5954 §4.2 for IPv6. */
    @ParameterizedTest
    @CsvSource({
        "sip:%61lice@atlanta.com;transport=TCP, sip:alice@AtLanTa.CoM;Transport=tcp",
        "sip:carol@chicago.com, sip:carol@chicago.com;newparam=5",
        "sip:carol@chicago.com;security=on, sip:carol@chicago.com;newparam=5",
        "sip:b.com;transport=tcp;method=REGISTER?to=sip:bob%40b.com, sip:b.com;method=REGISTER;transport=tcp?to=sip:bob%40b.com",
        "sip:alice@atlanta.com?subject=project%20x&priority=urgent, sip:alice@atlanta.com?priority=urgent&subject=project%20x",
        "sip:a@[2001:db8::1], sip:a@[2001:DB8:0:0::0.0.0.1]",
        "tel:+1-201-555-0123, tel:+12015550123",
        "tel:7042;phone-context=a.b, tel:7042;Phone-Context=A.B",
        "urn:service:sos, URN:service:sos",
    })
    void equivalent(String a, String b) {
        assertTrue(Uri.parse(a).equivalent(Uri.parse(b)));
        assertTrue(Uri.parse(b).equivalent(Uri.parse(a)));
    }

    @ParameterizedTest
    @CsvSource({
        "SIP:ALICE@AtLanTa.CoM;Transport=udp, sip:alice@AtLanTa.CoM;Transport=UDP",
        "sip:bob@biloxi.com, sip:bob@biloxi.com:5060",
        "sip:bob@biloxi.com, sip:bob@biloxi.com;transport=udp",
        "sip:bob@biloxi.com, sip:bob@biloxi.com:6000;transport=tcp",
        "sip:carol@chicago.com, sip:carol@chicago.com?Subject=next%20meeting",
        "sip:bob@phone21.boxesbybob.com, sip:bob@192.0.2.4",
        "sip:carol@chicago.com;security=on, sip:carol@chicago.com;security=off",
        "sip:a@b, sips:a@b", "sip:a@b, sip:b", "sip:a:x@b, sip:a:y@b", "sip:a@b;user=phone, sip:a@b", "sip:a@b;maddr=c, sip:a@b",
        "sip:a%3Bb@c, sip:a;b@c", "sip:a@b, tel:1", "tel:+1, tel:1", "tel:1;ext=2, tel:1", "sip:a@[::1], sip:a@[::2]",
    })
    void notEquivalent(String a, String b) {
        assertFalse(Uri.parse(a).equivalent(Uri.parse(b)));
        assertFalse(Uri.parse(b).equivalent(Uri.parse(a)));
    }

    @Test void buildsFromPartsAndEscapes() {
        SipUri uri = SipUri.of("J\u00fcrgen %1@x", "example.com").withPort(5062).withParameter("transport", "tcp").withParameter("lr");
        assertEquals("sip:J%C3%BCrgen%20%251%40x@example.com:5062;transport=tcp;lr", uri.toString());
        assertEquals(Optional.of("J\u00fcrgen %1@x"), uri.decodedUser());
        SipUri moved = uri.withHost("[::1]").withSecure(true).withoutUser().withPort(-1).withoutParameter("LR");
        assertEquals("sips:[::1];transport=tcp", moved.toString());
        assertEquals("sip:h", SipUri.of("u", "h").withoutUser().withoutParameters().toString());
        assertEquals("sip:h;x=a%3Bb", SipUri.ofHost("h").withParameter("x", "a;b").toString());
        SipUri transfer = SipUri.of("c", "h").withHeader("Replaces", "1@x;to-tag=2").withHeader("a&b", "");
        assertEquals("sip:c@h?Replaces=1%40x%3Bto-tag%3D2&a%26b=", transfer.toString());
        assertEquals(transfer, Uri.parse(transfer.toString()));
        assertThrows(IllegalArgumentException.class, () -> SipUri.ofHost("a b"));
        assertThrows(IllegalArgumentException.class, () -> SipUri.ofHost(""));
        assertThrows(IllegalArgumentException.class, () -> SipUri.ofHost("a\r\nX: y"));
        assertThrows(IllegalArgumentException.class, () -> SipUri.ofHost("h").withPort(0));
        assertThrows(IllegalArgumentException.class, () -> SipUri.ofHost("h").withParameter("a b", "c"));
    }

    @Test void exactEqualityTellsWhatEquivalenceDoesNot() {
        assertNotEquals(Uri.parse("sip:a@b"), Uri.parse("sip:a@B"));
        assertEquals(Uri.parse("sip:a@b"), ((SipUri) Uri.parse("sip:a@b?c=d")).withoutHeaders());
    }

    @Test void telephoneNumbersLoseTheirSeparators() {
        TelUri tel = assertInstanceOf(TelUri.class, Uri.parse("tel:+1-(201)-555.0123;ext=7"));
        assertEquals("+12015550123", tel.digits());
        assertTrue(tel.isGlobal());
        assertEquals(Optional.of("7"), tel.parameters().get("EXT"));
        assertThrows(IllegalArgumentException.class, () -> new TelUri("+", Parameters.NONE));
    }

    @Test void unknownSchemesKeepTheirText() {
        OtherUri uri = assertInstanceOf(OtherUri.class, Uri.parse("Soap.Beep://192.0.2.103:3002"));
        assertEquals("soap.beep", uri.scheme());
        assertEquals("//192.0.2.103:3002", uri.schemeSpecificPart());
        assertEquals("Soap.Beep://192.0.2.103:3002", uri.toString());
    }
}
