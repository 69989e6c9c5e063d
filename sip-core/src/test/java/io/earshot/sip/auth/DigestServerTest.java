package io.earshot.sip.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.sip.auth.DigestServer.Accepted;
import io.earshot.sip.auth.DigestServer.Denial;
import io.earshot.sip.auth.DigestServer.Denied;
import io.earshot.sip.auth.DigestServer.Settings;
import io.earshot.sip.auth.DigestServer.Stale;
import io.earshot.sip.auth.DigestServer.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("rfc2617")
@Tag("rfc8760")
class DigestServerTest {
    private static final SignedRequest REGISTER = SignedRequest.of("REGISTER", "sip:biloxi.com");
    private static final UserStore USERS = UserStore.of(List.of(Credentials.password("alice", "wonder"),
        Credentials.password("bob", "biloxi.com", "zanzibar"), Credentials.password("eve", "elsewhere", "x")));

    private final DigestServer server = server(Settings.of("biloxi.com"));

    private static DigestServer server(Settings settings) {
        return new DigestServer(settings, USERS, IdSource.seeded(42));
    }

    private static DigestClient client(String user, String password) {
        return new DigestClient(Credentials.password(user, password), IdSource.seeded(7));
    }

    private static String answer(DigestServer to, DigestClient from, SignedRequest request, long now) {
        AuthVerdict verdict = from.exchange().onChallenge(request, to.challenges(false, now), List.of());
        return assertInstanceOf(AuthVerdict.Authorized.class, verdict).headers().get(0).value();
    }

    private static Denial denied(Verdict verdict) {
        return assertInstanceOf(Denied.class, verdict).reason();
    }

    @ParameterizedTest
    @EnumSource(DigestAlgorithm.class)
    void acceptsOurClientWithEveryAlgorithmAndProtection(DigestAlgorithm algorithm) {
        SignedRequest body = new SignedRequest("MESSAGE", "sip:biloxi.com", new byte[] {1, 2, 3});
        for (Qop[] qops : new Qop[][] {{}, {Qop.AUTH}, {Qop.AUTH_INT}, {Qop.AUTH, Qop.AUTH_INT}}) {
            DigestServer asking = server(Settings.of("biloxi.com").withAlgorithms(algorithm).withQops(qops));
            String value = answer(asking, client("bob", "zanzibar"), body, 5);
            assertEquals(new Accepted("bob", "sip:biloxi.com"), asking.verify(value, body, 6));
        }
    }

    @Test
    void challengesOncePerAlgorithmInOrder() {
        List<String> values = server(Settings.of("biloxi.com").withAlgorithms(DigestAlgorithm.SHA_256, DigestAlgorithm.MD5))
            .challenges(true, 0);
        assertTrue(values.get(0).matches(
            "Digest realm=\"biloxi.com\", nonce=\"[0-9a-f]{64}\", algorithm=SHA-256, qop=\"auth\", stale=true"), values.get(0));
        assertTrue(values.get(1).contains("algorithm=MD5"));
        assertEquals(2, values.size());
    }

    @Test
    void wrongPasswordUnknownUserAndAUserOfAnotherRealmAreDenied() {
        assertEquals(Denial.WRONG_RESPONSE, denied(server.verify(answer(server, client("bob", "wrong"), REGISTER, 0), REGISTER, 1)));
        assertEquals(Denial.UNKNOWN_USER, denied(server.verify(answer(server, client("carol", "x"), REGISTER, 0), REGISTER, 1)));
        assertEquals(Denial.UNKNOWN_USER, denied(server.verify(answer(server, client("eve", "x"), REGISTER, 0), REGISTER, 1)));
    }

    @Test
    void aChangedMethodUriOrBodyIsDenied() {
        String value = answer(server, client("bob", "zanzibar"), REGISTER, 0);
        assertEquals(Denial.WRONG_RESPONSE, denied(server.verify(value, SignedRequest.of("INVITE", "sip:biloxi.com"), 1)));
        assertEquals(Denial.WRONG_RESPONSE, denied(server.verify(value.replace("sip:biloxi.com", "sip:x"), REGISTER, 1)));
        DigestServer integrity = server(Settings.of("biloxi.com").withQops(Qop.AUTH_INT));
        String whole = answer(integrity, client("bob", "zanzibar"), REGISTER, 0);
        assertEquals(Denial.WRONG_RESPONSE,
            denied(integrity.verify(whole, new SignedRequest("REGISTER", "sip:biloxi.com", new byte[] {1}), 1)));
    }

    @Test
    void theRequestUriIsComparedOnlyWhereAsked() {
        SignedRequest rewritten = SignedRequest.of("REGISTER", "sip:10.0.0.1");
        assertInstanceOf(Accepted.class, server.verify(answer(server, client("bob", "zanzibar"), REGISTER, 0), rewritten, 1));
        DigestServer strict = server(new Settings("biloxi.com", List.of(DigestAlgorithm.MD5), Set.of(Qop.AUTH), Ticker.SECOND, 10, false,
            true));
        assertEquals(Denial.OTHER_URI, denied(strict.verify(answer(strict, client("bob", "zanzibar"), REGISTER, 0), rewritten, 1)));
    }

    @Test
    void anOldNonceIsStaleOnlyForWhoKnowsThePassword() {
        long life = 300 * Ticker.SECOND;
        String right = answer(server, client("bob", "zanzibar"), REGISTER, 0);
        String wrong = answer(server, client("bob", "wrong"), REGISTER, 0);
        assertInstanceOf(Stale.class, server.verify(right, REGISTER, life));
        assertEquals(Denial.WRONG_RESPONSE, denied(server.verify(wrong, REGISTER, life)));
        assertInstanceOf(Accepted.class, server.verify(right, REGISTER, life - 1));
    }

    @Test
    void oneUseOfANonceIsAcceptedOnce() {
        String value = answer(server, client("bob", "zanzibar"), REGISTER, 0);
        assertInstanceOf(Accepted.class, server.verify(value, REGISTER, 1));
        assertEquals(Denial.REPLAY, denied(server.verify(value, REGISTER, 2)));
    }

    @Test
    void usesMayArriveOutOfOrderWithinAWindow() {
        DigestClient bob = client("bob", "zanzibar");
        String first = answer(server, bob, REGISTER, 0);
        String[] later = new String[100];
        for (int i = 0; i < later.length; i++) {
            later[i] = bob.exchange().preemptive(REGISTER).get(0).value();
        }
        assertInstanceOf(Accepted.class, server.verify(later[50], REGISTER, 1));
        assertInstanceOf(Accepted.class, server.verify(later[10], REGISTER, 1));
        assertEquals(Denial.REPLAY, denied(server.verify(later[10], REGISTER, 1)));
        assertInstanceOf(Accepted.class, server.verify(later[99], REGISTER, 1));
        assertEquals(Denial.REPLAY, denied(server.verify(later[50], REGISTER, 1)));
        assertEquals(Denial.REPLAY, denied(server.verify(first, REGISTER, 1)), "too far back to tell");
    }

    @Test
    void aNonceMadeElsewhereOrChangedIsForeign() {
        DigestServer other = new DigestServer(Settings.of("biloxi.com"), USERS, IdSource.seeded(43));
        assertEquals(Denial.FOREIGN_NONCE, denied(server.verify(answer(other, client("bob", "zanzibar"), REGISTER, 0), REGISTER, 1)));
        String changed = server.challenges(false, 0).get(0).replaceFirst("nonce=\"0", "nonce=\"1");
        String value = assertInstanceOf(AuthVerdict.Authorized.class,
            client("bob", "zanzibar").exchange().onChallenge(REGISTER, List.of(changed), List.of())).headers().get(0).value();
        assertEquals(Denial.FOREIGN_NONCE, denied(server.verify(value, REGISTER, 1)));
    }

    @Test
    void downgradesAndOtherRealmsAreDenied() {
        DigestServer sha = server(Settings.of("biloxi.com").withAlgorithms(DigestAlgorithm.SHA_256));
        String nonce = DigestChallenge.parse(sha.challenges(false, 0).get(0)).get(0).nonce();
        String head = "Digest username=\"bob\", nonce=\"" + nonce + "\", uri=\"sip:x\", response=\"0\", realm=";
        assertEquals(Denial.NOT_OFFERED, denied(sha.verify(
            head + "\"biloxi.com\", algorithm=MD5, qop=auth, cnonce=c, nc=00000001", REGISTER, 1)));
        assertEquals(Denial.NOT_OFFERED, denied(sha.verify(head + "\"biloxi.com\", algorithm=SHA-256", REGISTER, 1)), "qop taken away");
        assertEquals(Denial.OTHER_REALM, denied(sha.verify(head + "\"next.hop\", algorithm=SHA-256", REGISTER, 1)));
    }

    @Test
    void malformedCredentialsAreDenied() {
        String good = answer(server, client("bob", "zanzibar"), REGISTER, 0);
        for (String bad : List.of("", "Digest", "Basic Ym9iOng=", good + ", " + good, good + ", realm=\"x\"",
                good.replace("nc=00000001", "nc=1"), good.replace("nc=00000001", "nc=0000000g"), good.replace("qop=auth", "qop=odd"),
                good.replace("cnonce", "other"), good.replace("response", "other"), good.replace("algorithm=MD5", "algorithm=ROT13"),
                good.replace("nc=00000001", "nc=\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0661"))) {
            assertEquals(Denial.MALFORMED, denied(server.verify(bad, REGISTER, 1)), bad);
        }
        assertInstanceOf(Accepted.class, server.verify(good, REGISTER, 1));
    }

    @Test
    void aCountOfZeroIsNoUse() {
        String nonce = DigestChallenge.parse(server.challenges(false, 0).get(0)).get(0).nonce();
        String response = new DigestResponse(DigestAlgorithm.MD5, nonce, "00000000", "c", Optional.of(Qop.AUTH), "REGISTER",
            "sip:biloxi.com").compute(DigestAlgorithm.MD5.ha1("bob", "biloxi.com", "zanzibar"), new byte[0]);
        assertEquals(Denial.REPLAY, denied(server.verify("Digest username=\"bob\", realm=\"biloxi.com\", nonce=\"" + nonce
            + "\", uri=\"sip:biloxi.com\", qop=auth, cnonce=\"c\", nc=00000000, response=\"" + response + "\"", REGISTER, 1)));
    }

    @Test
    void findsHiddenUsersAndUsersWithAHash() {
        DigestServer hidden = new DigestServer(new Settings("biloxi.com", List.of(DigestAlgorithm.SHA_256), Set.of(Qop.AUTH), 100, 10, true,
            false), UserStore.of(List.of(Credentials.ha1("bob", "biloxi.com", DigestAlgorithm.SHA_256,
                "e65db393e748c5228939a6b4b2879e9ea5625cd79fd5267868cb568d69f6b97e"))), IdSource.seeded(3));
        String value = answer(hidden, client("bob", "zanzibar"), REGISTER, 0);
        assertTrue(value.contains("username=\"aafc60b9fa3e13876262208200cd6aebf77f59d79e854061f632f35f6cb30e0c\""), value);
        assertEquals(new Accepted("bob", "sip:biloxi.com"), hidden.verify(value, REGISTER, 1));
    }

    @Test
    void memoryIsBoundedAndWhatIsForgottenTurnsStaleInsteadOfReplayable() {
        DigestServer small = server(new Settings("biloxi.com", List.of(DigestAlgorithm.MD5), Set.of(Qop.AUTH), 1_000, 2, false, false));
        String[] values = new String[4];
        for (int i = 0; i < values.length; i++) {
            values[i] = answer(small, client("bob", "zanzibar"), REGISTER, 10 + i);
            assertInstanceOf(Accepted.class, small.verify(values[i], REGISTER, 10 + i));
        }
        assertInstanceOf(Stale.class, small.verify(values[0], REGISTER, 20));
        assertInstanceOf(Stale.class, small.verify(values[1], REGISTER, 20));
        assertEquals(Denial.REPLAY, denied(small.verify(values[3], REGISTER, 20)));
    }

    @Test
    void mutatedCredentialsAreNeverAcceptedForAnotherUserAndNeverThrow() {
        Random random = new Random(2617);
        DigestClient bob = client("bob", "zanzibar");
        answer(server, bob, REGISTER, 0);
        for (int run = 0; run < 5_000; run++) {
            StringBuilder value = new StringBuilder(bob.exchange().preemptive(REGISTER).get(0).value());
            for (int edits = random.nextInt(4); edits >= 0; edits--) {
                value.setCharAt(random.nextInt(value.length()), (char) (random.nextInt(20) == 0 ? random.nextInt(0x300)
                    : ' ' + random.nextInt(95)));
            }
            Verdict verdict = server.verify(value.toString(), REGISTER, 1);
            if (verdict instanceof Accepted accepted) {
                assertEquals("bob", accepted.user());
            }
        }
    }
}
