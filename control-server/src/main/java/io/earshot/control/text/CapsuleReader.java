package io.earshot.control.text;

import io.earshot.control.text.Command.Dialect;
import io.earshot.control.text.Command.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads {@code BOFCOMMAND BOFLINE function=API_Call EOFLINE BOFLINE line=-1 EOFLINE EOFCOMMAND}: named or by position, with and without
 * blanks between the words. What stands within a line is taken as it is, line breaks and commas included.
 */
public final class CapsuleReader {
    static final String BEGIN = "BOFCOMMAND";
    static final String END = "EOFCOMMAND";
    private static final String LINE = "BOFLINE";
    private static final String LINE_END = "EOFLINE";
    private static final String FUNCTION = "function=";

    private final Functions functions;

    /** Makes a reader. */
    public CapsuleReader(Functions functions) {
        this.functions = functions;
    }

    /** Reads a whole command, from BOFCOMMAND to EOFCOMMAND. */
    public Reading read(String text) {
        List<String> lines = new ArrayList<>();
        int at = BEGIN.length();
        while (true) {
            at = blanks(text, at);
            if (text.startsWith(END, at)) {
                return text.substring(at + END.length()).isBlank() ? command(lines)
                        : new Reading.Unreadable("there is text after " + END);
            }
            int end = text.startsWith(LINE, at) ? text.indexOf(LINE_END, at + LINE.length()) : -1;
            if (end < 0) {
                return new Reading.Unreadable("a " + BEGIN + " holds lines from " + LINE + " to " + LINE_END + ", then " + END);
            }
            String content = text.substring(at + LINE.length(), end);
            if (content.contains(LINE) || content.contains(BEGIN) || content.contains(END)) {
                return new Reading.Unreadable("a value cannot hold the words that mark lines");
            }
            lines.add(trimmed(content));
            at = end + LINE_END.length();
        }
    }

    private Reading command(List<String> lines) {
        String first = lines.isEmpty() ? "" : lines.get(0).strip();
        String function = first.regionMatches(true, 0, FUNCTION, 0, FUNCTION.length()) ? first.substring(FUNCTION.length()) : first;
        if (function.isBlank()) {
            return new Reading.Unreadable("the first line of a " + BEGIN + " names the function");
        }
        Optional<Signature> signature = functions.find(function.strip());
        List<Parameter> parameters = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            parameters.add(parameter(line, parameters.size() + 1, signature));
        }
        List<Parameter> placed = signature.filter(known -> isShortChat(known, parameters)).map(chat -> withoutGroup(parameters))
                .orElse(parameters);
        return new Reading.Read(Command.of(functions, function, placed, Dialect.CAPSULE));
    }

    /** A line is named when its name is one that the function has, or a position; else all of it is the value. */
    private static Parameter parameter(String line, int position, Optional<Signature> signature) {
        int equals = line.indexOf('=');
        String name = equals < 0 ? "" : line.substring(0, equals).strip().toLowerCase(Locale.ROOT);
        boolean named = name.matches("param\\d{1,2}") || signature.map(known -> known.arguments().stream()
                .anyMatch(argument -> argument.name().equalsIgnoreCase(name))).orElse(!name.isEmpty() && name.matches("[a-z0-9_]+"));
        return named || name.equals("token") ? new Parameter(name, line.substring(equals + 1)) : new Parameter("", line);
    }

    private static boolean isShortChat(Signature signature, List<Parameter> parameters) {
        return CommaReader.hasGroup(signature) && parameters.size() == signature.arguments().size() - 1
                && parameters.stream().allMatch(parameter -> parameter.name().isEmpty());
    }

    private static List<Parameter> withoutGroup(List<Parameter> parameters) {
        List<Parameter> four = new ArrayList<>(parameters);
        four.add(CommaReader.GROUP, new Parameter("", ""));
        return four;
    }

    private static int blanks(String text, int from) {
        int at = from;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** Takes one blank away next to each marker. */
    private static String trimmed(String content) {
        int from = content.startsWith(" ") ? 1 : 0;
        int to = content.length() > from && content.endsWith(" ") ? content.length() - 1 : content.length();
        return content.substring(from, to);
    }
}
