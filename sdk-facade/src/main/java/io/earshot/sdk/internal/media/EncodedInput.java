package io.earshot.sdk.internal.media;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.audio.EncodedSource;
import io.earshot.api.codec.spi.AudioCodec;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.sdk.internal.loop.PcmRing;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** A program speaks in packets of a codec; they are decoded on its own thread. */
final class EncodedInput extends PortHandle implements EncodedSource {
    /** What a decoder may write at once. */
    private static final int LONGEST_MILLIS = 120;
    private static final int BUFFER_MILLIS = 60_000;

    private static final int IDLE = 0;
    private static final int BUSY = 1;
    private static final int OVER = 2;

    private final PcmRing ring;
    /** A decoder belongs to one thread: who writes while it is closed closes it. */
    private final AtomicInteger state = new AtomicInteger(IDLE);
    private final AudioCodec decoder;
    private final int channels;
    private final boolean rtp;
    private final short[] pcm;

    private EncodedInput(MediaRoom room, CodecDescriptor codec, AudioCodec decoder, boolean rtp, PcmRing ring) {
        super(room, "program " + codec.name() + " " + codec.sampleRate() + " Hz", new RingSource(ring, codec.sampleRate()));
        this.ring = ring;
        this.decoder = decoder;
        this.channels = codec.channels();
        this.rtp = rtp;
        this.pcm = new short[codec.samplesIn(LONGEST_MILLIS)];
    }

    static EncodedInput open(MediaRoom room, CodecDescriptor codec, AudioCodec decoder, boolean rtp) {
        return new EncodedInput(room, codec, decoder, rtp, new PcmRing(codec.sampleRate() / 1000 * BUFFER_MILLIS));
    }

    @Override
    public boolean write(byte[] packet, int offset, int length) throws InterruptedException {
        requireNonNull(packet, "packet");
        if (offset < 0 || length < 0 || length > packet.length - offset) {
            throw new IllegalArgumentException("offset " + offset + " and length " + length + " are outside the array of " + packet.length
                    + " bytes");
        }
        if (!state.compareAndSet(IDLE, BUSY)) {
            throw new IllegalStateException("the port is closed");
        }
        try {
            return decode(packet, offset, length);
        } finally {
            if (!state.compareAndSet(BUSY, IDLE)) {
                decoder.close();
            }
        }
    }

    private boolean decode(byte[] packet, int offset, int length) throws InterruptedException {
        int header = rtp ? PacketTaps.headerLength(packet, offset, length) : 0;
        int payload = header < 0 ? 0 : length - header - (rtp ? PacketTaps.padding(packet, offset, length) : 0);
        int samples = payload <= 0 ? AudioCodec.NONE : decoder.decode(packet, offset + header, payload, pcm, 0);
        if (samples < 0) {
            return false;
        }
        for (int i = 1; channels == 2 && i < samples / 2; i++) {
            pcm[i] = (short) (pcm[2 * i] + pcm[2 * i + 1] >> 1);
        }
        ring.put(pcm, 0, samples / channels);
        return true;
    }

    @Override
    public int clear() {
        return ring.clear();
    }

    @Override
    public CompletableFuture<Boolean> mark() {
        CompletableFuture<Boolean> told = new CompletableFuture<>();
        ring.mark().thenAccept(reached -> room().complete(told, reached));
        return told;
    }

    @Override
    void onClosed() {
        ring.close();
        if (state.getAndSet(OVER) == IDLE) {
            decoder.close();
        }
    }
}
