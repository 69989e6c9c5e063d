package io.earshot.sip.auth;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One scheme with its parameters, out of the value of a challenge or credentials header (RFC 7235 §2.1, RFC 3261 §25.1).
 *
 * @param scheme as spelled
 * @param params names in lower case, values without quotes and escapes; the first wins where a name comes twice
 * @param repeated a name came twice, which credentials must not do
 */
record AuthHeader(String scheme, Map<String, String> params, boolean repeated) {
    static final int MAX_LENGTH = 8_192;
    static final int MAX_SCHEMES = 16;
    static final int MAX_PARAMS = 64;

    boolean isDigest() {
        return scheme.equalsIgnoreCase("Digest");
    }

    Optional<String> get(String name) {
        return Optional.ofNullable(params.get(name));
    }

    boolean flag(String name) {
        return "true".equalsIgnoreCase(params.get(name));
    }

    /** Returns all schemes of a value up to the first defect; several may stand in one header, separated by commas. */
    static List<AuthHeader> parse(String value) {
        return value.length() > MAX_LENGTH ? List.of() : new Scanner(value).run();
    }

    /** One pass from left to right. */
    private static final class Scanner {
        private final String text;
        private final List<AuthHeader> out = new ArrayList<>();
        private String scheme = "";
        private Map<String, String> params = new LinkedHashMap<>();
        private boolean repeated;
        private int at;

        Scanner(String text) {
            this.text = text;
        }

        List<AuthHeader> run() {
            while (out.size() < MAX_SCHEMES) {
                skip(true);
                String word = token();
                if (word.isEmpty()) {
                    break;
                }
                skip(false);
                if (at < text.length() && text.charAt(at) == '=') {
                    at++;
                    if (!parameter(word)) {
                        break;
                    }
                } else if (params.containsKey("qop") && Qop.parse(word).isPresent()) {
                    params.merge("qop", word, (list, more) -> list + "," + more); // a list without its quotes
                } else {
                    close();
                    scheme = word;
                }
            }
            close();
            return out;
        }

        private boolean parameter(String name) {
            skip(false);
            if (at >= text.length() || text.charAt(at) == ',' || text.charAt(at) == '=') {
                while (at < text.length() && text.charAt(at) == '=') {
                    at++; // the padding of another scheme's token68
                }
                return true;
            }
            Optional<String> value = text.charAt(at) == '"' ? quoted() : Optional.of(token());
            if (value.isEmpty() || params.size() >= MAX_PARAMS) {
                return false;
            }
            repeated |= params.putIfAbsent(name.toLowerCase(Locale.ROOT), value.get()) != null;
            skip(false);
            return true;
        }

        private void close() {
            if (!scheme.isEmpty() && out.size() < MAX_SCHEMES) {
                out.add(new AuthHeader(scheme, params, repeated));
            }
            scheme = "";
            params = new LinkedHashMap<>();
            repeated = false;
        }

        private void skip(boolean commas) {
            while (at < text.length() && (isSpace(text.charAt(at)) || commas && text.charAt(at) == ',')) {
                at++;
            }
        }

        private static boolean isSpace(char c) {
            return c == ' ' || c == '\t' || c == '\r' || c == '\n';
        }

        /** Wider than a token: unquoted values come with slashes, colons and at signs in them. */
        private String token() {
            int start = at;
            while (at < text.length() && text.charAt(at) > ' ' && "\",=".indexOf(text.charAt(at)) < 0 && text.charAt(at) != 0x7f) {
                at++;
            }
            return text.substring(start, at);
        }

        private Optional<String> quoted() {
            StringBuilder value = new StringBuilder();
            for (at++; at < text.length(); at++) {
                char c = text.charAt(at);
                if (c == '"') {
                    at++;
                    return Optional.of(value.toString());
                }
                if (c == '\\' && at + 1 < text.length()) {
                    c = text.charAt(++at);
                }
                if (c < ' ' && c != '\t' || c == 0x7f) {
                    return Optional.empty();
                }
                value.append(c);
            }
            return Optional.empty();
        }
    }

    /** Returns the text in quotes, with escapes where it needs them. */
    static String quote(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\');
            }
            out.append(c);
        }
        return out.append('"').toString();
    }
}
