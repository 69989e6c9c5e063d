package io.earshot.dsp.dtmf;

import static java.util.Objects.checkFromIndexSize;

import io.earshot.dsp.Resampler;

/**
 * Hears DTMF digits within the limits of ITU-T Q.24 as AT&amp;T, the strictest administration there, sets them: 40 ms of tone and 40 ms of
 * pause suffice, 1.5 % off frequency is taken and 3.5 % is not, the column may be 4 dB louder or 8 dB weaker than the row, each tone from
 * 0 to -25 dBm0 (-28 dBFS), interruptions below 10 ms are bridged, tones below 23 ms are no digits. Voices are not taken for digits: both
 * frequencies must be pure, steady, and hold nearly all of the power. Single-threaded; listening allocates nothing.
 */
public final class DtmfDetector {
    private static final int RATE = 8000;
    private static final int STEP = 8;
    private static final int CHUNK = 480;
    private static final int STEPS_PER_LOOK = 2;
    private static final int HISTORY = BandFilter.TAPS + ToneTracker.WINDOW * STEP;

    private static final double TOLERANCE = 0.03;
    /** Where a digit begins and ends, the stronger tone bends the frequency that is measured of the weaker. */
    private static final double TOLERANCE_AT_EDGES = 0.045;
    /** What counts towards the length of a digit: where it begins and ends its tones blur each other. */
    private static final double PURE = 0.75;
    private static final double SHARE = 0.85;
    /** What a digit must have been for {@link #CLEAN_LOOKS} of that length, and a vowel is not. */
    private static final double CLEAN_PURE = 0.93;
    private static final double CLEAN_SHARE = 0.93;
    private static final int CLEAN_LOOKS = 10;
    private static final double LOUDER_COLUMN = 3.3; // 5.2 dB
    private static final double LOUDER_ROW = 8.3; // 9.2 dB
    /** Squared magnitude of a tone of -32.5 dBFS, as {@link ToneTracker#power} counts. */
    private static final double WEAKEST = 32767.0 * 32767 / 4 * Math.pow(10, -3.25);
    private static final int LOOKS_TO_START = 19;
    private static final int LOOKS_TO_END = 14;
    private static final int NONE = -1;
    private static final double ROW_HZ = 817;
    private static final double COLUMN_HZ = 1421;
    private static final BandFilter ROWS = new BandFilter(ROW_HZ, 260);
    private static final BandFilter COLUMNS = new BandFilter(COLUMN_HZ, 350);

    private final Resampler resampler;
    private final short[] resampled;
    private final ToneTracker row = new ToneTracker(ROW_HZ, ROWS);
    private final ToneTracker column = new ToneTracker(COLUMN_HZ, COLUMNS);
    private final float[] history = new float[2 * HISTORY];
    private final char[] digits = new char[64];
    private int filled;
    private int toStep = STEP;
    private int toLook = STEPS_PER_LOOK;
    private int candidate = NONE;
    private int looks;
    private boolean clean;
    private int cleanLooks;
    private int sounding = NONE;
    private int missed;
    private int head;
    private int waiting;

    /**
     * Makes a detector.
     *
     * @param sampleRate any that {@link Resampler} takes
     */
    public DtmfDetector(int sampleRate) {
        resampler = sampleRate == RATE ? null : new Resampler(sampleRate, RATE);
        resampled = new short[resampler == null ? 0 : resampler.maxOutput(CHUNK)];
    }

    /** Listens to the next samples; then drain {@link #poll}. */
    public void add(short[] pcm, int offset, int samples) {
        checkFromIndexSize(offset, samples, pcm.length);
        if (resampler == null) {
            listen(pcm, offset, samples);
            return;
        }
        for (int done = 0; done < samples; done += CHUNK) {
            int count = resampler.process(pcm, offset + done, Math.min(CHUNK, samples - done), resampled, 0);
            listen(resampled, 0, count);
        }
    }

    /** Returns the next digit that began, 0 when there is none; a digit is told some 30 ms after its start. */
    public char poll() {
        if (waiting == 0) {
            return 0;
        }
        char digit = digits[head];
        head = (head + 1) % digits.length;
        waiting--;
        return digit;
    }

    /** Returns the digit that sounds, 0 when none does. */
    public char sounding() {
        return sounding == NONE ? 0 : DtmfFrequencies.digit(sounding / 4, sounding % 4);
    }

    /** Forgets what was heard, digits that wait included. */
    public void reset() {
        java.util.Arrays.fill(history, 0);
        filled = 0;
        candidate = NONE;
        looks = 0;
        sounding = NONE;
        missed = 0;
        waiting = 0;
    }

    private void listen(short[] pcm, int offset, int samples) {
        for (int i = 0; i < samples; i++) {
            float sample = pcm[offset + i];
            history[filled] = sample; // kept twice, so that the last HISTORY samples are always in a row
            history[filled + HISTORY] = sample;
            filled = filled + 1 == HISTORY ? 0 : filled + 1;
            toStep--;
            if (toStep == 0) {
                toStep = STEP;
                row.add(history, filled + HISTORY - BandFilter.TAPS);
                column.add(history, filled + HISTORY - BandFilter.TAPS);
                toLook--;
                if (toLook == 0) {
                    toLook = STEPS_PER_LOOK;
                    decide(look());
                }
            }
        }
    }

    /** Returns the key that the last 16 ms hold, or NONE. */
    private int look() {
        row.measure();
        column.measure();
        double low = row.power();
        double high = column.power();
        double share = 2 * (low + high) / power();
        if (low < WEAKEST || high < WEAKEST || high > low * LOUDER_COLUMN || low > high * LOUDER_ROW
                || row.purity() < PURE || column.purity() < PURE || share < SHARE) {
            return NONE;
        }
        clean = row.purity() > CLEAN_PURE && column.purity() > CLEAN_PURE && share > CLEAN_SHARE;
        double tolerance = clean ? TOLERANCE : TOLERANCE_AT_EDGES;
        int r = DtmfFrequencies.row(row.hz(), tolerance);
        int c = DtmfFrequencies.column(column.hz(), tolerance);
        return r < 0 || c < 0 ? NONE : 4 * r + c;
    }

    /** Mean square of the samples in the middle of what the filters saw. */
    private double power() {
        double sum = 1e-9;
        int from = filled + BandFilter.TAPS / 2;
        int count = ToneTracker.WINDOW * STEP;
        for (int i = from; i < from + count; i++) {
            sum += (double) history[i] * history[i];
        }
        return sum / count;
    }

    private void decide(int key) {
        if (key == sounding && key != NONE) {
            missed = 0;
            candidate = NONE;
            looks = 0;
            return;
        }
        if (sounding != NONE) {
            missed++;
            if (missed >= LOOKS_TO_END) {
                sounding = NONE;
            }
        }
        looks = key != NONE && key == candidate ? looks + 1 : 1;
        cleanLooks = (looks == 1 ? 0 : cleanLooks) + (clean ? 1 : 0);
        candidate = key;
        if (key != NONE && looks >= LOOKS_TO_START && cleanLooks >= CLEAN_LOOKS) {
            sounding = key;
            missed = 0;
            looks = 0;
            tell(DtmfFrequencies.digit(key / 4, key % 4));
        }
    }

    private void tell(char digit) {
        if (waiting == digits.length) { // nobody polls: the oldest goes
            head = (head + 1) % digits.length;
            waiting--;
        }
        digits[(head + waiting) % digits.length] = digit;
        waiting++;
    }
}
