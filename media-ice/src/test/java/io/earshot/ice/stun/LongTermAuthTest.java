package io.earshot.ice.stun;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rfc8489")
class LongTermAuthTest {
    /** Nonce cookie with the bit of password algorithms set. */
    private static final String STRONG = "obMatJos2AAABabc";
    private static final byte[] BOTH = {0, 1, 0, 0, 0, 2, 0, 0};

    private final StunMessage request = StunVectorsTest.parse(StunBuilder.request(Stun.ALLOCATE, new TransactionId(1, 2)).build());

    private StunBuilder challenge(int code, String nonce) {
        return StunBuilder.error(request, code, "").text(Stun.REALM, "realm").text(Stun.NONCE, nonce);
    }

    private static StunMessage message(StunBuilder builder) {
        return StunVectorsTest.parse(builder.build());
    }

    private static StunMessage finished(LongTermAuth auth) {
        return StunVectorsTest.parse(auth.finish(StunBuilder.request(Stun.ALLOCATE, new TransactionId(3, 4))));
    }

    @Test
    void anOlderServerGetsMd5AndSha1() {
        LongTermAuth auth = new LongTermAuth("user", "pass");
        assertFalse(finished(auth).has(Stun.USERNAME));
        assertEquals(LongTermAuth.Verdict.RETRY, auth.challenge(message(challenge(401, "plain"))));
        StunMessage out = finished(auth);
        assertEquals("user", out.text(Stun.USERNAME).orElseThrow());
        assertEquals("plain", out.text(Stun.NONCE).orElseThrow());
        assertEquals(StunMessage.Integrity.VALID, out.integritySha1(StunKey.longTerm("user", "realm", "pass", PasswordAlgorithm.MD5)));
    }

    @Test
    void aServerThatOffersSha256GetsIt() {
        LongTermAuth auth = new LongTermAuth("user", "pass");
        assertEquals(LongTermAuth.Verdict.RETRY, auth.challenge(message(challenge(401, STRONG).bytes(Stun.PASSWORD_ALGORITHMS, BOTH))));
        StunMessage out = finished(auth);
        assertTrue(out.has(Stun.PASSWORD_ALGORITHM) && out.has(Stun.PASSWORD_ALGORITHMS) && !out.has(Stun.MESSAGE_INTEGRITY));
        StunKey key = StunKey.longTerm("user", "realm", "pass", PasswordAlgorithm.SHA_256);
        assertEquals(StunMessage.Integrity.VALID, out.integrity(key));
        assertTrue(auth.believes(message(StunBuilder.success(request).integritySha256(key))));
        assertFalse(auth.believes(message(StunBuilder.success(request).integrity(key))), "weaker than agreed");
    }

    @Test
    void aChallengeWhoseAlgorithmsWereTakenOutIsIgnored() {
        LongTermAuth auth = new LongTermAuth("user", "pass");
        assertEquals(LongTermAuth.Verdict.IGNORE, auth.challenge(message(challenge(401, STRONG))));
        assertFalse(auth.challenged());
    }

    @Test
    void aSecondRefusalIsFinalAndAStaleNonceIsNot() {
        LongTermAuth auth = new LongTermAuth("user", "pass");
        assertEquals(LongTermAuth.Verdict.RETRY, auth.challenge(message(challenge(401, "n1"))));
        assertEquals(LongTermAuth.Verdict.RETRY, auth.challenge(message(challenge(438, "n2"))));
        assertEquals("n2", finished(auth).text(Stun.NONCE).orElseThrow());
        assertEquals(LongTermAuth.Verdict.REFUSED, auth.challenge(message(challenge(401, "n3"))));
        auth.credentials("user", "new");
        assertEquals(LongTermAuth.Verdict.RETRY, auth.challenge(message(challenge(401, "n4"))));
    }

    @Test
    void answersWithoutIntegrityAreNotBelievedOnceChallenged() {
        LongTermAuth auth = new LongTermAuth("user", "pass");
        auth.challenge(message(challenge(401, "n1")));
        assertFalse(auth.believes(message(StunBuilder.success(request))));
        assertFalse(auth.toString().contains("pass"));
    }
}
