package io.earshot.api.identity;

import static io.earshot.api.check.Check.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a signature claims (a PASSporT, RFC 8225); true only inside a {@link CallerVerification.Valid}.
 *
 * @param extension its kind, such as {@code shaken} or {@code div}; empty for a plain one
 * @param caller the caller's number, digits only, or URI
 * @param called the numbers and URIs called
 * @param issued when it was signed
 * @param attestation how far the signer vouches; only in {@code shaken}
 * @param originId the signer's own name for where the call came from, a UUID, for tracing; only in {@code shaken}
 * @param divertedFrom whom the call was for before it was forwarded; only in {@code div} (RFC 8946)
 * @param certificate the address of the signer's certificate
 */
public record Passport(String extension, String caller, List<String> called, Instant issued, Optional<Attestation> attestation,
        Optional<String> originId, Optional<String> divertedFrom, String certificate) {
    public Passport {
        requireNonNull(extension, "extension");
        requireNonNull(caller, "caller");
        called = List.copyOf(called);
        requireNonNull(issued, "issued");
        requireNonNull(attestation, "attestation");
        requireNonNull(originId, "originId");
        requireNonNull(divertedFrom, "divertedFrom");
        requireNonNull(certificate, "certificate");
    }
}
