package io.earshot.srtp;

import io.earshot.rtp.wire.Wire;

/** AES-GCM: RFC 7714 §8 and §9 over NIST SP 800-38D. */
final class GcmProtection extends Protection {
    private static final int TAG = 16;

    private final boolean rtcpEncrypted;
    private final KeyStream stream;
    private final Ghash hash;
    private final long saltHigh;
    private final long saltLow;
    /** What the tag is added to. */
    private final long[] mask = new long[2];
    private final byte[] tag = new byte[TAG];
    private final byte[] received = new byte[TAG];
    private final byte[] associated = new byte[RTCP_HEADER + RTCP_INDEX];
    private long nonceHigh;
    private long nonceLow;

    GcmProtection(SrtpParameters parameters, SessionKeys keys, boolean reports) {
        rtcpEncrypted = parameters.encryptRtcp();
        AesBlocks aes = new AesBlocks(keys.encryption());
        stream = new KeyStream(aes);
        byte[] zero = new byte[TAG];
        byte[] hashKey = new byte[TAG];
        aes.encrypt(zero, 1, hashKey);
        hash = new Ghash(hashKey, !reports);
        saltHigh = Wire.i64(keys.salt(), 0);
        saltLow = Wire.u32(keys.salt(), 8);
    }

    /**
     * RFC 7714 §8.1 and §9.1: two zero bytes, SSRC, 48 bits of index, all added to the salt; then GCM's own counter. What it encrypts is
     * made at once, for so many bytes.
     */
    private void nonce(int ssrc, long index, int bytes) {
        nonceHigh = saltHigh ^ (ssrc & 0xFFFF_FFFFL) << 16 ^ index >>> 32;
        nonceLow = (saltLow ^ index & 0xFFFF_FFFFL) << 32;
        stream.make(bytes, nonceHigh, nonceLow | 1, mask);
        hash.begin();
    }

    private void cipher(byte[] buffer, int offset, int length) {
        stream.applyRest(buffer, offset, length, nonceHigh, nonceLow | 1);
    }

    private void finish(long associatedBytes, long cipherBytes) {
        hash.block(associatedBytes * 8, cipherBytes * 8);
        Wire.put64(tag, 0, hash.high() ^ mask[0]);
        Wire.put64(tag, 8, hash.low() ^ mask[1]);
    }

    private void tagRtp(byte[] buffer, int offset, int header, int length) {
        hash.update(buffer, offset, header);
        hash.update(buffer, offset + header, length - header);
        finish(header, length - header);
    }

    @Override
    int sealRtp(byte[] buffer, int offset, int header, int length, long index, SrtpMasterKey key) {
        nonce(Wire.i32(buffer, offset + 8), index, length - header);
        cipher(buffer, offset + header, length - header);
        tagRtp(buffer, offset, header, length);
        System.arraycopy(tag, 0, buffer, offset + length, TAG);
        key.writeMki(buffer, offset + length + TAG);
        return length + TAG + key.mkiBytes();
    }

    @Override
    int openRtp(byte[] buffer, int offset, int header, int length, long index, int mkiBytes) {
        int clear = length - TAG - mkiBytes;
        nonce(Wire.i32(buffer, offset + 8), index, clear - header);
        tagRtp(buffer, offset, header, clear);
        if (!sameTag(buffer, offset + clear, tag, TAG)) {
            return FORGED;
        }
        cipher(buffer, offset + header, clear - header);
        return clear;
    }

    /** Header and index word are authenticated, what is between them is encrypted; without encryption all is authenticated only. */
    private void tagRtcp(byte[] buffer, int offset, int length, int word) {
        if (word < 0) {
            System.arraycopy(buffer, offset, associated, 0, RTCP_HEADER);
            Wire.put32(associated, RTCP_HEADER, word);
            hash.update(associated, 0, RTCP_HEADER + RTCP_INDEX);
            hash.update(buffer, offset + RTCP_HEADER, length - RTCP_HEADER);
            finish(RTCP_HEADER + RTCP_INDEX, length - RTCP_HEADER);
        } else { // the word follows the packet for as long as it is hashed; the tag has that place
            Wire.put32(buffer, offset + length, word);
            hash.update(buffer, offset, length + RTCP_INDEX);
            finish(length + RTCP_INDEX, 0);
        }
    }

    @Override
    int sealRtcp(byte[] buffer, int offset, int length, int index, SrtpMasterKey key) {
        int word = rtcpEncrypted ? index | ENCRYPTED : index;
        nonce(Wire.i32(buffer, offset + 4), index, length - RTCP_HEADER);
        if (rtcpEncrypted) {
            cipher(buffer, offset + RTCP_HEADER, length - RTCP_HEADER);
        }
        tagRtcp(buffer, offset, length, word);
        System.arraycopy(tag, 0, buffer, offset + length, TAG);
        Wire.put32(buffer, offset + length + TAG, word);
        key.writeMki(buffer, offset + length + TAG + RTCP_INDEX);
        return length + TAG + RTCP_INDEX + key.mkiBytes();
    }

    @Override
    int openRtcp(byte[] buffer, int offset, int length, int mkiBytes) {
        int clear = length - mkiBytes - RTCP_INDEX - TAG;
        int word = Wire.i32(buffer, offset + clear + TAG);
        nonce(Wire.i32(buffer, offset + 4), word & ~ENCRYPTED, clear - RTCP_HEADER);
        System.arraycopy(buffer, offset + clear, received, 0, TAG);
        tagRtcp(buffer, offset, clear, word);
        System.arraycopy(received, 0, buffer, offset + clear, TAG);
        if (!sameTag(buffer, offset + clear, tag, TAG)) {
            return FORGED;
        }
        if (word < 0) {
            cipher(buffer, offset + RTCP_HEADER, clear - RTCP_HEADER);
        }
        return clear;
    }
}
