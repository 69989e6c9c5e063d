package io.earshot.sip.message;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A name-addr or addr-spec with its header parameters: the value of From, To, Contact, Route, Record-Route, Refer-To and others
 * (RFC 3261 §20.10, §25.1). Written with angle brackets always, so that parameters cannot change their owner.
 *
 * @param displayName the name for people, without quotes and escapes; empty if there is none
 * @param uri the address
 * @param parameters the parameters of the header value, outside of the brackets
 */
public record NameAddr(String displayName, Uri uri, Parameters parameters) {
    /** Refuses line breaks in the display name. */
    public NameAddr {
        Quoting.requireNoLineBreak(requireNonNull(displayName, "displayName"), "display name");
        requireNonNull(uri, "uri");
        requireNonNull(parameters, "parameters");
    }

    /** Returns the address without display name and parameters. */
    public static NameAddr of(Uri uri) {
        return new NameAddr("", uri, Parameters.NONE);
    }

    /** Returns the address with a display name. */
    public static NameAddr of(String displayName, Uri uri) {
        return new NameAddr(displayName, uri, Parameters.NONE);
    }

    /**
     * Parses one value.
     *
     * @throws IllegalArgumentException naming the value and what is wrong with it
     */
    public static NameAddr parse(String text) {
        Cursor cursor = new Cursor(requireNonNull(text, "text"));
        NameAddr parsed = read(cursor);
        if (parsed == null || !cursor.finished()) {
            throw new IllegalArgumentException("malformed address \"" + text + "\": " + cursor.defect());
        }
        return parsed;
    }

    /** Reads one value up to a comma or the end; null if malformed. */
    static NameAddr read(Cursor c) {
        c.skipBlanks();
        int start = c.pos;
        String name = "";
        if (c.peek() == '"') {
            if (!c.skipQuoted()) {
                return null;
            }
            name = Quoting.unquote(c.text(start));
            c.skipBlanks();
            if (c.peek() != '<') {
                return c.fail("'<' missing behind the display name");
            }
            return readBracketed(c, name);
        }
        int i = start;
        while (i < c.end && (Chars.is(c.buf[i], Chars.DISPLAY) || Bytes.isBlank(c.buf[i]))) {
            i++;
        }
        if (i < c.end && c.buf[i] == '<') {
            int nameEnd = i;
            while (nameEnd > start && Bytes.isBlank(c.buf[nameEnd - 1])) {
                nameEnd--;
            }
            c.pos = i;
            return readBracketed(c, nameEnd == start ? "" : Bytes.text(c.buf, start, nameEnd));
        }
        return readBare(c);
    }

    private static NameAddr readBracketed(Cursor c, String name) {
        int open = c.pos;
        int close = open + 1;
        while (close < c.end && c.buf[close] != '>') {
            close++;
        }
        if (close == c.end) {
            return c.fail("'>' missing");
        }
        Uri uri = UriParser.read(c, open + 1, close);
        if (uri == null) {
            return null;
        }
        c.pos = close + 1;
        Parameters parameters = Parameters.read(c);
        return parameters == null ? null : new NameAddr(name, uri, parameters);
    }

    /** addr-spec: what follows a semicolon belongs to the header, and commas and question marks are not allowed (RFC 3261 §20.10). */
    private static NameAddr readBare(Cursor c) {
        int start = c.pos;
        int end = start;
        while (end < c.end && c.buf[end] != ';' && c.buf[end] != ',' && !Bytes.isBlank(c.buf[end])) {
            if (c.buf[end] == '?') {
                return c.fail("'?' in an address without angle brackets");
            }
            end++;
        }
        Uri uri = UriParser.read(c, start, end);
        if (uri == null) {
            return null;
        }
        c.pos = end;
        Parameters parameters = Parameters.read(c);
        return parameters == null ? null : new NameAddr("", uri, parameters);
    }

    /** Returns the tag parameter of a From or To. */
    public Optional<String> tag() {
        return parameters.get("tag");
    }

    /** Returns the same value with that tag. */
    public NameAddr withTag(String tag) {
        return withParameter("tag", tag);
    }

    /** Returns the same value without a tag. */
    public NameAddr withoutTag() {
        return new NameAddr(displayName, uri, parameters.without("tag"));
    }

    /** Returns the same value with a parameter set. */
    public NameAddr withParameter(String name, String value) {
        return new NameAddr(displayName, uri, parameters.with(name, value));
    }

    /** Returns the same value with another address. */
    public NameAddr withUri(Uri newUri) {
        return new NameAddr(displayName, newUri, parameters);
    }

    /** Returns the wire form. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(64);
        if (!displayName.isEmpty()) {
            out.append(Quoting.quote(displayName)).append(' ');
        }
        out.append('<').append(uri).append('>');
        parameters.appendTo(out);
        return out.toString();
    }
}
