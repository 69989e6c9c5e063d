package io.earshot.codec.g722;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Runs our sub-band coders over the digital test sequences of G.722 Appendix II, which go round the filters: {@code encode IN OUT} or
 * {@code decode MODE IN LOW HIGH}. A word whose last bit is set resets the codec and comes out as it went in; codes stand in the upper
 * octet, samples in the upper 15 bits.
 */
public final class Sequences {
    private static final int RESET = 1;

    private Sequences() {
    }

    /** Entry point. */
    public static void main(String[] args) throws IOException {
        if (args[0].equals("encode")) {
            write(args[2], encode(read(args[1])));
        } else {
            short[] in = read(args[2]);
            Mode mode = Mode.values()[Integer.parseInt(args[1]) - 1];
            write(args[3], decode(in, mode, true));
            write(args[4], decode(in, mode, false));
        }
    }

    private static short[] encode(short[] in) {
        G722Encoder encoder = new G722Encoder();
        short[] out = new short[in.length];
        for (int i = 0; i < in.length; i++) {
            if ((in[i] & RESET) != 0) {
                encoder = new G722Encoder();
                out[i] = RESET;
            } else {
                out[i] = (short) (encoder.code(in[i] >> 1, in[i] >> 1) << 8);
            }
        }
        return out;
    }

    private static short[] decode(short[] in, Mode mode, boolean low) {
        G722Decoder decoder = new G722Decoder(mode);
        short[] out = new short[in.length];
        for (int i = 0; i < in.length; i++) {
            if ((in[i] & RESET) != 0) {
                decoder.reset();
                out[i] = RESET;
            } else {
                out[i] = (short) ((low ? decoder.lowSample(in[i] >> 8) : decoder.highSample(in[i] >> 8)) << 1);
            }
        }
        return out;
    }

    private static short[] read(String path) throws IOException {
        byte[] bytes = Files.readAllBytes(Path.of(path));
        short[] words = new short[bytes.length / 2];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(words);
        return words;
    }

    private static void write(String path, short[] words) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(words.length * 2).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(words);
        Files.write(Path.of(path), bytes.array());
    }
}
