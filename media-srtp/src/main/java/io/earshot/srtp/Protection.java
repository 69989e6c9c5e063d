package io.earshot.srtp;

/**
 * Cipher and authentication of one set of session keys. Nothing is checked here but the tag: lengths are the caller's. A packet that does
 * not verify is left as it was.
 */
abstract class Protection {
    /** What {@link #openRtp} and {@link #openRtcp} return for a wrong tag. */
    static final int FORGED = -1;
    static final int RTCP_HEADER = 8;
    static final int RTCP_INDEX = 4;
    static final int ENCRYPTED = 0x8000_0000;

    /** Makes one for packets of sound, or for the few of reports, which take little room. */
    static Protection of(SrtpParameters parameters, SessionKeys keys, boolean reports) {
        return parameters.suite().aead() ? new GcmProtection(parameters, keys, reports) : new CounterProtection(parameters, keys);
    }

    /** Protects a packet of {@code length} bytes whose payload starts {@code header} bytes after {@code offset}; returns its new length. */
    abstract int sealRtp(byte[] buffer, int offset, int header, int length, long index, SrtpMasterKey key);

    /** Verifies and decrypts; returns the length of the clear packet or {@link #FORGED}. */
    abstract int openRtp(byte[] buffer, int offset, int header, int length, long index, int mkiBytes);

    /** Protects a compound packet; returns its new length. */
    abstract int sealRtcp(byte[] buffer, int offset, int length, int index, SrtpMasterKey key);

    /** Verifies and decrypts a compound packet; returns its clear length or {@link #FORGED}. */
    abstract int openRtcp(byte[] buffer, int offset, int length, int mkiBytes);

    static boolean sameTag(byte[] buffer, int offset, byte[] tag, int bytes) {
        int difference = 0;
        for (int i = 0; i < bytes; i++) {
            difference |= buffer[offset + i] ^ tag[i];
        }
        return difference == 0;
    }
}
