package io.earshot.srtp.sdes;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One {@code a=crypto} line (RFC 4568 §9.1): syntax only, so that a line of a suite that we do not know is a line too.
 *
 * @param tag 0 to 999999999; names the line in the answer
 * @param suite the name of the crypto suite
 * @param keys one or more master keys
 * @param sessionParameters what follows, in order, as written
 */
public record CryptoAttribute(int tag, String suite, List<InlineKey> keys, List<String> sessionParameters) {
    private static final int MAX_TOKENS = 32;
    private static final int MAX_KEYS = 16;
    private static final int MAX_LENGTH = 4_096;

    public CryptoAttribute {
        requireNonNull(suite);
        keys = List.copyOf(keys);
        sessionParameters = List.copyOf(sessionParameters);
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("a crypto attribute has at least one key");
        }
    }

    /** Parses what follows {@code a=crypto:}; empty if it is not well-formed. */
    public static Optional<CryptoAttribute> parse(String value) {
        if (value.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String[] tokens = value.strip().split("[ \t]+", MAX_TOKENS + 1);
        if (tokens.length < 3 || tokens.length > MAX_TOKENS || !tokens[0].matches("[0-9]{1,9}") || !tokens[1].matches("[A-Za-z0-9_]+")) {
            return Optional.empty();
        }
        String[] written = tokens[2].split(";", MAX_KEYS + 1);
        if (written.length > MAX_KEYS) {
            return Optional.empty();
        }
        List<InlineKey> keys = new ArrayList<>();
        for (String one : written) {
            Optional<InlineKey> key = InlineKey.parse(one);
            if (key.isEmpty()) {
                return Optional.empty();
            }
            keys.add(key.get());
        }
        return Optional.of(new CryptoAttribute(Integer.parseInt(tokens[0]), tokens[1], keys,
            List.of(tokens).subList(3, tokens.length)));
    }

    /** Returns what follows {@code a=crypto:}, keys included: never log it. */
    public String write() {
        StringBuilder out = new StringBuilder().append(tag).append(' ').append(suite).append(' ');
        for (int i = 0; i < keys.size(); i++) {
            out.append(i == 0 ? "" : ";").append(keys.get(i).write());
        }
        sessionParameters.forEach(parameter -> out.append(' ').append(parameter));
        return out.toString();
    }

    /** Tells tag and suite, never the keys. */
    @Override
    public String toString() {
        return "crypto " + tag + ' ' + suite + ' ' + String.join(" ", sessionParameters);
    }
}
