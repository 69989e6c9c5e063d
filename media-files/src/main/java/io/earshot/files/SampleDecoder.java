package io.earshot.files;

import java.nio.ByteBuffer;
import java.util.function.IntUnaryOperator;

/** Turns stored samples into 16 bits, rounded and saturated. Stateless. */
@FunctionalInterface
interface SampleDecoder {
    /** Takes one sample out of a little-endian buffer. */
    short next(ByteBuffer in);

    /** Returns the decoder of a format that {@link WavHeaderParser} let pass. */
    static SampleDecoder of(WavFormat format) {
        return switch (format.encoding()) {
            case A_LAW -> {
                short[] table = table(SampleDecoder::expandA);
                yield in -> table[in.get() & 0xFF];
            }
            case MU_LAW -> {
                short[] table = table(SampleDecoder::expandMu);
                yield in -> table[in.get() & 0xFF];
            }
            case FLOAT -> in -> saturate(Math.round(in.getFloat() * 32768.0)); // NaN rounds to 0
            case PCM -> switch (format.bitsPerSample()) {
                case 8 -> in -> (short) ((in.get() & 0xFF) - 128 << 8);
                case 16 -> ByteBuffer::getShort;
                case 24 -> in -> saturate(((in.get() & 0xFF | in.getShort() << 8) + 0x80L) >> 8);
                default -> in -> saturate(in.getInt() + 0x8000L >> 16);
            };
        };
    }

    private static short saturate(long value) {
        return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, value));
    }

    private static short[] table(IntUnaryOperator expand) {
        short[] table = new short[256];
        for (int code = 0; code < table.length; code++) {
            table[code] = (short) expand.applyAsInt(code);
        }
        return table;
    }

    /** ITU-T G.711 table 2, left-justified in 16 bits. */
    private static int expandMu(int code) {
        int bits = ~code;
        int magnitude = (((bits & 0x0F) << 3) + 132 << (bits >> 4 & 7)) - 132;
        return (bits & 0x80) != 0 ? -magnitude : magnitude;
    }

    /** ITU-T G.711 table 1, left-justified in 16 bits. */
    private static int expandA(int code) {
        int bits = code ^ 0x55;
        int chord = bits >> 4 & 7;
        int step = ((bits & 0x0F) << 4) + 8;
        int magnitude = chord == 0 ? step : step + 256 << chord - 1;
        return (bits & 0x80) != 0 ? magnitude : -magnitude;
    }
}
