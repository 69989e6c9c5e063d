package io.earshot.codec.speex;

/** The pair of filters that part a signal into two halves of its band, and put it together again. */
final class Qmf {
    private static final int TAPS = 64;
    private static final float[] HALF = {
        3.596189e-05f, -0.0001123515f, -0.0001104587f, 0.0002790277f, 0.0002298438f, -0.0005953563f, -0.0003823631f, 0.00113826f,
        0.0005308539f, -0.001986177f, -0.0006243724f, 0.003235877f, 0.0005743159f, -0.004989147f, -0.0002584767f, 0.007367171f,
        -0.0004857935f, -0.01050689f, 0.001894714f, 0.01459396f, -0.004313674f, -0.01994365f, 0.00828756f, 0.02716055f,
        -0.01485397f, -0.03764973f, 0.026447f, 0.05543245f, -0.05095487f, -0.09779096f, 0.1382363f, 0.4600981f
    };
    private static final float[] EVEN = new float[TAPS / 2];
    private static final float[] ODD = new float[TAPS / 2];

    static {
        for (int i = 0; i < TAPS / 2; i++) {
            EVEN[i] = 2 * tap(2 * i);
            ODD[i] = 2 * tap(2 * i + 1);
        }
    }

    private final int half;
    private final float[] sums;
    private final float[] differences;
    private final float[] input;
    private final float[] evenOut;
    private final float[] oddOut;

    /** For frames of so many samples of the whole band. */
    Qmf(int frame) {
        half = frame / 2;
        sums = new float[TAPS / 2 - 1 + half];
        differences = new float[TAPS / 2 - 1 + half];
        input = new float[TAPS - 1 + frame];
        evenOut = new float[half];
        oddOut = new float[half];
    }

    private static float tap(int i) {
        return HALF[i < TAPS / 2 ? i : TAPS - 1 - i];
    }

    /** Joins the bands, the high one of which is behind the low one in the array, in place. */
    void join(float[] bands) {
        int past = TAPS / 2 - 1;
        System.arraycopy(sums, half, sums, 0, past);
        System.arraycopy(differences, half, differences, 0, past);
        for (int i = 0; i < half; i++) {
            sums[past + i] = bands[i] + bands[half + i];
            differences[past + i] = bands[i] - bands[half + i];
            evenOut[i] = 0;
            oddOut[i] = 0;
        }
        for (int j = 0; j <= past; j++) {
            Filters.add(EVEN[j], differences, past - j, evenOut, 0, half);
            Filters.add(ODD[j], sums, past - j, oddOut, 0, half);
        }
        for (int i = 0; i < half; i++) {
            bands[2 * i] = evenOut[i];
            bands[2 * i + 1] = oddOut[i];
        }
    }

    /** Parts the signal into its bands, in place: the low one, and behind it the high one, the frequencies of which run backwards. */
    void split(float[] signal) {
        int past = TAPS - 1;
        System.arraycopy(input, 2 * half, input, 0, past);
        System.arraycopy(signal, 0, input, past, 2 * half);
        java.util.Arrays.fill(evenOut, 0);
        java.util.Arrays.fill(oddOut, 0);
        // the samples that even taps meet, and those that odd ones meet, each in a row of their own
        for (int i = 0; i < sums.length; i++) {
            differences[i] = input[2 * i];
            sums[i] = input[2 * i + 1];
        }
        for (int j = 0; j < TAPS / 2; j++) {
            Filters.add(tap(2 * j), differences, j, evenOut, 0, half);
            Filters.add(tap(2 * j + 1), sums, j, oddOut, 0, half);
        }
        for (int i = 0; i < half; i++) {
            signal[i] = evenOut[i] + oddOut[i];
            signal[half + i] = oddOut[i] - evenOut[i];
        }
    }
}
