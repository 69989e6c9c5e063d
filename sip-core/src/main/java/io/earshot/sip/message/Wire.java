package io.earshot.sip.message;

import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of one message and where its headers are: four offsets per header line, no object. Immutable; nothing else refers to the
 * array.
 */
final class Wire {
    /** Offsets kept per header: start and end of the name, start and end of the value. A folded value has its end complemented. */
    static final int STRIDE = 4;

    final byte[] buf;
    /** Start of the first header line. */
    final int headersStart;
    /** Start of the empty line. */
    final int headersEnd;
    final int bodyStart;
    final int end;
    final int count;
    private final byte[] ids;
    private final int[] ranges;

    Wire(byte[] buf, int headersStart, int headersEnd, int end, byte[] ids, int[] ranges) {
        this.buf = buf;
        this.headersStart = headersStart;
        this.headersEnd = headersEnd;
        this.bodyStart = headersEnd + 2;
        this.end = end;
        this.count = ids.length;
        this.ids = ids;
        this.ranges = ranges;
    }

    /** Returns the first header line of that name from index {@code from}, or -1. */
    int find(HeaderName name, int from) {
        int id = name.id();
        for (int i = from; i < count; i++) {
            if (ids[i] == id && (id >= 0 || Chars.equalsIgnoreCase(buf, nameStart(i), nameEnd(i), name.canonical()))) {
                return i;
            }
        }
        return -1;
    }

    HeaderName name(int i) {
        return ids[i] >= 0 ? HeaderName.byId(ids[i]) : HeaderName.of(Bytes.text(buf, nameStart(i), nameEnd(i)));
    }

    int nameStart(int i) {
        return ranges[STRIDE * i];
    }

    int nameEnd(int i) {
        return ranges[STRIDE * i + 1];
    }

    int valueStart(int i) {
        return ranges[STRIDE * i + 2];
    }

    int valueEnd(int i) {
        int valueEnd = ranges[STRIDE * i + 3];
        return valueEnd < 0 ? ~valueEnd : valueEnd;
    }

    boolean isFolded(int i) {
        return ranges[STRIDE * i + 3] < 0;
    }

    /** Returns the end of the line with its CRLF. The next line known here need not follow: a broken one may lie between. */
    int lineEnd(int i) {
        int p = valueEnd(i);
        while (Bytes.isBlank(buf[p])) {
            p++;
        }
        return p + 2;
    }

    /** Returns a cursor over the unfolded value. */
    Cursor cursor(int i, SipLimits limits) {
        if (isFolded(i)) {
            byte[] unfolded = Bytes.unfold(buf, valueStart(i), valueEnd(i));
            return new Cursor(unfolded, 0, unfolded.length, limits);
        }
        return new Cursor(buf, valueStart(i), valueEnd(i), limits);
    }

    /** Returns the unfolded value as text. */
    String value(int i) {
        if (isFolded(i)) {
            byte[] unfolded = Bytes.unfold(buf, valueStart(i), valueEnd(i));
            return Bytes.text(unfolded, 0, unfolded.length).strip();
        }
        return Words.text(buf, valueStart(i), valueEnd(i));
    }

    /** Adds the values of line {@code i}: several if the header is a list. */
    void addValues(int i, HeaderName name, List<String> out) {
        String value = value(i);
        if (name.isList() && value.indexOf(',') >= 0) {
            Lists.split(value, out);
        } else {
            out.add(value);
        }
    }

    List<HeaderLine> lines() {
        List<HeaderLine> lines = new ArrayList<>(count + 4);
        for (int i = 0; i < count; i++) {
            lines.add(line(i));
        }
        return lines;
    }

    HeaderLine line(int i) {
        return new HeaderLine(name(i), buf, ranges[STRIDE * i], ranges[STRIDE * i + 1], ranges[STRIDE * i + 2], ranges[STRIDE * i + 3],
            lineEnd(i));
    }
}
