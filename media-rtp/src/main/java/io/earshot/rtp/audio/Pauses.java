package io.earshot.rtp.audio;

import io.earshot.dsp.voice.VoiceDetector;
import io.earshot.rtp.comfort.ComfortNoiseEncoder;
import io.earshot.rtp.comfort.PauseDetector;

/**
 * Decides what of a stream is a pause, and when to describe its noise. A pause is what is hardly louder than the noise, unless the detector
 * of voice hears speech in it: in a noisy room most speech is. Confined to one thread; allocates nothing once it knows the sample rate.
 */
final class Pauses {
    private static final int SOON_MILLIS = 100;
    private static final int LATE_MILLIS = 1000;
    private static final int NEW_LEVEL_DB = 3;

    private final PauseDetector detector = new PauseDetector();
    private VoiceDetector voice;
    private int voiceRate;
    private final ComfortNoiseEncoder noise = new ComfortNoiseEncoder();
    private boolean pausing;
    private int sinceSent;
    private int sentLevel;

    /** What to do with a block. */
    enum Verdict { SOUND, NOISE, NOTHING }

    Verdict next(short[] pcm, int samples, int millis) {
        boolean quiet = detector.isPause(pcm, 0, samples, millis);
        if (speaks(pcm, samples, millis) || !quiet) {
            pausing = false;
            return Verdict.SOUND;
        }
        if (!pausing) {
            noise.reset();
        }
        noise.add(pcm, 0, samples);
        sinceSent += millis;
        boolean other = Math.abs(noise.level() - sentLevel) >= NEW_LEVEL_DB && sinceSent >= SOON_MILLIS;
        boolean due = !pausing || other || sinceSent >= LATE_MILLIS;
        pausing = true;
        return due ? Verdict.NOISE : Verdict.NOTHING;
    }

    private boolean speaks(short[] pcm, int samples, int millis) {
        int rate = samples / millis * 1000;
        if (voice == null || rate != voiceRate) {
            voice = new VoiceDetector(rate);
            voiceRate = rate;
        }
        boolean speech = false;
        for (int at = 0; at + voice.frameSamples() <= samples; at += voice.frameSamples()) {
            speech |= voice.process(pcm, at);
        }
        return speech;
    }

    /** Writes the description of the noise, and counts it as sent. */
    int write(byte[] out, int offset) {
        sinceSent = 0;
        sentLevel = noise.level();
        return noise.write(out, offset);
    }
}
