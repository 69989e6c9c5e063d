package io.earshot.sip.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published examples, and values computed with Python's hashlib for the rest. */
class DigestVectorsTest {
    private static final String NONCE_7616 = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";
    private static final String CNONCE_7616 = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";

    private static String response(DigestAlgorithm algorithm, String ha1, String nonce, String cnonce, String uri) {
        return new DigestResponse(algorithm, nonce, "00000001", cnonce, Optional.of(Qop.AUTH), "GET", uri).compute(ha1, new byte[0]);
    }

    @Test
    void rfc2617Section35() {
        assertEquals("6629fae49393a05397450978507c4ef1", response(DigestAlgorithm.MD5,
            DigestAlgorithm.MD5.ha1("Mufasa", "testrealm@host.com", "Circle Of Life"), "dcd98b7102dd2f0e8b11d0f600bfb0c093", "0a4f113b",
            "/dir/index.html"));
    }

    @ParameterizedTest
    @CsvSource({"MD5, 8ca523f5e9506fed4657c9700eebdbec",
        "SHA_256, 753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"})
    void rfc7616Section391(DigestAlgorithm algorithm, String expected) {
        assertEquals(expected, response(algorithm, algorithm.ha1("Mufasa", "http-auth@example.org", "Circle of Life"), NONCE_7616,
            CNONCE_7616, "/dir/index.html"));
    }

    @Test
    void rfc7616Section392AsCorrectedByItsErratum() {
        DigestAlgorithm sha = DigestAlgorithm.SHA_512_256;
        assertEquals("793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b", sha.hash("J\u00e4s\u00f8n Doe:api@example.org"));
        assertEquals("3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5", response(sha,
            sha.ha1("J\u00e4s\u00f8n Doe", "api@example.org", "Secret, or not?"), "5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK",
            "NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v", "/doe.json"));
    }

    @ParameterizedTest
    @CsvSource({
        "MD5, , 4d35336be95afbae5e91c5eb2f8a341c",
        "MD5, AUTH, 161620233fa8b46d648e2e898d5b1f88",
        "MD5, AUTH_INT, d91436ebb4da43e98c4bd0a8eaa7985c",
        "MD5_SESS, , 6e228244c211621adb892095fdc3a939",
        "MD5_SESS, AUTH, 513ce566581d7188708c622c2129e57f",
        "MD5_SESS, AUTH_INT, cdfee1a83b1effdcc2d4b157ac71e251",
        "SHA_256, , 9b072c06c63aaa4a4c8888ac8d2153ff87b07cfb94126ef93fb6bd0c569217dc",
        "SHA_256, AUTH, d6d4a28707af1f9d5e62db2346938bb54a83b8c2816964e1dbb294e4b836b67e",
        "SHA_256, AUTH_INT, 5f1e721bf3ef0ea1795f9afc7d478cf553ad0a5ce85e85bf56aa6c4229e140c5",
        "SHA_256_SESS, , 8c48324667bbb054e307c90d942265f16239339e68731c0898a09b72023f25b6",
        "SHA_256_SESS, AUTH, 0dabb2abc48ef05fc55262b481b1ad59fc2c0b5d0be348f34813b12ade74c428",
        "SHA_256_SESS, AUTH_INT, 248cfd75032d78f8ad31ccf22b3bed936105658b28882cc349d9afa272dc750e",
        "SHA_512_256, , 050f06a2f4dedd38836509c3ace4eb7efe563a1974d7e587c1d5e64d94862dab",
        "SHA_512_256, AUTH, ea373c4d51166ce4afd5e043e2b653393cb9b94fa6bba5de952abb561d0a8491",
        "SHA_512_256, AUTH_INT, 45a5ca1bcc7ea316aafcb0eddcf3c89de42e126f7c0c849f77c93713ffcbcaf2",
        "SHA_512_256_SESS, , 05f48f025c41151075c5a739b7153296a0510008a7ea996962324b596c8322a4",
        "SHA_512_256_SESS, AUTH, f0da506547eca9d8ee69728b0bb2c292e5161cdd1173fd15068a695a32666e53",
        "SHA_512_256_SESS, AUTH_INT, ae3d9de95b22a565e636c707d7c43a6106192278cd414f7529196dbefc62920b"})
    void everyAlgorithmWithEveryProtectionOnAnInvite(DigestAlgorithm algorithm, Qop qop, String expected) {
        String ha1 = algorithm.ha1("bob", "biloxi.com", "zanzibar");
        DigestResponse digest = new DigestResponse(algorithm, "84a4cc6f3082121f32b42a2187831a9e", "00000001", "0a4f113b",
            Optional.ofNullable(qop), "INVITE", "sip:bob@biloxi.com");
        assertEquals(expected, digest.compute(ha1, "v=0\r\n".getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @CsvSource({"MD5, 12af60467a33e8518da5c68bbff12b11",
        "SHA_256, e65db393e748c5228939a6b4b2879e9ea5625cd79fd5267868cb568d69f6b97e",
        "SHA_512_256, a969680ab364e333ec5c93ff823d570a79841c8d40270655dd42f37b755dfc38"})
    void ha1OfAPassword(DigestAlgorithm algorithm, String expected) {
        assertEquals(expected, algorithm.ha1("bob", "biloxi.com", "zanzibar"));
    }

    @Test
    void algorithmNamesAreReadInAnyCaseAndLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
                assertEquals(Optional.of(algorithm), DigestAlgorithm.parse(algorithm.token().toLowerCase(Locale.ROOT)));
                assertEquals(Optional.of(algorithm), DigestAlgorithm.parse(algorithm.token().toUpperCase(Locale.ROOT)));
            }
            assertEquals(Optional.of(Qop.AUTH_INT), Qop.parse("AUTH-INT"));
        } finally {
            Locale.setDefault(before);
        }
        assertEquals(Optional.empty(), DigestAlgorithm.parse("SHA-1"));
    }
}
