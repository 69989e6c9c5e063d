package io.earshot.sdk.internal.media;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.audio.Tone;
import io.earshot.dsp.ToneGenerator;

/** A source of one or two sine waves, at the lowest rate that can carry them. */
final class TonePort implements BridgePort {
    private final int rate;
    private final ToneGenerator generator;

    TonePort(Tone tone) {
        double highest = Math.max(requireNonNull(tone, "tone").hz(), tone.secondHz());
        rate = highest < 3400 ? 8000 : highest < 7000 ? 16_000 : 48_000;
        generator = tone.secondHz() == 0 ? ToneGenerator.sine(rate, tone.hz(), tone.levelDb())
                : ToneGenerator.dual(rate, tone.hz(), tone.secondHz(), tone.levelDb());
    }

    @Override
    public int rate() {
        return rate;
    }

    @Override
    public boolean isSource() {
        return true;
    }

    @Override
    public boolean isSink() {
        return false;
    }

    @Override
    public boolean pull(short[] frame, int samples) {
        generator.generate(frame, 0, samples);
        return true;
    }
}
