package io.earshot.ice.nat;

import io.earshot.api.time.Ticker;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The packets that open a NAT towards a peer when a session is described, before there is anything to say: the parameters
 * {@code natopenpackets} and {@code natopenpackettype}. Sends nothing itself: {@link #poll} gives one packet each 20 ms.
 */
public final class HolePunch {
    private static final int MAX = 50;
    private static final long SPACING = 20 * Ticker.MILLISECOND;

    /** What the packets are. */
    public enum Form {
        /** Two bytes, CR and LF: for peers that drop what is no RTP. */
        SHORT,
        /** RTP with a payload of zeros. */
        RTP
    }

    /** How the RTP of the stream is, so that what is sent later follows on. */
    public record Stream(int payloadType, int ssrc, int sequence, int timestamp, int samples, int payloadBytes) { }

    private final int count;
    private final Form form;
    private final Stream stream;
    private int sent;
    private long next;

    /**
     * Begins.
     *
     * @param packets 0 for none, 1 for one short packet, 2 for one packet of this form, more for that many
     */
    public HolePunch(int packets, Form form, Stream stream, long now) {
        count = packets <= 0 ? 0 : packets <= 2 ? 1 : Math.min(packets, MAX);
        this.form = packets == 1 ? Form.SHORT : form;
        this.stream = stream;
        next = now;
    }

    /** Returns the packet that is due. */
    public Optional<byte[]> poll(long now) {
        if (sent >= count || now < next) {
            return Optional.empty();
        }
        next = now + SPACING;
        int index = sent++;
        return Optional.of(form == Form.SHORT ? new byte[] {'\r', '\n'} : rtp(index));
    }

    private byte[] rtp(int index) {
        ByteBuffer packet = ByteBuffer.allocate(12 + Math.max(0, Math.min(stream.payloadBytes, 1400)));
        packet.put((byte) 0x80).put((byte) (stream.payloadType & 0x7F)).putShort((short) (stream.sequence + index))
            .putInt(stream.timestamp + index * stream.samples).putInt(stream.ssrc);
        return packet.array();
    }

    /** Returns how many RTP packets were sent, for the sequence number of the next one. */
    public int rtpSent() {
        return form == Form.RTP ? sent : 0;
    }

    /** Returns when the next packet is due. */
    public long deadline() {
        return sent >= count ? Ticker.NEVER : next;
    }
}
