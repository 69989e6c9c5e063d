package io.earshot.rtp.rtcp;

import io.earshot.rtp.wire.Wire;

/** The VoIP metrics that a peer told last (RFC 3611 §4.7), in a copy of its own. Nothing is known at first. Confined to one thread. */
public final class VoipBlock implements VoipFigures {
    private final byte[] block = new byte[VoipMetrics.BLOCK_BYTES];
    private boolean known;

    /** Makes an empty one. */
    public VoipBlock() {
    }

    /**
     * Takes what an extended report says of one source; keeps what it has when that says nothing.
     *
     * @param source the SSRC, usually our own
     */
    public void take(RtcpCompound compound, int source) {
        int at = compound.type() == RtcpType.EXTENDED_REPORT ? VoipMetrics.find(compound, source) : -1;
        if (at >= 0) {
            read(compound.buffer(), at);
        }
    }

    VoipBlock read(byte[] bytes, int at) {
        System.arraycopy(bytes, at, block, 0, VoipMetrics.BLOCK_BYTES);
        known = true;
        return this;
    }

    private int byteAt(int at, int unknown) {
        return known ? Wire.u8(block, at) : unknown;
    }

    private int wordAt(int at) {
        return Wire.u16(block, at);
    }

    @Override
    public int source() {
        return Wire.i32(block, 4);
    }

    @Override
    public int lossRate() {
        return byteAt(8, 0);
    }

    @Override
    public int discardRate() {
        return byteAt(9, 0);
    }

    @Override
    public int burstDensity() {
        return byteAt(10, 0);
    }

    @Override
    public int gapDensity() {
        return byteAt(11, 0);
    }

    @Override
    public int burstMillis() {
        return wordAt(12);
    }

    @Override
    public int gapMillis() {
        return wordAt(14);
    }

    @Override
    public int roundTripMillis() {
        return wordAt(16);
    }

    @Override
    public int endSystemMillis() {
        return wordAt(18);
    }

    @Override
    public int rFactor() {
        return byteAt(24, VoipMetrics.UNKNOWN);
    }

    @Override
    public int mosLq() {
        return byteAt(26, VoipMetrics.UNKNOWN);
    }

    @Override
    public int mosCq() {
        return byteAt(27, VoipMetrics.UNKNOWN);
    }

    @Override
    public int bufferMillis() {
        return wordAt(30);
    }

    @Override
    public int bufferMost() {
        return wordAt(32);
    }

    @Override
    public int bufferLimit() {
        return wordAt(34);
    }
}
