package io.earshot.rtp.rtcp;

import io.earshot.rtp.wire.Wire;

/**
 * What one end says of the sound that it receives: the VoIP metrics block of RFC 3611 §4.7. Shares are in 1/256; what is unknown is 127
 * for levels and quality, as there.
 *
 * @param source the SSRC that is received
 * @param lossRate share lost on the network
 * @param discardRate share that came too late, or was left out
 * @param burstDensity share missing within bursts
 * @param gapDensity share missing between bursts
 * @param burstMillis mean length of a burst, 0 to 65535
 * @param gapMillis mean length between bursts, 0 to 65535
 * @param roundTripMillis by RTCP, 0 while unknown
 * @param endSystemMillis delay of this end, buffer and both sides of the sound system included
 * @param rFactor quality of the network and this end (ITU-T G.107), 0 to 100
 * @param mosLq listening quality times 10, 10 to 50
 * @param mosCq conversational quality times 10, 10 to 50
 * @param bufferMillis playout delay now
 * @param bufferMost the greatest that it can become now
 * @param bufferLimit the greatest that it can ever become
 */
public record VoipMetrics(int source, int lossRate, int discardRate, int burstDensity, int gapDensity, int burstMillis, int gapMillis,
        int roundTripMillis, int endSystemMillis, int rFactor, int mosLq, int mosCq, int bufferMillis, int bufferMost,
        int bufferLimit) implements VoipFigures {
    /** Says that something is unknown. */
    public static final int UNKNOWN = 127;
    /** Nothing is known. */
    public static final VoipMetrics NONE =
        new VoipMetrics(0, 0, 0, 0, 0, 0, 0, 0, 0, UNKNOWN, UNKNOWN, UNKNOWN, 0, 0, 0);
    /** Received packets that end a burst of losses. */
    public static final int GMIN = 16;
    static final int BLOCK_TYPE = 7;
    static final int BLOCK_BYTES = 36;
    private static final int ENHANCED_CONCEALMENT_ADAPTIVE = 0b1111_0000;

    /** Returns figures as they are now. */
    public static VoipMetrics of(VoipFigures now) {
        return new VoipMetrics(now.source(), now.lossRate(), now.discardRate(), now.burstDensity(), now.gapDensity(), now.burstMillis(),
            now.gapMillis(), now.roundTripMillis(), now.endSystemMillis(), now.rFactor(), now.mosLq(), now.mosCq(), now.bufferMillis(),
            now.bufferMost(), now.bufferLimit());
    }

    static void write(VoipFigures of, byte[] out, int at) {
        out[at] = BLOCK_TYPE;
        out[at + 1] = 0;
        Wire.put16(out, at + 2, BLOCK_BYTES / 4 - 1);
        Wire.put32(out, at + 4, of.source());
        out[at + 8] = (byte) of.lossRate();
        out[at + 9] = (byte) of.discardRate();
        out[at + 10] = (byte) of.burstDensity();
        out[at + 11] = (byte) of.gapDensity();
        Wire.put16(out, at + 12, clamped(of.burstMillis()));
        Wire.put16(out, at + 14, clamped(of.gapMillis()));
        Wire.put16(out, at + 16, clamped(of.roundTripMillis()));
        Wire.put16(out, at + 18, clamped(of.endSystemMillis()));
        out[at + 20] = UNKNOWN; // signal level
        out[at + 21] = UNKNOWN; // noise level
        out[at + 22] = UNKNOWN; // residual echo return loss
        out[at + 23] = GMIN;
        out[at + 24] = (byte) of.rFactor();
        out[at + 25] = UNKNOWN; // R factor of another network segment
        out[at + 26] = (byte) of.mosLq();
        out[at + 27] = (byte) of.mosCq();
        out[at + 28] = (byte) ENHANCED_CONCEALMENT_ADAPTIVE;
        out[at + 29] = 0;
        Wire.put16(out, at + 30, clamped(of.bufferMillis()));
        Wire.put16(out, at + 32, clamped(of.bufferMost()));
        Wire.put16(out, at + 34, clamped(of.bufferLimit()));
    }

    private static int clamped(int value) {
        return Math.max(0, Math.min(65_535, value));
    }

    /**
     * Finds the block about one source in an {@link RtcpType#EXTENDED_REPORT}; blocks of other types are passed over.
     *
     * @return where it begins in the compound's buffer, or -1
     */
    static int find(RtcpCompound compound, int source) {
        byte[] bytes = compound.buffer();
        int at = compound.offset() + 8;
        while (at + 4 <= compound.bodyEnd()) {
            int size = 4 * (Wire.u16(bytes, at + 2) + 1);
            if (size > compound.bodyEnd() - at) {
                return -1;
            }
            if (Wire.u8(bytes, at) == BLOCK_TYPE && size == BLOCK_BYTES && Wire.i32(bytes, at + 4) == source) {
                return at;
            }
            at += size;
        }
        return -1;
    }

    /**
     * Reads what an {@link RtcpType#EXTENDED_REPORT} says of one source.
     *
     * @param source the SSRC, usually our own
     * @param unknown what to return when it says nothing of it
     */
    public static VoipMetrics read(RtcpCompound compound, int source, VoipMetrics unknown) {
        int at = compound.type() == RtcpType.EXTENDED_REPORT ? find(compound, source) : -1;
        if (at < 0) {
            return unknown;
        }
        return of(new VoipBlock().read(compound.buffer(), at));
    }
}
