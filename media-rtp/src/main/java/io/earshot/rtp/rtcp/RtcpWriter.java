package io.earshot.rtp.rtcp;

import static java.util.Objects.requireNonNull;

import io.earshot.rtp.wire.Wire;

/**
 * Writes a compound RTCP packet into the caller's array, one packet after the other. A report is begun, gets its blocks, and is
 * followed by the next packet. Running out of room is the caller's mistake: {@link IndexOutOfBoundsException}. Confined to one
 * thread, reusable.
 */
public final class RtcpWriter {
    private static final int VERSION_BITS = 0x80;
    private static final int MAX_ITEM_BYTES = 255;

    private byte[] out = new byte[0];
    private int start;
    private int at;
    private int packet;

    /** Makes a writer; {@link #begin} comes first. */
    public RtcpWriter() {
    }

    /** Starts a compound. */
    public RtcpWriter begin(byte[] buffer, int offset) {
        out = requireNonNull(buffer, "buffer");
        start = offset;
        at = offset;
        packet = offset;
        return this;
    }

    /** Returns the bytes written since {@link #begin}. */
    public int length() {
        return at - start;
    }

    private void head(RtcpType type) {
        packet = at;
        out[at] = (byte) VERSION_BITS;
        out[at + 1] = (byte) type.wire();
        at += RtcpCompound.HEAD_BYTES;
    }

    private void setCount(int count) {
        out[packet] = (byte) (VERSION_BITS | count);
    }

    private void setLength() {
        Wire.put16(out, packet + 2, (at - packet) / 4 - 1);
    }

    private void put32(int value) {
        Wire.put32(out, at, value);
        at += 4;
    }

    /** Begins a sender report without blocks. */
    public RtcpWriter senderReport(int ssrc, long ntp, int rtpTimestamp, long packets, long octets) {
        head(RtcpType.SENDER_REPORT);
        put32(ssrc);
        put32((int) (ntp >>> 32));
        put32((int) ntp);
        put32(rtpTimestamp);
        put32((int) packets);
        put32((int) octets);
        setLength();
        return this;
    }

    /** Begins a receiver report without blocks. */
    public RtcpWriter receiverReport(int ssrc) {
        head(RtcpType.RECEIVER_REPORT);
        put32(ssrc);
        setLength();
        return this;
    }

    /**
     * Adds a block to the report begun last.
     *
     * @param fractionLost 0 to 255
     * @param cumulativeLost is clamped to 24 bits signed
     * @param highestSequence extended by its cycles
     * @param jitter in timestamp ticks
     * @param lastSenderReport compact NTP time, 0 for none
     * @param delay since that report in 1/65536 s
     */
    public RtcpWriter reportBlock(int ssrc, int fractionLost, long cumulativeLost, int highestSequence, int jitter,
            int lastSenderReport, int delay) {
        int count = out[packet] & 0x1F;
        if (count == 31) {
            throw new IllegalStateException("a report holds 31 blocks");
        }
        setCount(count + 1);
        put32(ssrc);
        int lost = (int) Math.max(-(1 << 23), Math.min((1 << 23) - 1, cumulativeLost));
        put32(fractionLost << 24 | lost & 0xFF_FFFF);
        put32(highestSequence);
        put32(jitter);
        put32(lastSenderReport);
        put32(delay);
        setLength();
        return this;
    }

    /** Adds a source description of one source with its canonical name, cut at 255 bytes. */
    public RtcpWriter cname(int ssrc, byte[] name) {
        head(RtcpType.SOURCE_DESCRIPTION);
        setCount(1);
        put32(ssrc);
        int length = Math.min(name.length, MAX_ITEM_BYTES);
        out[at++] = SourceDescription.CNAME;
        out[at++] = (byte) length;
        System.arraycopy(name, 0, out, at, length);
        at += length;
        do {
            out[at++] = 0; // at least one: the end of the list
        } while ((at - packet) % 4 != 0);
        setLength();
        return this;
    }

    /**
     * Begins a generic negative acknowledgement (RFC 4585 §6.2.1), without packets yet.
     *
     * @param ssrc ours
     * @param source whose packets are missing
     */
    public RtcpWriter nack(int ssrc, int source) {
        head(RtcpType.TRANSPORT_FEEDBACK);
        setCount(GenericNack.FORMAT);
        put32(ssrc);
        put32(source);
        setLength();
        return this;
    }

    /**
     * Adds missing packets to the acknowledgement begun last.
     *
     * @param sequence the first one
     * @param following which of the 16 behind it are missing too: bit 0 stands for the next
     */
    public RtcpWriter missing(int sequence, int following) {
        put32(sequence << 16 | following & 0xFFFF);
        setLength();
        return this;
    }

    /** Adds an extended report (RFC 3611) with the VoIP metrics of the source that we receive. */
    public RtcpWriter voipMetrics(int ssrc, VoipFigures metrics) {
        head(RtcpType.EXTENDED_REPORT);
        put32(ssrc);
        VoipMetrics.write(metrics, out, at);
        at += VoipMetrics.BLOCK_BYTES;
        setLength();
        return this;
    }

    /**
     * Adds an application-defined packet (RFC 3550 §6.7).
     *
     * @param subtype 0 to 31
     * @param name four ASCII characters
     * @param data a multiple of 4 bytes
     */
    public RtcpWriter application(int subtype, int ssrc, String name, byte[] data) {
        if (subtype < 0 || subtype > 31 || name.length() != 4 || data.length % 4 != 0) {
            throw new IllegalArgumentException("subtype 0 to 31, name of 4 characters and whole words, not " + subtype + ", " + name
                + ", " + data.length + " bytes");
        }
        head(RtcpType.APPLICATION);
        setCount(subtype);
        put32(ssrc);
        for (int i = 0; i < 4; i++) {
            out[at++] = (byte) name.charAt(i);
        }
        System.arraycopy(data, 0, out, at, data.length);
        at += data.length;
        setLength();
        return this;
    }

    /** Adds a goodbye of one source. */
    public RtcpWriter bye(int ssrc) {
        head(RtcpType.BYE);
        setCount(1);
        put32(ssrc);
        setLength();
        return this;
    }
}
