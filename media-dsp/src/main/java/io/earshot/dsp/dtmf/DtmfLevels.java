package io.earshot.dsp.dtmf;

/**
 * Levels and lengths of generated digits.
 *
 * @param lowDbfs level of the row frequency, -60 to -6
 * @param highDbfs level of the column frequency, -60 to -6
 * @param toneMillis length of a digit, 40 to 8000
 * @param gapMillis silence between digits, 40 to 8000
 */
public record DtmfLevels(double lowDbfs, double highDbfs, int toneMillis, int gapMillis) {
    /** The column 2 dB above the row, to make up for long lines; 100 ms on, 80 ms off; about -6 dBm0 together. */
    public static final DtmfLevels DEFAULT = new DtmfLevels(-13, -11, 100, 80);

    /** Checks the ranges. */
    public DtmfLevels {
        if (!(lowDbfs >= -60 && lowDbfs <= -6 && highDbfs >= -60 && highDbfs <= -6)) {
            throw new IllegalArgumentException("DTMF levels must be -60 to -6 dBFS, not " + lowDbfs + " and " + highDbfs);
        }
        if (toneMillis < 40 || toneMillis > 8000 || gapMillis < 40 || gapMillis > 8000) {
            throw new IllegalArgumentException("DTMF digits and gaps must be 40 to 8000 ms, not " + toneMillis + " and " + gapMillis);
        }
    }
}
