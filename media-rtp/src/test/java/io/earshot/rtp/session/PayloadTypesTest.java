package io.earshot.rtp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rfc3550")
@Tag("rfc5761")
class PayloadTypesTest {
    @Test void mapsTypesToClockRatesWithoutChangingTheFormerMap() {
        PayloadTypes one = PayloadTypes.none().with(0, 8000);
        PayloadTypes two = one.with(111, 48_000);
        assertEquals(8000, two.clockRate(0));
        assertEquals(48_000, two.clockRate(111));
        assertEquals(0, one.clockRate(111));
        assertEquals(0, two.clockRate(8));
    }

    @Test void findsATypeThatThePeerDoesNotKnow() {
        assertEquals(127, PayloadTypes.none().unused());
        assertEquals(125, PayloadTypes.none().with(127, 1).with(126, 1).unused());
    }

    @Test void refusesTypesThatLookLikeRtcp() {
        assertThrows(IllegalArgumentException.class, () -> PayloadTypes.none().with(72, 8000));
        assertThrows(IllegalArgumentException.class, () -> PayloadTypes.none().with(128, 8000));
        assertThrows(IllegalArgumentException.class, () -> PayloadTypes.none().with(0, 0));
    }
}
