import io.earshot.api.codec.spi.AudioCodecProvider;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.api.codec.spi.FormatParameters;
import io.earshot.api.time.Ticker;
import io.earshot.rtp.audio.AudioReceiver;
import io.earshot.rtp.audio.PayloadFormat;
import io.earshot.rtp.dtmf.TelephoneEventReceiver;
import io.earshot.rtp.jitter.JitterConfig;
import io.earshot.rtp.packet.RedundantBlocks;
import io.earshot.rtp.packet.RtpPacket;
import io.earshot.rtp.packet.RtpVerdict;
import io.earshot.rtp.packet.RtpWriter;
import java.util.List;
import java.util.ServiceLoader;
import java.util.SplittableRandom;

/**
 * The same for what is no codec but comes as payloads: {@code red}, {@code CN} and {@code telephone-event}, {@code KIND COUNT}. Redundant
 * packets and comfort noise go through the whole receiver with its jitter buffer, a packet and a tick of 20 ms each, with packets of
 * PCMU in between; whatever it plays must be a tick long, and a good stream must be heard again.
 */
public final class HostileStream {
    private static final int PCMU = 0;
    private static final int NOISE = 13;
    private static final int REDUNDANT = 99;
    private static final int TICK = 160;
    private static final int RECOVERY = 100_000;

    private final SplittableRandom random;
    private final Ordeal ordeal = new Ordeal();
    private final byte[] bytes = new byte[1_500];
    private final RtpPacket packet = new RtpPacket();
    private final RedundantBlocks blocks = new RedundantBlocks();
    private final PayloadFormat format = pcmu();
    private final AudioReceiver receiver = new AudioReceiver(JitterConfig.DEFAULT, 20, List.of(format));
    private final TelephoneEventReceiver events = new TelephoneEventReceiver(8_000);
    private final short[] pcm = new short[TICK];
    private long sounded;
    private long now;

    private HostileStream(int count) {
        random = new SplittableRandom(count);
        receiver.comfortNoise(NOISE);
        receiver.redundancy(REDUNDANT);
    }

    /** Entry point. */
    public static void main(String[] args) {
        int count = Integer.parseInt(args[1]);
        HostileStream stream = new HostileStream(count);
        for (int i = 0; i < count; i++) {
            switch (args[0]) {
                case "telephone-event" -> stream.event(i);
                case "red" -> stream.packet(i, REDUNDANT);
                case "CN" -> stream.packet(i, random(stream, 4) == 0 ? PCMU : NOISE);
                default -> throw new IllegalArgumentException("red, CN or telephone-event, not " + args[0]);
            }
            if (i % RECOVERY == RECOVERY - 1) {
                stream.recovers(i);
            }
        }
        stream.ordeal.print(args[0], stream.sounded);
    }

    private static int random(HostileStream stream, int bound) {
        return stream.random.nextInt(bound);
    }

    private static PayloadFormat pcmu() {
        for (AudioCodecProvider provider : ServiceLoader.load(AudioCodecProvider.class)) {
            for (CodecDescriptor codec : provider.codecs()) {
                if (codec.name().equals("PCMU")) {
                    return new PayloadFormat(PCMU, codec, provider.open(codec, FormatParameters.NONE, FormatParameters.NONE));
                }
            }
        }
        throw new IllegalStateException("codec-g711 is missing");
    }

    private void event(int i) {
        random.nextBytes(bytes);
        bytes[0] &= i % 3 == 0 ? -1 : 3; // few events, so that one goes on
        int length = random.nextInt(10) == 0 ? random.nextInt(8) : 4;
        now += random.nextInt(50) * Ticker.MILLISECOND;
        int timestamp = random.nextInt(8) == 0 ? random.nextInt() : i / 5 * TICK;
        ordeal.begin();
        events.receive(bytes, random.nextInt(3), length, timestamp, now);
        events.expire(now);
        ordeal.end();
        while (events.poll().isPresent()) {
            sounded++;
        }
    }

    private void packet(int i, int type) {
        random.nextBytes(bytes);
        int at = RtpWriter.header(bytes, 0, type, false, i & 0xFFFF, i * TICK, 1);
        int length = type == NOISE ? random.nextInt(20) : random.nextInt(i % 99 == 0 ? 1_400 : 200);
        if (type == REDUNDANT && i % 3 != 0) {
            length = heads(at) - at;
        }
        send(at + length, type == REDUNDANT);
    }

    /** Writes heads that are right but for some bits. */
    private int heads(int from) {
        int at = from;
        int body = 0;
        for (int block = random.nextInt(10); block > 0; block--) {
            int length = random.nextInt(8) == 0 ? random.nextInt(1_024) : TICK;
            int head = 1 << 31 | (random.nextInt(4) == 0 ? random.nextInt(128) : random.nextInt(3) == 0 ? NOISE : PCMU) << 24
                | (random.nextInt(4) == 0 ? random.nextInt(1 << 14) : block * TICK) << 10 | length;
            for (int k = 24; k >= 0; k -= 8) {
                bytes[at++] = (byte) (head >> k);
            }
            body += length;
        }
        bytes[at++] = (byte) (random.nextInt(8) == 0 ? REDUNDANT : PCMU);
        bytes[from + random.nextInt(at - from)] ^= random.nextInt(4) == 0 ? (byte) (1 << random.nextInt(8)) : 0;
        return Math.min(bytes.length, at + body + (random.nextInt(4) == 0 ? random.nextInt(200) : TICK));
    }

    private void send(int length, boolean redundant) {
        if (packet.wrap(bytes, 0, length) != RtpVerdict.OK) {
            throw new IllegalStateException("the packet itself is good");
        }
        now += 20 * Ticker.MILLISECOND;
        ordeal.begin();
        boolean played = receiver.onPacket(packet, now);
        boolean fits = !redundant || blocks.wrap(packet.buffer(), packet.payloadOffset(), packet.payloadLength());
        int samples = receiver.read(now, pcm, 0);
        ordeal.end();
        if (samples != TICK) {
            throw new IllegalStateException("a tick of " + samples);
        }
        for (int k = 0; redundant && fits && k < blocks.count(); k++) {
            if (blocks.offset(k) < packet.payloadOffset() || blocks.offset(k) + blocks.length(k) > length || blocks.length(k) < 0) {
                throw new IllegalStateException("block " + k + " lies outside the packet");
            }
        }
        sounded += played ? 1 : 0;
    }

    /** Two seconds of voice, as a new source would send it. */
    private void recovers(int i) {
        receiver.reset();
        double before = 0;
        double after = 0;
        for (int n = 0; n < 100; n++) {
            Ordeal.voice(pcm, 0, TICK, 8_000, 1, (long) n * TICK);
            before = Ordeal.power(pcm, 0, TICK);
            int at = RtpWriter.header(bytes, 0, PCMU, false, n, n * TICK, 2);
            format.codec().encode(pcm, 0, TICK, bytes, at);
            send(at + TICK, false);
            after = Ordeal.power(pcm, 0, TICK);
        }
        receiver.reset();
        if (!(after > before / 10 && after < before * 10)) {
            throw new IllegalStateException("after payload " + i + " the power of a voice is " + after + " for " + before);
        }
    }
}
