package io.earshot.rtp.audio;

import static java.util.Objects.requireNonNull;

import io.earshot.api.time.Ticker;
import io.earshot.rtp.comfort.ComfortNoiseEncoder;
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
    private static final int NONE = -1;

    private final RtpSender sender;
    private final PcmFifo fifo = new PcmFifo(0);
    private PayloadFormat format;
    private short[] block = new short[0];
    private int packetSamples;
    private long mediaTicks;
    private boolean spurtStarts = true;
    private boolean paused;
    private long pausedAt;
    private int packetMillis;
    private Pauses pauses;
    private int noiseType = NONE;
    private Redundancy redundancy;
    private int redundancyType = NONE;

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
        packetMillis = ptimeMillis;
        packetSamples = to.descriptor().samplesIn(ptimeMillis);
        if (block.length < packetSamples) {
            block = new short[packetSamples];
        }
        fifo.ensureCapacity(packetSamples + to.descriptor().samplesIn(LONGEST_BLOCK_MILLIS));
        sender.clockRate(to.descriptor().rtpClockRate());
    }

    /**
     * Leaves pauses out, and describes the noise in them instead (RFC 3389). For codecs of one channel that do not do so themselves.
     *
     * @param payloadType of comfort noise, 0 to 127; -1 sends everything
     */
    public void comfortNoise(int payloadType) {
        noiseType = payloadType;
        pauses = payloadType < 0 ? null : pauses == null ? new Pauses() : pauses;
    }

    /**
     * Repeats each payload in the packets after it (RFC 2198).
     *
     * @param payloadType of redundant audio, 0 to 127; -1 repeats nothing
     * @param copies in how many packets, 1 to 15
     */
    public void redundancy(int payloadType, int copies) {
        redundancyType = payloadType;
        redundancy = payloadType < 0 ? null : redundancy == null || redundancy.copies() != copies ? new Redundancy(copies) : redundancy;
    }

    /** Adapts the codec to the network, as RTCP reports it. */
    public void onNetwork(int targetBitsPerSecond, float lossFraction) {
        format.codec().onNetwork(targetBitsPerSecond, lossFraction);
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
        int payload = Math.max(ComfortNoiseEncoder.MOST_BYTES, format.codec().maxPayload(packetSamples));
        return RtpPacket.HEADER_BYTES + (redundancy == null ? payload : redundancy.mostBytes(payload));
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
            Pauses.Verdict verdict = pauses == null ? Pauses.Verdict.SOUND : pauses.next(block, packetSamples, packetMillis);
            long ticks = mediaTicks;
            mediaTicks += format.ticks(packetSamples);
            int length = verdict == Pauses.Verdict.SOUND ? sound(out, offset, ticks, now)
                : verdict == Pauses.Verdict.NOISE ? noise(out, offset, ticks, now) : 0;
            if (length > 0) {
                return length;
            }
        }
        return 0;
    }

    private int sound(byte[] out, int offset, long ticks, long now) {
        int payloadAt = offset + RtpPacket.HEADER_BYTES;
        int payload = format.codec().encode(block, 0, packetSamples, out, payloadAt);
        if (payload <= 0) {
            suppressed();
            return 0;
        }
        boolean marker = spurtStarts;
        spurtStarts = false;
        if (redundancy == null) {
            return sender.packet(out, offset, format.payloadType(), marker, ticks, payload, now);
        }
        int whole = redundancy.pack(out, payloadAt, payload, format.payloadType(), ticks);
        return sender.packet(out, offset, redundancyType, marker, ticks, whole, now);
    }

    private int noise(byte[] out, int offset, long ticks, long now) {
        suppressed();
        int payload = pauses.write(out, offset + RtpPacket.HEADER_BYTES);
        return sender.packet(out, offset, noiseType, false, ticks, payload, now);
    }

    /** Whatever follows starts a talk-spurt. */
    private void suppressed() {
        spurtStarts = true;
        if (redundancy != null) {
            redundancy.reset();
        }
    }

    /**
     * The time of so much sound went by without it: we stood still. The timestamp goes on, so that the peer hears a pause and does not
     * wait longer for whatever follows. While paused it does nothing.
     */
    public void leaveOut(int millis) {
        if (!paused) {
            fifo.clear();
            suppressed();
            mediaTicks += RtpTimestamp.toTicks(millis * Ticker.MILLISECOND, format.descriptor().rtpClockRate());
        }
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
            suppressed();
            mediaTicks += RtpTimestamp.toTicks(now - pausedAt, format.descriptor().rtpClockRate());
        }
    }
}
