package io.earshot.sdk.internal.media;

import io.earshot.dsp.Cadence;
import io.earshot.dsp.ToneGenerator;

/** A source of tones and pauses; silent once the last was played. */
final class CadencePort implements BridgePort {
    private static final int RATE = 8000;

    private final ToneGenerator generator;

    CadencePort(Cadence cadence) {
        generator = new ToneGenerator(RATE, cadence);
    }

    @Override
    public int rate() {
        return RATE;
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
        return generator.generate(frame, 0, samples) > 0;
    }
}
