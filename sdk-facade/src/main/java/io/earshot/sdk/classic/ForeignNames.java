package io.earshot.sdk.classic;

import java.util.List;
import java.util.Optional;

/** Names of other systems that stand for values of our parameters: what is given under them is given to those. */
final class ForeignNames {
    private ForeignNames() {
    }

    /**
     * Returns what a value means, {@code name=value} each, in force only where nothing else is said when it begins with {@code ?}; empty
     * when the row is one that keeps its value.
     *
     * @param value without a defect, or {@code DEF}
     * @throws IllegalArgumentException saying what is wrong with it
     */
    static List<String> meaning(ClassicParameter row, String value) {
        if (row.group() != ParameterGroup.FOREIGN) {
            return List.of();
        }
        Optional<String> same = target(row.name());
        if (same.isPresent()) {
            return List.of(same.get() + "=" + value);
        }
        boolean empty = value.equals("DEF") || value.equals("NULL");
        if (row.name().equals("android.makeAudioCall.timeout")) {
            return List.of("ringtimeout=" + (empty || value.equals("0") ? "DEF" : value + "000"));
        }
        if (empty) {
            return switch (row.name()) {
                case "jssip.uri" -> List.of("username=DEF", "serveraddress=DEF");
                case "jssip.register" -> List.of("register=DEF");
                case "jssip.register_expires" -> List.of("registerinterval=DEF");
                default -> List.of();
            };
        }
        return JsSipNames.meaning(row.name(), value);
    }

    /** The parameter of ours that takes the same values. */
    private static Optional<String> target(String name) {
        return Optional.ofNullable(switch (name) {
            case "android.SipProfile.Builder.domain" -> "serveraddress";
            case "android.SipProfile.Builder.username" -> "username";
            case "android.SipProfile.Builder.setPassword" -> "password";
            default -> null;
        });
    }
}
