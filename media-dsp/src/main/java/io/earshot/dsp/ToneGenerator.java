package io.earshot.dsp;

import static java.util.Objects.checkFromIndexSize;

import io.earshot.dsp.kernel.Oscillator;
import io.earshot.dsp.kernel.Samples;
import java.util.Arrays;

/**
 * Plays a {@link Cadence}: test tones, call-progress tones, DTMF. Phases are continuous from frame to frame and from segment to segment,
 * attacks and releases take 2 ms; the sum saturates if the levels add up to more than full scale. Segment borders are kept to the sample.
 * Single-threaded; generating allocates nothing.
 *
 * <pre>{@code
 * ToneGenerator tone = ToneGenerator.sine(8000, 440, -10);
 * tone.generate(frame, 0, 160);
 * }</pre>
 */
public final class ToneGenerator {
    private static final int RAMPS_PER_SECOND = 500;
    private static final int CHUNK = 480;

    private final int sampleRate;
    private final Cadence cadence;
    private final Oscillator[] oscillators = new Oscillator[ToneSegment.MAX_FREQUENCIES];
    private final float[] sum = new float[CHUNK];
    private int segment;
    private int round;
    /** Samples until the segment ends; once the cadence is over, until the last tone has faded. */
    private long left;
    private boolean over;

    /**
     * Makes a generator.
     *
     * @throws IllegalArgumentException when a frequency is not below half of {@code sampleRate}
     */
    public ToneGenerator(int sampleRate, Cadence cadence) {
        if (sampleRate < 2 * RAMPS_PER_SECOND) {
            throw new IllegalArgumentException("sample rate " + sampleRate);
        }
        for (ToneSegment each : cadence.segments()) {
            if (each.frequencies().stream().anyMatch(hz -> hz * 2 >= sampleRate)) {
                throw new IllegalArgumentException("frequencies " + each.frequencies() + " at a sample rate of " + sampleRate);
            }
        }
        this.sampleRate = sampleRate;
        this.cadence = cadence;
        Arrays.setAll(oscillators, i -> new Oscillator(sampleRate, sampleRate / RAMPS_PER_SECOND));
        enter();
    }

    /** Returns a generator of one sine that never ends. */
    public static ToneGenerator sine(int sampleRate, double hz, double levelDbfs) {
        return new ToneGenerator(sampleRate, Cadence.once(ToneSegment.sine(hz, levelDbfs, ToneSegment.ENDLESS)));
    }

    /** Returns a generator of two sines that never end. */
    public static ToneGenerator dual(int sampleRate, double firstHz, double secondHz, double levelDbfs) {
        return new ToneGenerator(sampleRate, Cadence.once(ToneSegment.dual(firstHz, secondHz, levelDbfs, ToneSegment.ENDLESS)));
    }

    /** Tells whether the cadence has been played to its end and its last tone has faded. */
    public boolean isFinished() {
        return over && left == 0;
    }

    /** Ends the cadence here: the tone that sounds fades within 2 ms. */
    public void stop() {
        if (!over) {
            finish();
        }
    }

    /**
     * Writes the next samples, silence after the end.
     *
     * @return how many of them belong to the cadence: fewer than {@code samples} only in the frame in which it ends, and 0 afterwards
     */
    public int generate(short[] out, int offset, int samples) {
        checkFromIndexSize(offset, samples, out.length);
        int done = 0;
        while (done < samples && !isFinished()) {
            int count = (int) Math.min(Math.min(samples - done, CHUNK), left);
            synthesise(out, offset + done, count);
            done += count;
            left = left == ToneSegment.ENDLESS ? left : left - count;
            if (left == 0 && !over) {
                advance();
            }
        }
        Arrays.fill(out, offset + done, offset + samples, (short) 0);
        return done;
    }

    private void synthesise(short[] out, int offset, int count) {
        Arrays.fill(sum, 0, count, 0);
        for (Oscillator oscillator : oscillators) {
            oscillator.addTo(sum, 0, count);
        }
        for (int i = 0; i < count; i++) {
            out[offset + i] = Samples.saturate(sum[i]);
        }
    }

    private void advance() {
        segment++;
        if (segment == cadence.segments().size()) {
            segment = 0;
            round = cadence.repeats() == Cadence.FOREVER ? 0 : round + 1;
        }
        if (round == cadence.repeats()) {
            finish();
        } else {
            enter();
        }
    }

    private void enter() {
        ToneSegment current = cadence.segments().get(segment);
        double amplitude = Decibels.FULL_SCALE * Decibels.toLinear(current.levelDbfs());
        for (int i = 0; i < oscillators.length; i++) {
            if (i < current.frequencies().size()) {
                oscillators[i].tune(current.frequencies().get(i), amplitude);
            } else {
                oscillators[i].fadeTo(0);
            }
        }
        left = current.millis() > Long.MAX_VALUE / sampleRate ? ToneSegment.ENDLESS : Math.max(1, current.millis() * sampleRate / 1000);
    }

    private void finish() {
        over = true;
        boolean sounds = false;
        for (Oscillator oscillator : oscillators) {
            oscillator.fadeTo(0);
            sounds |= !oscillator.isSilent();
        }
        left = sounds ? sampleRate / RAMPS_PER_SECOND : 0;
    }
}
