package io.earshot.sdk.internal.media;

import io.earshot.api.audio.VoiceReport;
import io.earshot.api.audio.spi.VoiceProcessor;
import java.util.Arrays;
import java.util.Optional;

/**
 * What is done between the microphone and the bridge. The order, in one place:
 *
 * <pre>
 * capture line > volume > VoiceProcessor (direct current, echo, feedback, noise, speech?, level) > bridge > calls: keys, encoder
 * bridge > volume > ring > playback line, and a copy as what the echo canceller has to take out of the next frames
 * </pre>
 *
 * <p>The echo canceller finds the delay between the copy and the microphone itself, up to 600 ms. Confined to the media loop; allocates
 * nothing per frame.
 */
final class VoicePath {
    private final short[] played = new short[Bridge.MAX_FRAME];
    private Optional<VoiceProcessor> processor = Optional.empty();
    private int playedSamples;

    /** Uses another processor, or none; the old one is closed. */
    void use(Optional<VoiceProcessor> next) {
        processor.ifPresent(VoiceProcessor::close);
        processor = next;
    }

    /** Hears what goes to the loudspeaker. */
    void played(short[] frame, int samples) {
        System.arraycopy(frame, 0, played, 0, samples);
        playedSamples = samples;
    }

    /** Processes a frame of the microphone in place; two frames of 10 ms at a time. */
    void captured(short[] frame, int samples) {
        if (processor.isEmpty()) {
            return;
        }
        VoiceProcessor voice = processor.get();
        if (playedSamples < samples) {
            Arrays.fill(played, playedSamples, samples, (short) 0);
        }
        for (int at = 0; at + voice.frameSamples() <= samples; at += voice.frameSamples()) {
            voice.playback(played, at);
            voice.capture(frame, at);
        }
        playedSamples = 0;
    }

    /** Tells whether somebody speaks into the microphone; true where nobody listens for it. */
    boolean speaking() {
        return processor.isEmpty() || processor.get().speaking();
    }

    VoiceReport report() {
        return processor.map(VoiceProcessor::report).orElse(VoiceReport.NOTHING);
    }
}
