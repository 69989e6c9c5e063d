import io.earshot.api.codec.spi.AudioCodec;
import io.earshot.api.codec.spi.AudioCodecProvider;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.api.codec.spi.FormatParameters;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;

/**
 * Runs one of our codecs over files of packets, each behind its length in two bytes, little endian; the length 65535 stands for a packet
 * that got lost. PCM is 16 bit, little endian. Each line of the standard input is one task:
 * {@code encode|decode|fec|speed NAME/RATE/CHANNELS PTIME IN OUT FMTP}.
 */
public final class PacketTool {
    private static final int LOST = 0xFFFF;

    private PacketTool() {
    }

    /** Entry point. */
    public static void main(String[] args) throws IOException {
        for (String line : new String(System.in.readAllBytes()).lines().toList()) {
            String[] task = line.split(" ", -1);
            String[] wanted = task[1].split("/");
            for (AudioCodecProvider provider : ServiceLoader.load(AudioCodecProvider.class)) {
                for (CodecDescriptor codec : provider.codecs()) {
                    if (codec.name().equalsIgnoreCase(wanted[0]) && codec.sampleRate() == Integer.parseInt(wanted[1])
                            && codec.channels() == Integer.parseInt(wanted[2])) {
                        FormatParameters format = new FormatParameters(task[5]);
                        run(task, codec, () -> provider.open(codec, format, format));
                    }
                }
            }
        }
    }

    private interface Opener {
        AudioCodec open();
    }

    private static void run(String[] task, CodecDescriptor codec, Opener opener) throws IOException {
        byte[] input = Files.readAllBytes(Path.of(task[3]));
        int samples = codec.samplesIn(Integer.parseInt(task[2]));
        switch (task[0]) {
            case "encode" -> Files.write(Path.of(task[4]), join(encode(opener.open(), samples, samples(input))));
            case "decode" -> Files.write(Path.of(task[4]), decode(opener.open(), codec, samples, split(input), false));
            case "fec" -> Files.write(Path.of(task[4]), decode(opener.open(), codec, samples, split(input), true));
            default -> speed(task[1], codec, opener, samples, samples(input));
        }
    }

    private static List<byte[]> encode(AudioCodec coder, int samples, short[] pcm) {
        List<byte[]> packets = new ArrayList<>();
        byte[] packet = new byte[coder.maxPayload(samples)];
        for (int at = 0; at + samples <= pcm.length; at += samples) {
            packets.add(Arrays.copyOf(packet, coder.encode(pcm, at, samples, packet, 0)));
        }
        return packets;
    }

    private static byte[] decode(AudioCodec coder, CodecDescriptor codec, int samples, List<byte[]> packets, boolean fec) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        short[] pcm = new short[codec.samplesIn(120)];
        for (int i = 0; i < packets.size(); i++) {
            byte[] packet = packets.get(i);
            byte[] next = i + 1 < packets.size() ? packets.get(i + 1) : null;
            int decoded = AudioCodec.NONE;
            if (packet != null) {
                decoded = coder.decode(packet, 0, packet.length, pcm, 0);
            } else if (fec && next != null) {
                decoded = coder.decodeFec(next, 0, next.length, pcm, 0, samples);
            }
            if (packet == null && decoded == AudioCodec.NONE) {
                decoded = coder.conceal(pcm, 0, samples);
            }
            if (decoded < 0) {
                throw new IllegalStateException("packet " + i + " cannot be decoded");
            }
            ByteBuffer bytes = ByteBuffer.allocate(2 * decoded).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asShortBuffer().put(pcm, 0, decoded);
            out.writeBytes(bytes.array());
        }
        return out.toByteArray();
    }

    /** Prints nanoseconds of processor time and heap bytes per packet to encode and to decode: the best of rounds, after warming up. */
    private static void speed(String name, CodecDescriptor codec, Opener opener, int samples, short[] pcm) {
        var threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        int rounds = 9;
        long[][] taken = new long[4][rounds];
        long warm = threads.getCurrentThreadCpuTime() + 2_500_000_000L;
        for (int round = -4; round < rounds; round++) {
            round = threads.getCurrentThreadCpuTime() < warm ? Math.min(round, -1) : round;
            AudioCodec coder = opener.open();
            byte[][] packets = new byte[pcm.length / samples][coder.maxPayload(samples)];
            int[] lengths = new int[packets.length];
            short[] back = new short[codec.samplesIn(120)];
            lengths[0] = coder.encode(pcm, 0, samples, packets[0], 0);
            coder.decode(packets[0], 0, lengths[0], back, 0);
            long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            long start = threads.getCurrentThreadCpuTime();
            for (int i = 0; i < packets.length; i++) {
                lengths[i] = coder.encode(pcm, i * samples, samples, packets[i], 0);
            }
            long middle = threads.getCurrentThreadCpuTime();
            long between = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            for (int i = 0; i < packets.length; i++) {
                coder.decode(packets[i], 0, lengths[i], back, 0);
            }
            long end = threads.getCurrentThreadCpuTime();
            long after = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            long[] figures = {middle - start, end - middle, between - allocated, after - between};
            for (int i = 0; round >= 0 && i < 4; i++) {
                taken[i][round] = figures[i] / packets.length;
            }
        }
        StringBuilder line = new StringBuilder(name);
        for (long[] figures : taken) {
            Arrays.sort(figures);
            line.append(' ').append(figures[0]);
        }
        System.out.println(line);
    }

    private static byte[] join(List<byte[]> packets) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] packet : packets) {
            out.write(packet.length);
            out.write(packet.length >> 8);
            out.writeBytes(packet);
        }
        return out.toByteArray();
    }

    private static List<byte[]> split(byte[] file) {
        List<byte[]> packets = new ArrayList<>();
        for (int at = 0; at < file.length;) {
            int length = file[at] & 0xFF | (file[at + 1] & 0xFF) << 8;
            at += 2;
            packets.add(length == LOST ? null : Arrays.copyOfRange(file, at, at + length));
            at += length == LOST ? 0 : length;
        }
        return packets;
    }

    private static short[] samples(byte[] bytes) {
        short[] pcm = new short[bytes.length / 2];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(pcm);
        return pcm;
    }
}
