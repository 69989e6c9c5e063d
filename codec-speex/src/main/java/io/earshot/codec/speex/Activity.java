package io.earshot.codec.speex;

import java.util.Arrays;

/** Judges how much a frame deserves: below 2 it is noise, 10 is the onset of a voice. */
final class Activity {
    private static final double LEAST_ENERGY = 6_000;
    private static final double POWER = .3;
    private static final double LOUD = 1_600_000;
    private static final double LOG_3 = Math.log(3);

    private final double[] energies = new double[5];
    private double average = LOUD;
    private double last = 1;
    private double pitchiness;
    private double lastQuality;
    private double noise = .05 * Math.pow(LEAST_ENERGY, POWER);
    private double noiseWeight = .05;
    private int quiet;

    Activity() {
        Arrays.fill(energies, Math.log(LEAST_ENERGY));
    }

    /** Returns the quality wanted for a frame, of which that share is periodic. */
    float judge(float[] x, int n, float periodic) {
        double early = Filters.dot(x, 0, x, 0, n / 2);
        double late = Filters.dot(x, n / 2, x, n / 2, n / 2);
        double energy = early + late;
        double logarithm = Math.log(energy + LEAST_ENERGY);
        double change = change(logarithm);
        average = .9 * average + .1 * energy;
        followNoise(energy, change, 3 * (periodic - .4) * Math.abs(periodic - .4));
        double quality = 7 + (energy < 30_000 ? faint(energy) : loudness(energy, early, late));
        last = energy;
        pitchiness = .8 * pitchiness + .2 * periodic;
        quality += 2.2 * (periodic - .4 + pitchiness - .4);
        if (quality < lastQuality) {
            quality = .5 * quality + .5 * lastQuality;
        }
        quality = quiet >= 3 ? 4 : Math.max(4, Math.min(10, quality));
        lastQuality = Math.max(-1, lessForNoise(quality, energy));
        System.arraycopy(energies, 0, energies, 1, energies.length - 1);
        energies[0] = logarithm;
        return (float) lastQuality;
    }

    private double change(double logarithm) {
        double sum = 0;
        for (double before : energies) {
            sum += (logarithm - before) * (logarithm - before);
        }
        return Math.min(1, sum / (30 * energies.length));
    }

    private void followNoise(double energy, double change, double voicing) {
        double level = noise / noiseWeight;
        double power = Math.pow(energy, POWER);
        if (noiseWeight < .06 && energy > LEAST_ENERGY) {
            noise = .05 * power;
        }
        boolean steady = change < .05;
        if (voicing < .3 && change < .2 && power < 1.2 * level || voicing < .3 && steady && power < 1.5 * level
                || voicing < .4 && steady && power < 1.2 * level || voicing < 0 && steady) {
            quiet++;
            if (quiet >= 4) {
                learn(Math.min(power, 3 * level));
            }
        } else {
            quiet = 0;
        }
        if (power < level && energy > LEAST_ENERGY) {
            learn(power);
        }
    }

    private void learn(double power) {
        noise = .95 * noise + .05 * power;
        noiseWeight = .95 * noiseWeight + .05;
    }

    private static double faint(double energy) {
        return energy < 3_000 ? -2.1 : energy < 10_000 ? -1.4 : -.7;
    }

    private double loudness(double energy, double early, double late) {
        double sudden = Math.log((energy + 1) / (1 + last));
        double lasting = Math.max(-5, Math.min(2, Math.log((energy + 1) / (1 + average))));
        return (lasting > 0 ? .6 : .5) * lasting + Math.max(0, Math.min(5, sudden)) + (late > 1.6 * early ? .5 : 0);
    }

    private double lessForNoise(double wanted, double energy) {
        double quality = wanted;
        double lasting = Math.log(3.0 + quiet) - LOG_3;
        if (quiet > 0) {
            quality = Math.max(0, quality - lasting);
        }
        if (energy < LOUD) {
            if (quiet > 2) {
                quality -= energy < 10_000 ? lasting : .5 * lasting;
            }
            quality = Math.max(0, quality) + .3 * Math.log(.0001 + energy / LOUD);
        }
        return quality;
    }
}
