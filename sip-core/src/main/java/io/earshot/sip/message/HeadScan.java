package io.earshot.sip.message;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * One pass over start line and headers that notes where the names and values are. Scanning goes on behind a defect, so that a broken
 * request can still be answered; the first defect counts. Reused from message to message.
 */
final class HeadScan {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /** The lowest bit of each of eight bytes. */
    private static final long EACH = 0x0101_0101_0101_0101L;

    private final SipLimits limits;
    private byte[] ids = new byte[32];
    private int[] ranges = new int[32 * Wire.STRIDE];
    private byte[] buf;
    private int end;
    private int count;
    private long seenLow;
    private long seenHigh;
    private int headersStart;
    private int headersEnd;
    private boolean folded;
    private boolean lineSound;
    private ParseResult.Reason reason;
    private int offset;
    private String detail;

    HeadScan(SipLimits limits) {
        this.limits = limits;
    }

    /** Notes a defect; the first one stays. */
    void defect(ParseResult.Reason what, int at, String words) {
        if (reason == null) {
            reason = what;
            offset = at;
            detail = words;
        }
    }

    /** Notes a defect of the line being scanned, which keeps it out of the reply. */
    private void lineDefect(ParseResult.Reason what, int at, String words) {
        lineSound = false;
        defect(what, at, words);
    }

    ParseResult.Reason reason() {
        return reason;
    }

    int offset() {
        return offset;
    }

    String detail() {
        return detail;
    }

    /** Returns the end of the start line, without its CRLF. */
    int startLineEnd() {
        return headersStart - 2;
    }

    /** Scans {@code buf} up to the empty line; returns false if there is no start line or no empty line. */
    boolean run(byte[] bytes, int to) {
        buf = bytes;
        end = to;
        count = 0;
        seenLow = 0;
        seenHigh = 0;
        reason = null;
        int p = scanLine(0, false);
        if (p < 0) {
            defect(ParseResult.Reason.START_LINE, 0, "start line is not terminated");
            return false;
        }
        headersStart = p;
        if (p - 2 > limits.maxLine()) {
            defect(ParseResult.Reason.URI_TOO_LONG, 0, "start line longer than " + limits.maxLine() + " bytes");
        }
        while (p + 1 < end) {
            if (buf[p] == '\r' && buf[p + 1] == '\n') {
                headersEnd = p;
                return true;
            }
            p = header(p);
            if (p < 0) {
                break;
            }
        }
        defect(ParseResult.Reason.TRUNCATED, end, "message ends before its headers do");
        return false;
    }

    /** Scans one header with its continuation lines; returns the start of the next line, or -1 if the bytes end before. */
    private int header(int start) {
        int p = start;
        while (p < end && Chars.is(buf[p], Chars.TOKEN)) {
            p++;
        }
        int nameEnd = p;
        while (p < end && Bytes.isBlank(buf[p])) {
            p++;
        }
        if (p == end) {
            return -1;
        }
        if (buf[p] != ':' || nameEnd == start) {
            defect(ParseResult.Reason.HEADER_NAME, start, "no header name: unexpected " + Cursor.show(buf[nameEnd]));
            return scanLine(p, true);
        }
        int valueStart = skipSpace(p + 1);
        p = valueStart;
        folded = false;
        lineSound = true;
        int next = scanLine(p, true);
        if (next < 0) {
            return -1;
        }
        if (next - start > limits.maxLine()) {
            lineDefect(ParseResult.Reason.HEADER_TOO_LONG, start, "header longer than " + limits.maxLine() + " bytes");
        }
        if (!lineSound) {
            return next;
        }
        int valueEnd = next - 2;
        while (valueEnd > valueStart && Bytes.isBlank(buf[valueEnd - 1])) {
            valueEnd--;
        }
        record(start, nameEnd, valueStart, folded ? ~valueEnd : valueEnd);
        return next;
    }

    /** Returns where a value starts: behind blanks and line breaks that are none (HCOLON, RFC 3261 §25.1). */
    private int skipSpace(int from) {
        int p = from;
        while (p < end) {
            if (Bytes.isBlank(buf[p])) {
                p++;
            } else if (p + 2 < end && buf[p] == '\r' && buf[p + 1] == '\n' && Bytes.isBlank(buf[p + 2])) {
                p += 3;
            } else {
                break;
            }
        }
        return p;
    }

    /**
     * Returns the start of the line behind this one, or -1 if it is not terminated. CR and LF count as a pair only: what one element takes
     * for a line break and the next does not, smuggles headers. Control characters may stand behind a backslash, where quoted strings
     * may have them (RFC 3261 §25.1).
     */
    private int scanLine(int from, boolean foldable) {
        int p = from;
        while (p < end) {
            p = skipPlain(p);
            if (p == end) {
                return -1;
            }
            byte b = buf[p];
            if (b >= 0x20 && b != 0x7f || b < 0 || b == '\t') {
                p++;
                continue;
            }
            if (b == '\r' && p + 1 < end && buf[p + 1] == '\n') {
                if (!foldable || p + 2 >= end || !Bytes.isBlank(buf[p + 2])) {
                    return p + 2;
                }
                folded = true;
                p += 3;
                continue;
            }
            if (b == '\r' && p + 1 == end) {
                return -1;
            }
            if (b == '\r' || b == '\n' || p == from || buf[p - 1] != '\\') {
                lineDefect(ParseResult.Reason.CONTROL_CHARACTER, p, "control character 0x" + Integer.toHexString(b) + " in a line");
            }
            p++;
        }
        return -1;
    }

    /** Returns the index of the first byte from {@code from} that may be a control character, or the end; looks at eight at a time. */
    private int skipPlain(int from) {
        int p = from;
        while (p + Long.BYTES <= end) {
            long x = (long) LONGS.get(buf, p);
            long del = x ^ EACH * 0x7f;
            long hits = ((x - EACH * 0x20) & ~x | (del - EACH) & ~del) & EACH << 7;
            if (hits != 0) {
                return p + (Long.numberOfTrailingZeros(hits) >>> 3);
            }
            p += Long.BYTES;
        }
        while (p < end && (buf[p] >= 0x20 && buf[p] != 0x7f || buf[p] < 0)) {
            p++;
        }
        return p;
    }

    private void record(int nameStart, int nameEnd, int valueStart, int valueEnd) {
        if (count == limits.maxHeaders()) {
            defect(ParseResult.Reason.TOO_MANY_HEADERS, nameStart, "more than " + count + " headers");
            return;
        }
        if (count == ids.length) {
            ids = Arrays.copyOf(ids, 2 * count);
            ranges = Arrays.copyOf(ranges, 2 * count * Wire.STRIDE);
        }
        int id = HeaderName.idOf(buf, nameStart, nameEnd);
        ids[count] = (byte) id;
        int r = count++ * Wire.STRIDE;
        ranges[r] = nameStart;
        ranges[r + 1] = nameEnd;
        ranges[r + 2] = valueStart;
        ranges[r + 3] = valueEnd;
        if (id >= 0) {
            long bit = 1L << (id & 63);
            boolean seen = ((id < 64 ? seenLow : seenHigh) & bit) != 0;
            if (seen && HeaderName.byId(id).isSingle()) {
                defect(ParseResult.Reason.HEADER_REPEATED, nameStart, HeaderName.byId(id) + " appears twice");
            }
            if (id < 64) {
                seenLow |= bit;
            } else {
                seenHigh |= bit;
            }
        }
    }

    /** Returns the message's bytes up to {@code messageEnd} with the headers found. */
    Wire wire(int messageEnd) {
        return new Wire(buf, headersStart, headersEnd, messageEnd, Arrays.copyOf(ids, count), Arrays.copyOf(ranges, count * Wire.STRIDE));
    }

    int bodyStart() {
        return headersEnd + 2;
    }
}
