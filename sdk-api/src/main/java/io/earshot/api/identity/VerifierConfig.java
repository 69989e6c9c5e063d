package io.earshot.api.identity;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.check.Check;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;

/**
 * How callers are verified; immutable.
 *
 * @param anchors the certificates of the authorities to trust, such as those of the STI-PA's list; without any nothing can be valid
 * @param freshness how old a signature may be, and how far in the future by clocks that differ; more than 0, default 60 s (RFC 8224 §6.2.2)
 * @param fetchTimeout how long fetching a certificate may take; more than 0, default 3 s
 * @param privateAddresses whether certificates may be fetched from loopback, link-local and private addresses, and without TLS; default
 *     false, because the address to fetch from is the caller's choice
 */
public record VerifierConfig(List<X509Certificate> anchors, Duration freshness, Duration fetchTimeout, boolean privateAddresses) {
    /** No trust anchors, 60 s, 3 s, public addresses over TLS only. */
    public static final VerifierConfig DEFAULT = new VerifierConfig(List.of(), Duration.ofSeconds(60), Duration.ofSeconds(3), false);

    public VerifierConfig {
        anchors = Check.list(anchors, "anchors");
        requireNonNull(freshness, "freshness");
        requireNonNull(fetchTimeout, "fetchTimeout");
        Check.range(freshness, Duration.ofMillis(1), Duration.ofDays(365), "freshness");
        Check.range(fetchTimeout, Duration.ofMillis(1), Duration.ofDays(1), "fetchTimeout");
    }

    /** Returns this with other trust anchors. */
    public VerifierConfig withAnchors(List<X509Certificate> trusted) {
        return new VerifierConfig(trusted, freshness, fetchTimeout, privateAddresses);
    }

    /** Returns this with another {@link #freshness}. */
    public VerifierConfig withFreshness(Duration most) {
        return new VerifierConfig(anchors, most, fetchTimeout, privateAddresses);
    }

    /** Returns this with another {@link #fetchTimeout}. */
    public VerifierConfig withFetchTimeout(Duration most) {
        return new VerifierConfig(anchors, freshness, most, privateAddresses);
    }

    /** Returns this with {@link #privateAddresses} as given. */
    public VerifierConfig withPrivateAddresses(boolean allowed) {
        return new VerifierConfig(anchors, freshness, fetchTimeout, allowed);
    }
}
