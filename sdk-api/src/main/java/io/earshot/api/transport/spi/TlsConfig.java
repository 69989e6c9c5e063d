package io.earshot.api.transport.spi;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.check.Check;
import java.security.cert.X509Certificate;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whom a secured transport trusts and as whom it appears. Immutable; start from {@link #DEFAULT}.
 *
 * @param policy what is asked of a server's certificate
 * @param platformTrust whether the authorities that come with the Java runtime count
 * @param trusted further authorities, or servers' own certificates
 * @param identity our certificate: as a client, for servers that ask for one; without it nobody can connect to us
 * @param clients what is asked of those who connect to us
 * @param pins when not empty, a server's key must be among them, whatever the policy: base64 of the SHA-256 of its
 *     SubjectPublicKeyInfo (RFC 7469 §2.4), without prefix
 * @param versions of the protocol
 */
public record TlsConfig(Policy policy, boolean platformTrust, List<X509Certificate> trusted, Optional<TlsIdentity> identity,
        ClientCertificates clients, Set<String> pins, Set<Version> versions) {
    /** Verifies everything against the runtime's authorities; no certificate of our own; TLS 1.2 and 1.3. */
    public static final TlsConfig DEFAULT = new TlsConfig(Policy.VERIFY, true, List.of(), Optional.empty(), ClientCertificates.NONE,
        Set.of(), EnumSet.allOf(Version.class));

    private static final String PIN_PREFIX = "sha256/";
    private static final int PIN_LENGTH = 44;

    public TlsConfig {
        requireNonNull(policy, "policy");
        requireNonNull(identity, "identity");
        requireNonNull(clients, "clients");
        trusted = Check.list(trusted, "trusted");
        pins = Check.set(pins, "pins").stream().map(TlsConfig::bare).collect(Collectors.toUnmodifiableSet());
        versions = Check.set(versions, "versions");
        if (versions.isEmpty()) {
            throw new IllegalArgumentException("at least one version of TLS is needed: write TLS_1_2 or TLS_1_3");
        }
    }

    /** How strictly a server's certificate is looked at. What is weaker than {@link #VERIFY} is logged when it makes a difference. */
    public enum Policy {
        /** It must come from a trusted authority, be valid today and be for the name that was asked for. */
        VERIFY,
        /** As {@link #VERIFY}, but one that vouches for itself needs no authority. */
        ALLOW_SELF_SIGNED,
        /** Anything goes: protects against those who listen only, not against those who interfere. */
        ALLOW_ANYTHING
    }

    /** What is asked of clients. */
    public enum ClientCertificates {
        /** Nothing. */
        NONE,
        /** One is asked for, and must be good if it comes. */
        WANTED,
        /** A good one is needed. */
        REQUIRED
    }

    /** A version of the protocol. */
    public enum Version {
        /** RFC 5246. */
        TLS_1_2("TLSv1.2"),
        /** RFC 8446. */
        TLS_1_3("TLSv1.3");

        private final String jsse;

        Version(String jsse) {
            this.jsse = jsse;
        }

        /** Returns the name that Java has for it, as {@code TLSv1.3}. */
        public String jsseName() {
            return jsse;
        }
    }

    /** Returns these settings with another {@link #policy}. */
    public TlsConfig withPolicy(Policy value) {
        return new TlsConfig(value, platformTrust, trusted, identity, clients, pins, versions);
    }

    /** Returns these settings with these authorities besides those of the runtime. */
    public TlsConfig trustingAlso(List<X509Certificate> authorities) {
        return new TlsConfig(policy, true, authorities, identity, clients, pins, versions);
    }

    /** Returns these settings with these authorities and no others. */
    public TlsConfig trustingOnly(List<X509Certificate> authorities) {
        return new TlsConfig(policy, false, authorities, identity, clients, pins, versions);
    }

    /** Returns these settings with a certificate of our own. */
    public TlsConfig withIdentity(TlsIdentity value) {
        return new TlsConfig(policy, platformTrust, trusted, Optional.of(requireNonNull(value, "value")), clients, pins, versions);
    }

    /** Returns these settings with another demand on clients. */
    public TlsConfig withClients(ClientCertificates value) {
        return new TlsConfig(policy, platformTrust, trusted, identity, value, pins, versions);
    }

    /** Returns these settings with these pins, each with or without {@code sha256/} in front; none ends pinning. */
    public TlsConfig withPins(String... values) {
        return new TlsConfig(policy, platformTrust, trusted, identity, clients, Set.copyOf(Check.list(values, "values")), versions);
    }

    /** Returns these settings with just these versions. */
    public TlsConfig withVersions(Version... values) {
        return new TlsConfig(policy, platformTrust, trusted, identity, clients, pins, Set.copyOf(Check.list(values, "values")));
    }

    private static String bare(String pin) {
        String bare = pin.startsWith(PIN_PREFIX) ? pin.substring(PIN_PREFIX.length()) : pin;
        if (bare.length() != PIN_LENGTH || !bare.endsWith("=")) {
            throw new IllegalArgumentException("a pin is the base64 of a SHA-256, 44 characters with '=' at the end, not " + pin);
        }
        return bare;
    }
}
