package io.earshot.srtp.sdes;

import static java.util.Objects.requireNonNull;

import io.earshot.srtp.SrtpSuite;
import java.util.List;

/**
 * When media is encrypted with keys from SDP.
 *
 * @param mode how much encryption is wanted
 * @param suites the suites offered and accepted, best first
 * @param allowsClearSignalling whether keys may travel in signalling that is not encrypted itself; RFC 4568 §8 says no
 * @param allowsWeakened whether a peer may ask for {@code UNENCRYPTED_SRTP} and its sisters, or for a suite without cipher
 */
public record SecurityPolicy(Mode mode, List<SrtpSuite> suites, boolean allowsClearSignalling, boolean allowsWeakened) {
    /** How much encryption is wanted. */
    public enum Mode {
        /** Never offered; an offer of it is answered in clear where the profile allows, refused where it is RTP/SAVP. */
        NONE,
        /** Not offered, accepted when offered. */
        WHEN_OFFERED,
        /** Offered as RTP/AVP with {@code a=crypto} (RFC 8643), so that a peer without SRTP can answer in clear. */
        OPPORTUNISTIC,
        /** Offered as RTP/SAVP, and nothing else is accepted. */
        REQUIRED
    }

    /** The suites that are offered when none are named, best supported first. */
    public static final List<SrtpSuite> DEFAULT_SUITES = List.of(SrtpSuite.AES_CM_128_HMAC_SHA1_80, SrtpSuite.AEAD_AES_128_GCM,
        SrtpSuite.AEAD_AES_256_GCM, SrtpSuite.AES_256_CM_HMAC_SHA1_80, SrtpSuite.AES_CM_128_HMAC_SHA1_32);

    public SecurityPolicy {
        requireNonNull(mode);
        suites = List.copyOf(suites);
        if (suites.isEmpty()) {
            throw new IllegalArgumentException("a policy names at least one suite");
        }
    }

    /** Returns a policy with the default suites: encrypted signalling only, nothing weakened. */
    public static SecurityPolicy of(Mode mode) {
        return new SecurityPolicy(mode, DEFAULT_SUITES, false, false);
    }

    /** Returns this policy with other suites, best first. */
    public SecurityPolicy withSuites(List<SrtpSuite> others) {
        return new SecurityPolicy(mode, others, allowsClearSignalling, allowsWeakened);
    }

    /** Returns this policy for signalling without encryption: whoever sees the SDP can then listen. */
    public SecurityPolicy withClearSignalling() {
        return new SecurityPolicy(mode, suites, true, allowsWeakened);
    }

    /** Returns this policy for peers that want RTP in clear or without authentication. */
    public SecurityPolicy withWeakened() {
        return new SecurityPolicy(mode, suites, allowsClearSignalling, true);
    }

    /** Tells whether keys may be written into SDP that travels so. */
    public boolean allowsKeys(boolean signallingEncrypted) {
        return mode != Mode.NONE && (signallingEncrypted || allowsClearSignalling);
    }
}
