package io.earshot.srtp.dtls;

import static java.util.Objects.requireNonNull;

/**
 * Why there is no key.
 *
 * @param cause for programs
 * @param reason a sentence for people
 */
public record DtlsFailure(Cause cause, String reason) {
    /** The kinds of failure. */
    public enum Cause {
        /** The certificate is not the one that the signalling promised: somebody is in between, or the SDP was changed on its way. */
        WRONG_FINGERPRINT,
        /** The peer has no certificate. */
        NO_CERTIFICATE,
        /** No SRTP protection profile, or no cipher suite, in common. */
        NOTHING_IN_COMMON,
        /** The peer ended the handshake with an alert; if that was in clear, where anybody can write one, not before the time was over. */
        REFUSED_BY_PEER,
        /** No answer in time. */
        TIMEOUT,
        /** The peer breaks the protocol. */
        PROTOCOL,
        /** {@link DtlsSession#close} came first. */
        CANCELLED
    }

    public DtlsFailure {
        requireNonNull(cause);
        requireNonNull(reason);
    }
}
