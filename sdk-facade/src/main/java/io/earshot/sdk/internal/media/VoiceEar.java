package io.earshot.sdk.internal.media;

import io.earshot.api.audio.VoiceReport;
import io.earshot.dsp.voice.VoiceDetector;

/** Listens for speech in a stream of frames of 20 ms, once somebody wants to know. Confined to the media loop. */
final class VoiceEar {
    private VoiceDetector detector;
    private int rate;

    /** Listens, if a report was ever asked for. */
    void hear(short[] frame, int samples, int sampleRate) {
        if (detector == null) {
            return;
        }
        if (rate != sampleRate) {
            rate = sampleRate;
            detector = new VoiceDetector(sampleRate);
        }
        for (int at = 0; at + detector.frameSamples() <= samples; at += detector.frameSamples()) {
            detector.process(frame, at);
        }
    }

    /** Returns what was heard since the last report; the first time nothing, and listening begins. */
    VoiceReport report(int sampleRate) {
        if (detector == null) {
            rate = sampleRate;
            detector = new VoiceDetector(sampleRate);
            return VoiceReport.NOTHING;
        }
        return detector.report();
    }
}
