package io.earshot.codec.gsm;

import static io.earshot.codec.gsm.Fixed.round;
import static io.earshot.codec.gsm.Fixed.saturate;

/** The decoder of GSM 06.10 §5.3, bit-exact. Confined to one thread; allocates only when made. */
final class GsmDecoder {
    private static final int DEEMPHASIS = 28180;
    /** The 13 bits of a sample that count. */
    private static final int SIGNIFICANT = ~7;

    private final ShortTermFilter shortTerm = new ShortTermFilter();
    private final LongTermPredictor longTerm = new LongTermPredictor();
    private final int[] pulses = new int[Frame.PULSES];
    private final int[] signal = new int[Frame.SAMPLES];
    private int lastLag = LongTermPredictor.MIN_LAG;
    private int lastOut;

    void reset() {
        shortTerm.reset();
        longTerm.reset();
        lastLag = LongTermPredictor.MIN_LAG;
        lastOut = 0;
    }

    /** Writes 160 samples. */
    void decode(Frame frame, short[] pcm, int offset) {
        for (int sub = 0; sub < Frame.SUBFRAMES; sub++) {
            int lag = frame.lag[sub];
            if (lag >= LongTermPredictor.MIN_LAG && lag <= LongTermPredictor.MAX_LAG) {
                lastLag = lag; // §5.3.2: a lag outside the range is a transmission error, and the last good one serves
            }
            longTerm.predict(sub, lastLag, frame.gain[sub]);
            PulseCoder.decode(frame, sub, pulses);
            longTerm.add(sub, pulses, frame.grid[sub]);
        }
        System.arraycopy(longTerm.line(), LongTermPredictor.MAX_LAG, signal, 0, Frame.SAMPLES);
        longTerm.nextFrame();
        shortTerm.synthesize(frame.lar, signal);
        for (int i = 0; i < Frame.SAMPLES; i++) {
            lastOut = saturate(signal[i] + round(lastOut, DEEMPHASIS));
            pcm[offset + i] = (short) (saturate(lastOut << 1) & SIGNIFICANT);
        }
    }
}
