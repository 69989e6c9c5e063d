package io.earshot.dsp.voice;

import io.earshot.api.audio.VoiceProcessing;
import io.earshot.api.audio.VoiceReport;
import io.earshot.api.audio.spi.VoiceProcessor;

/**
 * The stages for one microphone in their order: direct current out, echo out, feedback out, noise down, is there speech, level. Pure Java.
 * Single-threaded; the calls per frame allocate nothing.
 */
public final class SoftwareVoiceProcessor implements VoiceProcessor {
    private final int samples;
    private final DcRemover dc;
    private final EchoCanceller echo;
    private final HowlingGuard howling;
    private final NoiseSuppressor noise;
    private final VoiceDetector voice;
    private final GainControl gain;

    /**
     * Makes a processor.
     *
     * @param sampleRate 8000, 16000, 24000, 32000 or 48000
     */
    public SoftwareVoiceProcessor(int sampleRate, VoiceProcessing settings) {
        if (sampleRate < 8000 || sampleRate > 48_000 || sampleRate % 8000 != 0) {
            throw new IllegalArgumentException("voice processing at " + sampleRate + " Hz; it works at 8000, 16000, 24000, 32000, 48000");
        }
        samples = sampleRate / 100;
        dc = new DcRemover(sampleRate);
        echo = settings.echoCancellation() ? new EchoCanceller(sampleRate, settings.echoSuppression()) : null;
        howling = settings.howlingGuard() ? new HowlingGuard(sampleRate) : null;
        noise = settings.noiseSuppression() > 0 ? new NoiseSuppressor(sampleRate, settings.noiseSuppression()) : null;
        voice = new VoiceDetector(sampleRate);
        gain = settings.gainControl() ? new GainControl(sampleRate, settings.targetDbfs()) : null;
    }

    @Override
    public int frameSamples() {
        return samples;
    }

    @Override
    public void playback(short[] pcm, int offset) {
        if (echo != null) {
            echo.playback(pcm, offset);
        }
    }

    @Override
    public void capture(short[] pcm, int offset) {
        dc.process(pcm, offset, samples);
        if (echo != null) {
            echo.capture(pcm, offset);
        }
        if (howling != null) {
            howling.process(pcm, offset);
        }
        if (noise != null) {
            noise.process(pcm, offset);
        }
        boolean speaking = voice.process(pcm, offset);
        if (gain != null) {
            gain.process(pcm, offset, speaking);
        }
    }

    @Override
    public boolean speaking() {
        return voice.speaking();
    }

    @Override
    public int latencySamples() {
        return (echo == null ? 0 : echo.latencySamples()) + (noise == null ? 0 : samples) + (gain == null ? 0 : samples / 10);
    }

    @Override
    public VoiceReport report() {
        return voice.report();
    }

    @Override
    public void close() {
        // nothing to free
    }
}
