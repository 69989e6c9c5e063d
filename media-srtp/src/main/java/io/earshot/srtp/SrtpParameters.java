package io.earshot.srtp;

import static java.util.Objects.requireNonNull;

/**
 * What both ends of one direction agree on besides the key.
 *
 * @param suite the crypto suite
 * @param derivationRateBits 0: session keys are derived once; 1 to 24: anew each 2^n packets (RFC 3711 §4.3.1, {@code KDR} of RFC 4568)
 * @param encryptRtp {@code false} for {@code UNENCRYPTED_SRTP}; GCM always encrypts RTP
 * @param encryptRtcp {@code false} for {@code UNENCRYPTED_SRTCP}
 * @param authenticateRtp {@code false} for {@code UNAUTHENTICATED_SRTP}; GCM always authenticates
 * @param lifetime packets that one master key may protect, 1 to 2^48 (RTCP: at most 2^31)
 * @param limits bounds of what a peer can make us keep
 */
public record SrtpParameters(SrtpSuite suite, int derivationRateBits, boolean encryptRtp, boolean encryptRtcp, boolean authenticateRtp,
        long lifetime, SrtpLimits limits) {
    /** 2^48 packets: the most that RFC 3711 §9.2 allows. */
    public static final long MAX_LIFETIME = 1L << 48;

    public SrtpParameters {
        requireNonNull(suite);
        requireNonNull(limits);
        if (derivationRateBits < 0 || derivationRateBits > 24) {
            throw new IllegalArgumentException("derivationRateBits must be 0 to 24, not " + derivationRateBits);
        }
        if (lifetime < 1 || lifetime > MAX_LIFETIME) {
            throw new IllegalArgumentException("lifetime must be 1 to 2^48 packets, not " + lifetime);
        }
        if (suite.aead() && !(encryptRtp && authenticateRtp)) {
            throw new IllegalArgumentException(suite + " always encrypts and authenticates RTP");
        }
    }

    /** Returns the parameters that a suite has when nothing else is said. */
    public static SrtpParameters of(SrtpSuite suite) {
        return new SrtpParameters(suite, 0, true, true, true, MAX_LIFETIME, SrtpLimits.DEFAULT);
    }

    /** Returns these parameters with a key derivation rate of 2^{@code bits} packets. */
    public SrtpParameters withDerivationRateBits(int bits) {
        return new SrtpParameters(suite, bits, encryptRtp, encryptRtcp, authenticateRtp, lifetime, limits);
    }

    /** Returns these parameters with the choices of {@code UNENCRYPTED_SRTP} and its sisters. */
    public SrtpParameters withProtection(boolean rtpEncrypted, boolean rtcpEncrypted, boolean rtpAuthenticated) {
        return new SrtpParameters(suite, derivationRateBits, rtpEncrypted, rtcpEncrypted, rtpAuthenticated, lifetime, limits);
    }

    /** Returns these parameters with a life of {@code packets} for each master key. */
    public SrtpParameters withLifetime(long packets) {
        return new SrtpParameters(suite, derivationRateBits, encryptRtp, encryptRtcp, authenticateRtp, packets, limits);
    }

    /** Returns these parameters with other limits. */
    public SrtpParameters withLimits(SrtpLimits other) {
        return new SrtpParameters(suite, derivationRateBits, encryptRtp, encryptRtcp, authenticateRtp, lifetime, other);
    }

    /** The most bytes that protecting a packet adds to it, MKI not counted. */
    public int overhead() {
        return Math.max(suite.rtpTagBytes(), suite.rtcpTagBytes() + 4);
    }

    int rtpTagBytes() {
        return authenticateRtp ? suite.rtpTagBytes() : 0;
    }
}
