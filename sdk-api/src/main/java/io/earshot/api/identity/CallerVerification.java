package io.earshot.api.identity;

import java.util.Optional;

/** What is known about a caller's right to the number or address that he shows (RFC 8224 §6.2). */
public sealed interface CallerVerification {
    /** The call carries no signature: nothing is known either way. */
    record NotSigned() implements CallerVerification { }

    /**
     * There is a signature, but it was not checked.
     *
     * @param passport what it claims, if it can be read
     * @param reason a sentence that tells why, and what to do about it
     */
    record NotChecked(Optional<Passport> passport, String reason) implements CallerVerification { }

    /**
     * The signature is genuine, fresh, by a certificate that a trust anchor vouches for, and made for this caller and callee.
     *
     * @param signer the subject of the certificate
     */
    record Valid(Passport passport, String signer) implements CallerVerification { }

    /**
     * The signature does not hold: treat the caller as one who shows a number that is not his.
     *
     * @param status how a call may be refused for it: 403 (stale date), 436 (bad Identity info), 437 (unsupported credential), 438 (invalid
     *     Identity header), see RFC 8224 §6.2.2
     * @param reason a sentence that tells what is wrong
     */
    record Invalid(int status, String reason) implements CallerVerification { }
}
