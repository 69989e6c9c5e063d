package io.earshot.sip.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Corners of the grammar of RFC 3261 §25.1 that peers do use, one line each: what stands in the message, and what is read of it. */
@Tag("rfc3261")
class GrammarOdditiesTest {
    private static final String HEAD = "OPTIONS sip:b SIP/2.0\r\nVia: SIP/2.0/UDP a;branch=z9hG4bK1\r\nFrom: <sip:a>;tag=1\r\n"
        + "To: <sip:b>\r\nCall-ID: 1\r\nCSeq: 1 OPTIONS\r\n";

    private static ParseResult parse(String text) {
        return new SipParser(SipLimits.DEFAULT).parse(text.getBytes(UTF_8));
    }

    /** Reads the head with one of its lines replaced, or with one more. */
    private static SipMessage with(String line) {
        String word = line.substring(0, line.indexOf(':')).strip();
        String name = word.equals("i") ? "Call-ID" : word.equals("v") ? "Via" : word;
        String text = (HEAD.contains("\r\n" + name + ":") ? HEAD.replaceAll("\r\n" + name + ": [^\r]*", "") : HEAD) + line + "\r\n\r\n";
        SipMessage message = assertInstanceOf(ParseResult.Parsed.class, parse(text), () -> parse(text).toString()).message();
        assertEquals(java.util.Optional.empty(), message.check());
        return message;
    }

    private static Arguments row(String line, Function<SipMessage, Object> reader, Object expected) {
        return Arguments.of(line, reader, expected);
    }

    static Stream<Arguments> lines() {
        return Stream.concat(blanksAndAddresses(), values());
    }

    private static Stream<Arguments> blanksAndAddresses() {
        return Stream.of(
            // HCOLON = *( SP / HTAB ) ":" SWS, and SWS may fold
            row("Subject \t :  x", m -> m.value(HeaderName.SUBJECT).get(), "x"),
            row("Subject:\r\n x", m -> m.value(HeaderName.SUBJECT).get(), "x"),
            row("Subject:\r\n \t x  \r\n\ty", m -> m.value(HeaderName.SUBJECT).get().replaceAll("\\s+", " "), "x y"),
            row("Subject:x", m -> m.value(HeaderName.SUBJECT).get(), "x"),
            row("Subject:", m -> m.value(HeaderName.SUBJECT).get(), ""),
            // blanks may stand round every separator: SEMI, EQUAL, COMMA, LAQUOT, RAQUOT, SLASH
            row("From:\t\"a\"\r\n <sip:a>\r\n ;\r\n tag\r\n =\r\n 7", m -> m.from().tag().get(), "7"),
            row("Contact: <sip:a> ,\r\n <sip:b>\t,\t<sip:c>", m -> m.contacts().size(), 3),
            row("Contact:  *  ", SipMessage::isWildcardContact, true),
            row("Contact:\r\n *", SipMessage::isWildcardContact, true),
            row("Content-Length:\r\n 0", m -> m.bodyLength(), 0),
            row("Subject: x\r\n \r\n\t", m -> m.value(HeaderName.SUBJECT).get(), "x"),
            row("Subject:\r\n \r\n ", m -> m.value(HeaderName.SUBJECT).get(), ""),
            row("Content-Type: text / plain ; charset = utf-8", m -> m.contentType().get().toString(), "text/plain;charset=utf-8"),
            row("CSeq: 1 \t OPTIONS", m -> m.cseq().method(), SipMethod.OPTIONS),
            // display-name = *( token LWS ) / quoted-string; a quoted pair may stand for any 7 bit character
            row("From: a b.c~d <sip:a>;tag=1", m -> m.from().displayName(), "a b.c~d"),
            row("From: \"\\a\\,\\\"\" <sip:a>;tag=1", m -> m.from().displayName(), "a,\""),
            row("From: \"<sip:x>;tag=9\" <sip:a>;tag=1", m -> m.from().tag().get(), "1"),
            row("From: \"\\\\\" <sip:a>;tag=1", m -> m.from().displayName(), "\\"),
            // without brackets, parameters are the header's (§20.10)
            row("Contact: sip:a@b;transport=tcp;q=0.1", m -> m.contacts().get(0).uri().toString(), "sip:a@b"),
            row("Contact: sip:a@b;transport=tcp;q=0.1", m -> m.contacts().get(0).parameters().toString(), ";transport=tcp;q=0.1"),
            row("Contact: <sip:a@b;transport=tcp>;q=0.1", m -> m.contacts().get(0).parameters().toString(), ";q=0.1"),
            row("Contact: tel:+1-2", m -> m.contacts().get(0).uri().scheme(), "tel"),
            // userinfo: user-unreserved, an empty password, telephone-subscriber inside
            row("From: <sip:a;b?c/d&e=f+g$h,@x>;tag=1", m -> ((SipUri) m.from().uri()).user().get(), "a;b?c/d&e=f+g$h,"),
            row("From: <sip:a:@x>;tag=1", m -> ((SipUri) m.from().uri()).password().get(), ""),
            row("From: <sip:+1(2)3;ext=4;phone-context=a.b@x;user=phone>;tag=1", m -> ((SipUri) m.from().uri()).host(), "x"),
            // hostname may end in a dot, and IPv6 references may hold IPv4
            row("From: <sip:a@b.example.>;tag=1", m -> ((SipUri) m.from().uri()).host(), "b.example."),
            row("From: <SIP:a@B>;tag=1", m -> m.from().uri().scheme(), "sip"),
            row("From: <sip:a@[::ffff:192.0.2.1]:05060>;tag=1", m -> ((SipUri) m.from().uri()).port(), 5060),
            // header names and parameter names ignore case, tags and Call-IDs do not
            row("cONTACT: <sip:a>;Q=0.5", m -> m.contacts().get(0).parameters().get("q").get(), "0.5"),
            row("From: <sip:a>;TAG=Ab", m -> m.from().tag().get(), "Ab"));
    }

    private static Stream<Arguments> values() {
        return Stream.of(
            // callid = word [ "@" word ]
            row("Call-ID: a(b)<c>:\\\"/[d]?{e}@f", SipMessage::callId, "a(b)<c>:\\\"/[d]?{e}@f"),
            row("i: x", SipMessage::callId, "x"),
            // 1*DIGIT may have leading zeros
            row("CSeq: 0000000000001 OPTIONS", m -> m.cseq().number(), 1L),
            row("Max-Forwards: 070", m -> m.maxForwards().getAsInt(), 70),
            row("Expires: 000", m -> m.expires().getAsLong(), 0L),
            row("l: 000", m -> m.bodyLength(), 0),
            // lists: empty elements where the list may be empty, values over several lines
            row("Supported:", m -> m.tokens(HeaderName.SUPPORTED), java.util.List.of()),
            row("k: a,,b\r\nSupported: ,c", m -> m.tokens(HeaderName.SUPPORTED), java.util.List.of("a", "b", "c")),
            row("Allow: INVITE ,ACK\r\nallow: x-Y", m -> m.tokens(HeaderName.ALLOW), java.util.List.of("INVITE", "ACK", "x-Y")),
            // Via: SLASH with blanks, any case, ttl, maddr, hidden extensions
            row("Via: sIp / 2.0 / uDp \r\n a : 5060 ;ttl=1;maddr=224.0.0.1;x", m -> m.via().toString(),
                "SIP/2.0/UDP a:5060;ttl=1;maddr=224.0.0.1;x"),
            row("v: SIP/2.0/SCTP [::1];branch=z9hG4bK,SIP/2.0/TLS-SCTP b", m -> m.vias().get(1).transport(), "TLS-SCTP"),
            // Retry-After with a comment, and comments that nest
            row("Retry-After: 5 (a (b) \\) c);duration=9", m -> m.seconds(HeaderName.RETRY_AFTER).getAsLong(), 5L),
            row("User-Agent: x/1 (a (nested) comment) y", m -> m.value(HeaderName.USER_AGENT).get(), "x/1 (a (nested) comment) y"),
            // a generic parameter's value: token, host or quoted string
            row("Contact: <sip:a>;x=[::1];y=\"a;b,c\";z", m -> m.contacts().size(), 1),
            row("Contact: <sip:a>;y=\"a\\\"b\"", m -> m.contacts().get(0).parameters().get("y").get(), "a\"b"),
            row("Event: a.b-c;id=1;x", m -> m.tokens(HeaderName.EVENT).get(0), "a.b-c"),
            // header values in UTF-8 (TEXT-UTF8-TRIM)
            row("Subject: \u65e5\u672c \ud83d\ude00", m -> m.value(HeaderName.SUBJECT).get(), "\u65e5\u672c \ud83d\ude00"),
            row("X!%*_+`'~-.: y", m -> m.value(HeaderName.of("X!%*_+`'~-.")).get(), "y"));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void headersAreRead(String line, Function<SipMessage, Object> reader, Object expected) {
        assertEquals(expected, reader.apply(with(line)), line);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "sip/2.0 200 OK | 200 OK",
        "SIP/2.0 200  | 200",
        "SIP/2.0 299 %20 \u00fc;\u65e5 \"x\" | 299 %20 \u00fc;\u65e5 \"x\"",
        "SIP/2.0 699 a\tb | 699 a\tb",
    })
    void statusLinesAreRead(String line, String expected) {
        Response response = (Response) assertInstanceOf(ParseResult.Parsed.class,
            parse(HEAD.replaceFirst("OPTIONS sip:b SIP/2.0", java.util.regex.Matcher.quoteReplacement(line)) + "\r\n")).message();
        assertEquals(expected, (response.status() + " " + response.reasonPhrase()).strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "OPTIONS  sip:b SIP/2.0", "OPTIONS sip:b  SIP/2.0", "OPTIONS sip:b SIP/2.0 ", "OPTIONS sip:b\tSIP/2.0", " OPTIONS sip:b SIP/2.0",
        "OPTIONS <sip:b> SIP/2.0", "OPTIONS sip:b sip/2", "OPTIONS sip:b SIP/2.0.0", "OPT(IONS sip:b SIP/2.0", "OPTIONS SIP/2.0",
        "SIP/2.0 20 OK", "SIP/2.0 2000 OK", "SIP/2.0 2x0 OK", "SIP/2.0 099 OK", "SIP/2.0 700 OK", "SIP/2.0  200 OK", "SIP/2.0\t200 OK"})
    void otherStartLinesAreRefused(String line) {
        String text = HEAD.replaceFirst("OPTIONS sip:b SIP/2.0", line) + "\r\n";
        assertInstanceOf(ParseResult.Malformed.class, parse(text), line);
    }
}
