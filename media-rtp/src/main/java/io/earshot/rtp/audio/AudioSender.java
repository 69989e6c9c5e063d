package io.earshot.rtp.audio;

import static java.util.Objects.requireNonNull;

import io.earshot.rtp.packet.RtpPacket;
import io.earshot.rtp.packet.RtpTimestamp;
import io.earshot.rtp.session.RtpSender;

/**
 * Makes one RTP stream: PCM goes in in blocks of any length, packets of the packet time come out. The timestamp counts all samples, also
 * those that silence suppression does not send and the time of a pause; the first packet after such carries the marker
 * (RFC 3551 §4.1). Confined to one thread.
 */
public final class AudioSender {
    private static final int LONGEST_PACKET_MILLIS = 120;
    private static final int LONGEST_BLOCK_MILLIS = 120;

    private final RtpSender sender;
    private final PcmFifo fifo = new PcmFifo(0);
    private PayloadFormat format;
    private short[] block = new short[0];
    private int packetSamples;
    private long mediaTicks;
    private boolean spurtStarts = true;
    private boolean paused;
    private long pausedAt;

    /**
     * Makes a sender.
     *
     * @param ptimeMillis time per packet, a multiple of the codec's frame, at most 120
     */
    public AudioSender(RtpSender sender, PayloadFormat format, int ptimeMillis) {
        this.sender = requireNonNull(sender, "sender");
        switchTo(format, ptimeMillis);
    }

    /** Sends with another payload type or packet time from now on. Samples that did not fill a packet yet are kept if the rate is. */
    public void switchTo(PayloadFormat to, int ptimeMillis) {
        requireNonNull(to, "to");
        if (ptimeMillis < 1 || ptimeMillis > LONGEST_PACKET_MILLIS || ptimeMillis % to.descriptor().frameMillis() != 0) {
            throw new IllegalArgumentException("packet time " + ptimeMillis + " does not suit " + to.descriptor().name());
        }
        if (format != null && (format.descriptor().sampleRate() != to.descriptor().sampleRate()
                || format.descriptor().channels() != to.descriptor().channels())) {
            fifo.clear();
        }
        format = to;
        packetSamples = to.descriptor().samplesIn(ptimeMillis);
        if (block.length < packetSamples) {
            block = new short[packetSamples];
        }
        fifo.ensureCapacity(packetSamples + to.descriptor().samplesIn(LONGEST_BLOCK_MILLIS));
        sender.clockRate(to.descriptor().rtpClockRate());
    }

    /** Returns the samples per second and channel that {@link #write} takes. */
    public int sampleRate() {
        return format.descriptor().sampleRate();
    }

    /** Returns the time of the next packet on the stream's own scale, in timestamp ticks: where a telephone event of now begins. */
    public long mediaTicks() {
        return mediaTicks;
    }

    /** Returns the most bytes that {@link #next} writes. */
    public int maxPacket() {
        return RtpPacket.HEADER_BYTES + format.codec().maxPayload(packetSamples);
    }

    /**
     * Takes samples; then drain {@link #next}. While paused they are ignored.
     *
     * @param samples at most 120 ms
     * @return the samples taken: fewer than given only when packets were not drained
     */
    public int write(short[] pcm, int offset, int samples) {
        if (paused) {
            return samples;
        }
        int count = Math.min(samples, fifo.room());
        fifo.write(pcm, offset, count);
        return count;
    }

    /**
     * Writes the next packet.
     *
     * @param out has room for {@link #maxPacket()} bytes from {@code offset}
     * @return its length, 0 when there is none
     */
    public int next(byte[] out, int offset, long now) {
        while (fifo.size() >= packetSamples) {
            fifo.read(block, 0, packetSamples);
            int payload = format.codec().encode(block, 0, packetSamples, out, offset + RtpPacket.HEADER_BYTES);
            long ticks = mediaTicks;
            mediaTicks += format.ticks(packetSamples);
            if (payload > 0) {
                boolean marker = spurtStarts;
                spurtStarts = false;
                return sender.packet(out, offset, format.payloadType(), marker, ticks, payload, now);
            }
            spurtStarts = true; // suppressed: whatever follows starts a talk-spurt
        }
        return 0;
    }

    /** Stops sending, as for hold; what did not fill a packet is dropped. Doing so twice is harmless. */
    public void pause(long now) {
        if (!paused) {
            paused = true;
            pausedAt = now;
            fifo.clear();
        }
    }

    /** Sends again; the timestamp has gone on meanwhile. Without a pause it does nothing. */
    public void resume(long now) {
        if (paused) {
            paused = false;
            spurtStarts = true;
            mediaTicks += RtpTimestamp.toTicks(now - pausedAt, format.descriptor().rtpClockRate());
        }
    }
}
