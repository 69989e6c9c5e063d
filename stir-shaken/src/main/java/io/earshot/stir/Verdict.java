package io.earshot.stir;

import io.earshot.api.identity.CallerVerification;

/** Ends the checks of a signature early: it does not hold. Carries the verdict, and costs no stack trace. */
final class Verdict extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    Verdict(int status, String reason) {
        super(reason, null, false, false);
        this.status = status;
    }

    static Verdict malformed(String reason) {
        return new Verdict(438, reason);
    }

    CallerVerification toVerification() {
        return new CallerVerification.Invalid(status, getMessage());
    }
}
