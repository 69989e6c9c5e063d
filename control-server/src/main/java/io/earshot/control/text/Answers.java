package io.earshot.control.text;

import com.grack.nanojson.JsonWriter;
import io.earshot.control.text.Command.Dialect;
import io.earshot.control.text.Command.Parameter;
import io.earshot.control.text.Signature.Type;

/**
 * Writes answers. There are two families: the usual one repeats the request without blanks and says {@code OK: …} or {@code ERROR: …}, the
 * one of the Windows service (port 18620) has blanks and says true or false. Requests with commas get the bare value in both.
 */
public final class Answers {
    private static final String OK = "OK: ";
    private static final String LINE_BREAK = "\r\n|\r|\n";
    private static final String ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/";

    private final boolean windows;

    /**
     * Makes a writer.
     *
     * @param windows whether the answers are those of the Windows service
     */
    public Answers(boolean windows) {
        this.windows = windows;
    }

    /** Returns whether a result is no error. */
    public static boolean isOk(String result) {
        return !result.startsWith("ERROR");
    }

    /** Returns a result as the type that the function has: true or false, a number, or the text; an error stays the text it is. */
    public static String value(Command command, String result) {
        Type type = command.signature().map(Signature::returns).orElse(Type.STRING);
        String bare = result.startsWith(OK) ? result.substring(OK.length()).strip() : result;
        return switch (type) {
            case BOOLEAN, VOID -> Boolean.toString(isOk(result) && !bare.equalsIgnoreCase("false"));
            case INT -> bare;
            case BYTES, STRING -> result;
        };
    }

    /** Writes an answer as a text, which may have several lines. */
    public String text(Command command, String result) {
        boolean known = command.signature().isPresent();
        if (command.dialect() == Dialect.COMMA) {
            return known ? bare(command, result) : result;
        }
        StringBuilder answer = new StringBuilder(windows ? "APIREQUEST: " : "APIREQUEST:").append(command.function());
        int number = 0;
        if (known && !command.signature().get().isPrivate()) {
            for (Parameter parameter : command.parameters()) {
                answer.append(windows ? " RPARAM" : "RPARAM").append(++number).append(':').append(oneLine(parameter.value()));
            }
        }
        return answer.append(windows ? " APIRESULT:" : "APIRESULT:").append(windows && known ? value(command, result) : result).toString();
    }

    private static String bare(Command command, String result) {
        Type type = command.signature().map(Signature::returns).orElse(Type.STRING);
        String value = value(command, result);
        if (type == Type.BOOLEAN || type == Type.VOID) {
            return value.equals("true") ? OK + command.function() + " succeed" : "ERROR: " + command.function() + " failed";
        }
        return value;
    }

    /** Writes the word CRLF where there are line breaks, so that an answer in a stream is one line. */
    public static String oneLine(String text) {
        return text.replaceAll(LINE_BREAK, "CRLF");
    }

    /** Writes an answer as a JSON object, in which the value has its type. */
    public static String json(Command command, String result) {
        Type type = command.signature().map(Signature::returns).orElse(Type.STRING);
        String value = value(command, result);
        var object = JsonWriter.string().object().value("function", command.function()).value("ok", isOk(result)).value("result", result);
        if (type == Type.BOOLEAN || type == Type.VOID) {
            object.value("value", value.equals("true"));
        } else if (type == Type.INT && value.matches("-?\\d{1,9}")) {
            object.value("value", Integer.parseInt(value));
        } else {
            object.value("value", value);
        }
        return object.end().done();
    }

    /** Writes an answer as XML. */
    public static String xml(Command command, String result) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<response><function>" + escaped(command.function()) + "</function><ok>"
                + isOk(result) + "</ok><result>" + escaped(result) + "</result></response>\n";
    }

    /** Writes an answer as a SOAP envelope. */
    public static String soap(Command command, String result) {
        String name = command.signature().map(Signature::name).orElse("Unknown") + "Response";
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<soap:Envelope xmlns:soap=\"" + ENVELOPE + "\"><soap:Body><"
                + name + "><result>" + escaped(result) + "</result></" + name + "></soap:Body></soap:Envelope>\n";
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == '<') {
                escaped.append("&lt;");
            } else if (c == '>') {
                escaped.append("&gt;");
            } else if (c == '&') {
                escaped.append("&amp;");
            } else if (c >= ' ' && c != 0xFFFE && c != 0xFFFF && (c < 0xD800 || c > 0xDFFF) || c == '\t' || c == '\r' || c == '\n') {
                escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }
}
