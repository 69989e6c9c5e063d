package io.earshot.dsp.progress;

import io.earshot.dsp.Cadence;
import io.earshot.dsp.ToneSegment;
import java.util.Arrays;
import java.util.List;

/** A tone as the detector compares it: what sounds, and for how long on and off in turns. Immutable. */
final class CadencePattern {
    private static final int SHORT_PERIOD = 1200;
    private static final double LEVEL_TOLERANCE = 5;

    final ProgressTone tone;
    private final double[] frequencies;
    private final int[] millis;
    private final int period;
    private final double[] levels;

    CadencePattern(ProgressTone tone, Cadence cadence) {
        this.tone = tone;
        List<ToneSegment> segments = cadence.segments();
        frequencies = segments.get(0).frequencies().stream().mapToDouble(Double::doubleValue).toArray();
        millis = isContinuous(segments) ? new int[0] : segments.stream().mapToInt(each -> (int) each.millis()).toArray();
        levels = segments.stream().mapToDouble(ToneSegment::levelDbfs).toArray();
        period = Arrays.stream(millis).sum();
    }

    private static boolean isContinuous(List<ToneSegment> segments) {
        return segments.size() == 1;
    }

    /** Returns the longest time it sounds without a pause, in ms; 0 for a continuous tone. */
    int longestOn() {
        int longest = 0;
        for (int i = 0; i < millis.length; i += 2) {
            longest = Math.max(longest, millis[i]);
        }
        return longest;
    }

    boolean continuous() {
        return millis.length == 0;
    }

    double[] frequencies() {
        return frequencies;
    }

    /**
     * Compares the run lengths that were heard, the newest last and an on-time; the pattern must have been heard once round.
     *
     * @param runs lengths in ms in a ring: even places on, odd places off
     * @param heardLevels in dB, at the places of on-times
     * @param newest place of the newest complete run
     * @param count how many are there
     */
    boolean matches(int[] runs, double[] heardLevels, int newest, int count) {
        int needed = period < SHORT_PERIOD ? Math.max(millis.length + 1, 7) : millis.length + 1; // part of a longer row, else
        if (continuous() || count < needed) {
            return false;
        }
        for (int shift = 0; shift < millis.length; shift += 2) { // the newest run is the pattern's run number `shift`
            boolean all = true;
            for (int back = 0; back < needed && all; back++) {
                int wanted = millis[Math.floorMod(shift - back, millis.length)];
                all = near(runs[Math.floorMod(newest - back, runs.length)], wanted);
            }
            if (all && sameLevels(heardLevels, newest, shift)) {
                return true;
            }
        }
        return false;
    }

    /** Compares the newest on-time with the one before it: Australia tells busy and congestion apart by nothing else. */
    private boolean sameLevels(double[] heard, int newest, int shift) {
        double wanted = levels[shift] - levels[Math.floorMod(shift - 2, levels.length)];
        double step = heard[newest] - heard[Math.floorMod(newest - 2, heard.length)];
        return Math.abs(step - wanted) < LEVEL_TOLERANCE;
    }

    private static boolean near(int heard, int wanted) {
        return Math.abs(heard - wanted) <= Math.max(40, wanted * 15 / 100);
    }
}
