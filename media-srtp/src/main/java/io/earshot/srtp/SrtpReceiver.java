package io.earshot.srtp;

import static java.util.Objects.requireNonNull;

import io.earshot.rtp.wire.Wire;

/**
 * Verifies and decrypts the packets of one direction of a stream, in place. After {@link SrtpVerdict#OK}, {@link #length()} is the length
 * of the clear packet; after any other verdict buffer and state are as before, but for the counters. Confined to one thread; allocates
 * nothing for a packet of a known SSRC.
 *
 * <p>Each SSRC has its own rollover counter and replay windows. While a key change without MKI is under way, a packet that does not verify
 * under the new key is tried under the old one, and with a rollover counter that started anew, as some peers do (RFC 3711 has it continue).
 */
public final class SrtpReceiver {
    private final SrtpParameters parameters;
    private final SourceTable sources;
    private final SrtpCounters counters = new SrtpCounters();
    private final int mkiBytes;
    private final KeySlot[] slots;
    private int slotCount;
    private KeySlot current;
    private KeySlot previous;
    private int graceLeft;
    private boolean restarted;
    private int opened;
    private int length;

    /** Makes a receiver; if the key has an MKI, every packet must carry one of that length. */
    public SrtpReceiver(SrtpParameters parameters, SrtpMasterKey key) {
        this.parameters = requireNonNull(parameters);
        sources = new SourceTable(parameters.limits());
        mkiBytes = key.mkiBytes();
        slots = new KeySlot[parameters.limits().maxKeys()];
        current = new KeySlot(parameters, key);
        slots[slotCount++] = current;
    }

    /**
     * Takes another master key. With MKI it is one more of those that packets may name, the oldest being forgotten when there are
     * {@link SrtpLimits#maxKeys()}; without, it replaces the present one, which stays good for packets under way.
     */
    public void rekey(SrtpMasterKey key) {
        if (key.mkiBytes() != mkiBytes) {
            throw new IllegalArgumentException("packets of this stream carry an MKI of " + mkiBytes + " bytes, not " + key.mkiBytes());
        }
        if (key.equals(current.master())) {
            return; // nothing changed, and what was seen under it stays seen
        }
        KeySlot made = new KeySlot(parameters, key);
        if (mkiBytes == 0) {
            previous = current;
            graceLeft = parameters.limits().grace();
            slots[0] = made;
        } else {
            addNamed(made);
        }
        current = made;
    }

    private void addNamed(KeySlot made) {
        byte[] mki = made.master().mki();
        for (int i = 0; i < slotCount; i++) {
            if (slots[i].master().hasMki(mki, 0)) {
                slots[i] = made;
                return;
            }
        }
        if (slotCount == slots.length) {
            System.arraycopy(slots, 1, slots, 0, --slotCount);
        }
        slots[slotCount++] = made;
    }

    /** The length of the last packet that was verified. */
    public int length() {
        return length;
    }

    /** Returns the counters, live. */
    public SrtpCounters counters() {
        return counters;
    }

    /** Returns how many SSRCs were heard. */
    public int sources() {
        return sources.count();
    }

    /** Verifies and decrypts an SRTP packet. */
    public SrtpVerdict unprotectRtp(byte[] buffer, int offset, int packetLength) {
        return counters.countRtp(rtp(buffer, offset, packetLength));
    }

    private SrtpVerdict rtp(byte[] buffer, int offset, int packetLength) {
        int trailer = parameters.rtpTagBytes() + mkiBytes;
        if (packetLength < PacketShape.RTP_FIXED + trailer) {
            return SrtpVerdict.TOO_SHORT;
        }
        int header = PacketShape.rtpHeader(buffer, offset, packetLength - trailer);
        if (header == PacketShape.MALFORMED) {
            return SrtpVerdict.MALFORMED;
        }
        int ssrc = Wire.i32(buffer, offset + 8);
        int sequence = Wire.u16(buffer, offset + 2);
        Source source = sources.find(ssrc);
        if (source == null && sources.full()) {
            return SrtpVerdict.TOO_MANY_SOURCES;
        }
        KeySlot slot = slot(buffer, offset + packetLength - (parameters.suite().aead() ? mkiBytes : trailer));
        if (slot == null) {
            return SrtpVerdict.UNKNOWN_KEY;
        }
        long index = Source.index(source, sequence);
        SrtpVerdict verdict = tryRtp(slot, source, index, buffer, offset, header, packetLength);
        restarted = false;
        if (verdict != SrtpVerdict.OK && previous != null) {
            slot = previous;
            if (tryRtp(slot, source, index, buffer, offset, header, packetLength) != SrtpVerdict.OK) {
                slot = current;
                if (source == null || source.rtpKeys == slot
                    || tryRtp(slot, null, sequence, buffer, offset, header, packetLength) != SrtpVerdict.OK) {
                    return verdict;
                }
                index = sequence;
                restarted = true;
            }
        } else if (verdict != SrtpVerdict.OK) {
            return verdict;
        }
        acceptRtp(source != null ? source : sources.add(ssrc), slot, index);
        return SrtpVerdict.OK;
    }

    private SrtpVerdict tryRtp(KeySlot slot, Source source, long index, byte[] buffer, int offset, int header, int packetLength) {
        if (source != null) {
            SrtpVerdict fresh = source.rtp.check(index);
            if (fresh != SrtpVerdict.OK) {
                return fresh;
            }
        }
        if (slot.rtpExpired() || index > Source.MAX_INDEX) {
            return SrtpVerdict.KEY_EXPIRED;
        }
        opened = slot.rtp(index).openRtp(buffer, offset, header, packetLength, index, mkiBytes);
        return opened == Protection.FORGED ? SrtpVerdict.AUTHENTICATION_FAILED : SrtpVerdict.OK;
    }

    private void acceptRtp(Source source, KeySlot slot, long index) {
        if (restarted) {
            source.rtp.reset();
            previous = null; // under the old key the indices from 0 on could be played again
        }
        source.rtp.accept(index);
        slot.rtpUsed();
        if (slot == current) {
            source.rtpKeys = slot;
            if (previous != null && graceLeft-- <= 0) {
                previous = null;
            }
        }
        length = opened;
    }

    /** Verifies and decrypts an SRTCP packet. */
    public SrtpVerdict unprotectRtcp(byte[] buffer, int offset, int packetLength) {
        return counters.countRtcp(rtcp(buffer, offset, packetLength));
    }

    private SrtpVerdict rtcp(byte[] buffer, int offset, int packetLength) {
        int tag = parameters.suite().rtcpTagBytes();
        if (packetLength < Protection.RTCP_HEADER + Protection.RTCP_INDEX + tag + mkiBytes) {
            return SrtpVerdict.TOO_SHORT;
        }
        if (!PacketShape.rtcp(buffer, offset, packetLength)) {
            return SrtpVerdict.MALFORMED;
        }
        boolean aead = parameters.suite().aead();
        int end = offset + packetLength;
        int ssrc = Wire.i32(buffer, offset + 4);
        int index = Wire.i32(buffer, end - mkiBytes - (aead ? 0 : tag) - Protection.RTCP_INDEX) & ~Protection.ENCRYPTED;
        Source source = sources.find(ssrc);
        if (source == null && sources.full()) {
            return SrtpVerdict.TOO_MANY_SOURCES;
        }
        KeySlot slot = slot(buffer, end - (aead ? 0 : tag) - mkiBytes);
        if (slot == null) {
            return SrtpVerdict.UNKNOWN_KEY;
        }
        SrtpVerdict verdict = tryRtcp(slot, source, index, buffer, offset, packetLength);
        if (verdict != SrtpVerdict.OK && previous != null) {
            slot = previous;
            if (tryRtcp(slot, source, index, buffer, offset, packetLength) != SrtpVerdict.OK) {
                return verdict;
            }
        } else if (verdict != SrtpVerdict.OK) {
            return verdict;
        }
        acceptRtcp(source != null ? source : sources.add(ssrc), slot, index);
        return SrtpVerdict.OK;
    }

    private SrtpVerdict tryRtcp(KeySlot slot, Source source, int index, byte[] buffer, int offset, int packetLength) {
        if (source != null && !firstUnder(slot, source)) {
            SrtpVerdict fresh = source.rtcp.check(index);
            if (fresh != SrtpVerdict.OK) {
                return fresh;
            }
        }
        if (slot.rtcpExpired()) {
            return SrtpVerdict.KEY_EXPIRED;
        }
        opened = slot.rtcp(index).openRtcp(buffer, offset, packetLength, mkiBytes);
        return opened == Protection.FORGED ? SrtpVerdict.AUTHENTICATION_FAILED : SrtpVerdict.OK;
    }

    /** Nothing can be a replay under a key that this source has not used, so its indices may start anew. */
    private boolean firstUnder(KeySlot slot, Source source) {
        return slot == current && source.rtcpKeys != slot;
    }

    private void acceptRtcp(Source source, KeySlot slot, int index) {
        if (source.rtcp.check(index) != SrtpVerdict.OK) {
            source.rtcp.reset();
            previous = null;
        }
        source.rtcp.accept(index);
        slot.rtcpUsed();
        if (slot == current) {
            source.rtcpKeys = slot;
        }
        length = opened;
    }

    /** Returns the keys that the packet names at {@code offset}, null if there are none; without MKI, the present ones. */
    private KeySlot slot(byte[] buffer, int offset) {
        if (mkiBytes == 0) {
            return current;
        }
        for (int i = slotCount - 1; i >= 0; i--) {
            if (slots[i].master().hasMki(buffer, offset)) {
                return slots[i];
            }
        }
        return null;
    }
}
