package io.earshot.srtp;

import io.earshot.rtp.wire.Wire;

/** AES in counter mode or no cipher, and HMAC-SHA1: RFC 3711 §4.1.1 and §4.2.1. */
final class CounterProtection extends Protection {
    private final boolean rtpEncrypted;
    private final boolean rtcpEncrypted;
    private final boolean ciphers;
    private final int rtpTag;
    private final int rtcpTag;
    private final KeyStream stream;
    private final HmacSha1 hmac;
    private final long saltHigh;
    private final long saltLow;
    private final byte[] rollover = new byte[4];

    CounterProtection(SrtpParameters parameters, SessionKeys keys) {
        ciphers = parameters.suite().encrypts();
        rtpEncrypted = parameters.encryptRtp();
        rtcpEncrypted = parameters.encryptRtcp() && ciphers;
        rtpTag = parameters.rtpTagBytes();
        rtcpTag = parameters.suite().rtcpTagBytes();
        stream = new KeyStream(new AesBlocks(keys.encryption()));
        hmac = new HmacSha1(keys.authentication());
        byte[] salt = new byte[16];
        System.arraycopy(keys.salt(), 0, salt, 0, 14);
        saltHigh = Wire.i64(salt, 0);
        saltLow = Wire.i64(salt, 8);
    }

    private void cipher(byte[] buffer, int offset, int length, int ssrc, long index) {
        stream.apply(buffer, offset, length, saltHigh ^ ssrc & 0xFFFF_FFFFL, saltLow ^ index << 16);
    }

    private byte[] rtpTag(byte[] buffer, int offset, int length, long index) {
        Wire.put32(rollover, 0, (int) (index >>> 16));
        hmac.begin();
        hmac.update(buffer, offset, length);
        hmac.update(rollover, 0, 4);
        return hmac.end();
    }

    private byte[] rtcpTag(byte[] buffer, int offset, int length) {
        hmac.begin();
        hmac.update(buffer, offset, length);
        return hmac.end();
    }

    @Override
    int sealRtp(byte[] buffer, int offset, int header, int length, long index, SrtpMasterKey key) {
        if (rtpEncrypted && ciphers) {
            cipher(buffer, offset + header, length - header, Wire.i32(buffer, offset + 8), index);
        }
        key.writeMki(buffer, offset + length);
        int end = length + key.mkiBytes();
        if (rtpTag > 0) {
            System.arraycopy(rtpTag(buffer, offset, length, index), 0, buffer, offset + end, rtpTag);
        }
        return end + rtpTag;
    }

    @Override
    int openRtp(byte[] buffer, int offset, int header, int length, long index, int mkiBytes) {
        int clear = length - rtpTag - mkiBytes;
        if (rtpTag > 0 && !sameTag(buffer, offset + length - rtpTag, rtpTag(buffer, offset, clear, index), rtpTag)) {
            return FORGED;
        }
        if (rtpEncrypted && ciphers) {
            cipher(buffer, offset + header, clear - header, Wire.i32(buffer, offset + 8), index);
        }
        return clear;
    }

    @Override
    int sealRtcp(byte[] buffer, int offset, int length, int index, SrtpMasterKey key) {
        if (rtcpEncrypted) {
            cipher(buffer, offset + RTCP_HEADER, length - RTCP_HEADER, Wire.i32(buffer, offset + 4), index);
        }
        Wire.put32(buffer, offset + length, rtcpEncrypted ? index | ENCRYPTED : index);
        key.writeMki(buffer, offset + length + RTCP_INDEX);
        int end = length + RTCP_INDEX + key.mkiBytes();
        System.arraycopy(rtcpTag(buffer, offset, length + RTCP_INDEX), 0, buffer, offset + end, rtcpTag);
        return end + rtcpTag;
    }

    @Override
    int openRtcp(byte[] buffer, int offset, int length, int mkiBytes) {
        int clear = length - rtcpTag - mkiBytes - RTCP_INDEX;
        if (!sameTag(buffer, offset + length - rtcpTag, rtcpTag(buffer, offset, clear + RTCP_INDEX), rtcpTag)) {
            return FORGED;
        }
        int index = Wire.i32(buffer, offset + clear);
        if (index < 0 && ciphers) {
            cipher(buffer, offset + RTCP_HEADER, clear - RTCP_HEADER, Wire.i32(buffer, offset + 4), index & ~ENCRYPTED);
        }
        return clear;
    }
}
