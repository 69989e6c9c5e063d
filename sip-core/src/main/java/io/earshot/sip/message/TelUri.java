package io.earshot.sip.message;

import static java.util.Objects.requireNonNull;

/**
 * A telephone number (RFC 3966).
 *
 * @param number digits with visual separators as written; global if it starts with {@code +}
 * @param parameters {@code ext}, {@code isub}, {@code phone-context} and others
 */
public record TelUri(String number, Parameters parameters) implements Uri {
    private static final String SEPARATORS = "-.()";

    /** Checks the characters of the number. */
    public TelUri {
        requireNonNull(parameters, "parameters");
        String defect = defect(requireNonNull(number, "number"));
        if (defect != null) {
            throw new IllegalArgumentException("malformed telephone number \"" + number + "\": " + defect);
        }
    }

    /** Returns what is wrong with a number, or null. */
    static String defect(String number) {
        int digits = 0;
        boolean global = number.startsWith("+");
        for (int i = global ? 1 : 0; i < number.length(); i++) {
            char c = number.charAt(i);
            boolean digit = global ? Chars.isDigit(c) : Chars.hex(c) >= 0 || c == '*' || c == '#';
            if (!digit && SEPARATORS.indexOf(c) < 0) {
                return "unexpected character " + i;
            }
            digits += digit ? 1 : 0;
        }
        return digits == 0 ? "no digit" : null;
    }

    /** Returns whether the number starts with {@code +}. */
    public boolean isGlobal() {
        return number.startsWith("+");
    }

    /** Returns the number without visual separators. */
    public String digits() {
        StringBuilder out = new StringBuilder(number.length());
        for (int i = 0; i < number.length(); i++) {
            if (SEPARATORS.indexOf(number.charAt(i)) < 0) {
                out.append(number.charAt(i));
            }
        }
        return out.toString();
    }

    @Override
    public String scheme() {
        return "tel";
    }

    /** RFC 3966 §5: separators do not count, parameters do, in any order. */
    @Override
    public boolean equivalent(Uri other) {
        return other instanceof TelUri tel && Chars.equalsIgnoreCase(tel.digits(), digits()) && covers(tel) && tel.covers(this);
    }

    private boolean covers(TelUri other) {
        for (int i = 0; i < parameters.size(); i++) {
            String mine = parameters.rawValue(i);
            String theirs = other.parameters.raw(parameters.name(i));
            boolean same = Chars.equalsIgnoreCase(mine == null ? "" : mine, theirs == null ? "" : theirs);
            if (!same || !other.parameters.has(parameters.name(i))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return "tel:" + number + parameters;
    }
}
