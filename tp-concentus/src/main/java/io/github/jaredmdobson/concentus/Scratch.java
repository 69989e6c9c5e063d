package io.github.jaredmdobson.concentus;

import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Lends what a frame needs and takes it all back at its end. Between {@link #open} and {@link #close}, on the thread that called them,
 * arrays and small objects of Concentus' methods come from here; at other times they are new. Not part of Concentus: its sources are
 * changed to ask here, see {@code patch/Patch.java}.
 *
 * <p>Each thread that codes keeps the most that any frame on it has needed, a few hundred kilobytes, whatever the number of codecs.
 */
public final class Scratch {
    private static final ThreadLocal<Scratch> OWN = ThreadLocal.withInitial(Scratch::new);

    private boolean open;
    private final Sizes<int[]> ints = new Sizes<>(int[]::new);
    private final Sizes<long[]> longs = new Sizes<>(long[]::new);
    private final Sizes<short[]> shorts = new Sizes<>(short[]::new);
    private final Sizes<byte[]> bytes = new Sizes<>(byte[]::new);
    private final Sizes<float[]> floats = new Sizes<>(float[]::new);
    private final Sizes<int[][]> intRows = new Sizes<>(int[][]::new);
    private final Sizes<byte[][]> byteRows = new Sizes<>(byte[][]::new);
    private final Shelf<EntropyCoder> ofEntropyCoder = new Shelf<>(EntropyCoder::new);
    private final Shelf<AnalysisInfo> ofAnalysisInfo = new Shelf<>(AnalysisInfo::new);
    private final Shelf<SilkNSQState> ofSilkNSQState = new Shelf<>(SilkNSQState::new);
    private final Shelf<SilkEncoderControl> ofSilkEncoderControl = new Shelf<>(SilkEncoderControl::new);
    private final Shelf<SilkDecoderControl> ofSilkDecoderControl = new Shelf<>(SilkDecoderControl::new);
    private final Shelf<SilkResamplerState> ofSilkResamplerState = new Shelf<>(SilkResamplerState::new);
    private final Shelf<EncControlState> ofEncControlState = new Shelf<>(EncControlState::new);
    private final Shelf<Bands.band_ctx> ofbandctx = new Shelf<>(Bands.band_ctx::new);
    private final Shelf<Bands.split_ctx> ofsplitctx = new Shelf<>(Bands.split_ctx::new);
    private final Shelf<SilkNSQState.NSQ_sample_struct> ofNSQsamplestruct = new Shelf<>(SilkNSQState.NSQ_sample_struct::new);
    private final Shelf<PitchAnalysisCore.silk_pe_stage3_vals> ofsilkpestage3vals = new Shelf<>(PitchAnalysisCore.silk_pe_stage3_vals::new);
    private final Shelf<BoxedValueInt> ofBoxedValueInt = new Shelf<>(() -> new BoxedValueInt(0));
    private final Shelf<BoxedValueShort> ofBoxedValueShort = new Shelf<>(() -> new BoxedValueShort((short) 0));
    private final Shelf<BoxedValueByte> ofBoxedValueByte = new Shelf<>(() -> new BoxedValueByte((byte) 0));
    private final Sizes<SilkNSQState.NSQ_sample_struct[]> sampleRows = new Sizes<>(SilkNSQState.NSQ_sample_struct[]::new);
    private final Sizes<SilkNSQState.NSQ_del_dec_struct[]> delayedRows = new Sizes<>(SilkNSQState.NSQ_del_dec_struct[]::new);
    private final Sizes<SilkNSQState.NSQ_del_dec_struct> delayed = new Sizes<>(SilkNSQState.NSQ_del_dec_struct::new);
    private final Sizes<PitchAnalysisCore.silk_pe_stage3_vals[]> stageRows = new Sizes<>(PitchAnalysisCore.silk_pe_stage3_vals[]::new);

    private Scratch() {
    }

    /** Begins a frame on the calling thread. */
    public static void open() {
        OWN.get().open = true;
    }

    /** Ends the frame; what was lent since {@link #open} is going to be lent again. */
    public static void close() {
        OWN.get().takeBack();
    }

    private void takeBack() {
        open = false;
        ints.takeBack();
        longs.takeBack();
        shorts.takeBack();
        bytes.takeBack();
        floats.takeBack();
        intRows.takeBack();
        byteRows.takeBack();
        sampleRows.takeBack();
        delayedRows.takeBack();
        delayed.takeBack();
        stageRows.takeBack();
        ofEntropyCoder.takeBack();
        ofAnalysisInfo.takeBack();
        ofSilkNSQState.takeBack();
        ofSilkEncoderControl.takeBack();
        ofSilkDecoderControl.takeBack();
        ofSilkResamplerState.takeBack();
        ofEncControlState.takeBack();
        ofbandctx.takeBack();
        ofsplitctx.takeBack();
        ofNSQsamplestruct.takeBack();
        ofsilkpestage3vals.takeBack();
        ofBoxedValueInt.takeBack();
        ofBoxedValueShort.takeBack();
        ofBoxedValueByte.takeBack();
    }

    static int[] ints(int size) {
        Scratch own = OWN.get();
        if (!own.open) {
            return new int[size];
        }
        int[] lent = own.ints.take(size);
        java.util.Arrays.fill(lent, 0);
        return lent;
    }

    static long[] longs(int size) {
        Scratch own = OWN.get();
        if (!own.open) {
            return new long[size];
        }
        long[] lent = own.longs.take(size);
        java.util.Arrays.fill(lent, 0);
        return lent;
    }

    static short[] shorts(int size) {
        Scratch own = OWN.get();
        if (!own.open) {
            return new short[size];
        }
        short[] lent = own.shorts.take(size);
        java.util.Arrays.fill(lent, (short) 0);
        return lent;
    }

    static byte[] bytes(int size) {
        Scratch own = OWN.get();
        if (!own.open) {
            return new byte[size];
        }
        byte[] lent = own.bytes.take(size);
        java.util.Arrays.fill(lent, (byte) 0);
        return lent;
    }

    static float[] floats(int size) {
        Scratch own = OWN.get();
        if (!own.open) {
            return new float[size];
        }
        float[] lent = own.floats.take(size);
        java.util.Arrays.fill(lent, 0);
        return lent;
    }

    /** Returns rows that are yet to be set. */
    static int[][] intRows(int count) {
        Scratch own = OWN.get();
        if (!own.open) {
            return new int[count][];
        }
        int[][] lent = own.intRows.take(count);
        java.util.Arrays.fill(lent, null);
        return lent;
    }

    static byte[][] byteRows(int count) {
        Scratch own = OWN.get();
        if (!own.open) {
            return new byte[count][];
        }
        byte[][] lent = own.byteRows.take(count);
        java.util.Arrays.fill(lent, null);
        return lent;
    }

    static int[][] ints(int count, int size) {
        int[][] lent = intRows(count);
        for (int i = 0; i < count; i++) {
            lent[i] = ints(size);
        }
        return lent;
    }

    static byte[][] bytes(int count, int size) {
        byte[][] lent = byteRows(count);
        for (int i = 0; i < count; i++) {
            lent[i] = bytes(size);
        }
        return lent;
    }

    static SilkNSQState.NSQ_sample_struct[] NSQ_sample_structs(int count) {
        Scratch own = OWN.get();
        return own.open ? own.sampleRows.take(count) : new SilkNSQState.NSQ_sample_struct[count];
    }

    static SilkNSQState.NSQ_del_dec_struct[] NSQ_del_dec_structs(int count) {
        Scratch own = OWN.get();
        return own.open ? own.delayedRows.take(count) : new SilkNSQState.NSQ_del_dec_struct[count];
    }

    static SilkNSQState.NSQ_del_dec_struct NSQ_del_dec_struct(int order) {
        Scratch own = OWN.get();
        if (!own.open) {
            return new SilkNSQState.NSQ_del_dec_struct(order);
        }
        SilkNSQState.NSQ_del_dec_struct lent = own.delayed.take(order);
        java.util.Arrays.fill(lent.sLPC_Q14, 0);
        java.util.Arrays.fill(lent.RandState, 0);
        java.util.Arrays.fill(lent.Q_Q10, 0);
        java.util.Arrays.fill(lent.Xq_Q14, 0);
        java.util.Arrays.fill(lent.Pred_Q15, 0);
        java.util.Arrays.fill(lent.Shape_Q14, 0);
        java.util.Arrays.fill(lent.sAR2_Q14, 0);
        lent.LF_AR_Q14 = 0;
        return lent;
    }

    static PitchAnalysisCore.silk_pe_stage3_vals[] silk_pe_stage3_valss(int count) {
        Scratch own = OWN.get();
        return own.open ? own.stageRows.take(count) : new PitchAnalysisCore.silk_pe_stage3_vals[count];
    }

    static BoxedValueInt BoxedValueInt(int v) {
        Scratch own = OWN.get();
        if (!own.open) {
            return new BoxedValueInt(v);
        }
        BoxedValueInt lent = own.ofBoxedValueInt.take();
        lent.Val = v;
        return lent;
    }

    static BoxedValueShort BoxedValueShort(short v) {
        Scratch own = OWN.get();
        if (!own.open) {
            return new BoxedValueShort(v);
        }
        BoxedValueShort lent = own.ofBoxedValueShort.take();
        lent.Val = v;
        return lent;
    }

    static BoxedValueByte BoxedValueByte(byte v) {
        Scratch own = OWN.get();
        if (!own.open) {
            return new BoxedValueByte(v);
        }
        BoxedValueByte lent = own.ofBoxedValueByte.take();
        lent.Val = v;
        return lent;
    }

    static EntropyCoder EntropyCoder() {
        Scratch own = OWN.get();
        if (!own.open) {
            return new EntropyCoder();
        }
        EntropyCoder lent = own.ofEntropyCoder.take();
        lent.Reset();
        return lent;
    }

    static AnalysisInfo AnalysisInfo() {
        Scratch own = OWN.get();
        if (!own.open) {
            return new AnalysisInfo();
        }
        AnalysisInfo lent = own.ofAnalysisInfo.take();
        lent.Reset();
        return lent;
    }

    static SilkNSQState SilkNSQState() {
        Scratch own = OWN.get();
        return own.open ? own.ofSilkNSQState.take() : new SilkNSQState();
    }

    static SilkEncoderControl SilkEncoderControl() {
        Scratch own = OWN.get();
        if (!own.open) {
            return new SilkEncoderControl();
        }
        SilkEncoderControl lent = own.ofSilkEncoderControl.take();
        lent.Reset();
        return lent;
    }

    static SilkDecoderControl SilkDecoderControl() {
        Scratch own = OWN.get();
        if (!own.open) {
            return new SilkDecoderControl();
        }
        SilkDecoderControl lent = own.ofSilkDecoderControl.take();
        lent.Reset();
        return lent;
    }

    static SilkResamplerState SilkResamplerState() {
        Scratch own = OWN.get();
        if (!own.open) {
            return new SilkResamplerState();
        }
        SilkResamplerState lent = own.ofSilkResamplerState.take();
        lent.Reset();
        return lent;
    }

    static EncControlState EncControlState() {
        Scratch own = OWN.get();
        if (!own.open) {
            return new EncControlState();
        }
        EncControlState lent = own.ofEncControlState.take();
        lent.Reset();
        return lent;
    }

    static Bands.band_ctx band_ctx() {
        Scratch own = OWN.get();
        return own.open ? own.ofbandctx.take() : new Bands.band_ctx();
    }

    static Bands.split_ctx split_ctx() {
        Scratch own = OWN.get();
        return own.open ? own.ofsplitctx.take() : new Bands.split_ctx();
    }

    static SilkNSQState.NSQ_sample_struct NSQ_sample_struct() {
        Scratch own = OWN.get();
        return own.open ? own.ofNSQsamplestruct.take() : new SilkNSQState.NSQ_sample_struct();
    }

    static PitchAnalysisCore.silk_pe_stage3_vals silk_pe_stage3_vals() {
        Scratch own = OWN.get();
        return own.open ? own.ofsilkpestage3vals.take() : new PitchAnalysisCore.silk_pe_stage3_vals();
    }

    /** Things of one kind, lent in the order they were made. */
    private static final class Shelf<T> {
        private final Supplier<T> maker;
        private Object[] things = new Object[8];
        private int made;
        private int lent;

        Shelf(Supplier<T> maker) {
            this.maker = maker;
        }

        @SuppressWarnings("unchecked")
        T take() {
            if (lent == made) {
                if (made == things.length) {
                    things = java.util.Arrays.copyOf(things, 2 * made);
                }
                things[made++] = maker.get();
            }
            return (T) things[lent++];
        }

        void takeBack() {
            lent = 0;
        }
    }

    /** Things that have a size, a shelf for each. */
    private static final class Sizes<T> {
        private final IntFunction<T> maker;
        private Shelf<?>[] bySize = new Shelf<?>[64];
        private Shelf<?>[] used = new Shelf<?>[32];
        private int usedCount;

        Sizes(IntFunction<T> maker) {
            this.maker = maker;
        }

        @SuppressWarnings("unchecked")
        T take(int size) {
            if (size >= bySize.length) {
                bySize = java.util.Arrays.copyOf(bySize, size + size / 2);
            }
            Shelf<T> shelf = (Shelf<T>) bySize[size];
            if (shelf == null) {
                shelf = new Shelf<>(() -> maker.apply(size));
                bySize[size] = shelf;
            }
            if (shelf.lent == 0) {
                if (usedCount == used.length) {
                    used = java.util.Arrays.copyOf(used, 2 * usedCount);
                }
                used[usedCount++] = shelf;
            }
            return shelf.take();
        }

        void takeBack() {
            for (int i = 0; i < usedCount; i++) {
                used[i].takeBack();
            }
            usedCount = 0;
        }
    }
}
