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

/** One packet of 20 ms (160 samples) through G.711, either way. With {@code -prof gc} it must show 0 B/op. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class G711Benchmark {
    private static final int SAMPLES = 160;

    /** Which law. */
    @Param({"PCMU", "PCMA"})
    public String name;

    private final short[] pcm = new short[SAMPLES];
    private final short[] decoded = new short[SAMPLES];
    private final byte[] payload = new byte[SAMPLES];
    private final byte[] encoded = new byte[SAMPLES];
    private AudioCodec codec;

    /** Opens the codec as the engine does, and fills a packet with noise of speech-like level from a fixed seed. */
    @Setup
    public void open() {
        for (AudioCodecProvider provider : ServiceLoader.load(AudioCodecProvider.class)) {
            for (CodecDescriptor descriptor : provider.codecs()) {
                if (descriptor.name().equals(name)) {
                    codec = provider.open(descriptor, FormatParameters.NONE, FormatParameters.NONE);
                }
            }
        }
        Random random = new Random(711);
        for (int i = 0; i < SAMPLES; i++) {
            pcm[i] = (short) (random.nextGaussian() * 3000);
        }
        codec.encode(pcm, 0, SAMPLES, payload, 0);
    }

    /** Linear to companded. */
    @Benchmark
    public byte[] encode() {
        codec.encode(pcm, 0, SAMPLES, encoded, 0);
        return encoded;
    }

    /** Companded to linear. */
    @Benchmark
    public short[] decode() {
        codec.decode(payload, 0, SAMPLES, decoded, 0);
        return decoded;
    }
}
