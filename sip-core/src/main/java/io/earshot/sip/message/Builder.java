package io.earshot.sip.message;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Builds a message. Values are texts or the types of this package, whose {@code toString} is the wire form. Lines that came from a
 * parsed message and are not touched go out byte for byte. Content-Length is always written, with the true length of the body.
 * For one thread at a time; may be built from more than once.
 *
 * @param <B> the builder itself
 */
public abstract sealed class Builder<B extends Builder<B>> permits RequestBuilder, ResponseBuilder {
    final SipLimits limits;
    private final List<HeaderLine> lines;
    private final byte[] originalStart;
    private byte[] bodySource;
    private int bodyStart;
    private int bodyEnd;

    Builder(SipMessage original) {
        if (original == null) {
            limits = SipLimits.DEFAULT;
            lines = new ArrayList<>();
            originalStart = null;
            bodySource = new byte[0];
        } else {
            limits = original.limits;
            lines = original.wire.lines();
            originalStart = Arrays.copyOf(original.wire.buf, original.wire.headersStart);
            bodySource = original.wire.buf;
            bodyStart = original.wire.bodyStart;
            bodyEnd = original.wire.end;
        }
    }

    @SuppressWarnings("unchecked")
    private B self() {
        return (B) this;
    }

    private int find(HeaderName name, int from) {
        requireNonNull(name, "name");
        for (int i = from; i < lines.size(); i++) {
            if (lines.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private static HeaderLine line(HeaderName name, Object value) {
        return HeaderLine.of(name, requireNonNull(value, "value").toString());
    }

    /** Returns whether the header is there. */
    public boolean contains(HeaderName name) {
        return find(name, 0) >= 0;
    }

    /**
     * Replaces all values of a header by one, in the place of the first; a new header goes to the end.
     *
     * @throws IllegalArgumentException if the value contains a line break
     */
    public B set(HeaderName name, Object value) {
        HeaderLine line = line(name, value);
        int i = find(name, 0);
        if (i < 0) {
            lines.add(line);
        } else {
            lines.set(i, line);
            removeFrom(name, i + 1);
        }
        return self();
    }

    /** Replaces all values of a header by those given, one line each; none removes the header. */
    public B setAll(HeaderName name, Iterable<?> values) {
        int at = find(name, 0);
        remove(name);
        int next = at < 0 ? lines.size() : at;
        for (Object value : values) {
            lines.add(next++, line(name, value));
        }
        return self();
    }

    /**
     * Adds a value behind those the header has; a new header goes to the end.
     *
     * @throws IllegalArgumentException if the value contains a line break
     */
    public B add(HeaderName name, Object value) {
        HeaderLine line = line(name, value);
        int last = find(name, 0);
        for (int i = last; i >= 0; i = find(name, i + 1)) {
            last = i;
        }
        lines.add(last < 0 ? lines.size() : last + 1, line);
        return self();
    }

    /**
     * Adds a value before those the header has; a new Via goes to the top, any other new header behind the Vias.
     *
     * @throws IllegalArgumentException if the value contains a line break
     */
    public B prepend(HeaderName name, Object value) {
        HeaderLine line = line(name, value);
        int first = find(name, 0);
        if (first < 0) {
            first = 0;
            while (name != HeaderName.VIA && first < lines.size() && lines.get(first).name() == HeaderName.VIA) {
                first++;
            }
        }
        lines.add(first, line);
        return self();
    }

    /** Removes every value of a header. */
    public B remove(HeaderName name) {
        removeFrom(name, 0);
        return self();
    }

    private void removeFrom(HeaderName name, int from) {
        for (int i = find(name, from); i >= 0; i = find(name, i)) {
            lines.remove(i);
        }
    }

    /** Removes the first value of a header, such as the topmost Via or Route; what else its line holds stays. */
    public B removeFirst(HeaderName name) {
        int i = find(name, 0);
        if (i >= 0) {
            String rest = rest(i);
            if (rest.isEmpty()) {
                lines.remove(i);
            } else {
                lines.set(i, HeaderLine.of(name, rest));
            }
        }
        return self();
    }

    /** Replaces the first value of a header, such as the topmost Via; what else its line holds stays. Adds it if there is none. */
    public B replaceFirst(HeaderName name, Object value) {
        HeaderLine line = line(name, value);
        int i = find(name, 0);
        if (i < 0) {
            return prepend(name, value);
        }
        String rest = rest(i);
        lines.set(i, line);
        if (!rest.isEmpty()) {
            lines.add(i + 1, HeaderLine.of(name, rest));
        }
        return self();
    }

    /** Returns the values behind the first of a line. */
    private String rest(int i) {
        HeaderLine line = lines.get(i);
        if (!line.name().isList()) {
            return "";
        }
        String value = line.value();
        int end = Lists.elementEnd(value, 0);
        return end >= value.length() ? "" : value.substring(end + 1).strip();
    }

    void addLine(HeaderLine line) {
        lines.add(line);
    }

    /** Sets body and Content-Type. The array is copied. */
    public B body(MediaType type, byte[] body) {
        set(HeaderName.CONTENT_TYPE, requireNonNull(type, "type"));
        bodySource = body.clone();
        bodyStart = 0;
        bodyEnd = bodySource.length;
        return self();
    }

    /** Sets a text body in UTF-8. */
    public B body(MediaType type, String text) {
        return body(type, Bytes.utf8(text));
    }

    /** Removes the body and the headers that describe it. */
    public B noBody() {
        remove(HeaderName.CONTENT_TYPE).remove(HeaderName.CONTENT_DISPOSITION).remove(HeaderName.CONTENT_ENCODING);
        bodySource = new byte[0];
        bodyStart = 0;
        bodyEnd = 0;
        return self();
    }

    /** Returns the message. */
    public abstract SipMessage build();

    /** Encodes what was added to a start line; null stands for that of the original message. */
    final Wire encode(String startLine) {
        byte[] start = startLine == null ? originalStart : Bytes.utf8(startLine);
        int bodyLength = bodyEnd - bodyStart;
        int at = find(HeaderName.CONTENT_LENGTH, 0);
        if (at < 0 || Bytes.number(lines.get(at).value(), Integer.MAX_VALUE) != bodyLength) {
            set(HeaderName.CONTENT_LENGTH, bodyLength);
        }
        int length = start.length + 2 + bodyLength;
        for (HeaderLine line : lines) {
            length += line.length();
        }
        byte[] out = new byte[length];
        System.arraycopy(start, 0, out, 0, start.length);
        byte[] ids = new byte[lines.size()];
        int[] ranges = new int[lines.size() * Wire.STRIDE];
        int pos = start.length;
        for (int i = 0; i < ids.length; i++) {
            HeaderLine line = lines.get(i);
            ids[i] = (byte) line.name().id();
            line.write(out, pos, ranges, i);
            pos += line.length();
        }
        int headersEnd = pos;
        out[pos++] = '\r';
        out[pos++] = '\n';
        System.arraycopy(bodySource, bodyStart, out, pos, bodyLength);
        return new Wire(out, start.length, headersEnd, length, ids, ranges);
    }
}
