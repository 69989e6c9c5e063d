package io.earshot.srtp;

import static java.util.Objects.requireNonNull;

import io.earshot.rtp.wire.Wire;

/**
 * Protects the packets of one direction of a stream, in place. After {@link SrtpVerdict#OK}, {@link #length()} is the new length; after any
 * other verdict the packet must not be sent. Confined to one thread; allocates nothing for a packet of a known SSRC.
 */
public final class SrtpSender {
    private final SrtpParameters parameters;
    private final SourceTable sources;
    private final SrtpCounters counters = new SrtpCounters();
    private KeySlot keys;
    private int length;

    /** Makes a sender; the key must have the sizes that the suite wants. */
    public SrtpSender(SrtpParameters parameters, SrtpMasterKey key) {
        this.parameters = requireNonNull(parameters);
        sources = new SourceTable(parameters.limits());
        keys = new KeySlot(parameters, key);
    }

    /** Goes on with another master key. Rollover counters and SRTCP indices continue (RFC 3711 §3.3.1). */
    public void rekey(SrtpMasterKey key) {
        keys = new KeySlot(parameters, key);
    }

    /** Returns the bytes that must be free behind a packet. */
    public int overhead() {
        return parameters.overhead() + keys.master().mkiBytes();
    }

    /** The length of the last packet that was protected. */
    public int length() {
        return length;
    }

    /** Returns the counters, live. */
    public SrtpCounters counters() {
        return counters;
    }

    /** Protects an RTP packet in {@code buffer}, behind which {@link #overhead()} bytes are free. */
    public SrtpVerdict protectRtp(byte[] buffer, int offset, int packetLength) {
        return counters.countRtp(rtp(buffer, offset, packetLength));
    }

    private SrtpVerdict rtp(byte[] buffer, int offset, int packetLength) {
        int header = PacketShape.rtpHeader(buffer, offset, packetLength);
        if (header == PacketShape.MALFORMED) {
            return packetLength < PacketShape.RTP_FIXED ? SrtpVerdict.TOO_SHORT : SrtpVerdict.MALFORMED;
        }
        if (buffer.length - offset - packetLength < overhead()) {
            return SrtpVerdict.NO_ROOM;
        }
        if (keys.rtpExpired()) {
            return SrtpVerdict.KEY_EXPIRED;
        }
        Source source = source(Wire.i32(buffer, offset + 8));
        if (source == null) {
            return SrtpVerdict.TOO_MANY_SOURCES;
        }
        long index = Source.index(source, Wire.u16(buffer, offset + 2));
        SrtpVerdict fresh = index > Source.MAX_INDEX ? SrtpVerdict.KEY_EXPIRED : source.rtp.check(index);
        if (fresh != SrtpVerdict.OK) {
            return fresh;
        }
        length = keys.rtp(index).sealRtp(buffer, offset, header, packetLength, index, keys.master());
        source.rtp.accept(index);
        keys.rtpUsed();
        return SrtpVerdict.OK;
    }

    /** Protects a compound RTCP packet in {@code buffer}, behind which {@link #overhead()} bytes are free. */
    public SrtpVerdict protectRtcp(byte[] buffer, int offset, int packetLength) {
        return counters.countRtcp(rtcp(buffer, offset, packetLength));
    }

    private SrtpVerdict rtcp(byte[] buffer, int offset, int packetLength) {
        if (!PacketShape.rtcp(buffer, offset, packetLength)) {
            return packetLength < Protection.RTCP_HEADER ? SrtpVerdict.TOO_SHORT : SrtpVerdict.MALFORMED;
        }
        if (buffer.length - offset - packetLength < overhead()) {
            return SrtpVerdict.NO_ROOM;
        }
        if (keys.rtcpExpired()) {
            return SrtpVerdict.KEY_EXPIRED;
        }
        Source source = source(Wire.i32(buffer, offset + 4));
        if (source == null) {
            return SrtpVerdict.TOO_MANY_SOURCES;
        }
        if (source.rtcpIndex < 0) {
            return SrtpVerdict.KEY_EXPIRED;
        }
        length = keys.rtcp(source.rtcpIndex).sealRtcp(buffer, offset, packetLength, source.rtcpIndex, keys.master());
        source.rtcpIndex++;
        keys.rtcpUsed();
        return SrtpVerdict.OK;
    }

    private Source source(int ssrc) {
        Source source = sources.find(ssrc);
        return source != null || sources.full() ? source : sources.add(ssrc);
    }
}
