package io.earshot.control.desk;

import io.earshot.control.text.Command;
import io.earshot.control.text.Command.Parameter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * What a command that sets parameters means for the desk itself.
 *
 * @param polling the new value of polling, which only the desk needs
 * @param sessionMinutes the new value of httpsessiontimeout
 * @param notifyPort the new value of wpapiconnectport
 * @param defect what is wrong with a value of polling
 * @param rest the command for the phone; empty when nothing is left of it
 */
record OwnParameters(Optional<Integer> polling, Optional<Integer> sessionMinutes, Optional<Integer> notifyPort, Optional<String> defect,
        Optional<Command> rest) {
    private static final List<String> POLLING = List.of("polling", "jsscriptpoll", "jscriptpoll");
    private static final int MOST_POLLING = 3;

    static OwnParameters of(Command command) {
        return switch (command.function()) {
            case "API_SetParameter" -> read(command, command.argument("param", 1).orElse("").strip() + "="
                    + command.argument("value", 2).orElse("").strip(), true);
            case "API_SetParameters" -> read(command, command.argument("parameters", 1).orElse(""), false);
            default -> new OwnParameters(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(command));
        };
    }

    private static OwnParameters read(Command command, String text, boolean single) {
        Optional<Integer> polling = Optional.empty();
        Optional<Integer> minutes = Optional.empty();
        Optional<Integer> port = Optional.empty();
        Optional<String> defect = Optional.empty();
        StringJoiner rest = new StringJoiner("\r\n");
        boolean some = false;
        for (String line : text.lines().toList()) {
            int equals = line.indexOf('=');
            String name = equals < 0 ? "" : line.substring(0, equals).strip().toLowerCase(Locale.ROOT);
            Optional<Integer> number = equals < 0 ? Optional.empty() : number(line.substring(equals + 1).strip());
            if (POLLING.contains(name)) {
                polling = number.filter(value -> value >= -1 && value <= MOST_POLLING).or(() -> isStandard(line) ? Optional.of(-1)
                        : Optional.empty());
                defect = polling.isPresent() ? defect : Optional.of("parameter " + name + line.substring(equals).strip()
                        + ": a whole number from -1 to 3 is wanted");
            } else {
                minutes = name.equals("httpsessiontimeout") ? number : minutes;
                port = name.equals("wpapiconnectport") ? number : port;
                some |= !line.isBlank();
                rest.add(line);
            }
        }
        boolean all = polling.isEmpty() && defect.isEmpty();
        Optional<Command> left = all ? Optional.of(command) : !some ? Optional.empty()
                : Optional.of(single ? command : new Command(command.signature(), command.function(),
                        List.of(new Parameter("parameters", rest.toString())), command.dialect()));
        return new OwnParameters(polling, minutes.filter(value -> value >= 0), port.filter(value -> value >= 0), defect, left);
    }

    private static boolean isStandard(String line) {
        return line.endsWith("=DEF") || line.endsWith("=NULL");
    }

    private static Optional<Integer> number(String text) {
        return text.matches("-?\\d{1,9}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }
}
