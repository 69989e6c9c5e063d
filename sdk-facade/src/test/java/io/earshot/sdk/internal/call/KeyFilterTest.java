package io.earshot.sdk.internal.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.DtmfMethod;
import io.earshot.api.time.Ticker;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Keys that come in several ways. */
class KeyFilterTest {
    private final KeyFilter filter = new KeyFilter();

    private boolean at(long millis, char key, DtmfMethod method) {
        return filter.isNew(key, method, millis * Ticker.MILLISECOND);
    }

    @Test
    void aKeyInTwoWaysIsOne() {
        assertTrue(at(0, '1', DtmfMethod.INFO_RELAY));
        assertFalse(at(200, '1', DtmfMethod.RTP));
        assertFalse(at(210, '1', DtmfMethod.IN_BAND));
    }

    @Test
    void theSameKeyTwiceIsTwoInWhateverWays() {
        assertTrue(at(0, '1', DtmfMethod.RTP));
        assertTrue(at(100, '1', DtmfMethod.RTP));
        assertFalse(at(150, '1', DtmfMethod.INFO));
        assertFalse(at(160, '1', DtmfMethod.INFO));
        assertTrue(at(170, '1', DtmfMethod.INFO));
    }

    @Test
    void theTwoFormsOfInfoAreOneWay() {
        assertTrue(at(0, '5', DtmfMethod.INFO));
        assertTrue(at(10, '5', DtmfMethod.INFO_RELAY));
    }

    @Test
    void aKeyThatComesMuchLaterIsAnother() {
        assertTrue(at(0, '9', DtmfMethod.RTP));
        assertTrue(at(1600, '9', DtmfMethod.INFO));
    }

    @Test
    void randomDigitsByTwoWaysWithRandomDelaysAreToldOnceEach() {
        Random random = new Random(7);
        for (int run = 0; run < 200; run++) {
            KeyFilter fresh = new KeyFilter();
            int told = 0;
            long[] next = {0, 0};
            int[] sent = {0, 0};
            String digits = random.ints(20, 0, 3).collect(StringBuilder::new, (s, d) -> s.append(d), StringBuilder::append).toString();
            while (sent[0] < 20 || sent[1] < 20) {
                int way = sent[0] == 20 ? 1 : sent[1] == 20 ? 0 : next[0] <= next[1] ? 0 : 1;
                if (fresh.isNew(digits.charAt(sent[way]), way == 0 ? DtmfMethod.RTP : DtmfMethod.INFO, next[way] * Ticker.MILLISECOND)) {
                    told++;
                }
                sent[way]++;
                next[way] = sent[way] * 240L + random.nextInt(220);
            }
            assertEquals(20, told, digits);
        }
    }

    @Test
    void aFloodIsRememberedOnlyInPart() {
        KeyFilter filter = new KeyFilter();
        for (int i = 0; i < 64; i++) {
            assertTrue(filter.isNew((char) ('0' + i % 10), DtmfMethod.RTP, i));
        }
        assertFalse(filter.isNew('3', DtmfMethod.INFO, 100), "the last 64 are known");
        for (int i = 0; i < 100_000; i++) {
            filter.isNew('5', DtmfMethod.RTP, 100);
        }
        assertTrue(filter.isNew('3', DtmfMethod.INFO, 101), "and no more");
    }
}
