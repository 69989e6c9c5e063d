package io.earshot.sip.message;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * Parses messages (RFC 3261 §7, §25). No bytes make it throw; whatever is wrong comes back as {@link ParseResult.Malformed}. The time
 * taken grows linearly with the length. For one thread at a time, since it reuses its scratch space.
 */
public final class SipParser {
    private final SipLimits limits;
    private final HeadScan scan;

    /** Returns a parser that keeps to {@code limits}. */
    public SipParser(SipLimits limits) {
        this.limits = requireNonNull(limits, "limits");
        this.scan = new HeadScan(limits);
    }

    /**
     * Parses one datagram. What is kept of it is copied, once. Without Content-Length the body goes to the end of the datagram; bytes
     * behind the body are left out (RFC 3261 §18.3).
     */
    public ParseResult parse(byte[] buf, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, buf.length);
        if (length > limits.maxDatagram()) {
            return new ParseResult.Malformed(ParseResult.Reason.TOO_LARGE, limits.maxDatagram(),
                "datagram larger than " + limits.maxDatagram() + " bytes", Optional.empty());
        }
        int start = offset;
        int end = offset + length;
        while (start + 1 < end && buf[start] == '\r' && buf[start + 1] == '\n') {
            start += 2;
        }
        if (start == end || isFiller(buf, start, end)) {
            return new ParseResult.KeepAlive(start - offset >= 4);
        }
        return parseOwned(Arrays.copyOfRange(buf, start, end), false, start - offset);
    }

    /** Parses one datagram that fills the array; see {@link #parse(byte[], int, int)}. */
    public ParseResult parse(byte[] datagram) {
        return parse(datagram, 0, datagram.length);
    }

    /** Some phones keep their binding open with a few zero or blank bytes. */
    private static boolean isFiller(byte[] buf, int from, int to) {
        if (to - from > 4) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (buf[i] != 0 && buf[i] != ' ' && buf[i] != '\r' && buf[i] != '\n') {
                return false;
            }
        }
        return true;
    }

    /**
     * Parses an array nobody else refers to.
     *
     * @param framed whether the array was cut out of a stream by its Content-Length
     * @param shift what to add to offsets that are reported
     */
    ParseResult parseOwned(byte[] buf, boolean framed, int shift) {
        boolean complete = scan.run(buf, buf.length);
        if (!complete) {
            return malformed(shift, Optional.empty());
        }
        StartLine line = StartLine.read(buf, scan.startLineEnd(), scan, limits);
        Wire wire = scan.wire(buf.length);
        long bodyLength = contentLength(wire, framed);
        if (bodyLength >= 0 && bodyLength < buf.length - wire.bodyStart) {
            wire = scan.wire(wire.bodyStart + (int) bodyLength);
        }
        TypedHeaders typed = new TypedHeaders(wire, limits);
        checkMandatory(wire, typed, line);
        if (scan.reason() != null) {
            return malformed(shift, reply(wire, line));
        }
        return new ParseResult.Parsed(line.method != null
            ? new Request(line.method, line.uri, wire, limits, typed)
            : new Response(line.status, line.reasonPhrase, wire, limits, typed));
    }

    /** Refuses a request of which only the head came; makes the reply to it. */
    ParseResult refuse(byte[] head, ParseResult.Reason reason, String detail) {
        scan.run(head, head.length);
        scan.defect(reason, 0, detail);
        StartLine line = StartLine.read(head, scan.startLineEnd(), scan, limits);
        return malformed(0, reply(scan.wire(head.length), line));
    }

    /** Returns the length of the body, or -1 if there is no usable Content-Length. */
    private long contentLength(Wire wire, boolean framed) {
        int i = wire.find(HeaderName.CONTENT_LENGTH, 0);
        if (i < 0) {
            if (framed) {
                scan.defect(ParseResult.Reason.CONTENT_LENGTH, wire.headersStart, "Content-Length is missing");
            }
            return -1;
        }
        long length = lengthValue(wire, i);
        if (length < 0) {
            scan.defect(ParseResult.Reason.CONTENT_LENGTH, wire.nameStart(i), "Content-Length is not a number in range");
        } else if (length > wire.end - wire.bodyStart) {
            scan.defect(ParseResult.Reason.CONTENT_LENGTH, wire.nameStart(i), "Content-Length is larger than what came");
        }
        return length;
    }

    static long lengthValue(Wire wire, int i) {
        Cursor c = wire.cursor(i, SipLimits.DEFAULT);
        return Bytes.number(c.buf, c.pos, c.end, Integer.MAX_VALUE);
    }

    private void checkMandatory(Wire wire, TypedHeaders typed, StartLine line) {
        if (scan.reason() != null) {
            return;
        }
        TypedHeaders.Defects d = new TypedHeaders.Defects();
        boolean sound = typed.vias(d) != null && typed.from(d) != null && typed.to(d) != null && typed.callId(d) != null
            && typed.cseq(d) != null;
        if (!sound) {
            scan.defect(d.first().reason(), d.first().offset(), d.first().detail());
        } else if (typed.vias(d).isEmpty()) {
            scan.defect(ParseResult.Reason.HEADER_MISSING, wire.headersStart, "Via is missing");
        } else if (line.method != null && !line.method.equals(typed.cseq(d).method())) {
            scan.defect(ParseResult.Reason.CSEQ_MISMATCH, wire.nameStart(wire.find(HeaderName.CSEQ, 0)),
                "CSeq is for " + typed.cseq(d).method() + ", the request is " + line.method);
        }
    }

    /**
     * Returns the reply to a broken request: as much as there is of the headers a response copies, and a Via that can be read, be it cut
     * down to protocol and sent-by. ACK is never answered (RFC 3261 §17).
     */
    private Optional<Response> reply(Wire wire, StartLine line) {
        int top = wire.find(HeaderName.VIA, 0);
        if (!line.answerable || SipMethod.ACK.equals(line.method) || top < 0) {
            return Optional.empty();
        }
        ResponseBuilder builder = Response.builder(scan.reason().status());
        builder.copyFrom(wire, false);
        if (new TypedHeaders(wire, limits).vias(new TypedHeaders.Defects()) == null) {
            Via via = Via.read(wire.cursor(top, limits));
            via = via != null ? via : Via.readSentBy(wire.cursor(top, limits));
            if (via == null) {
                return Optional.empty();
            }
            builder.set(HeaderName.VIA, via);
        }
        return Optional.of(builder.build());
    }

    private ParseResult malformed(int shift, Optional<Response> reply) {
        return new ParseResult.Malformed(scan.reason(), scan.offset() + shift, scan.detail(), reply);
    }
}
