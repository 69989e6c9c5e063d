package io.earshot.sip.message;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("rfc3261")
class HostileInputTest {
    private static final SipParser PARSER = new SipParser(SipLimits.DEFAULT);
    private static final String HEAD = "OPTIONS sip:b SIP/2.0\r\nVia: SIP/2.0/UDP a;branch=z9hG4bK1\r\nFrom: <sip:a>;tag=1\r\n"
        + "To: <sip:b>\r\nCall-ID: 1\r\nCSeq: 1 OPTIONS\r\n";

    private static SipMessage parsed(String text) {
        return ((ParseResult.Parsed) PARSER.parse(text.getBytes(UTF_8))).message();
    }


    private static ParseResult.Malformed malformed(String text) {
        return (ParseResult.Malformed) PARSER.parse(text.getBytes(UTF_8));
    }

    /** Calls everything a layer above may call; an exception fails the test. */
    private static void use(SipMessage m) {
        m.via().branch();
        m.vias().forEach(v -> v.rport());
        m.from().tag();
        m.to().uri().equivalent(m.from().uri());
        m.callId();
        m.cseq().method();
        m.toString();
        m.bodyText();
        m.headerNames().forEach(n -> {
            m.values(n);
            m.value(n).orElseThrow();
        });
        if (m.check().isEmpty()) {
            m.maxForwards();
            m.contacts().forEach(c -> c.uri().equivalent(m.to().uri()));
            m.routes();
            m.recordRoutes();
            m.expires();
            m.contentType();
            m.tokens(HeaderName.SUPPORTED);
            m.seconds(HeaderName.SESSION_EXPIRES);
            m.address(HeaderName.REFER_TO);
            m.addresses(HeaderName.P_ASSERTED_IDENTITY);
            SipMessage copy = m.toBuilder().set(HeaderName.FROM, m.from()).set(HeaderName.TO, m.to()).replaceFirst(HeaderName.VIA, m.via())
                .setAll(HeaderName.CONTACT, m.isWildcardContact() ? List.of("*") : m.contacts()).build();
            SipMessage again = ((ParseResult.Parsed) PARSER.parse(copy.toBytes())).message();
            assertEquals(m.from(), again.from());
            assertEquals(m.to(), again.to());
            assertEquals(m.vias(), again.vias());
            assertEquals(m.contacts(), again.contacts());
            assertEquals(m.bodyLength(), again.bodyLength());
        } else {
            m.check().orElseThrow().reply().ifPresent(HostileInputTest::useReply);
        }
    }

    private static void useReply(Response reply) {
        reply.via().rport();
        reply.toString();
        ParseResult own = PARSER.parse(reply.toBytes());
        boolean framed = own instanceof ParseResult.Parsed || ((ParseResult.Malformed) own).reason() == ParseResult.Reason.HEADER_VALUE
            || ((ParseResult.Malformed) own).reason() == ParseResult.Reason.HEADER_MISSING;
        assertTrue(framed, () -> "our own reply is broken: " + own);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void noBytesCauseAnException(long seed) {
        Random random = new Random(seed);
        List<byte[]> corpus = Corpus.messages();
        int parsed = 0;
        for (int i = 0; i < 15_000; i++) {
            byte[] bytes = Corpus.mutate(corpus.get(random.nextInt(corpus.size())), random);
            try {
                ParseResult result = PARSER.parse(bytes);
                if (result instanceof ParseResult.Parsed ok) {
                    parsed++;
                    use(ok.message());
                } else if (result instanceof ParseResult.Malformed malformed) {
                    assertTrue(malformed.offset() >= 0 && malformed.offset() <= bytes.length);
                    malformed.reply().ifPresent(HostileInputTest::useReply);
                }
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ", mutation " + i + ":\n" + new String(bytes, US_ASCII), e);
            }
        }
        assertTrue(parsed > 2_000 && parsed < 13_000, "mutations too mild or too wild: " + parsed);
    }

    @Test void noiseCausesNoException() {
        Random random = new Random(5);
        for (int i = 0; i < 5_000; i++) {
            byte[] noise = new byte[random.nextInt(300)];
            random.nextBytes(noise);
            PARSER.parse(noise);
            StreamFramer framer = new StreamFramer(SipLimits.DEFAULT);
            framer.feed(ByteBuffer.wrap(noise));
            framer.poll();
        }
    }

    @Test void everyPrefixOfAMessageIsRefusedOrComplete() {
        byte[] whole = Corpus.INVITE.getBytes(UTF_8);
        for (int n = 1; n < whole.length; n++) {
            assertTrue(PARSER.parse(whole, 0, n) instanceof ParseResult.Malformed, "prefix of " + n);
        }
        assertTrue(PARSER.parse(whole) instanceof ParseResult.Parsed);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Content-Length: 4294967328 | CONTENT_LENGTH",
        "Content-Length: 18446744073709551616 | CONTENT_LENGTH",
        "Content-Length: +1 | CONTENT_LENGTH",
        "Content-Length: 0x1 | CONTENT_LENGTH",
        "Content-Length: 1, 1 | CONTENT_LENGTH",
        "Content-Length: \u0661 | CONTENT_LENGTH",
        "Content-Length: | CONTENT_LENGTH",
        "Content-Length: 1 | CONTENT_LENGTH",
        "l: 0\\r\\nContent-Length : 0 | HEADER_REPEATED",
        "CSeq: 1 OPTIONS | HEADER_REPEATED",
        "f: <sip:evil> | HEADER_REPEATED",
        "Zz: a\\nVia: SIP/2.0/UDP evil | CONTROL_CHARACTER",
        "Zz: a\\rVia: SIP/2.0/UDP evil | CONTROL_CHARACTER",
        "Zz: a\\0 | CONTROL_CHARACTER",
        "X\\0: a | HEADER_NAME",
        "X\\v: a | HEADER_NAME",
        "X Y: a | HEADER_NAME",
        ": a | HEADER_NAME",
        "no colon | HEADER_NAME",
        "\u00dc: a | HEADER_NAME",
    })
    void refusesWhatSmuggles(String line, String reason) {
        String escaped = line.replace("\\r", "\r").replace("\\n", "\n").replace("\\0", "\0").replace("\\v", "\u000b");
        ParseResult.Malformed malformed = malformed(HEAD + escaped + "\r\n\r\n");
        assertEquals(reason, malformed.reason().name());
        assertEquals(400, malformed.reply().orElseThrow().status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2147483648 OPTIONS", "-1 OPTIONS", "1OPTIONS", "1", "OPTIONS", "\u0661 OPTIONS",
        "99999999999999999999 OPTIONS"})
    void refusesCSeqOutOfRange(String cseq) {
        assertEquals(ParseResult.Reason.HEADER_VALUE, malformed(HEAD.replace("1 OPTIONS", cseq) + "\r\n").reason());
    }

    @Test void takesTheLargestCSeq() {
        SipMessage message = parsed(HEAD.replace("1 OPT", "2147483647 OPT") + "\r\n");
        assertEquals(CSeq.MAX, message.cseq().number());
    }

    @Test void everyLimitHolds() {
        assertEquals(ParseResult.Reason.TOO_MANY_HEADERS, malformed(HEAD + "Zz: y\r\n".repeat(252) + "\r\n").reason());
        assertTrue(PARSER.parse((HEAD + "Zz: y\r\n".repeat(251) + "\r\n").getBytes(UTF_8)) instanceof ParseResult.Parsed);
        assertEquals(ParseResult.Reason.HEADER_TOO_LONG, malformed(HEAD + "Zz: " + "y".repeat(8_187) + "\r\n\r\n").reason());
        assertEquals(ParseResult.Reason.HEADER_TOO_LONG, malformed(HEAD + "Zz: y\r\n" + " z\r\n".repeat(2_047) + "\r\n").reason());
        assertEquals(ParseResult.Reason.TOO_LARGE, malformed(HEAD + "\r\n" + "x".repeat(65_536)).reason());
        assertEquals("more than 70 values", tail(malformed(HEAD + "v: SIP/2.0/UDP a\r\n".repeat(70) + "\r\n")));
        assertEquals("more than 64 parameters", tail(malformed(HEAD.replace("tag=1", params(65)) + "\r\n")));
        ParseResult.Malformed uri = malformed(HEAD.replace("sip:b SIP", "sip:" + "b".repeat(4_093) + " SIP") + "\r\n");
        assertEquals(414, uri.reply().orElseThrow().status());
        uri = malformed(HEAD.replace("sip:b SIP", "sip:" + "b".repeat(9_000) + " SIP") + "\r\n");
        assertEquals(414, uri.reply().orElseThrow().status());
    }

    private static String params(int n) {
        StringBuilder out = new StringBuilder("a0");
        for (int i = 1; i < n; i++) {
            out.append(";a").append(i);
        }
        return out.toString();
    }

    private static String tail(ParseResult.Malformed malformed) {
        return malformed.detail().substring(malformed.detail().indexOf(": ") + 2);
    }

    @Test void aReplyNeverCarriesTheBrokenLine() {
        Response reply = malformed(HEAD.replace("To: <sip:b>", "To: <sip:b>\nEvil: yes") + "\r\n").reply().orElseThrow();
        assertFalse(reply.toString().contains("Evil"));
        assertEquals(Optional.of("z9hG4bK1"), reply.via().branch());
    }

    @Test void logsShowNeitherCredentialsNorControlCharacters() {
        SipMessage invite = parsed(Corpus.INVITE);
        String text = invite.toString();
        for (String secret : List.of("f44ab22f150c6a56", "alice\"", ":secret@", "SECRETSECRET")) {
            assertFalse(text.contains(secret), text);
            assertTrue(new String(invite.toBytes(), UTF_8).contains(secret));
        }
        assertTrue(text.contains("Proxy-Authorization: Digest <redacted>\r\n"));
        SipMessage intmeth = ((ParseResult.Parsed) PARSER.parse(Torture.load("rfc4475.txt").get("intmeth"))).message();
        assertTrue(intmeth.toString().contains("BEL:\\\\x07"));
        assertFalse(intmeth.toString().chars().anyMatch(c -> c < 32 && c != '\r' && c != '\n'));
    }

    /**
     * Work that grows with the square of the length would take hours for these, linear work takes milliseconds: no clock is needed to tell
     * the two apart. {@code AdversarialParse} in the benchmarks measures the ratio.
     */
    @ParameterizedTest
    @Timeout(60)
    @ValueSource(strings = {"Zz: y\r\n", "v: SIP/2.0/UDP a;b=c\r\n", "m: <sip:a@b;c=d>;e=\"f\\\"\"\r\n", "k: a,b,,c\r\n",
        "Zz: \\\\\r\n \r\n",
        "t\u00fc: x\r\n", "Route: <sip:%41%41@b;%41=%42>\r\n", "a", "\r\n ", "\\\"", ",", ";", "<", "\0"})
    void aMebibyteOfNastinessIsReadInLinearTime(String unit) {
        SipLimits wide = new SipLimits(1 << 21, 1 << 21, 1 << 21, 1 << 21, 1 << 21, 1 << 21, 1 << 21, 1 << 21, 64);
        byte[] large = grown(unit, 1 << 20);
        touch(new SipParser(wide), large);
        assertEquals(1 << 20, large.length, 64);
    }

    private static byte[] grown(String unit, int length) {
        String head = unit.endsWith("\r\n") ? HEAD : HEAD + "Zz: ";
        String filling = unit.repeat((length - head.length()) / unit.getBytes(UTF_8).length);
        return (head + filling + (unit.endsWith("\r\n") ? "\r\n" : "\r\n\r\n")).getBytes(UTF_8);
    }

    private static void touch(SipParser parser, byte[] bytes) {
        if (parser.parse(bytes) instanceof ParseResult.Parsed parsed) {
            SipMessage m = parsed.message();
            m.check();
            m.values(HeaderName.of("zz"));
            m.values(HeaderName.SUPPORTED);
            m.toString();
        }
    }

    @Test void keepAlivesAreNoMessages() {
        assertEquals(new ParseResult.KeepAlive(true), PARSER.parse("\r\n\r\n".getBytes(US_ASCII)));
        assertEquals(new ParseResult.KeepAlive(false), PARSER.parse("\r\n".getBytes(US_ASCII)));
        assertEquals(new ParseResult.KeepAlive(false), PARSER.parse(new byte[0]));
        assertEquals(new ParseResult.KeepAlive(false), PARSER.parse(new byte[4]));
        byte[] padded = ("\r\n\r\n" + HEAD + "\r\n").getBytes(UTF_8);
        SipMessage message = ((ParseResult.Parsed) PARSER.parse(padded)).message();
        assertArrayEquals(Arrays.copyOfRange(padded, 4, padded.length), message.toBytes());
    }
}
