package io.earshot.srtp.sdes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("rfc4568")
class CryptoAttributeTest {
    private static final String KEY = "inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj";

    /** The examples of RFC 4568 §6.1 and their like survive reading and writing. */
    @ParameterizedTest @ValueSource(strings = {
        "1 AES_CM_128_HMAC_SHA1_80 " + KEY, "1 AES_CM_128_HMAC_SHA1_80 " + KEY + "|2^20|1:32",
        "2 F8_128_HMAC_SHA1_80 " + KEY + "|1:4;" + KEY + "|2^20|2:4 FEC_ORDER=FEC_SRTP",
        "999999999 X " + KEY + "|1000 KDR=5 UNENCRYPTED_SRTP -x=1"})
    void whatIsReadIsWritten(String line) {
        assertEquals(Optional.of(line), CryptoAttribute.parse(line).map(CryptoAttribute::write));
    }

    @ParameterizedTest @ValueSource(strings = {"", "1", "1 A", "x A " + KEY, "1 A+ " + KEY,
        "1234567890 A " + KEY, "1 A inline:", "1 A inline:###",
        "1 A clear:AAAA", "1 A " + KEY + "|2^49", "1 A " + KEY + "|0", "1 A " + KEY + "|1:0", "1 A " + KEY + "|1:129",
        "1 A " + KEY + "|256:1",
        "1 A " + KEY + "|2^20|1:4|x", "1 A " + KEY + ";", "1 A " + KEY + "|1:4|2^20", "-1 A " + KEY, "1 A " + KEY + "|-1"})
    void malformedLinesAreNone(String line) {
        assertEquals(Optional.empty(), CryptoAttribute.parse(line));
    }

    @Test void keysAreNotPrinted() {
        CryptoAttribute line = CryptoAttribute.parse("1 A " + KEY + " KDR=1").orElseThrow();
        assertEquals("crypto 1 A KDR=1", line.toString());
        assertFalse(line.keys().toString().contains("d0Rm"));
    }

    @Test void mutatedLinesNeverThrow() {
        SplittableRandom random = new SplittableRandom(17);
        String seed = "1 AES_CM_128_HMAC_SHA1_80 " + KEY + "|2^20|1:4;" + KEY + "|2^20|2:4 KDR=3 UNENCRYPTED_SRTP WSH=64";
        String alphabet = " |;:^=-0123456789aAzZ+/\t\u0660";
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder line = new StringBuilder(seed);
            for (int n = random.nextInt(1, 4); n > 0; n--) {
                int at = random.nextInt(line.length());
                char c = alphabet.charAt(random.nextInt(alphabet.length()));
                switch (random.nextInt(3)) {
                    case 0 -> line.setCharAt(at, c);
                    case 1 -> line.insert(at, c);
                    default -> line.deleteCharAt(at);
                }
            }
            Optional<CryptoAttribute> parsed = CryptoAttribute.parse(line.toString());
            if (parsed.isPresent()) {
                read++;
                assertEquals(parsed.map(CryptoAttribute::write), CryptoAttribute.parse(parsed.get().write()).map(CryptoAttribute::write));
            }
        }
        assertTrue(read > 2_000 && read < 18_000, read + " were well-formed");
        assertEquals(Optional.empty(), CryptoAttribute.parse("1 A " + KEY + " x".repeat(40)));
        assertEquals(Optional.empty(), CryptoAttribute.parse(String.join(";", List.of("1 A " + KEY, (KEY + ';').repeat(20)))));
    }
}
