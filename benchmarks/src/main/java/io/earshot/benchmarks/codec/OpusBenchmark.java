package io.earshot.benchmarks.codec;

import io.earshot.api.codec.spi.AudioCodec;
import io.earshot.api.codec.spi.AudioCodecProvider;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.api.codec.spi.FormatParameters;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Packets of 20 ms through Opus, either way. With {@code -prof gc} it must show 0 B/op; conformance/run opus times libopus beside it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class OpusBenchmark {
    private static final int SAMPLES = 960;
    private static final int PACKETS = 50;

    /** The peer's {@code maxplaybackrate}. */
    @Param({"8000", "16000", "48000"})
    public int rate;

    private final short[] pcm = new short[PACKETS * SAMPLES];
    private final short[] decoded = new short[6 * SAMPLES];
    private final byte[][] packets = new byte[PACKETS][];
    private final int[] lengths = new int[PACKETS];
    private byte[] encoded;
    private AudioCodec codec;
    private int next;

    /** Opens the codec as the engine does, and fills a second with a buzz that swells and fades, and noise, from a fixed seed. */
    @Setup
    public void open() {
        int priority = -1;
        for (AudioCodecProvider provider : ServiceLoader.load(AudioCodecProvider.class)) {
            for (CodecDescriptor descriptor : provider.codecs()) {
                if (descriptor.name().equals("opus") && descriptor.priority() > priority) {
                    priority = descriptor.priority();
                    codec = provider.open(descriptor, FormatParameters.NONE, new FormatParameters("maxplaybackrate=" + rate));
                }
            }
        }
        Random random = new Random(6716);
        for (int i = 0; i < pcm.length; i++) {
            double seconds = i / 48_000.0;
            pcm[i] = (short) (8_000 * (seconds * 120 % 1 - 0.5) * (1 + Math.sin(6 * Math.PI * seconds)) + random.nextGaussian() * 200);
        }
        encoded = new byte[codec.maxPayload(SAMPLES)];
        for (int i = 0; i < PACKETS; i++) {
            packets[i] = new byte[encoded.length];
            lengths[i] = codec.encode(pcm, i * SAMPLES, SAMPLES, packets[i], 0);
        }
    }

    private int next() {
        next = (next + 1) % PACKETS;
        return next;
    }

    /** PCM to a packet. */
    @Benchmark
    public byte[] encode() {
        codec.encode(pcm, next() * SAMPLES, SAMPLES, encoded, 0);
        return encoded;
    }

    /** A packet to PCM. */
    @Benchmark
    public short[] decode() {
        int i = next();
        codec.decode(packets[i], 0, lengths[i], decoded, 0);
        return decoded;
    }
}
