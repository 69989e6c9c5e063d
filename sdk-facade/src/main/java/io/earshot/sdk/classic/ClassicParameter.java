package io.earshot.sdk.classic;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One row of the parameter registry.
 *
 * @param name as users write it; compared without regard to case. A capital N stands for the number of a further account, 2 to 99, a
 *             capital word after an underscore for any text, and [] for a place in a list, [0] to [99]
 * @param aliases other and older names
 * @param values what values look like
 * @param standard the value when it is not given
 * @param summary for help and documentation
 * @param group its topic
 * @param effect what it does here
 * @param change when a change while the phone runs takes effect
 */
record ClassicParameter(String name, List<String> aliases, ParameterValues values, String standard, String summary, ParameterGroup group,
        ParameterEffect effect, Change change) {
    private static final Pattern NUMBERED = Pattern.compile("[a-z]+N");
    private static final Pattern NAMED = Pattern.compile("[a-z]+_[A-Z]+");

    private static final String LISTED = "[]";

    /** When a change while the phone runs takes effect. */
    enum Change {
        /** From the next call, message or registration on. */
        LIVE("at once"),
        /** With the next start of the SIP stack. */
        RESTART("with the next API_Start"),
        /** Only when the program starts. */
        START("when the program starts");

        private final String text;

        Change(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    private static ClassicParameter row(String name, ParameterValues values, String standard, String summary, String... aliases) {
        return new ClassicParameter(name, List.of(aliases), values, standard, summary, ParameterGroup.OTHER, ParameterEffect.IMPLEMENTED,
                Change.RESTART);
    }

    static ClassicParameter text(String name, String standard, String summary, String... aliases) {
        return row(name, new ParameterValues.Text(false), standard, summary, aliases);
    }

    static ClassicParameter secret(String name, String summary, String... aliases) {
        return row(name, new ParameterValues.Text(true), "", summary, aliases);
    }

    /** A value that may be an object. */
    static ClassicParameter script(String name, String summary, String... aliases) {
        return row(name, new ParameterValues.Script(), "", summary, aliases);
    }

    static ClassicParameter number(String name, long minimum, long maximum, long standard, String summary, String... aliases) {
        return row(name, new ParameterValues.Numbers(minimum, maximum), Long.toString(standard), summary, aliases);
    }

    static ClassicParameter yesNo(String name, boolean standard, String summary, String... aliases) {
        return row(name, new ParameterValues.YesNo(), Boolean.toString(standard), summary, aliases);
    }

    static ClassicParameter choice(String name, String standard, List<String> words, String summary, String... aliases) {
        return row(name, new ParameterValues.Choice(words), standard, summary, aliases);
    }

    ClassicParameter in(ParameterGroup topic) {
        return new ClassicParameter(name, aliases, values, standard, summary, topic, effect, change);
    }

    /** Returns the row as one that is had in another way. */
    ClassicParameter mapped(String equivalent) {
        return new ClassicParameter(name, aliases, values, standard, summary, group, new ParameterEffect.Mapped(equivalent), change);
    }

    /** Returns the row as one that does nothing any more. */
    ClassicParameter without(String reason) {
        return new ClassicParameter(name, aliases, values, standard, summary, group, new ParameterEffect.None(reason), change);
    }

    /** Returns the row as one whose changes take effect while the phone runs. */
    ClassicParameter live() {
        return new ClassicParameter(name, aliases, values, standard, summary, group, effect, Change.LIVE);
    }

    /** Returns the row as one that only the start of the program reads. */
    ClassicParameter atStart() {
        return new ClassicParameter(name, aliases, values, standard, summary, group, effect, Change.START);
    }

    boolean isSecret() {
        return values instanceof ParameterValues.Text text && text.secret();
    }

    /** Tells whether the row stands for many names. */
    boolean isPattern() {
        return NUMBERED.matcher(name).matches() || NAMED.matcher(name).matches() || name.contains(LISTED);
    }

    /** Tells whether a name is one of those that the row stands for. */
    boolean matchesPattern(String other) {
        String lower = other.toLowerCase(Locale.ROOT);
        if (NUMBERED.matcher(name).matches()) {
            String stem = name.substring(0, name.length() - 1).toLowerCase(Locale.ROOT);
            return lower.startsWith(stem) && lower.substring(stem.length()).matches("[2-9]|[1-9][0-9]");
        }
        if (NAMED.matcher(name).matches()) {
            String stem = name.substring(0, name.lastIndexOf('_') + 1).toLowerCase(Locale.ROOT);
            return lower.startsWith(stem) && lower.length() > stem.length();
        }
        if (name.contains(LISTED)) {
            return lower.replaceFirst("\\[[0-9]{1,2}]", LISTED).equalsIgnoreCase(name);
        }
        return false;
    }

    /** Returns the name under which a value given as {@code other} is kept. */
    String key(String other) {
        return matchesPattern(other) && !name.equalsIgnoreCase(other) ? other.toLowerCase(Locale.ROOT) : name;
    }

    /** Returns what is wrong with a value, naming the parameter, the value and what is allowed; empty when it is fine. */
    Optional<String> defect(String value) {
        boolean text = values instanceof ParameterValues.Text || values instanceof ParameterValues.Script;
        return values.wanted(value).map(wanted -> "parameter " + name + (text ? " " + wanted : "=" + value + ": " + wanted + " is wanted"));
    }

    /** Returns a value without a defect as the owner reads it. */
    String normal(String value) {
        return values.normal(value);
    }
}
