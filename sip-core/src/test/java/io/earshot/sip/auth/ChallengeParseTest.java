package io.earshot.sip.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChallengeParseTest {
    private static DigestChallenge only(String value) {
        List<DigestChallenge> found = DigestChallenge.parse(value);
        assertEquals(1, found.size(), value);
        return found.get(0);
    }

    @Test
    void readsEveryParameter() {
        DigestChallenge challenge = only("Digest realm=\"biloxi.com\", domain=\"sip:ss2.biloxi.com\", qop=\"auth,auth-int\", "
            + "nonce=\"f84f1cec41e6cbe5aea9c8e88d359\", opaque=\"5ccc\", stale=TRUE, algorithm=SHA-256, charset=UTF-8, userhash=true");
        assertEquals(new DigestChallenge("biloxi.com", "f84f1cec41e6cbe5aea9c8e88d359", "SHA-256", Optional.of(DigestAlgorithm.SHA_256),
            true, List.of(Qop.AUTH, Qop.AUTH_INT), Optional.of("5ccc"), true, true), challenge);
    }

    @Test
    void anAbsentAlgorithmIsMd5AndAnAbsentQopIsTheOldestForm() {
        DigestChallenge challenge = only("Digest realm=\"r\", nonce=\"n\"");
        assertEquals(Optional.of(DigestAlgorithm.MD5), challenge.algorithm());
        assertEquals("", challenge.algorithmText());
        assertFalse(challenge.qopGiven());
        assertEquals(Optional.empty(), challenge.choice());
        assertTrue(challenge.isUsable());
        assertFalse(challenge.stale());
    }

    @Test
    void removesEscapesFromQuotedValues() {
        assertEquals("a\"b\\c, d=e", only("Digest realm=\"a\\\"b\\\\c, d=e\",nonce=\"n\"").realm());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "DIGEST REALM=\"r\",NONCE=\"n\",ALGORITHM=\"md5\",QOP=auth",
        "digest   realm = \"r\" ,\tnonce=n ,, algorithm=mD5 , qop=\"AUTH\"",
        ", Digest nonce=\"n\"\r\n , realm=r,algorithm=MD5,qop=\" auth \",",
        "Digest realm=\"r\",nonce=\"n\",algorithm=MD5,qop=token,auth,unknown=\"\""})
    void forgivesSloppySpelling(String value) {
        DigestChallenge challenge = only(value.replace("qop=token,auth", "qop=\"token,auth\""));
        assertEquals("r", challenge.realm());
        assertEquals("n", challenge.nonce());
        assertEquals(Optional.of(DigestAlgorithm.MD5), challenge.algorithm());
        assertEquals(Optional.of(Qop.AUTH), challenge.choice());
    }

    @Test
    void readsAListOfQualitiesThatLostItsQuotes() {
        DigestChallenge challenge = only("Digest qop=auth,auth-int, realm=\"r\", nonce=\"n\"");
        assertEquals(List.of(Qop.AUTH, Qop.AUTH_INT), challenge.qops());
        assertEquals("n", challenge.nonce());
    }

    @Test
    void separatesSeveralChallengesInOneValue() {
        List<DigestChallenge> found = DigestChallenge.parse("Digest realm=\"r\", nonce=\"1\", algorithm=SHA-512-256, "
            + "Digest realm=\"r\", nonce=\"2\", algorithm=MD5");
        assertEquals(List.of("1", "2"), found.stream().map(DigestChallenge::nonce).toList());
    }

    @Test
    void skipsOtherSchemesAroundDigest() {
        List<DigestChallenge> found = DigestChallenge.parse("Bearer abc+/def==, Negotiate, Basic realm=\"x, Digest nonce=\", "
            + "Digest realm=\"r\", nonce=\"n\", Bearer authz_server=\"https://as\", realm=\"b\", nonce=\"c\"");
        assertEquals(List.of("r"), found.stream().map(DigestChallenge::realm).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ",", "=", "\"", "Digest", "Digest realm=\"r\"", "Digest nonce=\"n\"", "realm=\"r\", nonce=\"n\"",
        "Digest realm=\"r, nonce=n", "Digest realm=\"r\\", "Digest =\"r\", nonce=\"n\"", "Digest realm=\"a\u0001b\", nonce=\"n\"",
        "Basic realm=\"r\", nonce=\"n\""})
    void findsNoChallengeWhereThereIsNone(String value) {
        assertEquals(List.of(), DigestChallenge.parse(value));
    }

    @Test
    void anUnknownAlgorithmOrOnlyUnknownQualitiesMakeItUnusable() {
        assertFalse(only("Digest realm=\"r\",nonce=\"n\",algorithm=SHA-3").isUsable());
        assertFalse(only("Digest realm=\"r\",nonce=\"n\",qop=\"future\"").isUsable());
        assertEquals("SHA-3", only("Digest realm=\"r\",nonce=\"n\",algorithm=SHA-3").algorithmText());
    }

    @Test
    void keepsOnlyTheFirstOfARepeatedParameter() {
        assertEquals("r", only("Digest realm=\"r\",nonce=\"n\",realm=\"evil\"").realm());
    }

    @Test
    void boundsLengthSchemesAndParameters() {
        assertEquals(List.of(), DigestChallenge.parse("Digest realm=\"r\",nonce=\"" + "n".repeat(9000) + "\""));
        assertEquals(AuthHeader.MAX_SCHEMES, DigestChallenge.parse("Digest realm=r,nonce=n,".repeat(100)).size());
        StringBuilder many = new StringBuilder("Digest realm=r,nonce=n");
        for (int i = 0; i < 200; i++) {
            many.append(",p").append(i).append("=1");
        }
        assertEquals(AuthHeader.MAX_PARAMS, AuthHeader.parse(many.toString()).get(0).params().size());
    }

    @Test
    void survivesMutationsInBoundedTime() {
        String[] seeds = {"Digest realm=\"biloxi.com\", qop=\"auth,auth-int\", nonce=\"f84f1c\", opaque=\"\", stale=FALSE, algorithm=MD5",
            "Bearer abc==, Digest realm=\"a\\\"b\", nonce=\"n\", Digest realm=r, nonce=m, algorithm=SHA-256"};
        String alphabet = "\"\\,= \tDigest\u0000\r\n\u00e9\ud83d;:realm";
        Random random = new Random(7616);
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            for (int run = 0; run < 50_000; run++) {
                StringBuilder text = new StringBuilder(seeds[run % seeds.length]);
                for (int edits = random.nextInt(8); edits >= 0; edits--) {
                    int at = random.nextInt(text.length() + 1);
                    switch (random.nextInt(3)) {
                        case 0 -> text.insert(at, alphabet.charAt(random.nextInt(alphabet.length())));
                        case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(5)));
                        default -> text.insert(at, text.substring(0, random.nextInt(text.length() + 1)));
                    }
                    text.setLength(Math.min(text.length(), 2000));
                }
                String value = text.toString();
                for (DigestChallenge challenge : DigestChallenge.parse(value)) {
                    assertTrue(challenge.realm().chars().noneMatch(c -> c == '\r' || c == '\n' || c == 0), value);
                }
            }
        });
    }

    @Test
    void whatIsQuotedIsReadBackAsItWas() {
        Random random = new Random(1);
        String alphabet = "ab\"\\,= \u00e9\u20ac";
        for (int run = 0; run < 2_000; run++) {
            StringBuilder realm = new StringBuilder();
            for (int i = random.nextInt(20); i > 0; i--) {
                realm.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertEquals(realm.toString(), only("Digest realm=" + AuthHeader.quote(realm.toString()) + ",nonce=\"n\"").realm());
        }
    }
}
