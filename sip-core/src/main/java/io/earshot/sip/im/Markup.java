package io.earshot.sip.im;

import java.util.Optional;

/**
 * Just enough XML for the small documents of instant messages: finds elements by their local name and text within them. Nothing is ever
 * expanded but the five entities and numeric references; a document type declaration makes the whole document unreadable.
 */
final class Markup {
    private static final int LONGEST = 65_536;

    private final String text;

    private Markup(String text) {
        this.text = text;
    }

    /** Returns the document, or empty if it is too long or declares a document type. */
    static Optional<Markup> of(String document) {
        boolean fine = document.length() <= LONGEST && document.indexOf("<!DOCTYPE") < 0 && document.indexOf("<!ENTITY") < 0;
        return fine ? Optional.of(new Markup(withoutComments(document))) : Optional.empty();
    }

    private static String withoutComments(String document) {
        StringBuilder out = new StringBuilder(document.length());
        int from = 0;
        for (int start = document.indexOf("<!--"); start >= 0; start = document.indexOf("<!--", from)) {
            out.append(document, from, start);
            int end = document.indexOf("-->", start + 4);
            if (end < 0) {
                return out.toString();
            }
            from = end + 3;
        }
        return out.append(document, from, document.length()).toString();
    }

    /** Returns the text of the first element of this local name, stripped; empty text for an empty element. */
    Optional<String> textOf(String name) {
        return inside(name).map(inner -> unescaped(inner.strip()));
    }

    /** Tells whether there is an element of this local name. */
    boolean has(String name) {
        return inside(name).isPresent();
    }

    /** Returns what is inside the first element of this local name. */
    Optional<Markup> within(String name) {
        return inside(name).map(Markup::new);
    }

    private Optional<String> inside(String name) {
        for (int open = text.indexOf('<'); open >= 0; open = text.indexOf('<', open + 1)) {
            int close = text.indexOf('>', open);
            if (close < 0) {
                return Optional.empty();
            }
            String tag = text.substring(open + 1, close);
            if (localName(tag).equals(name)) {
                return tag.endsWith("/") ? Optional.of("") : upToEnd(tag, close + 1);
            }
        }
        return Optional.empty();
    }

    private Optional<String> upToEnd(String tag, int from) {
        int end = text.indexOf("</" + qualifiedName(tag), from);
        return end < 0 ? Optional.empty() : Optional.of(text.substring(from, end));
    }

    private static String qualifiedName(String tag) {
        int end = 0;
        while (end < tag.length() && tag.charAt(end) > ' ' && tag.charAt(end) != '/') {
            end++;
        }
        return tag.substring(0, end);
    }

    private static String localName(String tag) {
        String name = qualifiedName(tag);
        return name.substring(name.indexOf(':') + 1);
    }

    private static String unescaped(String inner) {
        return inner.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'").replace("&amp;", "&");
    }

    /** Returns text as it may stand between tags. */
    static String escaped(String plain) {
        return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
