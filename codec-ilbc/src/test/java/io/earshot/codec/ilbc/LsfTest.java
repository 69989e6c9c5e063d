package io.earshot.codec.ilbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rfc3951")
class LsfTest {
    private final Lsf lsf = new Lsf();

    @Test
    void frequenciesSurviveTheWayThroughTheFilter() {
        SplittableRandom random = new SplittableRandom(1);
        float[] filters = new float[4 * IlbcTables.TAPS];
        for (int i = 0; i < 500; i++) {
            float[] sent = new float[10];
            float at = 0;
            for (int k = 0; k < 10; k++) {
                at += 0.06f + (float) random.nextDouble() * 0.2f;
                sent[k] = at;
            }
            lsf.interpolate(IlbcMode.MILLIS_20, sent, sent, filters);
            float[] back = new float[10];
            float[] filter = java.util.Arrays.copyOf(filters, IlbcTables.TAPS);
            assertTrue(lsf.fromFilter(filter, back, 0));
            for (int k = 0; k < 10; k++) {
                assertEquals(sent[k], back[k], 1e-2, "frequency " + k);
            }
        }
    }

    @Test
    void theFilterThatDoesNothingHasEvenlySpacedFrequencies() {
        float[] filter = new float[IlbcTables.TAPS];
        filter[0] = 1;
        float[] found = new float[10];
        assertTrue(lsf.fromFilter(filter, found, 0));
        for (int k = 0; k < 10; k++) {
            assertEquals((k + 1) * Math.PI / 11, found[k], 1e-4);
        }
    }

    @Test
    void anUnstableFilterLeavesWhatWasThere() {
        float[] filter = {1, -3, 4, -3, 2, -5, 1, 1, -4, 2, 3};
        float[] found = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
        assertFalse(lsf.fromFilter(filter, found, 0));
        assertEquals(7, found[6]);
    }

    @Test
    void whateverTheIndicesNeighboursKeepTheirDistanceOrNearly() {
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 2_000; i++) {
            int[] frame = {random.nextInt(64), random.nextInt(128), random.nextInt(128)};
            float[] out = new float[10];
            Lsf.dequantise(frame, 1, out);
            for (int k = 0; k < 9; k++) {
                assertTrue(out[k] >= 0.01f && out[k] <= 3.14f, "frequency " + k + " is " + out[k]);
            }
        }
    }

    @Test
    void choosesTheNearestVectorOfEachPart() {
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 100; i++) {
            float[] wanted = new float[10];
            for (int k = 0; k < 10; k++) {
                wanted[k] = 0.25f * (k + 1) + 0.4f * (float) random.nextDouble();
            }
            int[] frame = new int[3];
            Lsf.quantise(wanted, 1, frame);
            int from = 0;
            int at = 0;
            for (int part = 0; part < 3; part++) {
                int dimension = IlbcTables.LSF_DIMENSIONS[part];
                double chosen = distance(wanted, at, from + frame[part] * dimension, dimension);
                for (int j = 0; j < IlbcTables.LSF_SIZES[part]; j++) {
                    assertTrue(chosen <= distance(wanted, at, from + j * dimension, dimension) + 1e-6, "part " + part);
                }
                from += dimension * IlbcTables.LSF_SIZES[part];
                at += dimension;
            }
        }
    }

    private static double distance(float[] wanted, int at, int from, int dimension) {
        double sum = 0;
        for (int k = 0; k < dimension; k++) {
            double difference = wanted[at + k] - IlbcTables.LSF_CODEBOOK[from + k] / 8192.0;
            sum += difference * difference;
        }
        return sum;
    }
}
