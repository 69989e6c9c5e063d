package io.earshot.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.codec.spi.AudioCodec;
import io.earshot.api.codec.spi.AudioCodecProvider;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.api.codec.spi.FormatParameters;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What every {@link AudioCodec} must do, tried with each codec that the provider offers. */
@SuppressWarnings("exports") // who uses it has JUnit, which this module requires of nobody else
public abstract class AudioCodecContract {
    private static final int SECONDS = 1;
    private static final int LONGEST_MILLIS = 120;
    private static final short GUARD = 0x5a5a;
    private static final int WARM_UP = 2_000;
    /** What the measurement itself may cost. */
    private static final long ALLOCATION_NOISE = 512;

    /** For the extending test. */
    protected AudioCodecContract() {
    }

    /** Returns what is under test. */
    protected abstract AudioCodecProvider provider();

    /**
     * Returns how faithful a tone must come back, in dB of signal to noise; 20 unless the codec follows the ear rather than the wave.
     */
    protected double leastSignalToNoise(CodecDescriptor codec) {
        return 20;
    }

    /**
     * Returns the bytes that a packet encoded, decoded and concealed may allocate: 0, unless the codec stands on a library that does, and
     * then what that was found to cost.
     */
    protected long mostAllocation(CodecDescriptor codec) {
        return 0;
    }

    /** The provider can be found on the module path and on the class path. */
    @Test
    protected void isDeclaredInModuleInfoAndInMetaInf() {
        ServiceDeclaration.check(AudioCodecProvider.class, provider().getClass());
    }

    /** There is a reason for the provider to exist, and no codec is offered twice. */
    @Test
    protected void offersDifferentCodecs() {
        assertFalse(provider().codecs().isEmpty());
        long names = provider().codecs().stream().map(codec -> codec.name() + codec.rtpClockRate() + codec.channels()).distinct().count();
        assertEquals(names, provider().codecs().size());
    }

    /** Two of us can talk to each other. */
    @Test
    protected void acceptsItsOwnOffer() {
        each(codec -> assertTrue(provider().answer(codec, provider().offer(codec)).isPresent(), codec.name()));
    }

    /** A tone survives, and packets have the size and the duration that were announced. */
    @Test
    protected void bringsAToneBack() {
        each(codec -> {
            short[] tone = tone(codec);
            short[] back = new short[tone.length];
            int samples = codec.samplesIn(codec.defaultPtime());
            try (AudioCodec coder = open(codec)) {
                byte[] packet = new byte[coder.maxPayload(samples)];
                for (int at = 0; at + samples <= tone.length; at += samples) {
                    int length = coder.encode(tone, at, samples, packet, 0);
                    assertTrue(length > 0 && length <= packet.length, codec.name() + " wrote " + length + " bytes");
                    int duration = coder.duration(packet, 0, length);
                    assertTrue(duration == samples || duration == AudioCodec.NONE, codec.name() + " announced " + duration);
                    short[] pcm = new short[codec.samplesIn(LONGEST_MILLIS)];
                    assertEquals(samples, coder.decode(packet, 0, length, pcm, 0), codec.name());
                    System.arraycopy(pcm, 0, back, at, samples);
                }
            }
            double ratio = bestSignalToNoise(tone, back, codec);
            assertTrue(ratio >= leastSignalToNoise(codec), codec.name() + " reached " + ratio + " dB");
        });
    }

    /** Whatever comes from the network: a verdict, and not one sample outside the array's promised part. */
    @Test
    protected void survivesHostilePayloads() {
        SplittableRandom random = new SplittableRandom(2_026);
        each(codec -> {
            int most = codec.samplesIn(LONGEST_MILLIS);
            short[] pcm = new short[most + 64];
            try (AudioCodec coder = open(codec)) {
                for (int i = 0; i < 5_000; i++) {
                    byte[] payload = new byte[random.nextInt(i % 10 == 0 ? 2_000 : 200)];
                    random.nextBytes(payload);
                    int offset = payload.length == 0 ? 0 : random.nextInt(payload.length);
                    int length = payload.length - offset;
                    Arrays.fill(pcm, GUARD);
                    int decoded = coder.decode(payload, offset, length, pcm, 32);
                    assertTrue(decoded >= AudioCodec.NONE && decoded <= most, codec.name() + " decoded " + decoded + " samples");
                    int duration = coder.duration(payload, offset, length);
                    assertTrue(duration >= AudioCodec.NONE, codec.name() + " announced " + duration);
                    assertGuards(codec, pcm, 32, most);
                }
            }
        });
    }

    private static void assertGuards(CodecDescriptor codec, short[] pcm, int offset, int most) {
        for (int i = 0; i < pcm.length; i++) {
            boolean outside = i < offset || i >= offset + most;
            assertTrue(!outside || pcm[i] == GUARD, codec.name() + " wrote outside its part, at " + (i - offset));
        }
    }

    /** Offsets mean what they say. */
    @Test
    protected void worksInTheMiddleOfArrays() {
        each(codec -> {
            int samples = codec.samplesIn(codec.defaultPtime());
            short[] tone = Arrays.copyOf(tone(codec), samples);
            short[] shifted = new short[samples + 7];
            System.arraycopy(tone, 0, shifted, 7, samples);
            try (AudioCodec one = open(codec); AudioCodec other = open(codec)) {
                byte[] packet = new byte[one.maxPayload(samples)];
                byte[] behind = new byte[packet.length + 5];
                int length = one.encode(tone, 0, samples, packet, 0);
                assertEquals(length, other.encode(shifted, 7, samples, behind, 5), codec.name());
                assertArrayEquals(Arrays.copyOf(packet, length), Arrays.copyOfRange(behind, 5, 5 + length), codec.name());
                short[] pcm = new short[codec.samplesIn(LONGEST_MILLIS) + 3];
                short[] pcmBehind = new short[pcm.length];
                int decoded = one.decode(packet, 0, length, pcm, 0);
                assertEquals(decoded, other.decode(behind, 5, length, pcmBehind, 3), codec.name());
                assertArrayEquals(Arrays.copyOf(pcm, decoded), Arrays.copyOfRange(pcmBehind, 3, 3 + decoded), codec.name());
            }
        });
    }

    /** A call costs no garbage once it runs. */
    @Test
    protected void allocatesNothingInSteadyState() {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        each(codec -> {
            int samples = codec.samplesIn(codec.defaultPtime());
            short[] tone = tone(codec);
            try (AudioCodec coder = open(codec)) {
                byte[] packet = new byte[coder.maxPayload(samples)];
                short[] pcm = new short[codec.samplesIn(LONGEST_MILLIS)];
                int packets = mostAllocation(codec) == 0 ? WARM_UP : WARM_UP / 10;
                work(coder, packets, tone, samples, packet, pcm);
                long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
                work(coder, packets, tone, samples, packet, pcm);
                long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
                assertTrue(allocated <= ALLOCATION_NOISE + packets * mostAllocation(codec),
                    codec.name() + " allocated " + allocated + " bytes in " + packets + " packets");
            }
        });
    }

    private static void work(AudioCodec coder, int packets, short[] tone, int samples, byte[] packet, short[] pcm) {
        for (int i = 0; i < packets; i++) {
            int length = coder.encode(tone, i % 10 * samples, samples, packet, 0);
            coder.duration(packet, 0, length);
            coder.decode(packet, 0, length, pcm, 0);
            coder.conceal(pcm, 0, samples);
        }
    }

    /** Codecs are closed by owners that may do so twice. */
    @Test
    protected void canBeClosedTwice() {
        each(codec -> {
            AudioCodec coder = open(codec);
            coder.close();
            coder.close();
        });
    }

    private void each(Consumer<CodecDescriptor> test) {
        provider().codecs().forEach(test);
    }

    private AudioCodec open(CodecDescriptor codec) {
        FormatParameters own = provider().offer(codec);
        return provider().open(codec, own, own);
    }

    /** 440 Hz at a quarter of full scale, the same in every channel. */
    private static short[] tone(CodecDescriptor codec) {
        short[] pcm = new short[codec.samplesIn(1_000 * SECONDS)];
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = (short) (8_192 * Math.sin(2 * Math.PI * 440 * (i / codec.channels()) / codec.sampleRate()));
        }
        return pcm;
    }

    /** Codecs delay: the best of every lag up to 60 ms counts, measured behind the first 200 ms. */
    private static double bestSignalToNoise(short[] sent, short[] back, CodecDescriptor codec) {
        double best = Double.NEGATIVE_INFINITY;
        int start = codec.samplesIn(200);
        for (int lag = 0; lag <= codec.samplesIn(60); lag += codec.channels()) {
            double signal = 0;
            double noise = 1e-9;
            for (int i = start; i < sent.length - lag; i++) {
                double difference = sent[i] - back[i + lag];
                signal += (double) sent[i] * sent[i];
                noise += difference * difference;
            }
            best = Math.max(best, 10 * Math.log10(signal / noise));
        }
        return best;
    }
}
