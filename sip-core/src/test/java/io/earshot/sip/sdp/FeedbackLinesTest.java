package io.earshot.sip.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.id.IdSource;
import io.earshot.sip.sdp.AudioCapabilities.Option;
import io.earshot.sip.sdp.NegotiatedAudio.Feedback;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What offers and answers say of feedback. */
@Tag("rfc4585")
class FeedbackLinesTest {
    private static final Origin ORIGIN = Origin.first("-", "7", "192.0.2.1");

    private static AudioCapabilities capabilities(boolean wanted, boolean profile) {
        return Codecs.with(Codecs.PCMU, Codecs.PCMA).option(Option.RTCP_NACK, wanted).option(Option.RTCP_REDUCED_SIZE, true)
            .offerFeedback(profile).build();
    }

    private static List<String> said(SessionDescription description) {
        return description.toString().lines().filter(line -> line.startsWith("a=rtcp-")).toList();
    }

    private static OfferAnswer.Answered answered(boolean wanted, String... lines) {
        return assertInstanceOf(OfferAnswer.Answered.class,
            OfferAnswer.answer(Codecs.session(lines), ORIGIN, capabilities(wanted, false)));
    }

    private static Feedback completed(String... lines) {
        AudioCapabilities ours = capabilities(true, true);
        return assertInstanceOf(OfferAnswer.Completed.class,
            OfferAnswer.complete(OfferAnswer.offer(ORIGIN, ours), Codecs.session(lines), ours)).audio().feedback();
    }

    @Test void onlyAnOfferWithTheProfileAsksForIt() {
        SessionDescription with = OfferAnswer.offer(ORIGIN, capabilities(true, true));
        assertEquals("RTP/AVPF", with.media().get(0).protocol());
        assertEquals(List.of("a=rtcp-fb:* nack", "a=rtcp-rsize"), said(with));
        SessionDescription without = OfferAnswer.offer(ORIGIN, capabilities(true, false));
        assertEquals("RTP/AVP", without.media().get(0).protocol());
        assertEquals(List.of("a=rtcp-rsize"), said(without));
        assertEquals(List.of("a=rtcp-rsize"), said(OfferAnswer.offer(ORIGIN, capabilities(false, true))));
    }

    @Test
    @Tag("rfc5506")
    void whatWeCanIsConfirmedWordForWordAndNothingElse() {
        OfferAnswer.Answered answer = answered(true, "m=audio 4000 RTP/AVPF 0 8", "a=rtcp-fb:0 nack", "a=rtcp-fb:8 nack",
            "a=rtcp-fb:0 nack pli", "a=rtcp-fb:0 transport-cc", "a=rtcp-fb:0 ccm fir", "a=rtcp-fb:0 NACK", "a=rtcp-fb:* trr-int 400",
            "a=rtcp-fb:0 trr-int 90000", "a=rtcp-fb", "a=rtcp-fb:0", "a=rtcp-rsize");
        assertEquals(List.of("a=rtcp-fb:0 nack", "a=rtcp-fb:* trr-int 400", "a=rtcp-rsize"), said(answer.answer()));
        assertEquals(new Feedback(true, true, OptionalInt.of(400)), answer.audio().feedback());
    }

    @Test void anyFormatMeansOursToo() {
        OfferAnswer.Answered answer = answered(true, "m=audio 4000 RTP/AVPF 0", "a=rtcp-fb:* nack");
        assertEquals(List.of("a=rtcp-fb:* nack"), said(answer.answer()));
        assertEquals(new Feedback(true, false, OptionalInt.empty()), answer.audio().feedback());
    }

    @Test void withoutTheProfileOrTheWishOrForAnotherFormatItIsNotConfirmed() {
        for (OfferAnswer.Answered answer : List.of(answered(true, "m=audio 4000 RTP/AVP 0", "a=rtcp-fb:0 nack"),
            answered(false, "m=audio 4000 RTP/AVPF 0", "a=rtcp-fb:0 nack"), answered(true, "m=audio 4000 RTP/AVPF 0 8", "a=rtcp-fb:8 nack"),
            answered(true, "m=audio 4000 RTP/AVPF 0 96", "a=rtpmap:96 telephone-event/8000", "a=rtcp-fb:96 nack"),
            answered(true, "m=audio 4000 RTP/AVPF 0", "a=rtcp-fb:* trr-int 400"))) {
            assertEquals(List.of(), said(answer.answer()));
            assertEquals(Feedback.NONE, answer.audio().feedback());
        }
    }

    @Test void anAnswerThatTakesItBindsBoth() {
        assertEquals(new Feedback(true, true, OptionalInt.empty()),
            completed("m=audio 4000 RTP/AVPF 0", "a=rtcp-fb:* nack", "a=rtcp-rsize"));
        assertEquals(new Feedback(true, false, OptionalInt.of(0)),
            completed("m=audio 4000 RTP/AVPF 0", "a=rtcp-fb:0 nack", "a=rtcp-fb:0 trr-int 0"));
        assertEquals(Feedback.NONE, completed("m=audio 4000 RTP/AVPF 0", "a=rtcp-rsize"));
        assertEquals(Feedback.NONE, completed("m=audio 4000 RTP/AVP 0", "a=rtcp-fb:* nack"));
    }

    @Test void theProfileOfTheSessionStaysInLaterOffers() {
        MediaNegotiation ours = MediaNegotiation.start(capabilities(true, false), IdSource.seeded(1));
        MediaNegotiation.Accepted accepted = assertInstanceOf(MediaNegotiation.Accepted.class,
            ours.answer(Codecs.session("m=audio 4000 RTP/AVPF 0", "a=rtcp-fb:0 nack")));
        SessionDescription hold = accepted.next().withHold(true).offer().offer();
        assertEquals("RTP/AVPF", hold.media().get(0).protocol());
        assertTrue(said(hold).contains("a=rtcp-fb:* nack"), hold.toString());
    }
}
