import io.earshot.api.codec.spi.AudioCodec;
import io.earshot.api.codec.spi.AudioCodecProvider;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.api.codec.spi.FormatParameters;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;

/**
 * Runs our G.729 over files in the serial format of the ITU-T's sequences, a word per bit: {@code encode|decode FMTP IN OUT [IN OUT …]}.
 * A frame is a synchronization word, the number of bits, and the bits, 0x7f for 0 and 0x81 for 1; a bit word of 0 marks a lost frame.
 */
public final class Serial {
    private static final int FRAME = 80;
    private static final short SYNC = 0x6b21;
    private static final short ZERO = 0x7f;
    private static final short ONE = 0x81;

    private Serial() {
    }

    /** Entry point. */
    public static void main(String[] args) throws IOException {
        AudioCodecProvider provider = ServiceLoader.load(AudioCodecProvider.class).findFirst().orElseThrow();
        CodecDescriptor descriptor = provider.codecs().get(0);
        FormatParameters format = new FormatParameters(args[1]);
        for (int i = 2; i + 1 < args.length; i += 2) {
            try (AudioCodec codec = provider.open(descriptor, format, format)) {
                ShortBuffer in = ByteBuffer.wrap(Files.readAllBytes(Path.of(args[i]))).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
                Files.write(Path.of(args[i + 1]), args[0].equals("encode") ? encode(codec, in) : decode(codec, in));
            }
        }
    }

    private static byte[] encode(AudioCodec codec, ShortBuffer in) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        short[] pcm = new short[FRAME];
        byte[] frame = new byte[10];
        while (in.remaining() >= FRAME) {
            in.get(pcm);
            int bits = 8 * codec.encode(pcm, 0, FRAME, frame, 0);
            put(out, SYNC);
            put(out, (short) bits);
            for (int i = 0; i < bits; i++) {
                put(out, (frame[i >> 3] >> 7 - (i & 7) & 1) == 0 ? ZERO : ONE);
            }
        }
        return out.toByteArray();
    }

    private static byte[] decode(AudioCodec codec, ShortBuffer in) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        short[] pcm = new short[12 * FRAME];
        while (in.remaining() >= 2) {
            in.get();
            int bits = in.get();
            byte[] frame = new byte[10];
            boolean lost = bits == 0;
            for (int i = 0; i < bits; i++) {
                short word = in.get();
                lost |= word == 0;
                frame[i >> 3] |= (word == ONE ? 0x80 : 0) >> (i & 7);
            }
            int samples = lost ? codec.conceal(pcm, 0, FRAME) : codec.decode(frame, 0, (bits + 7) / 8, pcm, 0);
            if (samples != FRAME) {
                throw new IllegalStateException(bits + " bits gave " + samples + " samples");
            }
            for (int i = 0; i < FRAME; i++) {
                put(out, pcm[i]);
            }
        }
        return out.toByteArray();
    }

    private static void put(ByteArrayOutputStream out, short word) {
        out.write(word);
        out.write(word >> 8);
    }
}
