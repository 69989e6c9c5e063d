package io.earshot.sip.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.id.IdSource;
import io.earshot.sip.auth.AuthVerdict.Authorized;
import io.earshot.sip.auth.AuthVerdict.Reason;
import io.earshot.sip.auth.AuthVerdict.Refused;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rfc3261")
@Tag("rfc7616")
@Tag("rfc8760")
class DigestClientTest {
    private static final String NONCE = "84a4cc6f3082121f32b42a2187831a9e";
    private static final SignedRequest INVITE = SignedRequest.of("INVITE", "sip:bob@biloxi.com");
    private static final String PLAIN = "Digest realm=\"biloxi.com\", nonce=\"" + NONCE + "\", qop=\"auth\"";

    /** A source whose tokens are the cnonce of the vectors. */
    private static final IdSource FIXED = new IdSource() {
        @Override
        public long nextLong() {
            return 4;
        }

        @Override
        public String token(int bits) {
            return "0a4f113b";
        }
    };

    private final DigestClient client = new DigestClient(Credentials.password("bob", "biloxi.com", "zanzibar"), FIXED);
    private final DigestClient.Exchange exchange = client.exchange();

    private static String challenge(String nonce, String more) {
        return "Digest realm=\"biloxi.com\", nonce=\"" + nonce + "\"" + more;
    }

    private static List<Authorization> authorized(AuthVerdict verdict) {
        return assertInstanceOf(Authorized.class, verdict).headers();
    }

    private static Map<String, String> params(AuthVerdict verdict) {
        List<Authorization> headers = authorized(verdict);
        assertEquals(1, headers.size());
        return AuthHeader.parse(headers.get(0).value()).get(0).params();
    }

    private static Reason refused(AuthVerdict verdict) {
        return assertInstanceOf(Refused.class, verdict).reason();
    }

    private AuthVerdict www(String... values) {
        return exchange.onChallenge(INVITE, List.of(values), List.of());
    }

    @Test
    void answersAsTheVectorSays() {
        assertEquals("Digest username=\"bob\", realm=\"biloxi.com\", nonce=\"" + NONCE + "\", uri=\"sip:bob@biloxi.com\", "
            + "response=\"161620233fa8b46d648e2e898d5b1f88\", cnonce=\"0a4f113b\", qop=auth, nc=00000001",
            authorized(www(PLAIN)).get(0).value());
    }

    @Test
    void answersAServerOlderThanQop() {
        String value = authorized(www(challenge(NONCE, ", algorithm=md5, opaque=\"\""))).get(0).value();
        assertEquals("Digest username=\"bob\", realm=\"biloxi.com\", nonce=\"" + NONCE + "\", uri=\"sip:bob@biloxi.com\", "
            + "response=\"4d35336be95afbae5e91c5eb2f8a341c\", algorithm=md5, opaque=\"\"", value);
    }

    @Test
    void protectsTheBodyWhereOnlyAuthIntIsOffered() {
        SignedRequest withBody = new SignedRequest("INVITE", "sip:bob@biloxi.com", "v=0\r\n".getBytes(StandardCharsets.UTF_8));
        AuthVerdict verdict = exchange.onChallenge(withBody, List.of(challenge(NONCE, ", algorithm=SHA-256, qop=\"auth-int\"")), List.of());
        assertEquals("5f1e721bf3ef0ea1795f9afc7d478cf553ad0a5ce85e85bf56aa6c4229e140c5", params(verdict).get("response"));
        assertEquals("auth-int", params(client.exchange().onChallenge(withBody,
            List.of(challenge("n2", ", qop=\"auth-int\"")), List.of())).get("qop"));
    }

    @Test
    void sessionAlgorithmsTellTheirCnonceEvenWithoutQop() {
        Map<String, String> params = params(www(challenge(NONCE, ", algorithm=MD5-sess")));
        assertEquals("6e228244c211621adb892095fdc3a939", params.get("response"));
        assertEquals("0a4f113b", params.get("cnonce"));
        assertFalse(params.containsKey("nc"));
    }

    @Test
    void takesTheStrongestOfSeveralChallengesWhateverTheirOrder() {
        String md5 = challenge("m", ", algorithm=MD5, qop=\"auth\"");
        String sha = challenge("s", ", algorithm=SHA-256, qop=\"auth\"");
        String unknown = challenge("u", ", algorithm=SHA-3, qop=\"auth\"");
        assertEquals("s", params(www(unknown, md5, sha)).get("nonce"));
        assertEquals("s", params(client.exchange().onChallenge(INVITE, List.of(sha + ", " + md5), List.of())).get("nonce"));
    }

    @Test
    void amongEquallyStrongOnesTheServersFirstWins() {
        String sha256 = challenge("a", ", algorithm=SHA-256");
        String sha512 = challenge("b", ", algorithm=SHA-512-256");
        assertEquals("b", params(www(sha512, sha256)).get("nonce"));
        assertEquals("a", params(client.exchange().onChallenge(INVITE, List.of(sha256, sha512), List.of())).get("nonce"));
    }

    @Test
    void hidesTheUserWhereTheServerLetsIt() {
        Map<String, String> params = params(www(challenge(NONCE, ", algorithm=SHA-256, qop=\"auth\", userhash=true")));
        assertEquals("aafc60b9fa3e13876262208200cd6aebf77f59d79e854061f632f35f6cb30e0c", params.get("username"));
        assertEquals("true", params.get("userhash"));
        assertEquals("d6d4a28707af1f9d5e62db2346938bb54a83b8c2816964e1dbb294e4b836b67e", params.get("response"));
    }

    @Test
    void returnsOpaqueRealmAndNonceEscapedAsTheyCame() {
        DigestClient any = new DigestClient(Credentials.password("b\"ob", "x"), FIXED);
        String value = authorized(any.exchange().onChallenge(INVITE,
            List.of("Digest realm=\"a\\\"\\\\b\", nonce=\"n\", opaque=\"o\\\"\""), List.of())).get(0).value();
        assertTrue(value.startsWith("Digest username=\"b\\\"ob\", realm=\"a\\\"\\\\b\", "), value);
        assertTrue(value.endsWith(", opaque=\"o\\\"\""), value);
    }

    @Test
    void neverAnswersARealmThatTheCredentialsAreNotFor() {
        Refused refused = assertInstanceOf(Refused.class, www(PLAIN.replace("biloxi.com", "evil.example")));
        assertEquals(Reason.WRONG_REALM, refused.reason());
        assertEquals("the server asks for realm 'evil.example', but the credentials are for 'biloxi.com'", refused.detail());
        assertEquals(List.of(), client.exchange().preemptive(INVITE));
        assertEquals(Reason.WRONG_REALM, refused(www(PLAIN.replace("biloxi.com", "BILOXI.com"))));
    }

    @Test
    void answersItsOwnRealmAmongForeignOnes() {
        AuthVerdict verdict = exchange.onChallenge(INVITE, List.of(PLAIN),
            List.of(PLAIN.replace("biloxi.com", "evil.example").replace("auth", "auth-int")));
        assertEquals("biloxi.com", params(verdict).get("realm"));
    }

    @Test
    void answersProxyAndServerAtOnce() {
        List<Authorization> headers = authorized(exchange.onChallenge(INVITE, List.of(PLAIN), List.of(challenge("p", ""))));
        assertEquals(List.of("Authorization", "Proxy-Authorization"), headers.stream().map(Authorization::headerName).toList());
        assertTrue(headers.get(1).value().contains("nonce=\"p\""));
    }

    @Test
    void carriesTheProxysAnswerOnWhenTheServerAsksNext() {
        authorized(exchange.onChallenge(INVITE, List.of(), List.of(challenge("p", ", qop=\"auth\""))));
        List<Authorization> headers = authorized(www(PLAIN));
        assertEquals(2, headers.size());
        assertTrue(headers.get(0).proxy());
        assertTrue(headers.get(0).value().endsWith("nc=00000002"), headers.get(0).value());
        assertTrue(headers.get(1).value().endsWith("nc=00000001"));
    }

    @Test
    void countsTheUsesOfANonceAcrossRequests() {
        authorized(www(PLAIN));
        String second = client.exchange().preemptive(INVITE).get(0).value();
        assertTrue(second.contains("response=\"c6d763377c415843b020765b9b7e9715\""), second);
        assertTrue(second.endsWith("nc=00000002"), second);
        assertTrue(client.exchange().preemptive(INVITE).get(0).value().endsWith("nc=00000003"));
        client.forget();
        assertEquals(List.of(), client.exchange().preemptive(INVITE));
    }

    @Test
    void sameNonceAgainMeansWrongPassword() {
        authorized(www(PLAIN));
        Refused refused = assertInstanceOf(Refused.class, www(PLAIN));
        assertEquals(Reason.REJECTED, refused.reason());
        assertEquals("the server rejected user bob or its password for realm 'biloxi.com'", refused.detail());
        assertEquals(List.of(), client.exchange().preemptive(INVITE), "a rejected nonce is not used again");
    }

    @Test
    void anotherNonceWithoutStaleMeansWrongPasswordToo() {
        authorized(www(PLAIN));
        assertEquals(Reason.REJECTED, refused(www(challenge("fresh", ", qop=\"auth\", stale=false"))));
    }

    @Test
    void staleIsAnsweredWithTheNewNonceAndACountFromOne() {
        authorized(www(PLAIN));
        Map<String, String> params = params(www(challenge("fresh", ", qop=\"auth\", stale=true")));
        assertEquals("fresh", params.get("nonce"));
        assertEquals("00000001", params.get("nc"));
    }

    @Test
    void staleWithTheSameNonceCountsOn() {
        authorized(www(PLAIN));
        assertEquals("00000002", params(www(PLAIN + ", stale=true")).get("nc"));
    }

    @Test
    void givesUpAfterThreeAnswersOfANonceStorm() {
        for (int i = 0; i < 3; i++) {
            authorized(www(challenge("n" + i, ", stale=true")));
        }
        assertEquals(Reason.TOO_MANY_TRIES, refused(www(challenge("n3", ", stale=true"))));
        assertInstanceOf(Authorized.class, client.exchange().onChallenge(INVITE, List.of(PLAIN), List.of()), "the next request may try");
    }

    @Test
    void twoRealmsAskingInTurnsEndAfterThreeAnswersAtMost() {
        DigestClient any = new DigestClient(Credentials.password("bob", "x"), FIXED);
        DigestClient.Exchange turns = any.exchange();
        int answers = 0;
        while (turns.onChallenge(INVITE, List.of("Digest realm=\"r" + answers + "\", nonce=\"n\""), List.of()) instanceof Authorized) {
            answers++;
        }
        assertEquals(3, answers);
    }

    @Test
    void aNonceThatWentStaleUnsaidIsRenewedOnce() {
        authorized(www(PLAIN));
        DigestClient.Exchange next = client.exchange();
        assertEquals(1, next.preemptive(INVITE).size());
        assertEquals("new", params(next.onChallenge(INVITE, List.of(challenge("new", "")), List.of())).get("nonce"));
        assertEquals(Reason.REJECTED, refused(next.onChallenge(INVITE, List.of(challenge("newer", "")), List.of())));
    }

    @Test
    void aPreemptiveAnswerRefusedWithTheSameNonceIsARejection() {
        authorized(www(PLAIN));
        DigestClient.Exchange next = client.exchange();
        next.preemptive(INVITE);
        assertEquals(Reason.REJECTED, refused(next.onChallenge(INVITE, List.of(PLAIN), List.of())));
    }

    @Test
    void refusesWhatItCannotDo() {
        assertEquals(Reason.NO_CHALLENGE, refused(www("Bearer realm=\"biloxi.com\"")));
        assertEquals(Reason.NO_CHALLENGE, refused(www()));
        Refused unknown = assertInstanceOf(Refused.class, www(challenge("n", ", algorithm=SHA-3")));
        assertEquals(Reason.NO_SUPPORTED_ALGORITHM, unknown.reason());
        assertEquals("the server asks for digest 'SHA-3' in a way that the credentials cannot answer", unknown.detail());
    }

    @Test
    void aPrecomputedHashAnswersItsAlgorithmAndNoOther() {
        Credentials md5 = Credentials.ha1("bob", "biloxi.com", DigestAlgorithm.MD5, "12AF60467A33E8518DA5C68BBFF12B11");
        DigestClient hashed = new DigestClient(md5, FIXED);
        assertEquals("161620233fa8b46d648e2e898d5b1f88", params(hashed.exchange().onChallenge(INVITE,
            List.of(challenge(NONCE, ", algorithm=SHA-256, qop=\"auth\""), PLAIN), List.of())).get("response"));
        hashed.forget();
        assertEquals("513ce566581d7188708c622c2129e57f", params(hashed.exchange().onChallenge(INVITE,
            List.of(challenge(NONCE, ", algorithm=MD5-sess, qop=\"auth\"")), List.of())).get("response"));
        assertEquals(Reason.NO_SUPPORTED_ALGORITHM, refused(hashed.exchange().onChallenge(INVITE,
            List.of(challenge(NONCE, ", algorithm=SHA-256")), List.of())));
    }

    @Test
    void severalCredentialsEachAnswerTheirRealm() {
        DigestClient both = new DigestClient(List.of(Credentials.password("a", "one", "x"), Credentials.password("b", "two", "y")),
            IdSource.seeded(1), 3);
        List<Authorization> headers = authorized(both.exchange().onChallenge(INVITE, List.of("Digest realm=\"two\", nonce=\"n\""),
            List.of("Digest realm=\"one\", nonce=\"m\"")));
        assertTrue(headers.get(0).value().startsWith("Digest username=\"b\", realm=\"two\""));
        assertTrue(headers.get(1).value().startsWith("Digest username=\"a\", realm=\"one\""));
    }

    @Test
    void cnoncesDifferFromNonceToNonce() {
        DigestClient random = new DigestClient(Credentials.password("bob", "x"), IdSource.seeded(9));
        String first = params(random.exchange().onChallenge(INVITE, List.of(PLAIN), List.of())).get("cnonce");
        String second = params(random.exchange().onChallenge(INVITE, List.of(challenge("n2", ", qop=auth")), List.of())).get("cnonce");
        assertTrue(first.length() >= 26, first);
        assertNotEquals(first, second);
    }

    @Test
    void remembersABoundedNumberOfRealms() {
        DigestClient any = new DigestClient(Credentials.password("bob", "x"), FIXED);
        for (int i = 0; i < 100; i++) {
            any.exchange().onChallenge(INVITE, List.of("Digest realm=\"r" + i + "\", nonce=\"n\""), List.of());
        }
        assertEquals(16, any.exchange().preemptive(INVITE).size());
    }

    @Test
    void secretsDoNotPrint() {
        Credentials password = Credentials.password("bob", "biloxi.com", "zanzibar");
        Credentials hash = Credentials.ha1("bob", DigestAlgorithm.MD5, "12af60467a33e8518da5c68bbff12b11");
        assertEquals("Credentials[user=bob, realm=biloxi.com, secret=***]", password.toString());
        assertEquals("Credentials[user=bob, realm=any, secret=***]", hash.toString());
        AuthVerdict verdict = www(PLAIN);
        assertFalse(verdict.toString().contains("161620233fa8b46d648e2e898d5b1f88"), verdict.toString());
    }

    @Test
    void refusesImpossibleCredentialsWithoutShowingThem() {
        assertThrows(IllegalArgumentException.class, () -> Credentials.password("", "x"));
        assertThrows(IllegalArgumentException.class, () -> Credentials.password("a\r\nVia: x", "x"));
        String message = assertThrows(IllegalArgumentException.class,
            () -> Credentials.ha1("bob", "r", DigestAlgorithm.SHA_256, "12af60467a33e8518da5c68bbff12b11")).getMessage();
        assertEquals("an HA1 of SHA-256 has 64 hexadecimal digits", message);
    }
}
