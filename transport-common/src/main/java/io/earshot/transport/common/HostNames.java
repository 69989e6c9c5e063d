package io.earshot.transport.common;

import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/**
 * Whom a certificate is for. Among SIP entities, by RFC 5922 §7.1: SIP domains are the {@code sip:} URIs without user in subjectAltName,
 * and its DNS names; only where there are neither, the common name. DNS names may start with {@code *.}, standing for one label, as
 * certificates made for HTTPS do (RFC 2818 §3.1); RFC 5922 §7.2 would have none of it, but the certificates of most providers do. On the
 * web, where WebSocket is at home (RFC 6455 §10.6), {@code sip:} URIs mean nothing.
 */
public final class HostNames {
    /** Which names count. */
    public enum Kind {
        /** RFC 5922. */
        SIP,
        /** RFC 2818. */
        WEB
    }

    private static final int DNS = 2;
    private static final int URI = 6;
    private static final int IP = 7;

    private final List<String> domains = new ArrayList<>();
    private final List<String> dns = new ArrayList<>();
    private final List<String> addresses = new ArrayList<>();

    /** Reads the names in a certificate. */
    public HostNames(X509Certificate certificate, Kind kind) {
        for (List<?> entry : alternatives(certificate)) {
            if (entry.size() < 2 || !(entry.get(0) instanceof Integer type) || !(entry.get(1) instanceof String value)) {
                continue;
            }
            String lower = value.toLowerCase(Locale.ROOT);
            switch (type) {
                case DNS -> dns.add(lower);
                case IP -> addresses.add(lower);
                case URI -> sipDomain(lower).filter(domain -> kind == Kind.SIP).ifPresent(domains::add);
                default -> { } // e-mail addresses and other names that are not hosts
            }
        }
        if (domains.isEmpty() && dns.isEmpty() && addresses.isEmpty()) {
            commonName(certificate.getSubjectX500Principal()).ifPresent(dns::add);
        }
    }

    private static Collection<List<?>> alternatives(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null ? List.of() : names;
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    /** A {@code sip:} URI stands for its domain only; one with a user stands for that user, with parameters for who knows what. */
    private static Optional<String> sipDomain(String uri) {
        String rest = uri.startsWith("sip:") ? uri.substring(4) : "";
        return rest.isEmpty() || rest.matches(".*[@;?:/].*") ? Optional.empty() : Optional.of(rest);
    }

    private static Optional<String> commonName(X500Principal subject) {
        for (String part : subject.getName(X500Principal.RFC2253).split(",")) {
            String value = part.startsWith("CN=") ? part.substring(3).toLowerCase(Locale.ROOT) : "";
            if (value.matches("[a-z0-9*._-]+")) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    /** Tells whether the certificate is for this name or IP address. */
    public boolean cover(String host) {
        Optional<String> name = dnsName(host);
        if (name.isEmpty()) {
            return addresses.stream().anyMatch(address -> sameAddress(address, host));
        }
        return domains.contains(name.get()) || dns.stream().anyMatch(pattern -> matches(pattern, name.get()));
    }

    private static boolean matches(String pattern, String name) {
        if (!pattern.startsWith("*.")) {
            return pattern.equals(name);
        }
        String parent = pattern.substring(1);
        int dot = name.indexOf('.');
        return dot > 0 && name.substring(dot).equals(parent) && parent.indexOf('.', 1) > 0; // never a whole top-level domain
    }

    private static boolean sameAddress(String literal, String other) {
        try {
            return InetAddress.getByName(literal).equals(InetAddress.getByName(unbracketed(other))); // both are literals: no DNS
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Returns a host as a lower case ASCII name without the dot at its end; empty when it is an IP address, or no name at all. */
    public static Optional<String> dnsName(String host) {
        if (host.isEmpty() || host.indexOf(':') >= 0 || host.matches("[0-9.]+")) {
            return Optional.empty();
        }
        try {
            String ascii = IDN.toASCII(host, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
            String bare = ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
            return bare.isEmpty() ? Optional.empty() : Optional.of(bare);
        } catch (IllegalArgumentException e) {
            return host.matches("[A-Za-z0-9._-]+") ? Optional.of(host.toLowerCase(Locale.ROOT)) : Optional.empty();
        }
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    /** Returns the names for a sentence. */
    @Override
    public String toString() {
        List<String> all = new ArrayList<>(domains);
        all.addAll(dns);
        all.addAll(addresses);
        return all.isEmpty() ? "nobody in particular" : String.join(", ", all.size() > 5 ? all.subList(0, 5) : all);
    }
}
