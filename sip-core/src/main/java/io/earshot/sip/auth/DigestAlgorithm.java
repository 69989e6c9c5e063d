package io.earshot.sip.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** The hash algorithms of digest authentication, weakest first (RFC 7616 §6.1, RFC 8760 §2.1). */
public enum DigestAlgorithm {
    /** What everybody has; also what an absent parameter means. */
    MD5("MD5", "MD5", false),
    /** MD5 with a key per session. */
    MD5_SESS("MD5-sess", "MD5", true),
    /** SHA-512 cut to 256 bits in the way of FIPS 180-4. */
    SHA_512_256("SHA-512-256", "SHA-512/256", false),
    /** SHA-512-256 with a key per session. */
    SHA_512_256_SESS("SHA-512-256-sess", "SHA-512/256", true),
    /** What a server that wants better than MD5 most often has. */
    SHA_256("SHA-256", "SHA-256", false),
    /** SHA-256 with a key per session. */
    SHA_256_SESS("SHA-256-sess", "SHA-256", true);

    private final String token;
    private final String jdkName;
    private final boolean session;

    DigestAlgorithm(String token, String jdkName, boolean session) {
        this.token = token;
        this.jdkName = jdkName;
        this.session = session;
    }

    /** Returns the name as the {@code algorithm} parameter spells it. */
    public String token() {
        return token;
    }

    /** Tells whether the key is made anew for each nonce and cnonce. */
    public boolean isSession() {
        return session;
    }

    /** Returns the same hash without {@code -sess}: under this one a pre-computed HA1 is kept. */
    public DigestAlgorithm base() {
        return switch (this) {
            case MD5, MD5_SESS -> MD5;
            case SHA_256, SHA_256_SESS -> SHA_256;
            case SHA_512_256, SHA_512_256_SESS -> SHA_512_256;
        };
    }

    /** Returns 0 for MD5, 1 for the others: SHA-256 and SHA-512-256 are equally strong, and the server's order decides. */
    int strength() {
        return base() == MD5 ? 0 : 1;
    }

    /** Returns the length of the hash in hexadecimal digits. */
    public int hexLength() {
        return base() == MD5 ? 32 : 64;
    }

    /** Returns the algorithm of that name, in any case, or empty when it is unknown. */
    public static Optional<DigestAlgorithm> parse(String token) {
        for (DigestAlgorithm algorithm : values()) {
            if (algorithm.token.equalsIgnoreCase(token)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    /** Returns the hash of a text in UTF-8, in lower-case hexadecimal digits. */
    String hash(String text) {
        return hash(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the hash of bytes, in lower-case hexadecimal digits. */
    String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(jdkName).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no " + jdkName, e);
        }
    }

    /** Returns the hash of {@code user:realm:password}: the secret from which every response is made. */
    public String ha1(String user, String realm, String password) {
        return hash(user + ":" + realm + ":" + password);
    }

    /** Tells whether the text looks like a hash of this algorithm, and returns it in lower case. */
    Optional<String> asHash(String text) {
        boolean hex = text.length() == hexLength() && text.chars().allMatch(c -> c < 0x80 && Character.digit(c, 16) >= 0);
        return hex ? Optional.of(text.toLowerCase(Locale.ROOT)) : Optional.empty();
    }
}
