package io.earshot.sip.auth;

import java.util.List;

/** What to do about a 401 or 407. */
public sealed interface AuthVerdict {
    /**
     * Send the request again, with a new CSeq and these headers in place of all earlier ones of their names.
     *
     * @param headers at least one; more where several proxies and the server itself ask
     */
    record Authorized(List<Authorization> headers) implements AuthVerdict {
        public Authorized {
            headers = List.copyOf(headers);
        }
    }

    /**
     * Give up; the 401 or 407 is the outcome.
     *
     * @param reason for programs
     * @param detail a sentence for people, free of secrets
     */
    record Refused(Reason reason, String detail) implements AuthVerdict { }

    /** Why a challenge is not answered. */
    enum Reason {
        /** The response has no Digest challenge that could be read. */
        NO_CHALLENGE,
        /** The challenge is for a realm that the credentials are not for; answering would hand a hash to a stranger. */
        WRONG_REALM,
        /** The server asks for algorithms or protections that are not known, or whose hash of the password is not. */
        NO_SUPPORTED_ALGORITHM,
        /** The server saw our answer and asks again, without saying that the nonce was stale: user or password is wrong. */
        REJECTED,
        /** The server goes on and on saying stale. */
        TOO_MANY_TRIES
    }
}
