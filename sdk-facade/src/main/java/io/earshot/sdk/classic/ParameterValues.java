package io.earshot.sdk.classic;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the values of a parameter look like. All are text when they are given. */
sealed interface ParameterValues {
    /** Returns what is wanted instead of a value; empty when the value is fine. */
    Optional<String> wanted(String value);

    /** Returns a fine value as its owner reads it. */
    default String normal(String value) {
        return value.strip();
    }

    /** Returns what is allowed, for documentation. */
    String allowed();

    /**
     * Any line of text.
     *
     * @param secret whether it must not be shown
     */
    record Text(boolean secret) implements ParameterValues {
        @Override
        public Optional<String> wanted(String value) {
            return value.chars().anyMatch(c -> c < ' ') ? Optional.of("has a line break or control character in its value")
                    : Optional.empty();
        }

        @Override
        public String allowed() {
            return secret ? "text, never shown" : "text";
        }
    }

    /** A text or an object, over several lines if need be; {@link ScriptValue} reads objects. */
    record Script() implements ParameterValues {
        @Override
        public Optional<String> wanted(String value) {
            return value.chars().anyMatch(c -> c < ' ' && c != '\n' && c != '\r' && c != '\t')
                    ? Optional.of("has a control character in its value") : Optional.empty();
        }

        @Override
        public String allowed() {
            return "an object";
        }
    }

    /** A whole number. Programs write true and false for 1 and 0 too. */
    record Numbers(long minimum, long maximum) implements ParameterValues {
        @Override
        public Optional<String> wanted(String value) {
            try {
                long number = Long.parseLong(normal(value));
                return number >= minimum && number <= maximum ? Optional.empty() : Optional.of(allowed());
            } catch (NumberFormatException none) {
                return Optional.of(allowed());
            }
        }

        @Override
        public String normal(String value) {
            String word = value.strip().toLowerCase(Locale.ROOT);
            return word.equals("true") ? "1" : word.equals("false") ? "0" : word;
        }

        @Override
        public String allowed() {
            return "a whole number from " + minimum + " to " + maximum;
        }
    }

    /** Yes or no in one of its spellings. */
    record YesNo() implements ParameterValues {
        private static final List<String> YES = List.of("true", "1", "yes");
        private static final List<String> NO = List.of("false", "0", "no");

        @Override
        public Optional<String> wanted(String value) {
            String word = value.strip().toLowerCase(Locale.ROOT);
            return YES.contains(word) || NO.contains(word) ? Optional.empty() : Optional.of(allowed());
        }

        @Override
        public String normal(String value) {
            return Boolean.toString(YES.contains(value.strip().toLowerCase(Locale.ROOT)));
        }

        @Override
        public String allowed() {
            return "true or false (1 or 0)";
        }
    }

    /** One of some words. */
    record Choice(List<String> words) implements ParameterValues {
        public Choice {
            words = List.copyOf(words);
        }

        @Override
        public Optional<String> wanted(String value) {
            return words.stream().anyMatch(value.strip()::equalsIgnoreCase) ? Optional.empty() : Optional.of(allowed());
        }

        @Override
        public String normal(String value) {
            return words.stream().filter(value.strip()::equalsIgnoreCase).findFirst().orElse(value.strip());
        }

        @Override
        public String allowed() {
            return "one of " + String.join(", ", words);
        }
    }
}
