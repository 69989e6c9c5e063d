import io.earshot.api.codec.spi.AudioCodec;
import io.earshot.api.codec.spi.AudioCodecProvider;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.api.codec.spi.FormatParameters;
import java.util.Arrays;
import java.util.ServiceLoader;
import java.util.SplittableRandom;

/**
 * Feeds a decoder random and mutated payloads, losses and recoveries in between: {@code NAME/RATE[/CHANNELS] COUNT [FMTP]}. Prints what
 * came
 * of it, how long it took and what it took from the heap; ends in an exception if the codec throws, writes outside its room, gives a length
 * out of range, or does not play a good stream any more: every hundred thousand payloads one comes by.
 */
public final class Hostile {
    private static final short GUARD = 0x5a5a;
    private static final int RECOVERY = 100_000;

    private final AudioCodec coder;
    private final CodecDescriptor codec;
    private final SplittableRandom random;
    private final Ordeal ordeal = new Ordeal();
    private final int room;
    private final int packet;
    private final short[] pcm;
    private final byte[] payload = new byte[1_500];
    private final byte[] good;
    private int goodLength;

    private Hostile(AudioCodec coder, CodecDescriptor codec, int count) {
        this.coder = coder;
        this.codec = codec;
        random = new SplittableRandom(count);
        room = codec.samplesIn(120);
        packet = codec.samplesIn(codec.defaultPtime());
        pcm = new short[room + 128];
        good = new byte[coder.maxPayload(packet)];
        goodLength = good.length;
    }

    /** Entry point. */
    public static void main(String[] args) {
        String[] wanted = args[0].split("/");
        int channels = wanted.length > 2 ? Integer.parseInt(wanted[2]) : 1;
        int count = Integer.parseInt(args[1]);
        for (AudioCodecProvider provider : ServiceLoader.load(AudioCodecProvider.class)) {
            for (CodecDescriptor codec : provider.codecs()) {
                if (codec.name().equalsIgnoreCase(wanted[0]) && codec.sampleRate() == Integer.parseInt(wanted[1])
                        && codec.channels() == channels) {
                    FormatParameters format = args.length > 2 ? new FormatParameters(args[2]) : provider.offer(codec);
                    CodecDescriptor agreed = provider.negotiated(codec, format, format);
                    new Hostile(provider.open(agreed, format, format), agreed, count).run(args[0] + (args.length > 2 ? " " + args[2]
                            : ""), count);
                    return;
                }
            }
        }
        throw new IllegalArgumentException("no codec " + args[0]);
    }

    private void run(String what, int count) {
        long sounded = 0;
        for (int i = 0; i < count; i++) {
            int length = i % 3 == 0 ? random(i) : mutated(i);
            Arrays.fill(pcm, 0, 64, GUARD);
            Arrays.fill(pcm, room + 64, pcm.length, GUARD);
            ordeal.begin();
            int decoded = decode(i, length);
            for (int again = 0; again < 3 && ordeal.stalled(); again++) { // the shortest of four counts
                ordeal.begin();
                decoded = decode(i, length);
            }
            ordeal.end();
            if (decoded < AudioCodec.NONE || decoded > room || !guarded()) {
                throw new IllegalStateException("payload " + i + " gave " + decoded);
            }
            if (coder.duration(payload, 0, length) < AudioCodec.NONE) {
                throw new IllegalStateException("the duration of payload " + i);
            }
            sounded += decoded > 0 ? 1 : 0;
            if (i % RECOVERY == RECOVERY - 1) {
                recovers(i);
            }
        }
        ordeal.print(what, sounded);
    }

    private int decode(int i, int length) {
        if (i % 17 == 0) {
            return coder.conceal(pcm, 64, packet);
        }
        return i % 19 == 0 ? coder.decodeFec(payload, 0, length, pcm, 64, packet) : coder.decode(payload, 0, length, pcm, 64);
    }

    private int random(int i) {
        random.nextBytes(payload);
        return random.nextInt(i % 99 == 0 ? payload.length : 200);
    }

    private int mutated(int i) {
        if (i % 1_000 == 1) {
            for (int k = 0; k < packet; k++) {
                pcm[k] = (short) (random.nextInt() >> i % 9 + 16);
            }
            goodLength = coder.encode(pcm, 0, packet, good, 0);
        }
        int length = goodLength;
        System.arraycopy(good, 0, payload, 0, length);
        for (int flips = length == 0 ? 0 : random.nextInt(12); flips > 0; flips--) {
            payload[random.nextInt(length)] ^= (byte) (1 << random.nextInt(8));
        }
        return length - (length > 0 && random.nextInt(20) == 0 ? random.nextInt(length) : 0); // a part of it
    }

    /** Plays a second of voice: at its end the decoder must have forgotten what it went through. */
    private void recovers(int i) {
        double before = 0;
        double after = 0;
        for (int n = 0; n < 50; n++) {
            Ordeal.voice(pcm, 64, packet, codec.sampleRate(), codec.channels(), (long) n * packet / codec.channels());
            before = Ordeal.power(pcm, 64, packet);
            goodLength = coder.encode(pcm, 64, packet, good, 0);
            int decoded = coder.decode(good, 0, goodLength, pcm, 64);
            if (goodLength > 0 && decoded != packet) {
                throw new IllegalStateException("after payload " + i + " a good one gives " + decoded);
            }
            after = Ordeal.power(pcm, 64, packet);
        }
        if (!(after > before / 10 && after < before * 10)) {
            throw new IllegalStateException("after payload " + i + " the power of a voice is " + after + " for " + before);
        }
    }

    private boolean guarded() {
        for (int i = 0; i < 64; i++) {
            if (pcm[i] != GUARD || pcm[room + 64 + i] != GUARD) {
                return false;
            }
        }
        return true;
    }
}
