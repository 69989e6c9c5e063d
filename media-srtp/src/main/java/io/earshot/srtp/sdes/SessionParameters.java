package io.earshot.srtp.sdes;

import io.earshot.srtp.SrtpParameters;
import io.earshot.srtp.SrtpSuite;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The session parameters of RFC 4568 §6.3, as far as they can be accepted: an unknown one that lacks the leading dash spoils its line. */
final class SessionParameters {
    private SessionParameters() {
    }

    /** Returns what a line asks for, or nothing if we do not do it, or the policy forbids it. */
    static Optional<SrtpParameters> read(SrtpSuite suite, List<String> written, SecurityPolicy policy) {
        int rate = 0;
        boolean rtp = true;
        boolean rtcp = true;
        boolean authenticated = true;
        for (String parameter : written) {
            String name = parameter.toUpperCase(Locale.ROOT);
            if (name.matches("KDR=[0-9]{1,2}")) {
                rate = Integer.parseInt(name.substring(4));
            } else if (name.equals("UNENCRYPTED_SRTP")) {
                rtp = false;
            } else if (name.equals("UNENCRYPTED_SRTCP")) {
                rtcp = false;
            } else if (name.equals("UNAUTHENTICATED_SRTP")) {
                authenticated = false;
            } else if (!name.startsWith("-") && !name.matches("WSH=[0-9]{1,9}")) {
                return Optional.empty(); // FEC_ORDER and FEC_KEY too: there is no FEC here
            }
        }
        boolean weak = !rtp || !rtcp || !authenticated;
        if (rate > 24 || weak && !policy.allowsWeakened() || suite.aead() && !(rtp && authenticated)) {
            return Optional.empty();
        }
        return Optional.of(SrtpParameters.of(suite).withDerivationRateBits(rate).withProtection(rtp, rtcp, authenticated));
    }

    /** Returns those that the answer must repeat because they are negotiated (RFC 4568 §6.3). */
    static List<String> answered(List<String> written) {
        return written.stream().filter(parameter -> !parameter.startsWith("-")
            && !parameter.toUpperCase(Locale.ROOT).startsWith("WSH=")).toList();
    }

    /** Tells whether an answer keeps to what was offered. */
    static boolean same(SrtpParameters offered, SrtpParameters answered) {
        return offered.encryptRtp() == answered.encryptRtp() && offered.encryptRtcp() == answered.encryptRtcp()
            && offered.authenticateRtp() == answered.authenticateRtp();
    }
}
