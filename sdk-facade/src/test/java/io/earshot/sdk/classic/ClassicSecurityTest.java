package io.earshot.sdk.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.earshot.api.MediaEncryption;
import io.earshot.api.MediaEncryption.Demand;
import io.earshot.api.MediaEncryption.KeyMethod;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What mediaencryption and strictsrtp come to, each with each (B-198, B-199). */
class ClassicSecurityTest {
    @ParameterizedTest
    @CsvSource({
        "-1, 0, SDES, WHEN_OFFERED, false", "-1, 1, SDES, WHEN_OFFERED, false", "-1, 2, SDES, WHEN_OFFERED, false",
        "-1, 3, SDES, REQUIRED, false",
        "1, 0, SDES, WHEN_OFFERED, true", "1, 1, SDES, WHEN_OFFERED, true", "1, 2, SDES, WHEN_OFFERED, true", "1, 3, SDES, REQUIRED, true",
        "2, 0, SDES, OPTIONAL, true", "2, 1, SDES, OPTIONAL, true", "2, 2, SDES, REQUIRED, true", "2, 3, SDES, REQUIRED, true",
        "3, 0, ZRTP, OPTIONAL, false", "3, 1, ZRTP, OPTIONAL, false", "3, 2, ZRTP, REQUIRED, false", "3, 3, ZRTP, REQUIRED, false",
        "4, 0, DTLS, OPTIONAL, false", "4, 1, DTLS, OPTIONAL, false", "4, 2, DTLS, REQUIRED, false", "4, 3, DTLS, REQUIRED, false"})
    void eachOfTheTwoHasItsSay(int media, int strict, KeyMethod keys, Demand demand, boolean inClear) {
        MediaEncryption wanted = encryption(media, strict);
        assertEquals(keys, wanted.keys());
        assertEquals(demand, wanted.demand());
        assertEquals(inClear, wanted.keysInClear(), "whether keys may travel in signalling that is not encrypted");
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "2", "3"})
    void switchedOffIsOffHoweverStrict(int strict) {
        assertEquals(MediaEncryption.NONE, encryption(0, strict));
    }

    private static MediaEncryption encryption(int media, int strict) {
        return ClassicSecurity.encryption(ClassicParameters.checked(Map.of("mediaencryption", Integer.toString(media), "strictsrtp",
            Integer.toString(strict))));
    }
}
