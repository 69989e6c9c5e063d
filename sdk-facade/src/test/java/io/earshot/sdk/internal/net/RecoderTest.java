package io.earshot.sdk.internal.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.earshot.api.WireCharacters;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecoderTest {
    private static final Charset LATIN = StandardCharsets.ISO_8859_1;
    private static final Charset UTF_8 = StandardCharsets.UTF_8;
    private final Recoder latin = new Recoder(new WireCharacters(LATIN, LATIN));

    private static String message(String name, String type, String body, Charset length) {
        return "MESSAGE sip:a@b SIP/2.0\r\nFrom: \"" + name + "\" <sip:c@d>;tag=1\r\nContent-Type: " + type + "\r\nContent-Length: "
                + body.getBytes(length).length + "\r\n\r\n" + body;
    }

    private String received(Recoder recoder, byte[] bytes) {
        ByteBuffer read = recoder.received(ByteBuffer.wrap(bytes));
        byte[] out = new byte[read.remaining()];
        read.get(out);
        return new String(out, UTF_8);
    }

    @Test
    void headersAndTextAreReadAndTheLengthIsThatOfWhatComesOut() {
        String wire = message("J\u00fcrgen", "text/plain", "gr\u00fc\u00dfe", LATIN);
        assertEquals(message("J\u00fcrgen", "text/plain", "gr\u00fc\u00dfe", UTF_8), received(latin, wire.getBytes(LATIN)));
        byte[] sent = latin.sent(message("J\u00fcrgen", "text/plain", "gr\u00fc\u00dfe", UTF_8).getBytes(UTF_8));
        assertArrayEquals(wire.getBytes(LATIN), sent);
    }

    @Test
    void whatIsUtf8AllTheSameIsTakenAsSuch() {
        String wire = message("J\u00fcrgen", "text/plain", "gr\u00fc\u00dfe", UTF_8);
        assertEquals(wire, received(latin, wire.getBytes(UTF_8)));
    }

    @Test
    void bodiesThatNameTheirCharactersOrAreNoTextStay() {
        for (String type : new String[] {"text/plain;charset=UTF-8", "application/octet-stream"}) {
            String plain = message("J", type, "gr\u00fc\u00dfe", UTF_8);
            assertArrayEquals(plain.getBytes(UTF_8), latin.sent(plain.getBytes(UTF_8)), type);
        }
    }

    @Test
    void headersAndBodiesAreOfTheirOwn() {
        Recoder headers = new Recoder(WireCharacters.DEFAULT.withHeaders(Charset.forName("windows-1251")));
        String name = "\u041c\u0438\u0440";
        byte[] wire = headers.sent(message(name, "text/plain", "\u00fc", UTF_8).getBytes(UTF_8));
        String read = new String(wire, Charset.forName("windows-1251"));
        assertEquals(name, read.substring(read.indexOf('"') + 1, read.lastIndexOf('"')));
        assertEquals(message(name, "text/plain", "\u00fc", UTF_8), received(headers, wire));
    }

    @Test
    void whatCannotBeWrittenInTheirCharactersGoesAsUtf8() {
        byte[] plain = message("\u65e5\u672c", "text/plain", "\u65e5", UTF_8).getBytes(UTF_8);
        assertArrayEquals(plain, latin.sent(plain));
    }

    @Test
    void withTheStandardNothingIsTouched() {
        byte[] plain = message("J\u00fcrgen", "text/plain", "\u00fc", LATIN).getBytes(LATIN);
        Recoder standard = new Recoder(WireCharacters.DEFAULT);
        ByteBuffer data = ByteBuffer.wrap(plain);
        assertEquals(data, standard.received(data));
        assertEquals(plain, standard.sent(plain));
        ByteBuffer stun = ByteBuffer.wrap(new byte[] {1, 1, (byte) 0xFF, 0});
        assertEquals(stun, latin.received(stun), "no SIP at all");
    }

    @Test
    void anyBytesAreTakenWithoutAFault() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = message("J\u00fcrgen", "text/plain", "gr\u00fc\u00dfe", LATIN).getBytes(LATIN);
            for (int n = random.nextInt(8); n >= 0; n--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            ByteBuffer read = latin.received(ByteBuffer.wrap(bytes, 0, 1 + random.nextInt(bytes.length)));
            assertEquals(true, read.remaining() <= 2 * bytes.length);
        }
    }

    @Test
    void charactersWithoutAsciiAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> WireCharacters.DEFAULT.withHeaders(StandardCharsets.UTF_16));
    }
}
