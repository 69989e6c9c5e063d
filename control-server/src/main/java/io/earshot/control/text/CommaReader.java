package io.earshot.control.text;

import io.earshot.control.text.Command.Dialect;
import io.earshot.control.text.Command.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads {@code API_Call,-1, 123456}. The last parameter of a function keeps its commas, the word CRLF stands for a line break, and
 * API_SendChat has three parameters, the last of which is the message.
 */
public final class CommaReader {
    /** Where API_SendChat has the group that it lacks here. */
    static final int GROUP = 2;
    private static final Pattern BREAK = Pattern.compile(" ?CRLF ?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");

    private final Functions functions;

    /** Makes a reader. */
    public CommaReader(Functions functions) {
        this.functions = functions;
    }

    /** Reads a line without its line break. */
    public Reading read(String text) {
        int comma = text.indexOf(',');
        String function = (comma < 0 ? text : text.substring(0, comma)).strip();
        if (!NAME.matcher(function).matches()) {
            return new Reading.Unreadable("not a command: write API_Call,-1,1234 or ?function=API_Call&line=-1&peer=1234");
        }
        boolean chat = functions.find(function).filter(CommaReader::hasGroup).isPresent();
        int most = functions.find(function).map(known -> known.arguments().size() - (chat ? 1 : 0)).orElse(Integer.MAX_VALUE);
        List<Parameter> parameters = new ArrayList<>();
        if (comma >= 0 && most > 0) {
            for (String value : text.substring(comma + 1).split(",", most == Integer.MAX_VALUE ? -1 : most)) {
                parameters.add(new Parameter("", BREAK.matcher(value.strip()).replaceAll("\r\n")));
            }
        }
        if (chat && parameters.size() > GROUP) {
            parameters.add(GROUP, new Parameter("", ""));
        }
        return new Reading.Read(Command.of(functions, function, parameters, Dialect.COMMA));
    }

    static boolean hasGroup(Signature signature) {
        return signature.name().equals("API_SendChat");
    }
}
