package io.earshot.sdk.internal.rules;

import java.util.ArrayList;
import java.util.List;

/**
 * Rewrite rules of eight fields: sessions, condition, text, least length, action, rewrite from, string, stop. Fields are separated by
 * {@code ;} or {@code _P_}, rules by {@code ,} or {@code _L_}.
 */
final class AdvancedRules {
    private static final int FIELDS = 8;
    private static final List<String> DEFAULTS = List.of("0", "1", "", "7", "2", "", "", "0");

    /** What a rule does with a call beside changing its number. */
    enum Act { NONE, ANSWER, IGNORE, FORWARD, REJECT }

    /**
     * What the rules make of a call.
     *
     * @param target where to, of FORWARD
     */
    record Outcome(String number, Act act, String target) { }

    private record Rule(int sessions, int condition, String text, int least, int action, String from, String string, boolean stop) {
        boolean fits(String number, boolean incoming) {
            int direction = sessions % 10;
            return (direction == 2 || direction == (incoming ? 1 : 0)) && number.length() >= least && holds(number);
        }

        private boolean holds(String number) {
            return switch (condition) {
                case 1 -> number.startsWith(text);
                case 2 -> number.endsWith(text);
                case 3 -> number.contains(text);
                case 4 -> number.equals(text);
                case 5 -> !number.contains(text);
                case 6 -> !number.startsWith(text);
                default -> true;
            };
        }

        String change(String number) {
            return switch (action) {
                case 0 -> from.isEmpty() || !number.contains(from) ? number
                    : number.substring(0, number.indexOf(from)) + string + number.substring(number.indexOf(from) + from.length());
                case 1 -> string;
                case 2 -> remove(number, string.isEmpty() ? text : string);
                case 3 -> string + number;
                case 4 -> number + string;
                default -> number;
            };
        }

        private String remove(String number, String what) {
            if (what.isEmpty()) {
                return number;
            }
            if (condition == 1 && number.startsWith(what)) {
                return number.substring(what.length());
            }
            if (condition == 2 && number.endsWith(what)) {
                return number.substring(0, number.length() - what.length());
            }
            return number.replace(what, "");
        }

        Act act() {
            return switch (action) {
                case 10 -> Act.ANSWER;
                case 11 -> Act.IGNORE;
                case 12 -> Act.FORWARD;
                case 13 -> Act.REJECT;
                default -> Act.NONE;
            };
        }
    }

    private final List<Rule> rules;

    private AdvancedRules(List<Rule> rules) {
        this.rules = rules;
    }

    /**
     * Reads rules; none from an empty text.
     *
     * @throws IllegalArgumentException naming the rule that cannot be understood
     */
    static AdvancedRules parse(String text) {
        List<Rule> rules = new ArrayList<>();
        String plain = text.replace("_P_L_", "_L_").replace("_P_", ";").replace("_L_", ",");
        for (String part : plain.split(",")) {
            if (!part.isBlank()) {
                rules.add(rule(part.strip()));
            }
        }
        return new AdvancedRules(List.copyOf(rules));
    }

    private static Rule rule(String text) {
        if (!text.startsWith(";")) {
            throw new IllegalArgumentException("the advanced rule '" + text + "' does not begin with a separator");
        }
        String[] given = text.substring(1).split(";", -1);
        List<String> fields = new ArrayList<>(DEFAULTS);
        for (int i = 0; i < Math.min(FIELDS, given.length); i++) {
            if (!given[i].isBlank()) {
                fields.set(i, given[i].strip());
            }
        }
        Rule rule = new Rule(number(fields, 0, text), number(fields, 1, text), fields.get(2), number(fields, 3, text),
                number(fields, 4, text), fields.get(5), fields.get(6), number(fields, 7, text) == 1);
        boolean known = List.of(0, 1, 2, 10, 11, 12).contains(rule.sessions) && rule.condition <= 6
                && (rule.action <= 4 || rule.action >= 10 && rule.action <= 13);
        if (!known) {
            throw new IllegalArgumentException("the advanced rule '" + text + "' has sessions " + rule.sessions + ", condition "
                    + rule.condition + ", action " + rule.action + ", of which one is unknown");
        }
        return rule;
    }

    private static int number(List<String> fields, int index, String rule) {
        String text = fields.get(index);
        if (text.length() > 4 || !text.chars().allMatch(Character::isDigit)) {
            throw new IllegalArgumentException("the advanced rule '" + rule + "' has '" + text + "' in field " + (index + 1)
                    + ", where a number is wanted");
        }
        return Integer.parseInt(text);
    }

    Outcome apply(String number, boolean incoming) {
        String now = number;
        for (Rule rule : rules) {
            if (rule.fits(now, incoming)) {
                if (rule.act() != Act.NONE) {
                    return new Outcome(now, rule.act(), rule.string);
                }
                now = rule.change(now);
                if (rule.stop) {
                    break;
                }
            }
        }
        return new Outcome(now, Act.NONE, "");
    }
}
