package io.earshot.codec.g729;

/** The 80 bits of a speech frame, G.729 table 8, and the 16 of a SID frame, Annex B table B.2: most significant bit first. */
final class SpeechParameters {
    static final int SPEECH_BYTES = 10;
    static final int SID_BYTES = 2;
    static final int COUNT = 11;

    /** Indices into a frame's parameters; those of the second subframe follow at {@link #SECOND}. */
    static final int LSP_FIRST = 0;
    static final int LSP_SECOND = 1;
    static final int LAG = 2;
    static final int PARITY = 3;
    static final int POSITIONS = 4;
    static final int SIGNS = 5;
    static final int GAINS = 6;
    static final int SECOND = 7;

    static final int SID_COUNT = 4;
    static final int SID_MODE = 0;
    static final int SID_FIRST = 1;
    static final int SID_SECOND = 2;
    static final int SID_GAIN = 3;

    private static final int[] SPEECH_WIDTHS = {8, 10, 8, 1, 13, 4, 7, 5, 13, 4, 7};
    private static final int[] SID_WIDTHS = {1, 5, 4, 5};

    private SpeechParameters() {
    }

    static void unpackSpeech(byte[] in, int at, int[] parameters) {
        unpack(in, at, SPEECH_WIDTHS, parameters);
    }

    static void packSpeech(int[] parameters, byte[] out, int at) {
        pack(parameters, SPEECH_WIDTHS, out, at, SPEECH_BYTES);
    }

    static void unpackSid(byte[] in, int at, int[] parameters) {
        unpack(in, at, SID_WIDTHS, parameters);
    }

    /** The sixteenth bit stays 0. */
    static void packSid(int[] parameters, byte[] out, int at) {
        pack(parameters, SID_WIDTHS, out, at, SID_BYTES);
    }

    private static void unpack(byte[] in, int at, int[] widths, int[] parameters) {
        int bit = 8 * at;
        for (int i = 0; i < widths.length; i++) {
            int value = 0;
            for (int end = bit + widths[i]; bit < end; bit++) {
                value = value << 1 | in[bit >> 3] >> 7 - (bit & 7) & 1;
            }
            parameters[i] = value;
        }
    }

    private static void pack(int[] parameters, int[] widths, byte[] out, int at, int bytes) {
        java.util.Arrays.fill(out, at, at + bytes, (byte) 0);
        int bit = 8 * at;
        for (int i = 0; i < widths.length; i++) {
            for (int shift = widths[i] - 1; shift >= 0; shift--, bit++) {
                out[bit >> 3] = (byte) (out[bit >> 3] | (parameters[i] >> shift & 1) << 7 - (bit & 7));
            }
        }
    }
}
