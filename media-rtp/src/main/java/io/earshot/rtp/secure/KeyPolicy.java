package io.earshot.rtp.secure;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * When media is encrypted with keys from SDP.
 *
 * @param demand how much encryption is wanted
 * @param suites names of suites, best first; empty for the module's own choice
 * @param allowsClearSignalling whether keys may travel in signalling that is not encrypted itself; RFC 4568 §8 says no
 */
public record KeyPolicy(Demand demand, List<String> suites, boolean allowsClearSignalling) {
    /** How much encryption is wanted. */
    public enum Demand {
        /** Not offered, accepted when offered. */
        WHEN_OFFERED,
        /** Offered as RTP/AVP with {@code a=crypto} (RFC 8643), so that a peer without SRTP can answer in clear. */
        OPPORTUNISTIC,
        /** Offered as RTP/SAVP, and nothing else is accepted. */
        REQUIRED
    }

    public KeyPolicy {
        requireNonNull(demand);
        suites = List.copyOf(suites);
    }
}
