package io.earshot.sip.xml;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads one document; for one use. Work and memory are linear in the length of the text. */
public final class XmlReader {
    private final String text;
    private final XmlLimits limits;
    private final Deque<Open> open = new ArrayDeque<>();
    private int at;
    private int elements;
    private XmlNode root;

    /** An element whose end has not come. */
    private static final class Open {
        private final String qualified;
        private final Map<String, String> attributes = new LinkedHashMap<>();
        private final List<XmlNode> children = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();
        private Map<String, String> namespaces;

        private Open(String qualified, Map<String, String> namespaces) {
            this.qualified = qualified;
            this.namespaces = namespaces;
        }

        private XmlNode close() {
            String prefix = prefix(qualified);
            return new XmlNode(local(qualified), namespaces.getOrDefault(prefix, ""), attributes, children, text.toString().strip());
        }
    }

    /** Ends the reading; never leaves this class. */
    private static final class Defect extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Defect(String reason) {
            super(reason, null, false, false);
        }
    }

    private XmlReader(String text, XmlLimits limits) {
        this.text = text;
        this.limits = limits;
    }

    /** Reads a document. */
    public static XmlResult read(String text, XmlLimits limits) {
        XmlReader reader = new XmlReader(text, limits);
        try {
            return new XmlResult.Parsed(reader.document());
        } catch (Defect defect) {
            return new XmlResult.Malformed(defect.getMessage(), reader.at);
        }
    }

    private XmlNode document() {
        require(text.length() <= limits.length(), "longer than " + limits.length() + " characters");
        at = text.startsWith("\uFEFF") ? 1 : 0;
        while (at < text.length()) {
            int tag = text.indexOf('<', at);
            characters(tag < 0 ? text.length() : tag);
            if (tag >= 0) {
                markup();
            }
        }
        require(open.isEmpty(), "<" + (open.isEmpty() ? "" : open.peek().qualified) + "> has no end");
        require(root != null, "no element");
        return root;
    }

    private void characters(int end) {
        if (open.isEmpty()) {
            require(text.substring(at, end).isBlank(), "text outside the root element");
        } else {
            unescape(end, open.peek().text);
        }
        at = end;
    }

    private void markup() {
        if (text.startsWith("<!--", at)) {
            skipPast("-->", at + 4);
        } else if (text.startsWith("<?", at)) {
            skipPast("?>", at + 2);
        } else if (text.startsWith("<![CDATA[", at)) {
            require(!open.isEmpty(), "text outside the root element");
            int start = at + 9;
            skipPast("]]>", start);
            open.peek().text.append(text, start, at - 3);
        } else if (text.startsWith("<!", at)) {
            throw new Defect("document types are not read");
        } else if (text.startsWith("</", at)) {
            at += 2;
            String name = name();
            blanks();
            expect('>');
            require(!open.isEmpty() && open.peek().qualified.equals(name), "</" + name + "> ends nothing");
            close();
        } else {
            element();
        }
    }

    private void skipPast(String end, int from) {
        int found = text.indexOf(end, from);
        require(found >= 0, "no " + end);
        at = found + end.length();
    }

    private void element() {
        at++;
        require(root == null || !open.isEmpty(), "a second root element");
        require(++elements <= limits.elements(), "more than " + limits.elements() + " elements");
        require(open.size() < limits.depth(), "deeper than " + limits.depth() + " elements");
        Open element = new Open(name(), open.isEmpty() ? Map.of() : open.peek().namespaces);
        boolean spaced = blanks();
        while (at < text.length() && text.charAt(at) != '>' && text.charAt(at) != '/') {
            require(spaced, "no blank before an attribute");
            attribute(element);
            spaced = blanks();
        }
        boolean empty = at < text.length() && text.charAt(at) == '/';
        at += empty ? 1 : 0;
        expect('>');
        open.push(element);
        if (empty) {
            close();
        }
    }

    private void attribute(Open element) {
        String name = name();
        blanks();
        expect('=');
        blanks();
        char quote = at < text.length() ? text.charAt(at) : 0;
        require(quote == '"' || quote == '\'', "the value of " + name + " has no quotes");
        int end = text.indexOf(quote, ++at);
        require(end >= 0, "the value of " + name + " has no end");
        require(text.indexOf('<', at) < 0 || text.indexOf('<', at) > end, "'<' in the value of " + name);
        StringBuilder value = new StringBuilder();
        unescape(end, value);
        at = end + 1;
        if (name.equals("xmlns") || name.startsWith("xmlns:")) {
            Map<String, String> more = new HashMap<>(element.namespaces);
            require(more.size() < limits.attributes(), "more than " + limits.attributes() + " namespaces");
            more.put(name.equals("xmlns") ? "" : name.substring(6), value.toString());
            element.namespaces = more;
        } else {
            require(element.attributes.size() < limits.attributes(), "more than " + limits.attributes() + " attributes");
            require(element.attributes.put(local(name), value.toString()) == null, "attribute " + name + " twice");
        }
    }

    private void close() {
        XmlNode node = open.pop().close();
        if (open.isEmpty()) {
            root = node;
        } else {
            open.peek().children.add(node);
        }
    }

    private void unescape(int end, StringBuilder to) {
        int from = at;
        while (from < end) {
            int entity = text.indexOf('&', from);
            int stop = entity < 0 || entity >= end ? end : entity;
            to.append(text, from, stop);
            from = stop;
            if (stop < end) {
                int semicolon = text.indexOf(';', stop);
                require(semicolon >= 0 && semicolon < end && semicolon - stop <= 10, "'&' begins nothing");
                to.appendCodePoint(entity(text.substring(stop + 1, semicolon)));
                from = semicolon + 1;
            }
        }
    }

    private static int entity(String name) {
        return switch (name) {
            case "lt" -> '<';
            case "gt" -> '>';
            case "amp" -> '&';
            case "quot" -> '"';
            case "apos" -> '\'';
            default -> character(name);
        };
    }

    private static int character(String name) {
        boolean hex = name.startsWith("#x");
        require(name.startsWith("#"), "entity &" + name + "; is not known");
        try {
            int code = Integer.parseInt(name.substring(hex ? 2 : 1), hex ? 16 : 10);
            boolean legal = code == '\t' || code == '\n' || code == '\r' || code >= 0x20 && code <= 0xD7FF 
                || code >= 0xE000 && code <= 0xFFFD || code >= 0x10000 && code <= 0x10FFFF;
            require(legal, "&" + name + "; is no character");
            return code;
        } catch (NumberFormatException none) {
            throw new Defect("&" + name + "; is no character");
        }
    }

    private String name() {
        int start = at;
        while (at < text.length() && isNamePart(text.charAt(at))) {
            at++;
        }
        require(at > start && at - start <= 128, "no name, or one that is too long");
        return text.substring(start, at);
    }

    static boolean isNamePart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-_:.".indexOf(c) >= 0 || c >= 0xC0;
    }

    private boolean blanks() {
        int start = at;
        while (at < text.length() && text.charAt(at) <= ' ') {
            at++;
        }
        return at > start;
    }

    private void expect(char c) {
        require(at < text.length() && text.charAt(at) == c, "'" + c + "' is missing");
        at++;
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new Defect(otherwise);
        }
    }

    private static String local(String qualified) {
        return qualified.substring(qualified.indexOf(':') + 1);
    }

    private static String prefix(String qualified) {
        int colon = qualified.indexOf(':');
        return colon < 0 ? "" : qualified.substring(0, colon);
    }
}
