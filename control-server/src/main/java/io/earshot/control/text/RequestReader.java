package io.earshot.control.text;

import io.earshot.control.text.Command.Dialect;
import java.util.Locale;

/** Tells the dialect of a request by how it begins, and reads it. */
public final class RequestReader {
    private final QueryReader query;
    private final CapsuleReader capsule;
    private final CommaReader comma;
    private final JsonReader json;
    private final XmlReader xml;

    /** Makes a reader. */
    public RequestReader(Functions functions) {
        query = new QueryReader(functions);
        capsule = new CapsuleReader(functions);
        comma = new CommaReader(functions);
        json = new JsonReader(functions);
        xml = new XmlReader(functions);
    }

    /** Reads a request that came as text: a datagram, a line, or the body of a POST whose type says nothing. */
    public Reading read(String request) {
        String text = request.strip();
        if (text.isEmpty()) {
            return new Reading.Unreadable("the request is empty");
        }
        if (text.startsWith(CapsuleReader.BEGIN)) {
            return capsule.read(text);
        }
        if (text.startsWith("{")) {
            return json.read(text);
        }
        if (text.startsWith("<")) {
            return xml.read(text);
        }
        boolean named = text.startsWith("?") || text.startsWith("/?") || text.toLowerCase(Locale.ROOT).startsWith("function=");
        return named ? query.read(text, Dialect.QUERY) : comma.read(text);
    }

    /** Reads a query string or a form. */
    public Reading readQuery(String text, Dialect dialect) {
        return query.read(text, dialect);
    }

    /** Returns the reader of JSON objects. */
    public JsonReader json() {
        return json;
    }
}
