package io.earshot.rtp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rfc3550")
class EModelTest {
    @Test void aPerfectLineHasTheDefaultRating() {
        assertEquals(93.2, EModel.rating(0, 0), 1e-9);
        assertEquals(4.41, EModel.mos(93.2), 0.01);
    }

    @Test void ratingsMapToScoresAsInTheRecommendation() {
        assertEquals(1, EModel.mos(-5), 0);
        assertEquals(2.58, EModel.mos(50), 0.01);
        assertEquals(3.10, EModel.mos(60), 0.01);
        assertEquals(4.03, EModel.mos(80), 0.01);
        assertEquals(4.5, EModel.mos(100), 0.01);
    }

    @Test void lossAndDelayNeverImproveIt() {
        double last = 5;
        for (int loss = 0; loss <= 100; loss += 5) {
            double mos = EModel.mos(EModel.rating(loss, 100));
            assertTrue(mos <= last && mos >= 1);
            last = mos;
        }
        assertTrue(EModel.rating(0, 400) < EModel.rating(0, 150) - 20);
    }
}
