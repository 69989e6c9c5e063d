package io.earshot.benchmarks.codec;

import io.earshot.api.codec.spi.AudioCodec;
import io.earshot.api.codec.spi.AudioCodecProvider;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.api.codec.spi.FormatParameters;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A packet through each codec, either way. With {@code -prof gc} it must show 0 B/op. {@code conformance/run jmh} runs this and prints the
 * native libraries' times over the same speech beside it; without the folder of speech that it names, a buzz is encoded.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class CodecBenchmark {
    private static final int SECONDS = 20;

    /** Encoding and sample rate, milliseconds of a packet, {@code a=fmtp}. */
    @Param({"PCMU/8000 20 ", "PCMA/8000 20 ", "G722/16000 20 ", "GSM/8000 20 ", "G729/8000 20 annexb=no",
        "G729/8000 20 annexb=no;local-decoder=full", "iLBC/8000 20 mode=20", "iLBC/8000 30 mode=30", "speex/8000 20 mode=3",
        "speex/8000 20 mode=5", "speex/16000 20 mode=8", "speex/32000 20 mode=8", "opus/48000 20 maxplaybackrate=8000",
        "opus/48000 20 maxplaybackrate=16000", "opus/48000 20 ", "L16/16000 20 "})
    public String codec;

    private short[] pcm;
    private short[] decoded;
    private byte[][] packets;
    private int[] lengths;
    private byte[] encoded;
    private int samples;
    private AudioCodec coder;
    private int next;

    /** Opens the codec and encodes all of the speech once, so that there is something to decode. */
    @Setup
    public void open() throws IOException {
        String[] words = codec.split(" ", -1);
        CodecDescriptor descriptor = open(words[0].split("/"), new FormatParameters(words[2]));
        samples = descriptor.samplesIn(Integer.parseInt(words[1]));
        pcm = speech(descriptor.sampleRate());
        decoded = new short[descriptor.samplesIn(120)];
        encoded = new byte[coder.maxPayload(samples)];
        packets = new byte[pcm.length / samples][encoded.length];
        lengths = new int[packets.length];
        for (int i = 0; i < packets.length; i++) {
            lengths[i] = coder.encode(pcm, i * samples, samples, packets[i], 0);
        }
    }

    /** Of providers of the same codec the first that has one channel; the one in Java, as no other is among the dependencies. */
    private CodecDescriptor open(String[] wanted, FormatParameters format) {
        for (AudioCodecProvider provider : ServiceLoader.load(AudioCodecProvider.class)) {
            for (CodecDescriptor descriptor : provider.codecs()) {
                if (coder == null && descriptor.name().equalsIgnoreCase(wanted[0]) && descriptor.channels() == 1
                        && descriptor.sampleRate() == Integer.parseInt(wanted[1])) {
                    CodecDescriptor agreed = provider.negotiated(descriptor, format, format);
                    coder = provider.open(agreed, format, format);
                    return agreed;
                }
            }
        }
        throw new IllegalStateException("no codec " + codec + " among the dependencies");
    }

    private static short[] speech(int rate) throws IOException {
        String folder = System.getProperty("earshot.speech", "");
        short[] pcm = new short[SECONDS * rate];
        if (!folder.isEmpty()) {
            byte[] bytes = Files.readAllBytes(Path.of(folder, rate + ".pcm"));
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(pcm, 0, Math.min(pcm.length, bytes.length / 2));
            return pcm;
        }
        Random random = new Random(6716);
        for (int i = 0; i < pcm.length; i++) {
            double seconds = (double) i / rate;
            pcm[i] = (short) (8_000 * (seconds * 120 % 1 - 0.5) * (1 + Math.sin(6 * Math.PI * seconds)) + random.nextGaussian() * 200);
        }
        return pcm;
    }

    private int next() {
        next = (next + 1) % packets.length;
        return next;
    }

    /** PCM to a packet. */
    @Benchmark
    public byte[] encode() {
        coder.encode(pcm, next() * samples, samples, encoded, 0);
        return encoded;
    }

    /** A packet to PCM. */
    @Benchmark
    public short[] decode() {
        int i = next();
        coder.decode(packets[i], 0, lengths[i], decoded, 0);
        return decoded;
    }
}
