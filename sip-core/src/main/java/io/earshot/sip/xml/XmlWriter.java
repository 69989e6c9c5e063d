package io.earshot.sip.xml;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Writes one document; what cannot stand in XML at all is left out of texts. For one thread. */
public final class XmlWriter {
    private final StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    private final Deque<String> open = new ArrayDeque<>();
    private boolean inTag;

    /**
     * Begins an element.
     *
     * @throws IllegalArgumentException if this cannot be the name of one
     */
    public XmlWriter open(String name) {
        if (name.isEmpty() || !name.chars().allMatch(c -> XmlReader.isNamePart((char) c))) {
            throw new IllegalArgumentException("'" + name + "' is no name of an element");
        }
        endTag();
        out.append('<').append(name);
        open.push(name);
        inTag = true;
        return this;
    }

    /** Adds an attribute to the element just begun. */
    public XmlWriter attribute(String name, Object value) {
        out.append(' ').append(name).append("=\"");
        escape(value.toString());
        out.append('"');
        return this;
    }

    /** Adds an attribute if there is a value. */
    public XmlWriter attribute(String name, Optional<?> value) {
        value.ifPresent(known -> attribute(name, known));
        return this;
    }

    /** Adds text. */
    public XmlWriter text(String text) {
        endTag();
        escape(text);
        return this;
    }

    /** Adds an element that holds only text. */
    public XmlWriter element(String name, String text) {
        return open(name).text(text).close();
    }

    /** Adds an element that holds only text, if there is any. */
    public XmlWriter element(String name, Optional<String> text) {
        text.ifPresent(known -> element(name, known));
        return this;
    }

    /** Ends the element begun last. */
    public XmlWriter close() {
        String name = open.pop();
        if (inTag) {
            out.append("/>");
        } else {
            out.append("</").append(name).append('>');
        }
        inTag = false;
        return this;
    }

    /** Returns the document; every element must be ended. */
    public String document() {
        if (!open.isEmpty()) {
            throw new IllegalStateException(open.peek() + " is not ended");
        }
        return out + "\n";
    }

    private void endTag() {
        if (inTag) {
            out.append('>');
            inTag = false;
        }
    }

    private void escape(String text) {
        text.codePoints().forEach(c -> {
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\n', '\r', '\t' -> out.append("&#").append(c).append(';');
                default -> {
                    if (c >= 0x20 && (c < 0xD800 || c > 0xDFFF) && c != 0xFFFE && c != 0xFFFF) {
                        out.appendCodePoint(c);
                    }
                }
            }
        });
    }
}
