package io.earshot.codec.gsm;

/** The encoder of GSM 06.10 §5.2, bit-exact. Confined to one thread; allocates only when made. */
final class GsmEncoder {
    private final Preprocessor preprocessor = new Preprocessor();
    private final LpcAnalysis lpc = new LpcAnalysis();
    private final ShortTermFilter shortTerm = new ShortTermFilter();
    private final LongTermPredictor longTerm = new LongTermPredictor();
    private final PulseCoder pulseCoder = new PulseCoder();
    private final Frame frame = new Frame();
    private final int[] signal = new int[Frame.SAMPLES];
    private final int[] pulses = new int[Frame.PULSES];

    /** Codes 160 samples into 33 bytes. */
    void encode(short[] pcm, int offset, byte[] out, int outOffset) {
        preprocessor.process(pcm, offset, signal);
        lpc.analyse(signal, frame.lar);
        shortTerm.analyse(frame.lar, signal);
        for (int sub = 0; sub < Frame.SUBFRAMES; sub++) {
            longTerm.search(signal, sub, frame);
            longTerm.predict(sub, frame.lag[sub], frame.gain[sub]);
            pulseCoder.encode(signal, longTerm.line(), sub, frame);
            PulseCoder.decode(frame, sub, pulses);
            longTerm.add(sub, pulses, frame.grid[sub]);
        }
        longTerm.nextFrame();
        frame.pack(out, outOffset);
    }
}
