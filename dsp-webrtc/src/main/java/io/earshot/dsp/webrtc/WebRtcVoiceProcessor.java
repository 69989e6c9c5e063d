package io.earshot.dsp.webrtc;

import static java.util.Objects.checkFromIndexSize;

import dev.onvoid.webrtc.media.audio.AudioProcessing;
import dev.onvoid.webrtc.media.audio.AudioProcessingConfig;
import dev.onvoid.webrtc.media.audio.AudioProcessingConfig.NoiseSuppression.Level;
import dev.onvoid.webrtc.media.audio.AudioProcessingStreamConfig;
import dev.onvoid.webrtc.media.audio.VoiceActivityDetector;
import io.earshot.api.audio.VoiceProcessing;
import io.earshot.api.audio.VoiceReport;
import io.earshot.api.audio.spi.VoiceProcessor;

/**
 * The engine of WebRTC for one microphone: high-pass, echo (AEC3), noise, level (AGC2), is there speech. Its echo canceller always
 * attenuates what is left of the echo, its noise suppression has four depths, its gain control raises and only its limiter lowers, and it
 * has no guard against feedback.
 * Single-threaded.
 */
final class WebRtcVoiceProcessor implements VoiceProcessor {
    private static final int LEAST_LIKELY = 50;
    private static final int HANGOVER_FRAMES = 10;
    /** The engine's gain control goes by peaks, which are so many dB above the level of speech. */
    private static final int PEAK_OVER_SPEECH = 15;
    private static final int ECHO_MILLIS = 8;
    private static final int NOISE_MILLIS = 6;
    private static final int BANDS_MILLIS = 1;

    private final AudioProcessing engine = new AudioProcessing();
    private final VoiceActivityDetector detector = new VoiceActivityDetector();
    private final AudioProcessingStreamConfig format;
    private final HeardLevel level = new HeardLevel();
    private final int sampleRate;
    private final int samples;
    private final boolean echo;
    private final boolean noise;
    private final byte[] played;
    private final byte[] heard;
    private final byte[] out;
    private int hangover;
    private long spokenFrames;
    private long heardFrames;
    private boolean closed;

    WebRtcVoiceProcessor(int sampleRate, VoiceProcessing settings) {
        if (sampleRate < 8000 || sampleRate > 48_000 || sampleRate % 8000 != 0 || sampleRate == 40_000) {
            throw new IllegalArgumentException("voice processing at " + sampleRate + " Hz; it works at 8000, 16000, 24000, 32000, 48000");
        }
        this.sampleRate = sampleRate;
        samples = sampleRate / 100;
        format = new AudioProcessingStreamConfig(sampleRate, 1);
        played = new byte[2 * samples];
        heard = new byte[2 * samples];
        out = new byte[2 * samples];
        echo = settings.echoCancellation();
        noise = settings.noiseSuppression() > 0;
        engine.applyConfig(config(settings));
    }

    static AudioProcessingConfig config(VoiceProcessing settings) {
        AudioProcessingConfig config = new AudioProcessingConfig();
        config.highPassFilter.enabled = true;
        config.echoCanceller.enabled = settings.echoCancellation();
        config.noiseSuppression.enabled = settings.noiseSuppression() > 0;
        config.noiseSuppression.level = level(settings.noiseSuppression());
        config.gainControl.enabled = settings.gainControl();
        config.gainControl.adaptiveDigital.enabled = settings.gainControl();
        config.gainControl.adaptiveDigital.headroomDb = Math.max(1, -settings.targetDbfs() - PEAK_OVER_SPEECH);
        return config;
    }

    /** Its four depths are 6, 12, 18 and 21 dB. */
    private static Level level(int decibels) {
        return decibels <= 6 ? Level.LOW : decibels <= 12 ? Level.MODERATE : decibels <= 18 ? Level.HIGH : Level.VERY_HIGH;
    }

    @Override
    public int frameSamples() {
        return samples;
    }

    @Override
    public void playback(short[] pcm, int offset) {
        pack(pcm, offset, played);
        engine.processReverseStream(played, format, format, out);
    }

    @Override
    public void capture(short[] pcm, int offset) {
        pack(pcm, offset, heard);
        engine.processStream(heard, format, format, out);
        for (int i = 0; i < samples; i++) {
            pcm[offset + i] = (short) (out[2 * i] & 0xFF | out[2 * i + 1] << 8);
        }
        level.add(pcm, offset, samples);
        detector.process(out, samples, sampleRate);
        hangover = 100 * detector.getLastVoiceProbability() >= LEAST_LIKELY ? HANGOVER_FRAMES : hangover - 1;
        heardFrames++;
        spokenFrames += speaking() ? 1 : 0;
    }

    private void pack(short[] pcm, int offset, byte[] bytes) {
        checkFromIndexSize(offset, samples, pcm.length);
        for (int i = 0; i < samples; i++) {
            bytes[2 * i] = (byte) pcm[offset + i];
            bytes[2 * i + 1] = (byte) (pcm[offset + i] >> 8);
        }
    }

    @Override
    public boolean speaking() {
        return hangover > 0;
    }

    /** As measured: the canceller's blocks, the suppressor's overlap, and above 16 kHz the filters that split the bands. */
    @Override
    public int latencySamples() {
        int millis = (echo ? ECHO_MILLIS : 0) + (noise ? NOISE_MILLIS : 0) + (sampleRate > 16_000 ? BANDS_MILLIS : 0);
        return millis * sampleRate / 1000;
    }

    @Override
    public VoiceReport report() {
        VoiceReport report = new VoiceReport(speaking(), spokenFrames * 10, heardFrames * 10, level.averageDbfs(), level.peakDbfs());
        level.reset();
        spokenFrames = 0;
        heardFrames = 0;
        return report;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            engine.dispose();
            detector.dispose();
        }
    }
}
