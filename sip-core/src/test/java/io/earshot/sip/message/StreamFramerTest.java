package io.earshot.sip.message;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
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
@Tag("rfc5626")
class StreamFramerTest {
    private static final String OPTIONS = "OPTIONS sip:b SIP/2.0\r\nVia: SIP/2.0/TCP a;branch=z9hG4bK1\r\nFrom: <sip:a>;tag=1\r\n"
        + "To: <sip:b>\r\nCall-ID: 1\r\nCSeq: 1 OPTIONS\r\n";

    /** Feeds pieces whose sizes {@code sizes} chooses, 0 for all that is left, and returns what came out, as text. */
    private static List<String> run(byte[] stream, SipLimits limits, java.util.function.IntSupplier sizes) {
        StreamFramer framer = new StreamFramer(limits);
        List<String> out = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(stream);
        while (in.hasRemaining()) {
            int size = sizes.getAsInt();
            ByteBuffer piece = in.slice(in.position(), size == 0 ? in.remaining() : Math.min(size, in.remaining()));
            in.position(in.position() + piece.remaining());
            while (piece.hasRemaining()) {
                framer.feed(piece);
                assertTrue(framer.buffered() <= limits.maxStreamMessage());
                for (Optional<ParseResult> r = framer.poll(); r.isPresent(); r = framer.poll()) {
                    out.add(r.get().toString());
                }
            }
        }
        out.add(framer.isBroken() ? "broken" : "open");
        return out;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void howTheStreamIsCutMakesNoDifference(long seed) {
        Random random = new Random(seed);
        List<byte[]> corpus = Corpus.messages();
        SipLimits small = new SipLimits(2_000, 3_000, 2_500, 40, 500, 200, 10, 10, 10);
        for (int i = 0; i < 100; i++) {
            ByteArrayOutputStream stream = new ByteArrayOutputStream();
            for (int n = 1 + random.nextInt(5); n > 0; n--) {
                byte[] message = corpus.get(random.nextInt(corpus.size()));
                stream.writeBytes(random.nextInt(4) == 0 ? Corpus.mutate(message, random) : message);
                stream.writeBytes("\r\n".repeat(random.nextInt(4)).getBytes(US_ASCII));
            }
            SipLimits limits = random.nextBoolean() ? small : SipLimits.DEFAULT;
            List<String> whole = run(stream.toByteArray(), limits, () -> 0);
            assertEquals(whole, run(stream.toByteArray(), limits, () -> 1));
            assertEquals(whole, run(stream.toByteArray(), limits, () -> 1 + random.nextInt(700)));
        }
    }

    @Test void aPingIsTwoLineBreaksAndAPongIsOne() {
        assertEquals(List.of("KeepAlive[ping=false]", "KeepAlive[ping=true]", "KeepAlive[ping=false]", "open"),
            run("\r\n\r\n\r\n\r".getBytes(US_ASCII), SipLimits.DEFAULT, () -> 0));
    }

    @Test void aBrokenHeaderCostsOneMessageOnly() {
        StreamFramer framer = new StreamFramer(SipLimits.DEFAULT);
        String bad = OPTIONS.replace("1 OPTIONS", "x OPTIONS") + "Content-Length: 3\r\n\r\nabc";
        framer.feed(ByteBuffer.wrap((bad + OPTIONS + "l: 2\r\n\r\nok").getBytes(UTF_8)));
        ParseResult.Malformed malformed = (ParseResult.Malformed) framer.poll().orElseThrow();
        assertEquals(400, malformed.reply().orElseThrow().status());
        assertFalse(framer.isBroken());
        assertEquals("ok", ((ParseResult.Parsed) framer.poll().orElseThrow()).message().bodyText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Content-Length: x\r\n", "Content-Length: -1\r\n", "Content-Length: 4294967328\r\n",
        "l: 0\r\nContent-Length: 0\r\n"})
    void withoutALengthTheConnectionIsLost(String line) {
        StreamFramer framer = new StreamFramer(SipLimits.DEFAULT);
        framer.feed(ByteBuffer.wrap((OPTIONS + line + "\r\n" + OPTIONS + "l: 0\r\n\r\n").getBytes(UTF_8)));
        assertEquals(400, ((ParseResult.Malformed) framer.poll().orElseThrow()).reply().orElseThrow().status());
        assertTrue(framer.isBroken());
        ByteBuffer more = ByteBuffer.wrap(new byte[10]);
        framer.feed(more);
        assertFalse(more.hasRemaining());
        assertEquals(0, framer.buffered());
        assertTrue(framer.poll().isEmpty());
    }

    @Test void aMessageTooLargeIsRefusedBeforeItsBodyComes() {
        StreamFramer framer = new StreamFramer(SipLimits.DEFAULT);
        framer.feed(ByteBuffer.wrap((OPTIONS + "Content-Length: 1048576\r\n\r\n").getBytes(UTF_8)));
        ParseResult.Malformed malformed = (ParseResult.Malformed) framer.poll().orElseThrow();
        assertEquals(ParseResult.Reason.TOO_LARGE, malformed.reason());
        assertEquals(513, malformed.reply().orElseThrow().status());
        assertTrue(framer.isBroken());
    }

    @Test void tlsOnAPlainConnectionIsNoticedAtOnce() {
        StreamFramer framer = new StreamFramer(SipLimits.DEFAULT);
        framer.feed(ByteBuffer.wrap(new byte[] {0x16, 0x03, 0x01, 0x02, 0x00}));
        ParseResult result = framer.poll().orElseThrow();
        assertTrue(result instanceof ParseResult.Malformed bad && bad.detail().equals("TLS where plain SIP is spoken"));
        assertTrue(framer.isBroken());
    }

    @Test void headersWithoutEndAreCutOff() {
        SipLimits limits = new SipLimits(100, 1 << 20, 10_000, 256, 8_192, 4_096, 70, 256, 64);
        List<String> out = run(("OPTIONS sip:b SIP/2.0\r\n" + "X-Y: z\r\n".repeat(100_000)).getBytes(US_ASCII), limits, () -> 1_000);
        assertEquals("broken", out.get(1));
        assertTrue(out.get(0).contains("TOO_LARGE"));
    }

    @Test void aLargeBodyArrivesWhole() {
        byte[] body = new byte[900_000];
        new Random(1).nextBytes(body);
        Request request = ((Request) ((ParseResult.Parsed) new SipParser(SipLimits.DEFAULT).parse((OPTIONS
            + "\r\n").getBytes(UTF_8))).message())
            .toBuilder().body(MediaType.of("application", "octet-stream"), body).build();
        StreamFramer framer = new StreamFramer(SipLimits.DEFAULT);
        ByteBuffer in = ByteBuffer.wrap(request.toBytes());
        int polls = 0;
        Optional<ParseResult> result = Optional.empty();
        while (in.hasRemaining()) {
            ByteBuffer piece = in.slice(in.position(), Math.min(16_384, in.remaining()));
            in.position(in.position() + piece.remaining());
            framer.feed(piece);
            result = framer.poll();
            polls += result.isPresent() ? 1 : 0;
        }
        assertEquals(1, polls);
        assertEquals(900_000, ((ParseResult.Parsed) result.orElseThrow()).message().bodyLength());
        assertEquals(0, framer.buffered());
    }
}
