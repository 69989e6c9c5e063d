package io.earshot.dsp.progress;

import static java.util.Objects.checkFromIndexSize;

import io.earshot.dsp.GoertzelDetector;
import io.earshot.dsp.LevelMeter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Hears the call-progress tones of a country: a tone counts when its frequencies hold nearly all of the power, a cadence once it has
 * been heard all round, short ones three times; a continuous tone once it is longer than any other of the country; special
 * information when its three tones followed each other.
 * Blocks of 20 ms overlap by half. Where two tones of a country differ in nothing, the first of {@link ProgressTone} is told.
 * Single-threaded; listening allocates nothing.
 */
public final class CallProgressDetector {
    private static final int CONTINUOUS_MARGIN = 700;
    private static final int HOP_MILLIS = 10;
    private static final int SMALLEST_RUN = 15;
    /** So long a sound without the tones in it is no border between a tone and a pause. */
    private static final int OTHER_SOUND = 40;
    private static final int RUNS = 16;
    private static final double AUDIBLE_DBFS = -43;
    private static final double SHARE = 0.72;
    private static final double PRESENT = 0.12;
    private static final double[] SPECIAL = {950, 1400, 1800};
    private static final double SPECIAL_TOLERANCE = 0.6;

    private final int hopSamples;
    private final List<CadencePattern> patterns = new ArrayList<>();
    private final double[] frequencies;
    private final int continuousMillis;
    private final Ears[] ears = new Ears[2];
    private final double[] shares;
    private final boolean[][] sets;
    private final int[] runs = new int[RUNS];
    private final double[] levels = new double[RUNS];
    private final boolean[] heard;
    private int filled;
    private int run = -1;
    private int count;
    private boolean on;
    private int length;
    private int other;
    private int otherSound;
    private double loudest;
    private int turn;
    private int specialAt;
    private int specialMillis;
    private ProgressTone told;
    private ProgressTone pending;
    private int sinceTold;

    /** Makes a detector. */
    public CallProgressDetector(int sampleRate, TonePlan plan) {
        hopSamples = sampleRate * HOP_MILLIS / 1000;
        TreeSet<Double> all = new TreeSet<>();
        for (ProgressTone tone : ProgressTone.values()) {
            if (tone != ProgressTone.SPECIAL_INFORMATION) {
                CadencePattern pattern = new CadencePattern(tone, plan.cadence(tone));
                patterns.add(pattern);
                Arrays.stream(pattern.frequencies()).forEach(all::add);
            }
        }
        continuousMillis = patterns.stream().mapToInt(CadencePattern::longestOn).max().orElse(0) + CONTINUOUS_MARGIN;
        frequencies = all.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.setAll(ears, i -> new Ears(sampleRate, frequencies));
        shares = new double[frequencies.length];
        heard = new boolean[frequencies.length];
        sets = new boolean[patterns.size()][frequencies.length];
        for (int i = 0; i < sets.length; i++) {
            for (double hz : patterns.get(i).frequencies()) {
                sets[i][Arrays.binarySearch(frequencies, hz)] = true;
            }
        }
    }

    /** Listens to the next samples; then drain {@link #poll}. */
    public void add(short[] pcm, int offset, int samples) {
        checkFromIndexSize(offset, samples, pcm.length);
        int done = 0;
        while (done < samples) {
            int part = Math.min(samples - done, hopSamples - filled);
            for (Ears each : ears) {
                each.add(pcm, offset + done, part);
            }
            filled += part;
            done += part;
            if (filled == hopSamples) {
                filled = 0;
                turn ^= 1;
                block(ears[turn]);
            }
        }
    }

    /** Returns the tone that was recognised since the last call; each is told once until another one comes, or five seconds pass. */
    public Optional<ProgressTone> poll() {
        ProgressTone tone = pending;
        pending = null;
        return Optional.ofNullable(tone);
    }

    private void block(Ears heardNow) {
        double total = heardNow.meter.rmsDbfs();
        boolean audible = total > AUDIBLE_DBFS;
        double power = Math.pow(10, total / 10);
        special(heardNow, audible, power);
        boolean tonal = audible && measure(heardNow, power);
        heardNow.reset();
        loudest = tonal ? Math.max(loudest, total) : loudest;
        sinceTold += HOP_MILLIS;
        follow(tonal, audible);
    }

    /** Tells whether the plan's frequencies hold the power; of neighbours the largest counts. */
    private boolean measure(Ears heardNow, double power) {
        double sum = 0;
        double cluster = 0;
        for (int i = 0; i < shares.length; i++) {
            shares[i] = Math.pow(10, heardNow.plan[i].levelDbfs() / 10) / power;
            boolean near = i > 0 && frequencies[i] - frequencies[i - 1] < 60;
            if (!near) {
                sum += cluster;
                cluster = 0;
            }
            cluster = Math.max(cluster, shares[i]);
        }
        sum += cluster;
        return sum > SHARE || sum > 0.45 && clustered();
    }

    /** Tells whether the strongest frequency belongs to a chord whose beats make the share of one block vary. */
    private boolean clustered() {
        for (CadencePattern pattern : patterns) {
            double[] chord = pattern.frequencies();
            if (chord.length > 1 && chord[chord.length - 1] - chord[0] < 100) {
                return true;
            }
        }
        return false;
    }

    private void follow(boolean tonal, boolean audible) {
        if (tonal == on) {
            length += HOP_MILLIS + other;
            other = 0;
        } else {
            other += HOP_MILLIS;
            if (other > SMALLEST_RUN) { // one odd block is a border between a tone and a pause, or a click
                turn(tonal);
            }
        }
        if (tonal) {
            for (int i = 0; i < heard.length; i++) {
                heard[i] |= shares[i] > PRESENT;
            }
        }
        otherSound = audible && !tonal ? otherSound + HOP_MILLIS : 0;
        if (otherSound > OTHER_SOUND) {
            count = 0; // somebody speaks: no cadence
        }
        if (on && length >= continuousMillis) {
            continuous();
        }
    }

    private void turn(boolean tonal) {
        run = (run + 1) % RUNS;
        runs[run] = length;
        levels[run] = loudest;
        count = Math.min(RUNS, count + 1);
        on = tonal;
        length = other;
        other = 0;
        if (tonal) {
            Arrays.fill(heard, false);
            loudest = Double.NEGATIVE_INFINITY;
            return;
        }
        for (int i = 0; i < sets.length; i++) {
            CadencePattern pattern = patterns.get(i);
            if (suits(i) && pattern.matches(runs, levels, run, count)) {
                tell(pattern.tone);
                return;
            }
        }
    }

    private void continuous() {
        for (int i = 0; i < sets.length; i++) {
            if (patterns.get(i).continuous() && suits(i)) {
                tell(patterns.get(i).tone);
                return;
            }
        }
    }

    /** Tells whether what sounded is the chord of a pattern, as far as frequencies can be told apart in a block. */
    private boolean suits(int pattern) {
        for (int i = 0; i < heard.length; i++) {
            if (heard[i] != sets[pattern][i] && !hasNeighbour(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean hasNeighbour(int i) {
        return i > 0 && frequencies[i] - frequencies[i - 1] < 60 || i + 1 < heard.length && frequencies[i + 1] - frequencies[i] < 60;
    }

    private void special(Ears heardNow, boolean audible, double power) {
        int which = -1;
        for (int i = 0; i < SPECIAL.length && audible; i++) {
            which = Math.pow(10, heardNow.special[i].levelDbfs() / 10) / power > SPECIAL_TOLERANCE ? i : which;
        }
        if (which == specialAt && which >= 0) {
            specialMillis += HOP_MILLIS;
            if (specialAt == SPECIAL.length - 1 && specialMillis == 160) {
                tell(ProgressTone.SPECIAL_INFORMATION);
            }
        } else if (which == specialAt + 1 && specialMillis >= 200) {
            specialAt = which;
            specialMillis = HOP_MILLIS;
        } else if (which >= 0 || !audible) {
            specialAt = 0;
            specialMillis = which == 0 ? HOP_MILLIS : 0;
        }
    }

    private void tell(ProgressTone tone) {
        if (tone != told || sinceTold > 5000) {
            pending = tone;
        }
        told = tone;
        sinceTold = 0;
    }

    /** What listens to one block; another one is half a block behind. */
    private static final class Ears {
        private final GoertzelDetector[] plan;
        private final GoertzelDetector[] special = new GoertzelDetector[SPECIAL.length];
        private final LevelMeter meter = new LevelMeter();

        Ears(int sampleRate, double[] frequencies) {
            plan = new GoertzelDetector[frequencies.length];
            Arrays.setAll(plan, i -> new GoertzelDetector(sampleRate, frequencies[i]));
            Arrays.setAll(special, i -> new GoertzelDetector(sampleRate, SPECIAL[i]));
        }

        void add(short[] pcm, int offset, int samples) {
            for (GoertzelDetector ear : plan) {
                ear.add(pcm, offset, samples);
            }
            for (GoertzelDetector ear : special) {
                ear.add(pcm, offset, samples);
            }
            meter.add(pcm, offset, samples);
        }

        void reset() {
            meter.reset();
            for (GoertzelDetector ear : plan) {
                ear.reset();
            }
            for (GoertzelDetector ear : special) {
                ear.reset();
            }
        }
    }
}
