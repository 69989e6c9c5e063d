package io.earshot.srtp.sdes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.id.IdSource;
import io.earshot.srtp.SrtpSuite;
import io.earshot.srtp.sdes.SdesOutcome.Clear;
import io.earshot.srtp.sdes.SdesOutcome.Encrypted;
import io.earshot.srtp.sdes.SdesOutcome.Refused;
import io.earshot.srtp.sdes.SecurityPolicy.Mode;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rfc4568")
@Tag("rfc8643")
class SdesNegotiatorTest {
    private static final String KEY = "inline:" + "A".repeat(40);
    private static final String SAVP = "RTP/SAVP";
    private static final String AVP = "RTP/AVP";
    private final SdesNegotiator alice = negotiator(Mode.REQUIRED, 1);
    private final SdesNegotiator bob = negotiator(Mode.WHEN_OFFERED, 2);

    private static SdesNegotiator negotiator(Mode mode, long seed) {
        return new SdesNegotiator(SecurityPolicy.of(mode), IdSource.seeded(seed));
    }

    private static List<String> written(List<CryptoAttribute> lines) {
        return lines.stream().map(CryptoAttribute::write).toList();
    }

    private static Encrypted encrypted(SdesOutcome outcome) {
        return assertInstanceOf(Encrypted.class, outcome);
    }

    private static String refused(SdesOutcome outcome) {
        return assertInstanceOf(Refused.class, outcome).reason();
    }

    /** An offer and its answer, and that both sides agree on both keys. */
    private static Encrypted exchange(SdesNegotiator offerer, SdesNegotiator answerer, String profile) {
        Encrypted answered = encrypted(answerer.answer(profile, written(offerer.offer(true)), true));
        Encrypted accepted = encrypted(offerer.accept(profile, List.of(answered.answer().orElseThrow().write())));
        assertEquals(answered.sendKey(), accepted.receiveKeys().get(0));
        assertEquals(accepted.sendKey(), answered.receiveKeys().get(0));
        assertEquals(answered.send().suite(), accepted.send().suite());
        return accepted;
    }

    @Test void theFirstLineThatBothHaveIsTaken() {
        List<CryptoAttribute> offer = alice.offer(true);
        assertEquals(SecurityPolicy.DEFAULT_SUITES.size(), offer.size());
        assertEquals(List.of(1, 2, 3, 4, 5), offer.stream().map(CryptoAttribute::tag).toList());
        SdesNegotiator picky = new SdesNegotiator(SecurityPolicy.of(Mode.REQUIRED)
            .withSuites(List.of(SrtpSuite.AES_CM_128_HMAC_SHA1_32, SrtpSuite.AEAD_AES_256_GCM)), IdSource.seeded(3));
        Encrypted outcome = encrypted(picky.answer(SAVP, written(offer), true));
        assertEquals(SrtpSuite.AEAD_AES_256_GCM, outcome.send().suite(), "the offerer's order counts");
        assertEquals(3, outcome.answer().orElseThrow().tag());
        assertTrue(alice.offersSecureProfile());
    }

    @Test void bothSidesAgreeOnBothKeys() {
        Encrypted outcome = exchange(alice, bob, SAVP);
        assertEquals(SrtpSuite.AES_CM_128_HMAC_SHA1_80, outcome.send().suite());
        assertFalse(outcome.toString().contains(outcome.sendKey().keyAndSalt().toString()));
    }

    @Test void aKeyIsNotKeptWhenOnlyTheSessionParametersChange() {
        Encrypted plain = encrypted(bob.answer(SAVP, List.of("1 AES_CM_128_HMAC_SHA1_80 " + KEY), true));
        Encrypted derived = encrypted(bob.answer(SAVP, List.of("1 AES_CM_128_HMAC_SHA1_80 " + KEY + " KDR=10"), true));
        assertNotEquals(plain.send(), derived.send());
        assertNotEquals(plain.sendKey(), derived.sendKey(), "a new sender under the old key would use its key stream twice");
        bob.offer(true);
        Encrypted back = encrypted(bob.accept(SAVP, List.of("1 AES_CM_128_HMAC_SHA1_80 " + KEY)));
        assertNotEquals(derived.sendKey(), back.sendKey());
        assertNotEquals(plain.sendKey(), back.sendKey());
    }

    @Test void keysAreKeptOverReinvitesFromEitherSide() {
        Encrypted first = exchange(alice, bob, SAVP);
        Encrypted hold = exchange(alice, bob, SAVP);
        assertEquals(first.sendKey(), hold.sendKey());
        assertEquals(first.receiveKeys(), hold.receiveKeys());
        Encrypted back = exchange(bob, alice, SAVP);
        assertEquals(first.sendKey(), back.receiveKeys().get(0));
        assertEquals(first.receiveKeys().get(0), back.sendKey());
        alice.renew();
        Encrypted renewed = exchange(alice, bob, SAVP);
        assertNotEquals(first.sendKey(), renewed.sendKey());
        assertEquals(first.receiveKeys(), renewed.receiveKeys(), "the peer's key need not change");
        assertTrue(renewed.sameSending(first) && renewed.sameReceiving(first), "same suite: rekey is enough");
    }

    @Test void twoForksMayAnswerOneOffer() {
        List<String> offer = written(alice.offer(true));
        Encrypted one = encrypted(bob.answer(SAVP, offer, true));
        Encrypted two = encrypted(negotiator(Mode.REQUIRED, 9).answer(SAVP, offer, true));
        encrypted(alice.accept(SAVP, List.of(one.answer().orElseThrow().write())));
        Encrypted second = encrypted(alice.accept(SAVP, List.of(two.answer().orElseThrow().write())));
        assertEquals(two.sendKey(), second.receiveKeys().get(0));
    }

    /** RFC 8643: RTP/AVP with crypto lines; a peer without SRTP answers in clear. */
    @Test void opportunisticMediaFallsBack() {
        SdesNegotiator open = negotiator(Mode.OPPORTUNISTIC, 4);
        assertFalse(open.offersSecureProfile());
        assertFalse(open.offer(true).isEmpty());
        assertInstanceOf(Clear.class, open.accept(AVP, List.of()));
        exchange(negotiator(Mode.OPPORTUNISTIC, 5), bob, AVP);
        assertInstanceOf(Clear.class, open.answer(AVP, List.of(), true));
        assertEquals("the peer offers no key for encrypted media", refused(open.answer(SAVP, List.of(), true)));
    }

    @Test void requiredMeansRequired() {
        assertEquals("encrypted media is required: the peer offers no key for encrypted media",
            refused(alice.answer(AVP, List.of(), true)));
        alice.offer(true);
        assertEquals("encrypted media is required: the peer answers without a key", refused(alice.accept(AVP, List.of())));
    }

    @Test void keysDoNotTravelInClearUnlessTold() {
        assertEquals(List.of(), alice.offer(false));
        String offer = "1 AES_CM_128_HMAC_SHA1_80 " + KEY;
        assertEquals("the peer offers keys over signalling that is not encrypted; use TLS",
            refused(bob.answer(SAVP, List.of(offer), false)));
        assertInstanceOf(Clear.class, bob.answer(AVP, List.of(offer), false));
        SdesNegotiator told = new SdesNegotiator(SecurityPolicy.of(Mode.REQUIRED).withClearSignalling(), IdSource.seeded(1));
        assertFalse(told.offer(false).isEmpty());
        encrypted(told.answer(SAVP, List.of(offer), false));
    }

    @Test void switchedOffIsOff() {
        SdesNegotiator off = negotiator(Mode.NONE, 1);
        assertEquals(List.of(), off.offer(true));
        assertInstanceOf(Clear.class, off.answer(AVP, List.of("1 AES_CM_128_HMAC_SHA1_80 " + KEY), true));
        assertEquals("the peer wants encrypted media, which is switched off here",
            refused(off.answer(SAVP, List.of("1 AES_CM_128_HMAC_SHA1_80 " + KEY), true)));
    }

    @Test void linesThatCannotBeKeptArePassedOver() {
        String good = "9 aes_cm_256_hmac_sha1_80 inline:" + "A".repeat(61) + "A==|2^20|66051:4 KDR=3 -maybe WSH=64";
        Encrypted outcome = encrypted(bob.answer(SAVP, List.of("1 F8_128_HMAC_SHA1_80 " + KEY, "2 AES_CM_128_HMAC_SHA1_80 inline:AAAA",
            "x", "3 AES_CM_128_HMAC_SHA1_80 " + KEY + " UNENCRYPTED_SRTP", "4 AES_CM_128_HMAC_SHA1_80 " + KEY + " FEC_ORDER=SRTP_FEC",
            "5 AES_CM_128_HMAC_SHA1_80 " + KEY + " novelty=1", "6 AES_CM_128_HMAC_SHA1_80 " + KEY + ';' + KEY,
            "7 AES_CM_128_HMAC_SHA1_80 " + KEY + " KDR=25", good), true));
        assertEquals(SrtpSuite.AES_256_CM_HMAC_SHA1_80, outcome.send().suite());
        assertEquals(1 << 20, outcome.receive().lifetime());
        assertEquals(3, outcome.receive().derivationRateBits());
        assertEquals(4, outcome.receiveKeys().get(0).mkiBytes());
        assertEquals(1, outcome.receiveKeys().get(0).mki()[1]);
        CryptoAttribute answer = outcome.answer().orElseThrow();
        assertEquals(9, answer.tag());
        assertEquals("aes_cm_256_hmac_sha1_80", answer.suite(), "the peer's own name for it");
        assertEquals(List.of("KDR=3"), answer.sessionParameters());
        assertTrue(refused(bob.answer(SAVP, List.of("1 F8_128_HMAC_SHA1_80 " + KEY, "x"), true))
            .startsWith("no crypto suite in common: the peer offers [F8_128_HMAC_SHA1_80, (malformed)]"));
    }

    @Test void weakenedMediaIsForThoseWhoAllowIt() {
        SdesNegotiator lax = new SdesNegotiator(SecurityPolicy.of(Mode.WHEN_OFFERED).withWeakened(), IdSource.seeded(1));
        Encrypted outcome = encrypted(lax.answer(SAVP, List.of("1 AES_CM_128_HMAC_SHA1_80 " + KEY + " UNENCRYPTED_SRTP UNENCRYPTED_SRTCP"),
            true));
        assertFalse(outcome.receive().encryptRtp());
        assertFalse(outcome.receive().encryptRtcp());
        assertEquals(List.of("UNENCRYPTED_SRTP", "UNENCRYPTED_SRTCP"), outcome.answer().orElseThrow().sessionParameters());
    }

    @Test void anAnswerMustAnswer() {
        alice.offer(true);
        String own = "1 AES_CM_128_HMAC_SHA1_80 " + KEY;
        for (List<String> bad : List.of(List.of("7 AES_CM_128_HMAC_SHA1_80 " + KEY), List.of("2 AES_CM_128_HMAC_SHA1_80 " + KEY),
                List.of("nonsense"), List.of(own, own), List.of(own + " UNENCRYPTED_SRTCP"))) {
            refused(alice.accept(SAVP, bad));
        }
        encrypted(alice.accept(SAVP, List.of(own)));
    }
}
