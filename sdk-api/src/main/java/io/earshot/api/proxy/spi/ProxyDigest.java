package io.earshot.api.proxy.spi;

import io.earshot.api.id.IdSource;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A challenge by Digest (RFC 7616), with MD5 or SHA-256, and the answer to it. */
final class ProxyDigest {
    private static final Pattern PARAMETER = Pattern.compile("([A-Za-z-]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s,\"]+))");
    private static final int CNONCE_BITS = 80;

    private final Map<String, String> values;
    private final String algorithm;

    private ProxyDigest(Map<String, String> values, String algorithm) {
        this.values = values;
        this.algorithm = algorithm;
    }

    /** Reads a challenge; empty for one that cannot be answered. */
    static Optional<ProxyDigest> of(String challenge) {
        if (!challenge.regionMatches(true, 0, "Digest ", 0, 7)) {
            return Optional.empty();
        }
        Map<String, String> values = new HashMap<>();
        Matcher matcher = PARAMETER.matcher(challenge.substring(7));
        while (matcher.find()) {
            String value = matcher.group(2) == null ? matcher.group(3) : matcher.group(2).replaceAll("\\\\(.)", "$1");
            values.putIfAbsent(matcher.group(1).toLowerCase(Locale.ROOT), value);
        }
        String algorithm = values.getOrDefault("algorithm", "MD5").toUpperCase(Locale.ROOT);
        boolean known = algorithm.equals("MD5") || algorithm.equals("SHA-256");
        boolean quality = !values.containsKey("qop") || values.get("qop").matches("(?i)(.*[,\\s])?auth([,\\s].*)?");
        return known && quality && values.containsKey("nonce") && values.containsKey("realm")
            ? Optional.of(new ProxyDigest(values, algorithm)) : Optional.empty();
    }

    boolean isStale() {
        return values.getOrDefault("stale", "").equalsIgnoreCase("true");
    }

    String answer(String user, String password, String method, String uri, IdSource ids) {
        String realm = values.get("realm");
        String nonce = values.get("nonce");
        String one = hash(user + ":" + realm + ":" + password);
        String two = hash(method + ":" + uri);
        String head = "Digest username=" + quoted(user) + ", realm=" + quoted(realm) + ", nonce=" + quoted(nonce) + ", uri=" + quoted(uri)
            + ", algorithm=" + algorithm + (values.containsKey("opaque") ? ", opaque=" + quoted(values.get("opaque")) : "");
        if (!values.containsKey("qop")) {
            return head + ", response=\"" + hash(one + ":" + nonce + ":" + two) + "\"";
        }
        String own = ids.token(CNONCE_BITS);
        return head + ", qop=auth, nc=00000001, cnonce=\"" + own + "\", response=\""
            + hash(one + ":" + nonce + ":00000001:" + own + ":auth:" + two) + "\"";
    }

    static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private String hash(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java runtime has " + algorithm, missing);
        }
    }
}
