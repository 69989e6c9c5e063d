package io.earshot.sdk.internal.rules;

import java.util.ArrayList;
import java.util.List;

/** Rewrite rules in the short form: {@code from;to;minlength;maxlength} separated by commas; the first that matches counts. */
final class NumberRules {
    private record Rule(String from, String to, int least, int most) {
        boolean fits(String number) {
            return number.startsWith(from) && number.length() >= least && number.length() <= most;
        }
    }

    private final List<Rule> rules;

    private NumberRules(List<Rule> rules) {
        this.rules = rules;
    }

    /**
     * Reads rules; none from an empty text.
     *
     * @throws IllegalArgumentException naming the rule that cannot be understood
     */
    static NumberRules parse(String text) {
        List<Rule> rules = new ArrayList<>();
        for (String part : text.split(",")) {
            if (!part.isBlank()) {
                rules.add(rule(part.strip()));
            }
        }
        return new NumberRules(List.copyOf(rules));
    }

    private static Rule rule(String text) {
        String[] fields = text.split(";", -1);
        if (fields.length < 2 || fields.length > 4 || fields[0].isEmpty()) {
            throw new IllegalArgumentException("the rewrite rule '" + text + "' is not of the form from;to;minlength;maxlength");
        }
        return new Rule(fields[0].strip(), fields[1].strip(), number(fields, 2, 0, text), number(fields, 3, Integer.MAX_VALUE, text));
    }

    private static int number(String[] fields, int index, int otherwise, String rule) {
        String text = index < fields.length ? fields[index].strip() : "";
        if (text.isEmpty()) {
            return otherwise;
        }
        if (text.length() > 4 || !text.chars().allMatch(Character::isDigit)) {
            throw new IllegalArgumentException("the rewrite rule '" + rule + "' has '" + text + "' where a length is wanted");
        }
        return Integer.parseInt(text);
    }

    String apply(String number) {
        return rules.stream().filter(rule -> rule.fits(number)).findFirst()
                .map(rule -> rule.to + number.substring(rule.from.length())).orElse(number);
    }
}
