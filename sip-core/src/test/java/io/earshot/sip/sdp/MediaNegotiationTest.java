package io.earshot.sip.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.id.IdSource;
import io.earshot.sip.sdp.MediaNegotiation.Accepted;
import io.earshot.sip.sdp.MediaNegotiation.Agreed;
import io.earshot.sip.sdp.MediaNegotiation.Declined;
import io.earshot.sip.sdp.MediaNegotiation.Offered;
import io.earshot.sip.sdp.OfferAnswer.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("rfc3261")
@Tag("rfc3264")
@Tag("rfc6337")
class MediaNegotiationTest {
    private final MediaNegotiation start = MediaNegotiation.start(Codecs.with(Codecs.PCMU, Codecs.OPUS).build(), IdSource.seeded(5));

    private static Agreed agreed(MediaNegotiation from, String... answer) {
        var step = from.complete(Codecs.session(answer));
        return assertInstanceOf(Agreed.class, step, step::toString);
    }

    private static Accepted accepted(MediaNegotiation from, String... offer) {
        var step = from.answer(Codecs.session(offer));
        return assertInstanceOf(Accepted.class, step, step::toString);
    }

    private static Direction direction(SessionDescription sdp) {
        return sdp.direction(sdp.media().get(0));
    }

    private static String version(SessionDescription sdp) {
        return sdp.origin().version();
    }

    /** A session that we offered and the peer answered with PCMU. */
    private MediaNegotiation caller() {
        return agreed(start.offer().next(), "m=audio 4000 RTP/AVP 0", "a=sendrecv").next();
    }

    /** A session that the peer offered. */
    private MediaNegotiation callee() {
        return accepted(start, "m=audio 4000 RTP/AVP 0 111", "a=rtpmap:111 opus/48000/2").next();
    }

    @Test
    void nothingIsAgreedBeforeTheAnswer() {
        Offered offered = start.offer();
        assertEquals(Optional.empty(), offered.next().audio());
        assertEquals(Optional.empty(), offered.next().local());
        assertEquals(Optional.of(offered.offer()), offered.next().openOffer());
        Agreed agreed = agreed(offered.next(), "m=audio 4000 RTP/AVP 0");
        assertEquals(Optional.of(agreed.audio()), agreed.next().audio());
        assertEquals(Optional.of(offered.offer()), agreed.next().local());
        assertFalse(agreed.next().isOfferOpen());
        assertFalse(start.isOfferOpen(), "the first state is untouched");
    }

    @Test
    void theVersionGrowsByOneWithEachChangeAndTheSessionStays() {
        MediaNegotiation session = caller();
        String id = session.local().orElseThrow().origin().sessionId();
        List<String> versions = new ArrayList<>(List.of(version(session.local().orElseThrow())));
        for (int i = 0; i < 4; i++) {
            Offered offered = session.withHold(!session.isHeld()).offer();
            versions.add(version(offered.offer()));
            assertEquals(id, offered.offer().origin().sessionId());
            session = agreed(offered.next(), "m=audio 4000 RTP/AVP 0").next();
        }
        assertEquals(List.of("1", "2", "3", "4", "5"), versions);
    }

    @Test
    void anUnchangedOfferOrAnswerKeepsItsVersionAndEveryByte() {
        MediaNegotiation session = caller();
        assertEquals(session.local().orElseThrow().toString(), session.offer().offer().toString());
        Accepted first = accepted(start, "m=audio 4000 RTP/AVP 0");
        Accepted again = accepted(first.next(), "m=audio 4000 RTP/AVP 0");
        assertEquals(first.answer().toString(), again.answer().toString());
        assertEquals("2", version(accepted(again.next(), "m=audio 4000 RTP/AVP 0", "a=sendonly").answer()));
    }

    @Test
    void aVersionThatLeftUsIsNotUsedAgainForAnotherContent() {
        MediaNegotiation session = caller();
        Offered rejected = session.withHold(true).offer();
        MediaNegotiation back = rejected.next().withoutOffer().withHold(false);
        assertEquals(session.local(), back.local());
        assertEquals(session.audio(), back.audio());
        assertEquals("2", version(rejected.offer()));
        assertEquals("3", version(back.offer().offer()));
    }

    @Test
    void versionsRunOnBetweenAnswersAndOffers() {
        MediaNegotiation session = callee();
        Offered hold = session.withHold(true).offer();
        assertEquals("2", version(hold.offer()));
        MediaNegotiation held = agreed(hold.next(), "m=audio 4000 RTP/AVP 0", "a=recvonly").next();
        assertEquals("3", version(accepted(held, "m=audio 4000 RTP/AVP 0", "a=sendonly").answer()));
    }

    @Test
    void sessionIdsAreRandomAndFitASignedNumber() {
        String other = MediaNegotiation.start(start.capabilities(), IdSource.seeded(6)).offer().offer().origin().sessionId();
        String id = start.offer().offer().origin().sessionId();
        assertFalse(id.equals(other));
        assertTrue(Long.parseLong(id) >= 0);
    }

    @Test
    void holdAndResumeByUs() {
        Offered hold = caller().withHold(true).offer();
        assertEquals(Direction.SENDONLY, direction(hold.offer()));
        Agreed held = agreed(hold.next(), "m=audio 4000 RTP/AVP 0", "a=recvonly");
        assertEquals(Direction.SENDONLY, held.audio().direction());
        assertFalse(held.audio().remoteHold());
        Offered resume = held.next().withHold(false).offer();
        assertEquals(Direction.SENDRECV, direction(resume.offer()));
        assertEquals(Direction.SENDRECV, agreed(resume.next(), "m=audio 4000 RTP/AVP 0").audio().direction());
    }

    @ParameterizedTest
    @CsvSource({"a=sendonly, c=IN IP4 198.51.100.7, RECVONLY", "a=inactive, c=IN IP4 198.51.100.7, INACTIVE",
        "a=sendrecv, c=IN IP4 0.0.0.0, RECVONLY", "a=x, c=IN IP6 ::, RECVONLY", "a=inactive, c=IN IP4 0.0.0.0, INACTIVE"})
    void holdAndResumeByThePeerInEveryForm(String direction, String connection, Direction expected) {
        Accepted held = accepted(caller(), "m=audio 4000 RTP/AVP 0", connection, direction);
        assertTrue(held.audio().remoteHold());
        assertEquals(expected, held.audio().direction());
        assertEquals(expected, direction(held.answer()));
        Accepted resumed = accepted(held.next(), "m=audio 4000 RTP/AVP 0");
        assertFalse(resumed.audio().remoteHold());
        assertEquals(Direction.SENDRECV, resumed.audio().direction());
    }

    @Test
    void bothHoldAndResumeOneAfterTheOther() {
        MediaNegotiation theyHold = accepted(caller(), "m=audio 4000 RTP/AVP 0", "a=sendonly").next();
        Offered weHoldToo = theyHold.withHold(true).offer();
        assertEquals(Direction.INACTIVE, direction(weHoldToo.offer()));
        Agreed both = agreed(weHoldToo.next(), "m=audio 4000 RTP/AVP 0", "a=inactive");
        assertTrue(both.audio().remoteHold(), "our offer did not ask, so their hold stands");
        Accepted theyResume = accepted(both.next(), "m=audio 4000 RTP/AVP 0", "a=sendrecv");
        assertEquals(Direction.SENDONLY, direction(theyResume.answer()), "we still hold");
        assertFalse(theyResume.audio().remoteHold());
        Agreed weResume = agreed(theyResume.next().withHold(false).offer().next(), "m=audio 4000 RTP/AVP 0");
        assertEquals(Direction.SENDRECV, weResume.audio().direction());
    }

    @Test
    void resumingWhileThePeerHoldsOffersBothWaysAndGetsOne() {
        MediaNegotiation theyHold = accepted(caller(), "m=audio 4000 RTP/AVP 0", "a=sendonly").next();
        MediaNegotiation both = agreed(theyHold.withHold(true).offer().next(), "m=audio 4000 RTP/AVP 0", "a=inactive").next();
        Offered resume = both.withHold(false).offer();
        assertEquals(Direction.SENDRECV, direction(resume.offer()));
        Agreed agreed = agreed(resume.next(), "m=audio 4000 RTP/AVP 0", "a=sendonly");
        assertEquals(Direction.RECVONLY, agreed.audio().direction());
        assertTrue(agreed.audio().remoteHold());
    }

    @Test
    void theirHoldWhileWeHoldMakesItInactive() {
        MediaNegotiation weHold = agreed(caller().withHold(true).offer().next(), "m=audio 4000 RTP/AVP 0", "a=recvonly").next();
        Accepted both = accepted(weHold, "m=audio 4000 RTP/AVP 0", "a=sendonly");
        assertEquals(Direction.INACTIVE, direction(both.answer()));
        assertEquals(Direction.SENDONLY, direction(accepted(both.next(), "m=audio 4000 RTP/AVP 0").answer()), "ours remains");
    }

    @Test
    void anOfferlessInviteIsOfferedByTheCalleeAndAnsweredInTheAck() {
        Offered in200 = start.offer();
        MediaNegotiation callee = agreed(in200.next(), "m=audio 4000 RTP/AVP 0").next();
        assertEquals(Direction.SENDRECV, callee.audio().orElseThrow().direction());
        MediaNegotiation caller = accepted(start, "m=audio 4000 RTP/AVP 0").next();
        assertEquals("2", version(caller.withHold(true).offer().offer()));
    }

    @Test
    void forksCompleteTheSameOfferEachForThemselves() {
        MediaNegotiation open = start.offer().next();
        Agreed one = agreed(open, "m=audio 4000 RTP/AVP 0");
        Agreed two = agreed(open, "m=audio 5000 RTP/AVP 96", "a=rtpmap:96 opus/48000/2");
        assertEquals("PCMU", one.audio().codec().descriptor().name());
        assertEquals("opus", two.audio().codec().descriptor().name());
        assertEquals(one.next().local(), two.next().local());
    }

    @Test
    void numbersOfThePeersOfferAreKeptInOurNextOnes() {
        SessionDescription reoffer = callee().offer().offer();
        assertEquals("PCMU", callee().audio().orElseThrow().codec().descriptor().name());
        assertEquals(List.of("0", "96", "101", "97"), reoffer.media().get(0).formats());
        MediaNegotiation opus = accepted(callee(), "m=audio 4000 RTP/AVP 111 120", "a=rtpmap:111 opus/48000/2",
            "a=rtpmap:120 telephone-event/48000").next();
        assertEquals(List.of("0", "111", "101", "120"), opus.offer().offer().media().get(0).formats());
    }

    @Test
    void aNumberNeverChangesItsMeaningInASession() {
        MediaNegotiation session = accepted(start, "m=audio 4000 RTP/AVP 96", "a=rtpmap:96 PCMU/8000").next();
        MediaDescription media = session.offer().offer().media().get(0);
        assertEquals("PCMU", media.rtpMaps().get(96).encoding());
        assertEquals("opus", media.rtpMaps().get(97).encoding());
        AudioCapabilities changed = session.capabilities().withFormats(
            List.of(AudioCapabilities.Format.of(Codecs.ILBC, Codecs.PROVIDER), AudioCapabilities.Format.of(Codecs.OPUS, Codecs.PROVIDER)));
        MediaNegotiation offered = session.offer().next().withoutOffer().withCapabilities(changed);
        MediaDescription later = offered.offer().offer().media().get(0);
        assertEquals("opus", later.rtpMaps().get(97).encoding());
        assertFalse(later.rtpMaps().containsKey(96));
        assertEquals("iLBC", later.rtpMaps().get(Integer.parseInt(later.formats().get(0))).encoding());
    }

    @Test
    void mediaLinesKeepNumberAndOrder() {
        MediaNegotiation session = accepted(start, "m=video 5000 RTP/AVP 31", "m=audio 4000 RTP/AVP 0", "a=mid:aud", "m=image 6 udptl t38")
            .next();
        SessionDescription reoffer = session.withHold(true).offer().offer();
        assertEquals(List.of("video", "audio", "image"), reoffer.media().stream().map(MediaDescription::type).toList());
        assertEquals(List.of(0, 4000, 0), reoffer.media().stream().map(MediaDescription::port).toList());
        assertEquals(Optional.of("aud"), reoffer.media().get(1).mid());
        Agreed agreed = agreed(session.offer().next(), "m=video 0 RTP/AVP 31", "m=audio 4000 RTP/AVP 0", "m=image 0 udptl t38");
        assertEquals(1, agreed.audio().mediaIndex());
        assertEquals(1, agreed(session.offer().next(), "m=video 0 RTP/AVP 31", "m=audio 4000 RTP/AVP 0").audio().mediaIndex(),
            "a refused line at the end may be missing");
    }

    @Test
    void mediaAddedByThePeerIsRefusedAndTheAudioStaysWhereItIs() {
        Accepted added = accepted(caller(), "m=audio 4000 RTP/AVP 0", "m=video 5000 RTP/AVP 31");
        assertEquals(List.of(4000, 0), added.answer().media().stream().map(MediaDescription::port).toList());
        MediaNegotiation second = accepted(start, "m=audio 3998 RTP/SAVP 0", "m=audio 4000 RTP/AVP 0").next();
        Accepted bothFine = accepted(second, "m=audio 3998 RTP/AVP 0", "m=audio 4000 RTP/AVP 0");
        assertEquals(1, bothFine.audio().mediaIndex());
        Accepted moved = accepted(bothFine.next(), "m=audio 3998 RTP/AVP 0", "m=audio 0 RTP/AVP 0");
        assertEquals(0, moved.audio().mediaIndex());
        assertEquals(List.of(4000, 0), moved.next().offer().offer().media().stream().map(MediaDescription::port).toList());
    }

    @Test
    void anUnacceptableOfferChangesNothing() {
        MediaNegotiation session = caller();
        Declined declined = assertInstanceOf(Declined.class, session.answer(Codecs.session("m=audio 0 RTP/AVP 0", "m=image 6 udptl t38")));
        assertEquals(Refusal.NO_AUDIO, declined.reason().reason());
        assertEquals(session.audio(), declined.next().audio());
        assertEquals("2", version(declined.next().withHold(true).offer().offer()));
    }

    @Test
    void anUnacceptableAnswerClosesTheOfferAndChangesNothingElse() {
        MediaNegotiation session = caller();
        Declined declined = assertInstanceOf(Declined.class, session.offer().next().complete(Codecs.session("m=audio 0 RTP/AVP 0")));
        assertEquals(Refusal.REJECTED_BY_PEER, declined.reason().reason());
        assertFalse(declined.next().isOfferOpen());
        assertEquals(session.audio(), declined.next().audio());
    }

    @Test
    void aChangeOfAddressOrCodecsReachesTheNextOffer() {
        MediaNegotiation moved = caller().withCapabilities(start.capabilities().withAddress(new MediaAddress("203.0.113.5", 7000), 7001));
        SessionDescription offer = moved.offer().offer();
        assertEquals("203.0.113.5", offer.connection().orElseThrow().address());
        assertEquals(7000, offer.media().get(0).port());
        assertEquals("192.0.2.1", offer.origin().address(), "o= keeps all but its version");
        assertEquals(new MediaAddress("203.0.113.5", 7000), agreed(moved.offer().next(), "m=audio 4000 RTP/AVP 0").audio().local());
    }

    @Test
    void capabilitiesChangedWhileAnOfferIsOpenDoNotTouchItsAnswer() {
        MediaNegotiation open = start.offer().next().withCapabilities(Codecs.with(Codecs.PCMA).build());
        assertEquals("PCMU", agreed(open, "m=audio 4000 RTP/AVP 0").audio().codec().descriptor().name());
    }

    @Test
    void callsOutOfTurnAreProgrammingErrors() {
        MediaNegotiation open = start.offer().next();
        assertThrows(IllegalStateException.class, open::offer);
        assertThrows(IllegalStateException.class, () -> open.answer(Codecs.session("m=audio 4000 RTP/AVP 0")));
        assertThrows(IllegalStateException.class, () -> start.complete(Codecs.session("m=audio 4000 RTP/AVP 0")));
    }

    @Test
    void codecsMayBeReorderedByAReOffer() {
        MediaNegotiation session = accepted(start.withCapabilities(Codecs.with(Codecs.OPUS, Codecs.PCMU).build()), "m=audio 4000 RTP/AVP 0")
            .next();
        Accepted better = accepted(session, "m=audio 4000 RTP/AVP 0 100", "a=rtpmap:100 opus/48000/2");
        assertEquals(100, better.audio().codec().sendPayloadType());
        Agreed reordered = agreed(better.next().offer().next(), "m=audio 4000 RTP/AVP 0 100", "a=rtpmap:100 opus/48000/2");
        assertEquals("PCMU", reordered.audio().codec().descriptor().name());
        assertEquals(2, reordered.audio().codecs().size());
    }
}
