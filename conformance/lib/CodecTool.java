import io.earshot.api.codec.spi.AudioCodec;
import io.earshot.api.codec.spi.AudioCodecProvider;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.api.codec.spi.FormatParameters;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.ServiceLoader;

/**
 * Runs one of our codecs over files: {@code encode|decode|speed NAME/RATE FMTP IN OUT [IN OUT …]}. Encoding takes packets of the codec's
 * preferred length; decoding takes packets of the size that encoding such a packet gives. A last packet that is not full is dropped.
 */
public final class CodecTool {
    private CodecTool() {
    }

    /** Entry point. */
    public static void main(String[] args) throws IOException {
        String[] wanted = args[1].split("/");
        for (AudioCodecProvider provider : ServiceLoader.load(AudioCodecProvider.class)) {
            for (CodecDescriptor codec : provider.codecs()) {
                if (codec.name().equalsIgnoreCase(wanted[0]) && codec.sampleRate() == Integer.parseInt(wanted[1])) {
                    FormatParameters format = new FormatParameters(args[2]);
                    for (int i = 3; i + 1 < args.length; i += 2) {
                        run(args[0], provider, codec, format, Path.of(args[i]), Path.of(args[i + 1]));
                    }
                    return;
                }
            }
        }
        throw new IllegalArgumentException("no codec " + args[1]);
    }

    private static void run(String verb, AudioCodecProvider provider, CodecDescriptor codec, FormatParameters format, Path in, Path out)
            throws IOException {
        byte[] input = Files.readAllBytes(in);
        switch (verb) {
            case "encode" -> Files.write(out, encode(provider.open(codec, format, format), codec, input));
            case "decode" -> Files.write(out, decode(provider.open(codec, format, format), codec, input));
            default -> speed(provider, codec, format, input);
        }
    }

    private static byte[] encode(AudioCodec coder, CodecDescriptor codec, byte[] input) {
        int samples = codec.samplesIn(codec.defaultPtime());
        short[] pcm = samples(input);
        byte[] out = new byte[pcm.length / samples * coder.maxPayload(samples)];
        int length = 0;
        for (int at = 0; at + samples <= pcm.length; at += samples) {
            length += coder.encode(pcm, at, samples, out, length);
        }
        return Arrays.copyOf(out, length);
    }

    private static byte[] decode(AudioCodec coder, CodecDescriptor codec, byte[] input) {
        int samples = codec.samplesIn(codec.defaultPtime());
        int length = coder.maxPayload(samples);
        short[] pcm = new short[codec.samplesIn(120)];
        ByteBuffer out = ByteBuffer.allocate(input.length / length * samples * 2).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at + length <= input.length; at += length) {
            int decoded = coder.decode(input, at, length, pcm, 0);
            if (decoded != samples) {
                throw new IllegalStateException("packet at " + at + " gave " + decoded + " samples");
            }
            for (int i = 0; i < samples; i++) {
                out.putShort(pcm[i]);
            }
        }
        return out.array();
    }

    /** Prints nanoseconds of processor time per packet: the median of many rounds, after the compiler has had its time. */
    private static void speed(AudioCodecProvider provider, CodecDescriptor codec, FormatParameters format, byte[] input) {
        long[] encode = new long[21];
        long[] decode = new long[21];
        int packets = input.length / 2 / codec.samplesIn(codec.defaultPtime());
        for (int round = -60; round < encode.length; round++) {
            long start = processorTime();
            byte[] coded = encode(provider.open(codec, format, format), codec, input);
            long middle = processorTime();
            decode(provider.open(codec, format, format), codec, coded);
            long end = processorTime();
            if (round >= 0) {
                encode[round] = (middle - start) / packets;
                decode[round] = (end - middle) / packets;
            }
        }
        Arrays.sort(encode);
        Arrays.sort(decode);
        System.out.println("ours " + encode[encode.length / 2] + " " + decode[decode.length / 2]);
    }

    private static long processorTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static short[] samples(byte[] bytes) {
        short[] pcm = new short[bytes.length / 2];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(pcm);
        return pcm;
    }
}
