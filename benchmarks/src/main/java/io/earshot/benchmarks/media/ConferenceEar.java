package io.earshot.benchmarks.media;

import io.earshot.api.audio.AudioBridge;
import io.earshot.api.audio.AudioPort;
import io.earshot.api.audio.PcmSink;
import java.util.ArrayList;
import java.util.List;

/**
 * What the parties of a conference hear, measured: each says a tone of its own, so the level of its tone in what it hears is its own voice.
 *
 * @param ownBelowOthers by how many dB a party's own tone is below the mean of the others', in the worst case
 * @param clipped samples at the ends of the scale
 */
record ConferenceEar(double ownBelowOthers, int clipped) {
    /** Of each tone in dB below full scale: fifty of them fit. */
    static final int LEVEL = -42;
    private static final int RATE = 8_000;
    private static final int SAMPLES = 2 * RATE;
    private static final int BUFFER_MILLIS = 4_000;
    private static final int LOUDEST = 32_766;

    /** Returns the frequency that a party says; each is a multiple of half a hertz, the resolution of what is measured. */
    static double hz(int party) {
        return 400 + 40 * party;
    }

    static ConferenceEar at(AudioBridge bridge, List<AudioPort> parties) throws InterruptedException {
        List<PcmSink> sinks = new ArrayList<>();
        for (AudioPort party : parties) {
            PcmSink sink = bridge.pcmSink(RATE, BUFFER_MILLIS);
            bridge.connect(party, sink, 0);
            sinks.add(sink);
        }
        double worst = 200;
        int clipped = 0;
        for (int i = 0; i < sinks.size(); i++) {
            short[] heard = new short[SAMPLES];
            for (int at = 0; at < SAMPLES; ) {
                at += sinks.get(i).read(heard, at, SAMPLES - at);
            }
            sinks.get(i).close();
            for (short sample : heard) {
                clipped += Math.abs(sample) > LOUDEST ? 1 : 0;
            }
            worst = Math.min(worst, meanOther(heard, i, sinks.size()) - level(heard, hz(i)));
        }
        return new ConferenceEar(worst, clipped);
    }

    private static double meanOther(short[] heard, int own, int parties) {
        double power = 0;
        for (int other = 0; other < parties; other++) {
            power += other == own ? 0 : Math.pow(10, level(heard, hz(other)) / 10);
        }
        return 10 * Math.log10(power / (parties - 1));
    }

    private static double level(short[] pcm, double hz) {
        double re = 0;
        double im = 0;
        for (int i = 0; i < pcm.length; i++) {
            double window = 1 - Math.cos(2 * Math.PI * i / pcm.length);
            re += window * pcm[i] * Math.cos(2 * Math.PI * hz * i / RATE);
            im += window * pcm[i] * Math.sin(2 * Math.PI * hz * i / RATE);
        }
        return 20 * Math.log10(Math.max(1e-9, 2 * Math.hypot(re, im) / pcm.length / 32_768));
    }
}
