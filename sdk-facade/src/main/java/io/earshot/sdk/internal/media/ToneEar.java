package io.earshot.sdk.internal.media;

import io.earshot.api.ProgressTone;
import io.earshot.dsp.progress.CallProgressDetector;
import io.earshot.dsp.progress.TonePlan;
import java.util.Optional;
import java.util.function.Consumer;

/** Listens for call-progress tones in what a peer says, once somebody wants to know. Confined to the media loop. */
final class ToneEar {
    private Optional<TonePlan> plan = Optional.empty();
    private Consumer<ProgressTone> listener = tone -> { };
    private CallProgressDetector detector;
    private int rate;

    /** Tells the listener of the tones of a country from now on. */
    void listen(TonePlan tones, Consumer<ProgressTone> told) {
        plan = Optional.of(tones);
        listener = told;
        detector = null;
    }

    void hear(short[] frame, int samples, int sampleRate) {
        if (plan.isEmpty()) {
            return;
        }
        if (detector == null || rate != sampleRate) {
            rate = sampleRate;
            detector = new CallProgressDetector(sampleRate, plan.get());
        }
        detector.add(frame, 0, samples);
        detector.poll().ifPresent(tone -> listener.accept(ProgressTone.valueOf(tone.name())));
    }
}
