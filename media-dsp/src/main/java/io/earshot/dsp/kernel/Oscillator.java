package io.earshot.dsp.kernel;

/**
 * A sine by rotation of a phasor: two multiplications and two additions per component and sample, exact in frequency. Its phase runs on
 * through changes of frequency and amplitude, and its amplitude slides instead of jumping, so neither clicks.
 */
public final class Oscillator {
    private final int sampleRate;
    private final int rampLength;
    private double cosine = 1;
    private double sine;
    private double stepCosine = 1;
    private double stepSine;
    private double amplitude;
    private double target;
    private double slope;
    private int rampLeft;

    /**
     * Makes a silent oscillator.
     *
     * @param rampLength samples that a change of amplitude takes
     */
    public Oscillator(int sampleRate, int rampLength) {
        this.sampleRate = sampleRate;
        this.rampLength = rampLength;
    }

    /** Takes another frequency and amplitude. */
    public void tune(double hz, double newAmplitude) {
        if (amplitude == 0 && rampLeft == 0) {
            cosine = 1; // from silence a tone starts at zero
            sine = 0;
        }
        double angle = 2 * Math.PI * hz / sampleRate;
        stepCosine = Math.cos(angle);
        stepSine = Math.sin(angle);
        fadeTo(newAmplitude);
    }

    /** Slides to another amplitude. */
    public void fadeTo(double newAmplitude) {
        if (newAmplitude != target) {
            target = newAmplitude;
            slope = (target - amplitude) / rampLength;
            rampLeft = rampLength;
        }
    }

    /** Tells whether there is nothing to hear, now and later. */
    public boolean isSilent() {
        return rampLeft == 0 && amplitude == 0;
    }

    /** Adds the next samples to {@code sum}. */
    public void addTo(float[] sum, int from, int count) {
        if (isSilent()) {
            return;
        }
        for (int i = from; i < from + count; i++) {
            if (rampLeft > 0) {
                rampLeft--;
                amplitude = target - slope * rampLeft;
            }
            sum[i] += (float) (amplitude * sine);
            double turned = cosine * stepCosine - sine * stepSine;
            sine = sine * stepCosine + cosine * stepSine;
            cosine = turned;
        }
        double correction = 1.5 - 0.5 * (cosine * cosine + sine * sine); // one Newton step back to the unit circle
        cosine *= correction;
        sine *= correction;
    }
}
