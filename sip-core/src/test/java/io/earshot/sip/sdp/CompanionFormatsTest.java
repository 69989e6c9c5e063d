package io.earshot.sip.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.id.IdSource;
import io.earshot.sip.sdp.AudioCapabilities.Option;
import io.earshot.sip.sdp.MediaNegotiation.Accepted;
import io.earshot.sip.sdp.MediaNegotiation.Agreed;
import io.earshot.sip.sdp.MediaNegotiation.Offered;
import io.earshot.sip.sdp.NegotiatedAudio.Companions;
import io.earshot.sip.sdp.NegotiatedAudio.Mapping;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Comfort noise and redundancy in offers and answers. */
class CompanionFormatsTest {
    private static AudioCapabilities capabilities(boolean noise, boolean redundancy) {
        return Codecs.with(Codecs.PCMU, Codecs.PCMA).option(Option.COMFORT_NOISE, noise).redundancy(redundancy ? 1 : 0).build();
    }

    private static SessionDescription sdp(String lines) {
        return Codecs.session(lines.strip().split("\r\n"));
    }

    private static Companions agreed(MediaNegotiation mine, SessionDescription answer) {
        return ((Agreed) mine.complete(answer)).audio().companions();
    }

    @Tag("rfc3389")
    @Tag("rfc2198")
    @Test void bothSidesWantThem() {
        Offered offered = MediaNegotiation.start(capabilities(true, true), IdSource.seeded(1)).offer();
        String offer = offered.offer().toString();
        assertTrue(offer.contains("a=rtpmap:13 CN/8000"), offer);
        assertTrue(offer.contains("a=rtpmap:96 red/8000\r\na=fmtp:96 0/0"), offer);
        Accepted accepted = (Accepted) MediaNegotiation.start(capabilities(true, true), IdSource.seeded(2)).answer(offered.offer());
        Companions both = new Companions(Optional.of(new Mapping(13, 13)), Optional.of(new Mapping(96, 96)), 1);
        assertEquals(both, accepted.audio().companions());
        assertEquals(both, agreed(offered.next(), accepted.answer()));
        assertTrue(accepted.answer().toString().contains("a=fmtp:96 0/0"));
    }

    @Test void whoDoesNotWantThemLeavesThemOut() {
        Offered offered = MediaNegotiation.start(capabilities(true, true), IdSource.seeded(1)).offer();
        Accepted accepted = (Accepted) MediaNegotiation.start(capabilities(false, false), IdSource.seeded(2)).answer(offered.offer());
        assertEquals(Companions.NONE, accepted.audio().companions());
        assertEquals(Companions.NONE, agreed(offered.next(), accepted.answer()));
        String plain = MediaNegotiation.start(capabilities(false, false), IdSource.seeded(1)).offer().offer().toString();
        assertTrue(!plain.contains("CN/") && !plain.contains("red/"), plain);
    }

    @Tag("rfc2198")
    @Test void redundancyOfAnotherCodecIsOfNoUse() {
        MediaNegotiation start = MediaNegotiation.start(capabilities(true, true), IdSource.seeded(1));
        SessionDescription other = sdp("m=audio 5000 RTP/AVP 0 121\r\na=rtpmap:121 red/8000\r\na=fmtp:121 5/5\r\n");
        assertEquals(Companions.NONE, ((Accepted) start.answer(other)).audio().companions());
        SessionDescription unsaid = sdp("m=audio 5000 RTP/AVP 0 121\r\na=rtpmap:121 red/8000\r\n");
        assertEquals(Optional.of(new Mapping(121, 121)), ((Accepted) start.answer(unsaid)).audio().companions().redundancy());
        SessionDescription rate = sdp("m=audio 5000 RTP/AVP 0 121\r\na=rtpmap:121 red/48000/2\r\n");
        assertEquals(Companions.NONE, ((Accepted) start.answer(rate)).audio().companions());
    }

    @Tag("rfc3264")
    @Test void theAnswerMayNumberThemOtherwise() {
        Offered offered = MediaNegotiation.start(capabilities(true, true), IdSource.seeded(1)).offer();
        SessionDescription answer = sdp("m=audio 5000 RTP/AVP 0 113 114\r\na=rtpmap:113 CN/8000\r\na=rtpmap:114 red/8000\r\n");
        assertEquals(new Companions(Optional.of(new Mapping(113, 13)), Optional.of(new Mapping(114, 96)), 1),
            agreed(offered.next(), answer));
    }

    @Tag("rfc3264")
    @Test void numbersKeepTheirMeaning() {
        MediaNegotiation state = MediaNegotiation.start(capabilities(true, true), IdSource.seeded(1));
        Accepted first = (Accepted) state.answer(sdp("m=audio 5000 RTP/AVP 0 13 96\r\na=rtpmap:96 red/8000\r\n"));
        String again = first.next().offer().offer().toString();
        assertTrue(again.contains("a=rtpmap:13 CN/8000") && again.contains("a=rtpmap:96 red/8000"), again);
    }

    @Tag("rfc2198")
    @Test void eachSendsAsManyCopiesAsItWantsAndTheOtherLists() {
        AudioCapabilities three = Codecs.with(Codecs.PCMU).redundancy(3).build();
        AudioCapabilities two = Codecs.with(Codecs.PCMU).redundancy(2).build();
        Offered offered = MediaNegotiation.start(three, IdSource.seeded(1)).offer();
        assertTrue(offered.offer().toString().contains("red/8000\r\na=fmtp:96 0/0/0/0\r\n"), offered.offer().toString());
        Accepted accepted = (Accepted) MediaNegotiation.start(two, IdSource.seeded(2)).answer(offered.offer());
        assertTrue(accepted.answer().toString().contains("a=fmtp:96 0/0/0\r\n"), accepted.answer().toString());
        assertEquals(2, accepted.audio().companions().copies(), "no more than we want to");
        assertEquals(2, agreed(offered.next(), accepted.answer()).copies(), "no more than the peer lists");
        SessionDescription unsaid = sdp("m=audio 5000 RTP/AVP 0 114\r\na=rtpmap:114 red/8000\r\n");
        assertEquals(3, agreed(offered.next(), unsaid).copies());
        SessionDescription alone = sdp("m=audio 5000 RTP/AVP 0 114\r\na=rtpmap:114 red/8000\r\na=fmtp:114 0\r\n");
        assertEquals(1, agreed(offered.next(), alone).copies());
    }
}
