package io.earshot.srtp.dtls;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What SDP says about DTLS for one media line: RFC 5763 §5, RFC 8842 §5.
 *
 * @param setup who starts
 * @param fingerprints of the certificate, any of which must fit; never empty
 * @param tlsId identifies the association, if the peer writes it
 */
public record DtlsDescription(Setup setup, List<Fingerprint> fingerprints, Optional<String> tlsId) {
    private static final int MAX_FINGERPRINTS = 16;

    public DtlsDescription {
        requireNonNull(setup);
        fingerprints = List.copyOf(fingerprints);
        requireNonNull(tlsId);
        if (fingerprints.isEmpty()) {
            throw new IllegalArgumentException("a description has at least one fingerprint");
        }
    }

    /**
     * Reads the attributes of a media line, those of the session counting where the media line has none. Each is {@code name:value} as
     * behind {@code a=}. Empty if there is no fingerprint that can be believed. An offer without {@code a=setup} means actpass, an answer
     * active.
     */
    public static Optional<DtlsDescription> read(List<String> session, List<String> media, boolean offer) {
        List<Fingerprint> fingerprints = fingerprints(media);
        if (values(media, "fingerprint").isEmpty()) {
            fingerprints = fingerprints(session);
        }
        if (fingerprints.isEmpty()) {
            return Optional.empty();
        }
        Optional<Setup> setup = first(session, media, "setup").flatMap(Setup::parse);
        return Optional.of(new DtlsDescription(setup.orElse(offer ? Setup.ACTPASS : Setup.ACTIVE), fingerprints,
            first(session, media, "tls-id").filter(id -> id.matches("[A-Za-z0-9+/\\-_]{20,255}"))));
    }

    /** Those of the strongest hash function alone: whoever can forge one of a weaker shall have nothing of it (RFC 8122 §5.1). */
    private static List<Fingerprint> fingerprints(List<String> attributes) {
        List<Fingerprint> all = values(attributes, "fingerprint").stream().limit(MAX_FINGERPRINTS)
            .map(Fingerprint::parse).flatMap(Optional::stream).toList();
        Optional<Fingerprint.Hash> strongest = all.stream().map(Fingerprint::hash).max(Comparator.naturalOrder());
        return all.stream().filter(one -> strongest.equals(Optional.of(one.hash()))).toList();
    }

    private static Optional<String> first(List<String> session, List<String> media, String name) {
        return values(media, name).stream().findFirst().or(() -> values(session, name).stream().findFirst());
    }

    private static List<String> values(List<String> attributes, String name) {
        return attributes.stream().filter(attribute -> attribute.regionMatches(true, 0, name + ':', 0, name.length() + 1))
            .map(attribute -> attribute.substring(name.length() + 1).strip()).toList();
    }

    /** Returns the attributes, each as behind {@code a=}. */
    public List<String> write() {
        List<String> out = new ArrayList<>();
        out.add("setup:" + setup);
        fingerprints.forEach(fingerprint -> out.add("fingerprint:" + fingerprint));
        tlsId.ifPresent(id -> out.add("tls-id:" + id));
        return out;
    }

    /** Tells whether the peer goes on with the association of an earlier description (RFC 8842 §5): same certificate, same identifier. */
    public boolean continues(DtlsDescription earlier) {
        return fingerprints.stream().anyMatch(earlier.fingerprints::contains)
            && (tlsId.equals(earlier.tlsId) || tlsId.isEmpty() || earlier.tlsId.isEmpty());
    }
}
