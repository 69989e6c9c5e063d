package io.earshot.sip.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.codec.spi.CodecDescriptor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rfc3264")
@Tag("rfc5761")
class PayloadTypesTest {
    private static PayloadTypes.Allocation fresh(PayloadTypes before) {
        return before.new Allocation(Codecs.with(Codecs.PCMU).build());
    }

    @Test
    void preferredNumbersAreGivenWhileFree() {
        PayloadTypes.Allocation numbers = fresh(PayloadTypes.NONE);
        assertEquals(Optional.of(111), numbers.number("a", 111));
        assertEquals(Optional.of(96), numbers.number("b", 111));
        assertEquals(Optional.of(97), numbers.number("c", CodecDescriptor.DYNAMIC));
        assertEquals(Optional.of(101), numbers.eventNumber(8000));
        assertEquals(Optional.of(98), numbers.eventNumber(48000));
    }

    @Test
    void whatHadANumberBeforeGetsItAgainAndNobodyElseDoes() {
        PayloadTypes before = PayloadTypes.NONE.with(Map.of(96, "a", 101, "b"));
        PayloadTypes.Allocation numbers = fresh(before);
        assertEquals(Optional.of(97), numbers.number("c", 96));
        assertEquals(Optional.of(96), numbers.number("a", 120));
        assertEquals(Optional.of(98), numbers.eventNumber(8000), "101 means something else in this session");
        assertEquals(Optional.of(101), numbers.number("b", CodecDescriptor.DYNAMIC));
    }

    @Test
    void theDynamicRangeEndsAtLastAndNeverTouchesThatOfRtcp() {
        PayloadTypes.Allocation numbers = fresh(PayloadTypes.NONE);
        List<Integer> given = new ArrayList<>();
        for (int i = 0; ; i++) {
            Optional<Integer> number = numbers.number("codec" + i, CodecDescriptor.DYNAMIC);
            if (number.isEmpty()) {
                break;
            }
            given.add(number.get());
        }
        assertEquals(31 + 29, given.size(), "96 to 127 without 101, then 35 to 63");
        assertEquals(given.size(), new HashSet<>(given).size());
        assertTrue(given.stream().noneMatch(number -> number >= 64 && number < 96));
        assertFalse(given.contains(101));
    }

    @Test
    void anOfferLeavesOutWhatNoNumberIsLeftFor() {
        AudioCapabilities.Builder many = AudioCapabilities.builder(new MediaAddress("192.0.2.1", 4000));
        for (int i = 0; i < 80; i++) {
            many.codec(new CodecDescriptor("x" + i, 8000, 8000, 1, CodecDescriptor.DYNAMIC, 20, 20, 1), Codecs.PROVIDER);
        }
        SessionDescription offer = OfferAnswer.offer(Origin.first("-", "1", "192.0.2.1"), many.build());
        assertEquals(61, offer.media().get(0).formats().size(), "60 codecs and telephone-event");
        assertEquals(61, offer.media().get(0).rtpMaps().size());
        assertEquals(offer, Codecs.parse(offer.toString()));
    }

    @Test
    void aStateIsNotChangedByWhatIsAddedToIt() {
        PayloadTypes one = PayloadTypes.NONE.with(Map.of(96, "a"));
        PayloadTypes two = one.with(Map.of(97, "b", 96, "c"));
        assertEquals(Map.of(), PayloadTypes.NONE.meanings());
        assertEquals(Map.of(96, "a"), one.meanings());
        assertEquals(Map.of(96, "c", 97, "b"), two.meanings());
    }
}
