import io.earshot.api.codec.spi.AudioCodec;
import io.earshot.api.codec.spi.AudioCodecProvider;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.api.codec.spi.FormatParameters;
import java.util.Arrays;
import java.util.ServiceLoader;
import java.util.SplittableRandom;

/**
 * Feeds a decoder random and mutated payloads, losses and recoveries in between: {@code NAME/RATE COUNT [FMTP]}. Prints verdicts and how
 * long 99
 * of 100 take at most;
 * ends in an exception if the codec throws, writes outside its room, or gives a length out of range.
 */
public final class Hostile {
    private static final short GUARD = 0x5a5a;

    private Hostile() {
    }

    /** Entry point. */
    public static void main(String[] args) {
        String[] wanted = args[0].split("/");
        for (AudioCodecProvider provider : ServiceLoader.load(AudioCodecProvider.class)) {
            for (CodecDescriptor codec : provider.codecs()) {
                if (codec.name().equalsIgnoreCase(wanted[0]) && codec.sampleRate() == Integer.parseInt(wanted[1])) {
                    FormatParameters format = args.length > 2 ? new FormatParameters(args[2]) : provider.offer(codec);
                    run(provider.open(codec, format, format), codec, Integer.parseInt(args[1]));
                    return;
                }
            }
        }
        throw new IllegalArgumentException("no codec " + args[0]);
    }

    private static void run(AudioCodec coder, CodecDescriptor codec, int count) {
        SplittableRandom random = new SplittableRandom(count);
        int room = codec.samplesIn(120);
        int packet = codec.samplesIn(codec.defaultPtime());
        short[] pcm = new short[room + 128];
        byte[] payload = new byte[1_500];
        byte[] good = new byte[coder.maxPayload(packet)];
        long[] histogram = new long[40];
        int goodLength = good.length;
        int accepted = 0;
        for (int i = 0; i < count; i++) {
            int length;
            if (i % 3 == 0) {
                length = random.nextInt(i % 99 == 0 ? payload.length : 200);
                random.nextBytes(payload);
            } else {
                if (i % 1_000 == 1) {
                    for (int k = 0; k < packet; k++) {
                        pcm[k] = (short) (random.nextInt() >> i % 9 + 16);
                    }
                    goodLength = coder.encode(pcm, 0, packet, good, 0);
                }
                length = goodLength;
                System.arraycopy(good, 0, payload, 0, length);
                for (int flips = random.nextInt(12); flips > 0; flips--) {
                    payload[random.nextInt(length)] ^= (byte) (1 << random.nextInt(8));
                }
                length -= random.nextInt(20) == 0 ? random.nextInt(length) : 0; // a part of it
            }
            Arrays.fill(pcm, 0, 64, GUARD);
            Arrays.fill(pcm, room + 64, pcm.length, GUARD);
            long start = System.nanoTime();
            int decoded = i % 17 == 0 ? coder.conceal(pcm, 64, packet)
                : i % 19 == 0 ? coder.decodeFec(payload, 0, length, pcm, 64, packet) : coder.decode(payload, 0, length, pcm, 64);
            histogram[64 - Long.numberOfLeadingZeros(System.nanoTime() - start)]++;
            if (decoded < AudioCodec.NONE || decoded > room || !guarded(pcm, room)) {
                throw new IllegalStateException("payload " + i + " gave " + decoded);
            }
            accepted += decoded > 0 ? 1 : 0;
        }
        long rest = count / 100;
        int slot = histogram.length - 1;
        while (slot > 0 && (rest -= histogram[slot]) > 0) {
            slot--;
        }
        System.out.println(codec.name() + ": " + count + " payloads, " + accepted + " decoded or concealed, 0 exceptions, 99 % within "
            + (1L << slot) / 1_000 + " us");
    }

    private static boolean guarded(short[] pcm, int room) {
        for (int i = 0; i < 64; i++) {
            if (pcm[i] != GUARD || pcm[room + 64 + i] != GUARD) {
                return false;
            }
        }
        return true;
    }
}
