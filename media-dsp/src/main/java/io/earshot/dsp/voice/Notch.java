package io.earshot.dsp.voice;

/** Takes one frequency out: a biquad filter. */
final class Notch {
    private double b0;
    private double b1;
    private double a1;
    private double a2;
    private double x1;
    private double x2;
    private double y1;
    private double y2;
    double hz;
    int framesLeft;

    void tune(int sampleRate, double frequency, double widthHz, int frames) {
        double w = 2 * Math.PI * frequency / sampleRate;
        double alpha = Math.sin(w) * widthHz / (2 * frequency);
        double a0 = 1 + alpha;
        b0 = 1 / a0;
        b1 = -2 * Math.cos(w) / a0;
        a1 = b1;
        a2 = (1 - alpha) / a0;
        if (framesLeft == 0) {
            x1 = 0;
            x2 = 0;
            y1 = 0;
            y2 = 0;
        }
        hz = frequency;
        framesLeft = frames;
    }

    double filter(double x) {
        double y = b0 * x + b1 * x1 + b0 * x2 - a1 * y1 - a2 * y2;
        x2 = x1;
        x1 = x;
        y2 = y1;
        y1 = y;
        return y;
    }
}
