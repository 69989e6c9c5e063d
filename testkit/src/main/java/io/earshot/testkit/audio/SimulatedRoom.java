package io.earshot.testkit.audio;

import java.util.Random;

/**
 * What a microphone hears of a loudspeaker in a rectangular room: the image source method (Allen and Berkley 1979) makes the impulse
 * response, walls reflect all frequencies alike. Confined to one thread.
 */
public final class SimulatedRoom {
    private static final double SOUND = 343;

    private final float[] response;
    private final float[] past;
    private int at;

    private SimulatedRoom(float[] response) {
        this.response = response;
        past = new float[2 * response.length];
    }

    /**
     * Makes a room.
     *
     * @param reverberation time in seconds in which sound decays by 60 dB (by Sabine's formula)
     * @param delayMillis of sound cards and the like, before the room
     * @param gain of the strongest way from speaker to microphone, 0.3 for -10 dB
     */
    public static SimulatedRoom of(int sampleRate, double reverberation, int delayMillis, double gain, long seed) {
        Random random = new Random(seed);
        double[] size = {4 + random.nextDouble(), 3 + random.nextDouble(), 2.5 + random.nextDouble() / 2};
        double[] speaker = {1 + random.nextDouble(), 1 + random.nextDouble(), 0.9};
        double[] microphone = {speaker[0] + 0.3, speaker[1] + 0.2, 1};
        double volume = size[0] * size[1] * size[2];
        double surface = 2 * (size[0] * size[1] + size[1] * size[2] + size[0] * size[2]);
        double reflection = Math.sqrt(Math.max(0.01, 1 - Math.min(0.99, 0.161 * volume / (surface * reverberation))));
        int before = delayMillis * sampleRate / 1000;
        float[] response = new float[before + (int) (sampleRate * reverberation)];
        int reach = (int) (SOUND * reverberation / 2.5) + 1;
        double[] distances = new double[3];
        for (int x = -reach; x <= reach; x++) {
            for (int y = -reach; y <= reach; y++) {
                for (int z = -reach; z <= reach; z++) {
                    distances[0] = along(x, size[0], speaker[0]) - microphone[0];
                    distances[1] = along(y, size[1], speaker[1]) - microphone[1];
                    distances[2] = along(z, size[2], speaker[2]) - microphone[2];
                    double distance = Math.sqrt(distances[0] * distances[0] + distances[1] * distances[1] + distances[2] * distances[2]);
                    double when = before + distance / SOUND * sampleRate;
                    int cell = (int) when;
                    if (cell + 1 < response.length) {
                        double strength = Math.pow(reflection, Math.abs(x) + Math.abs(y) + Math.abs(z)) / Math.max(0.1, distance);
                        response[cell] += (float) (strength * (cell + 1 - when));
                        response[cell + 1] += (float) (strength * (when - cell));
                    }
                }
            }
        }
        highPass(response, sampleRate);
        highPass(response, sampleRate);
        return new SimulatedRoom(scaled(response, gain));
    }

    private static double along(int image, double size, double position) {
        return image % 2 == 0 ? image * size + position : image * size + size - position;
    }

    /** At 100 Hz, as in the paper: all images add up at the lowest frequencies, which no loudspeaker plays. */
    private static void highPass(float[] response, int sampleRate) {
        double pole = Math.exp(-2 * Math.PI * 100 / sampleRate);
        double input = 0;
        double output = 0;
        for (int i = 0; i < response.length; i++) {
            output = response[i] - input + pole * output;
            input = response[i];
            response[i] = (float) output;
        }
    }

    private static float[] scaled(float[] response, double gain) {
        float peak = 0;
        for (float value : response) {
            peak = Math.max(peak, Math.abs(value));
        }
        for (int i = 0; i < response.length; i++) {
            response[i] *= (float) (gain / peak);
        }
        return response;
    }

    /** Returns what arrives at the microphone while the speaker plays {@code sample}. */
    public double hear(double sample) {
        at = at == 0 ? response.length - 1 : at - 1;
        past[at] = (float) sample;
        past[at + response.length] = (float) sample;
        float sum = 0;
        for (int i = 0; i < response.length; i++) {
            sum += response[i] * past[at + i];
        }
        return sum;
    }
}
