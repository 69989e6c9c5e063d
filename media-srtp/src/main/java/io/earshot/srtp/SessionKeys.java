package io.earshot.srtp;

/** What one protection works with, from {@link KeyDerivation}; authentication is empty where the cipher authenticates. */
record SessionKeys(byte[] encryption, byte[] authentication, byte[] salt) {
    static SessionKeys rtp(KeyDerivation from, SrtpSuite suite, long rate) {
        return derive(from, suite, rate, KeyDerivation.RTP_ENCRYPTION);
    }

    static SessionKeys rtcp(KeyDerivation from, SrtpSuite suite, long rate) {
        return derive(from, suite, rate, KeyDerivation.RTCP_ENCRYPTION);
    }

    private static SessionKeys derive(KeyDerivation from, SrtpSuite suite, long rate, int firstLabel) {
        return new SessionKeys(from.derive(firstLabel, rate, suite.keyBytes()),
            suite.aead() ? new byte[0] : from.derive(firstLabel + 1, rate, HmacSha1.BYTES),
            from.derive(firstLabel + 2, rate, suite.saltBytes()));
    }
}
