package io.earshot.sdk.classic;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One row of the parameter registry.
 *
 * @param name as users write it; compared without regard to case
 * @param aliases other and older names
 * @param kind what values look like
 * @param minimum least value of a number
 * @param maximum greatest value of a number
 * @param standard the value when it is not given
 * @param summary for help and documentation
 */
record ClassicParameter(String name, List<String> aliases, Kind kind, long minimum, long maximum, String standard, String summary) {
    /** What values look like. */
    enum Kind { TEXT, SECRET, NUMBER, YES_NO }

    static ClassicParameter text(String name, String standard, String summary, String... aliases) {
        return new ClassicParameter(name, List.of(aliases), Kind.TEXT, 0, 0, standard, summary);
    }

    static ClassicParameter secret(String name, String summary, String... aliases) {
        return new ClassicParameter(name, List.of(aliases), Kind.SECRET, 0, 0, "", summary);
    }

    static ClassicParameter number(String name, long minimum, long maximum, long standard, String summary, String... aliases) {
        return new ClassicParameter(name, List.of(aliases), Kind.NUMBER, minimum, maximum, Long.toString(standard), summary);
    }

    static ClassicParameter yesNo(String name, boolean standard, String summary, String... aliases) {
        return new ClassicParameter(name, List.of(aliases), Kind.YES_NO, 0, 0, Boolean.toString(standard), summary);
    }

    boolean isCalled(String other) {
        return name.equalsIgnoreCase(other) || aliases.stream().anyMatch(other::equalsIgnoreCase);
    }

    /** Returns what is wrong with a value, naming the parameter, the value and what is allowed; empty when it is fine. */
    Optional<String> defect(String value) {
        return switch (kind) {
            case TEXT, SECRET -> value.chars().anyMatch(c -> c < ' ')
                    ? Optional.of("parameter " + name + " has a line break or control character in its value") : Optional.empty();
            case NUMBER -> isNumber(value) ? Optional.empty()
                    : Optional.of("parameter " + name + "=" + value + ": a whole number from " + minimum + " to " + maximum
                            + " is wanted");
            case YES_NO -> isYesNo(value) ? Optional.empty()
                    : Optional.of("parameter " + name + "=" + value + ": true or false (1 or 0) is wanted");
        };
    }

    private boolean isNumber(String value) {
        try {
            long number = Long.parseLong(value.strip());
            return number >= minimum && number <= maximum;
        } catch (NumberFormatException none) {
            return false;
        }
    }

    private static boolean isYesNo(String value) {
        return List.of("true", "false", "1", "0", "yes", "no").contains(value.strip().toLowerCase(Locale.ROOT));
    }
}
