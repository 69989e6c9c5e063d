package io.earshot.srtp.dtls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.id.IdSource;
import io.earshot.rtp.secure.HandshakeVerdict;
import io.earshot.rtp.secure.HandshakeVerdict.Agreed;
import io.earshot.rtp.secure.HandshakeVerdict.Refused;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Offers and answers of an association, and when a later one makes another. */
@Tag("rfc5763")
@Tag("rfc8842")
class DtlsExchangeTest {
    private static final Executor NOBODY = task -> { };
    private static final DtlsIdentity ALICE = DtlsIdentity.generate(IdSource.seeded(1), Instant.EPOCH);
    private static final DtlsIdentity BOB = DtlsIdentity.generate(IdSource.seeded(2), Instant.EPOCH);
    private static final DtlsIdentity CAROL = DtlsIdentity.generate(IdSource.seeded(3), Instant.EPOCH);
    private final DtlsExchange alice = new DtlsExchange(ALICE, List.of(), IdSource.seeded(11), NOBODY);
    private final DtlsExchange bob = new DtlsExchange(BOB, List.of(), IdSource.seeded(12), NOBODY);

    private static Agreed agreed(HandshakeVerdict verdict) {
        return assertInstanceOf(Agreed.class, verdict);
    }

    private static String refused(HandshakeVerdict verdict) {
        return assertInstanceOf(Refused.class, verdict).reason();
    }

    /** Offers, answers, and tells whether both began another association. */
    private static boolean anew(DtlsExchange offerer, DtlsExchange answerer) {
        Agreed answered = agreed(answerer.answer(List.of(), offerer.offer()));
        Agreed accepted = agreed(offerer.accept(List.of(), answered.answer()));
        assertEquals(answered.anew(), accepted.anew(), "both know of it");
        return answered.anew();
    }

    /** What this peer wrote, with another role. */
    private static List<String> as(Setup setup, List<String> written) {
        return written.stream().map(line -> line.startsWith("setup:") ? "setup:" + setup : line).toList();
    }

    @Test void theAnswererBeginsAndLaterOffersOfEitherSideGoOnWithWhatThereIs() {
        List<String> offer = alice.offer();
        assertTrue(offer.contains("setup:actpass"));
        List<String> answer = agreed(bob.answer(List.of(), offer)).answer();
        assertTrue(answer.contains("setup:active"), answer.toString());
        assertTrue(agreed(alice.accept(List.of(), answer)).anew());
        assertFalse(anew(alice, bob));
        List<String> reversed = agreed(alice.answer(List.of(), bob.offer())).answer();
        assertTrue(reversed.contains("setup:passive"), "who was passive stays so, whoever offers: " + reversed);
        assertFalse(agreed(bob.accept(List.of(), reversed)).anew());
        assertFalse(anew(bob, alice));
    }

    @Test void aPeerThatWantsTheOtherRoleGetsAnotherAssociation() {
        anew(alice, bob);
        Agreed turned = agreed(alice.answer(List.of(), as(Setup.PASSIVE, bob.offer())));
        assertTrue(turned.anew());
        assertTrue(turned.answer().contains("setup:active"), turned.answer().toString());
        assertTrue(agreed(bob.accept(List.of(), turned.answer())).anew());
        assertFalse(anew(bob, alice), "and the new roles stay");
    }

    @Test void anotherCertificateOrANewNameIsAnotherAssociation() {
        anew(alice, bob);
        DtlsExchange carol = new DtlsExchange(CAROL, List.of(), IdSource.seeded(13), NOBODY);
        assertTrue(agreed(alice.answer(List.of(), carol.offer())).anew(), "a transfer behind our back");
        anew(bob, alice);
        alice.renew();
        assertTrue(anew(alice, bob));
        assertFalse(anew(alice, bob));
    }

    @Test void aPeerThatLeavesOpenWhoBeginsIsRefused() {
        assertEquals("the peer offers a=setup:holdconn, so no keys can be agreed on",
            refused(bob.answer(List.of(), as(Setup.HOLDCONN, alice.offer()))));
        List<String> answer = agreed(bob.answer(List.of(), alice.offer())).answer();
        assertEquals("the peer answers with a=setup:actpass, which leaves open who begins the DTLS handshake",
            refused(alice.accept(List.of(), as(Setup.ACTPASS, answer))));
        assertInstanceOf(HandshakeVerdict.Absent.class, alice.accept(List.of(), List.of("setup:active")));
    }

    @Test void fixedRolesOfOldPeersAreFollowed() {
        Agreed passive = agreed(bob.answer(List.of(), as(Setup.ACTIVE, alice.offer())));
        assertTrue(passive.answer().contains("setup:passive"));
        DtlsExchange other = new DtlsExchange(BOB, List.of(), IdSource.seeded(14), NOBODY);
        assertTrue(agreed(other.answer(List.of(), as(Setup.PASSIVE, alice.offer()))).answer().contains("setup:active"));
    }
}
