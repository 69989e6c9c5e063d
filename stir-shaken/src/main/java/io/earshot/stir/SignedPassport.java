package io.earshot.stir;

import com.grack.nanojson.JsonObject;
import io.earshot.api.identity.Attestation;
import io.earshot.api.identity.Passport;
import io.earshot.api.identity.spi.CallerVerifier.Facts;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A PASSporT as it came, and what it says (RFC 8225).
 *
 * @param signingInput the bytes that were signed
 * @param signature r and s, 32 bytes each
 */
record SignedPassport(Passport passport, byte[] signingInput, byte[] signature) {
    private static final int SIGNATURE_LENGTH = 64;
    private static final long MAX_SECONDS = Instant.MAX.getEpochSecond();

    /** Reads the full form, or puts the compact one together from what the INVITE says (RFC 8224 §4.1). */
    static SignedPassport read(IdentityHeader header, Facts facts) throws Verdict {
        String[] parts = header.token().split("\\.", -1);
        if (parts.length != 3) {
            throw Verdict.malformed("The signature is not of the form header.payload.signature");
        }
        boolean compact = parts[0].isEmpty() && parts[1].isEmpty();
        String head = compact ? encode(compactHead(header)) : parts[0];
        String payload = compact ? encode(compactPayload(header, facts)) : parts[1];
        JsonObject claims = Json.object(text(decode(payload)));
        JsonObject kind = Json.object(text(decode(head)));
        byte[] signature = decode(parts[2]);
        if (signature.length != SIGNATURE_LENGTH) {
            throw Verdict.malformed("An ES256 signature has 64 bytes, this one has " + signature.length);
        }
        return new SignedPassport(passport(header, kind, claims), (head + "." + payload).getBytes(StandardCharsets.US_ASCII), signature);
    }

    private static Passport passport(IdentityHeader header, JsonObject kind, JsonObject claims) throws Verdict {
        if (!Json.string(kind, "alg").equals(Optional.of("ES256"))) {
            throw Verdict.malformed("The signature algorithm must be ES256");
        }
        if (!Json.string(kind, "typ").equals(Optional.of("passport"))) {
            throw Verdict.malformed("The signed token is no passport");
        }
        String extension = Json.string(kind, "ppt").orElse("");
        if (!extension.equals(header.extension())) {
            throw Verdict.malformed("The header and the signature name different extensions");
        }
        if (!Json.string(kind, "x5u").equals(Optional.of(header.info()))) {
            throw Verdict.malformed("The header and the signature name different certificates");
        }
        JsonObject caller = Json.child(claims, "orig").orElseThrow(() -> Verdict.malformed("The signature names no caller"));
        List<String> called = new ArrayList<>();
        Json.child(claims, "dest").ifPresent(destination -> {
            called.addAll(Json.strings(destination, "tn"));
            called.addAll(Json.strings(destination, "uri"));
        });
        String origin = Json.string(caller, "tn").or(() -> Json.string(caller, "uri"))
            .orElseThrow(() -> Verdict.malformed("The signature names no caller"));
        Optional<String> diverted = Json.child(claims, "div").flatMap(from -> Json.string(from, "tn").or(() -> Json.string(from, "uri")));
        return new Passport(extension, origin, called, issued(claims), Json.string(claims, "attest").flatMap(Attestation::of),
            Json.string(claims, "origid"), diverted, header.info());
    }

    private static Instant issued(JsonObject claims) throws Verdict {
        if (claims.get("iat") instanceof Number seconds && seconds.longValue() >= 0 && seconds.longValue() <= MAX_SECONDS) {
            return Instant.ofEpochSecond(seconds.longValue());
        }
        throw Verdict.malformed("The signature does not say when it was made");
    }

    /** Keys in the order of their names and no spaces, as RFC 8225 §9 wants it. */
    private static String compactHead(IdentityHeader header) {
        return "{\"alg\":\"ES256\"," + (header.extension().isEmpty() ? "" : "\"ppt\":" + quote(header.extension()) + ",")
            + "\"typ\":\"passport\",\"x5u\":" + quote(header.info()) + "}";
    }

    private static String compactPayload(IdentityHeader header, Facts facts) throws Verdict {
        if (!header.extension().isEmpty()) {
            throw Verdict.malformed("A signature with the extension " + IdentityHeader.printable(header.extension())
                + " cannot be in compact form");
        }
        if (facts.callers().isEmpty() || facts.called().isEmpty() || facts.date().isEmpty()) {
            throw Verdict.malformed("A signature in compact form needs From, To and Date");
        }
        return "{\"dest\":{" + claim(facts.called().get(0), true) + "},\"iat\":" + facts.date().get().getEpochSecond() + ",\"orig\":{"
            + claim(facts.callers().get(0), false) + "}}";
    }

    private static String claim(String uri, boolean list) {
        Optional<String> number = Addresses.numberOf(uri);
        String value = quote(number.orElseGet(() -> Addresses.uri(uri)));
        return (number.isPresent() ? "\"tn\":" : "\"uri\":") + (list ? "[" + value + "]" : value);
    }

    private static String quote(String text) {
        return com.grack.nanojson.JsonWriter.string(text);
    }

    private static String encode(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] decode(String text) throws Verdict {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException broken) {
            throw Verdict.malformed("The signature is not base64url");
        }
    }

    private static String text(byte[] utf8) throws Verdict {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
        } catch (CharacterCodingException broken) {
            throw Verdict.malformed("The signed claims are not UTF-8");
        }
    }

    /** Tells whether the owner of this key made it. */
    boolean isSignedBy(PublicKey key) {
        try {
            Signature check = Signature.getInstance("SHA256withECDSAinP1363Format");
            check.initVerify(key);
            check.update(signingInput);
            return check.verify(signature);
        } catch (GeneralSecurityException impossible) {
            return false;
        }
    }
}
