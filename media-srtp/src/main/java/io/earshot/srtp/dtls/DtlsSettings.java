package io.earshot.srtp.dtls;

import io.earshot.api.time.Ticker;
import io.earshot.srtp.SrtpSuite;
import java.util.List;

/**
 * How a handshake goes.
 *
 * @param suites the protection profiles offered and accepted, best first
 * @param resend nanoseconds until a flight without reaction is sent again; doubles each time up to {@code maxResend}, anew for each flight
 * @param maxResend the longest time between two sendings
 * @param timeout nanoseconds after which a handshake that is not complete fails
 */
public record DtlsSettings(List<SrtpSuite> suites, long resend, long maxResend, long timeout) {
    /**
     * GCM and counter mode of 128 bits; 200 ms, doubled to 4 s; 35 s in all, in
     * which a peer that waits 1, 2, 4, 8 and 16 s, as OpenSSL does, tries six times.
     */
    public static final DtlsSettings DEFAULT = new DtlsSettings(List.of(SrtpSuite.AEAD_AES_128_GCM, SrtpSuite.AES_CM_128_HMAC_SHA1_80,
        SrtpSuite.AEAD_AES_256_GCM, SrtpSuite.AES_CM_128_HMAC_SHA1_32), 200 * Ticker.MILLISECOND, 4 * Ticker.SECOND, 35 * Ticker.SECOND);

    public DtlsSettings {
        suites = List.copyOf(suites);
        if (suites.isEmpty() || suites.stream().anyMatch(suite -> suite.dtlsProfile() == 0)) {
            throw new IllegalArgumentException("DTLS has profiles for AES_CM_128, NULL and AEAD_AES suites only, not " + suites);
        }
        if (resend <= 0 || maxResend < resend || timeout < resend) {
            throw new IllegalArgumentException("0 < resend <= maxResend and resend <= timeout must hold");
        }
    }

    /** Returns these settings with other suites, best first. */
    public DtlsSettings withSuites(List<SrtpSuite> others) {
        return new DtlsSettings(others, resend, maxResend, timeout);
    }
}
