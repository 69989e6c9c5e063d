package io.earshot.api;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.check.Check;
import java.util.List;

/**
 * Whether calls encrypt their sound (SRTP, RFC 3711), and where the keys come from. Needs the module {@code io.earshot:media-srtp}, and
 * for ZRTP {@code io.earshot:media-zrtp}: without them nothing is so encrypted, and a call that has to be fails. Immutable; the
 * {@code with} methods return changed copies.
 *
 * @param demand how much encryption is wanted
 * @param keys where the keys of calls that we place come from; a peer's offer may use SDES or DTLS whatever this is
 * @param suites names of SRTP suites as RFC 4568, 6188 and 7714 write them, best first; empty for the module's own choice. DTLS knows
 *     those of 128 bits and {@code AEAD_AES_256_GCM}, ZRTP those of {@code AES_CM_128} and {@code AES_256_CM}
 * @param keysInClear whether SDES keys may travel in signalling that is not encrypted (UDP, TCP, WS), where whoever sees them can listen;
 *     RFC 4568 §8 says no
 */
public record MediaEncryption(Demand demand, KeyMethod keys, List<String> suites, boolean keysInClear) {
    /** Never offered; an offer that insists on it is refused. */
    public static final MediaEncryption NONE = new MediaEncryption(Demand.NONE, KeyMethod.SDES, List.of(), false);
    /** Not offered, accepted when the peer offers it. */
    public static final MediaEncryption WHEN_OFFERED = new MediaEncryption(Demand.WHEN_OFFERED, KeyMethod.SDES, List.of(), false);
    /** Offered in a way that lets a peer without encryption answer in clear (RFC 8643). */
    public static final MediaEncryption OPTIONAL = new MediaEncryption(Demand.OPTIONAL, KeyMethod.SDES, List.of(), false);
    /** Every call is encrypted or fails; keys by SDES (RFC 4568). */
    public static final MediaEncryption SDES = new MediaEncryption(Demand.REQUIRED, KeyMethod.SDES, List.of(), false);
    /** Every call is encrypted or fails; keys by DTLS (RFC 5764). */
    public static final MediaEncryption DTLS = new MediaEncryption(Demand.REQUIRED, KeyMethod.DTLS, List.of(), false);

    /** Every call is encrypted or fails; keys by ZRTP (RFC 6189). */
    public static final MediaEncryption ZRTP = new MediaEncryption(Demand.REQUIRED, KeyMethod.ZRTP, List.of(), false);

    /** How much encryption is wanted. */
    public enum Demand {
        /** None: a peer that insists on encryption is refused. */
        NONE,
        /** As the peer offers; our own offers are in clear. */
        WHEN_OFFERED,
        /** Offered, and a peer may answer in clear. */
        OPTIONAL,
        /** Calls without it fail. */
        REQUIRED
    }

    /** Where keys come from. */
    public enum KeyMethod {
        /** They stand in the SDP (RFC 4568), so the signalling has to be encrypted to each end. */
        SDES,
        /** The two ends agree on them over the media port (RFC 5763); the signalling vouches for the certificates. */
        DTLS,
        /**
         * The two ends agree on them over the media port (RFC 6189), and nobody vouches: the users compare {@link Encryption#shortString()}
         * once; later calls of the same phones are bound to that one.
         */
        ZRTP
    }

    public MediaEncryption {
        requireNonNull(demand, "demand");
        requireNonNull(keys, "keys");
        suites = Check.lines(suites, "suites");
    }

    /** Returns a copy that wants this much. */
    public MediaEncryption withDemand(Demand much) {
        return new MediaEncryption(much, keys, suites, keysInClear);
    }

    /** Returns a copy that takes the keys of its offers from here. */
    public MediaEncryption withKeys(KeyMethod method) {
        return new MediaEncryption(demand, method, suites, keysInClear);
    }

    /** Returns a copy with these suites only, best first. */
    public MediaEncryption withSuites(String... names) {
        return new MediaEncryption(demand, keys, Check.list(names, "names"), keysInClear);
    }

    /** Returns a copy whose SDES keys may travel in signalling that is not encrypted. */
    public MediaEncryption withKeysInClear() {
        return new MediaEncryption(demand, keys, suites, true);
    }
}
