package io.earshot.sip.message;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * Cuts messages out of a byte stream (RFC 3261 §18.3, RFC 5626 §3.5.1). How the stream is cut into pieces makes no difference. Holds at
 * most one message of the largest size allowed. For one thread at a time.
 *
 * <p>Call {@link #feed} and then {@link #poll} until it is empty, again while the buffer has bytes left. Once {@link #isBroken()}, where
 * the next message begins is not known: close the connection.
 */
public final class StreamFramer {
    private static final int FIRST_SIZE = 4096;

    private final SipLimits limits;
    private final SipParser parser;
    private final HeadScan scan;
    private final int maxHead;
    private byte[] buf = new byte[FIRST_SIZE];
    /** Unread bytes are from start to end. */
    private int start;
    private int end;
    /** How far the search for the empty line has come. */
    private int searched;
    /** Length of the message at start once its headers are complete, else -1. */
    private int messageLength = -1;
    /** Whether an odd number of CRLF came directly before start. */
    private boolean halfPing;
    private boolean broken;

    /** Returns a framer that keeps to {@code limits}. */
    public StreamFramer(SipLimits limits) {
        this.limits = requireNonNull(limits, "limits");
        this.parser = new SipParser(limits);
        this.scan = new HeadScan(limits);
        this.maxHead = Math.min(limits.maxStreamHead(), Math.max(1, limits.maxStreamMessage() - 4));
    }

    /** Returns whether a defect made the rest of the stream unreadable. */
    public boolean isBroken() {
        return broken;
    }

    /** Returns how many bytes are held. */
    public int buffered() {
        return end - start;
    }

    /**
     * Takes as many bytes as there is room for. If some remain, poll and feed again: after {@link #poll} is empty there is room, unless
     * the stream is broken, when all bytes are taken and dropped.
     */
    public void feed(ByteBuffer in) {
        if (broken) {
            in.position(in.limit());
            return;
        }
        int room = limits.maxStreamMessage() - (end - start);
        int n = Math.min(room, in.remaining());
        makeRoom(n);
        in.get(buf, end, n);
        end += n;
    }

    private void makeRoom(int n) {
        if (end + n <= buf.length) {
            return;
        }
        int size = buf.length;
        while (size < end - start + n) {
            size *= 2;
        }
        byte[] target = size == buf.length ? buf : new byte[size];
        System.arraycopy(buf, start, target, 0, end - start);
        buf = target;
        searched -= start;
        end -= start;
        start = 0;
    }

    /** Returns the next message, keep-alive or defect; empty if more bytes are needed. */
    public Optional<ParseResult> poll() {
        if (broken) {
            return Optional.empty();
        }
        if (messageLength < 0) {
            Optional<ParseResult> early = findHead();
            if (early.isPresent() || messageLength < 0) {
                return early;
            }
        }
        if (end - start < messageLength) {
            return Optional.empty();
        }
        byte[] message = Arrays.copyOfRange(buf, start, start + messageLength);
        consume(messageLength);
        messageLength = -1;
        return Optional.of(parser.parseOwned(message, true, 0));
    }

    private void consume(int n) {
        start += n;
        if (start == end) {
            start = 0;
            end = 0;
            if (buf.length > 16 * FIRST_SIZE) {
                buf = new byte[FIRST_SIZE];
            }
        }
        searched = start;
    }

    /** Looks for the end of the headers. Each CRLF between messages is a keep-alive, every second one in a row a ping. */
    private Optional<ParseResult> findHead() {
        if (end - start >= 2 && buf[start] == '\r' && buf[start + 1] == '\n') {
            consume(2);
            halfPing = !halfPing;
            return Optional.of(new ParseResult.KeepAlive(!halfPing));
        }
        if (end - start < 2 && (start == end || buf[start] == '\r')) {
            return Optional.empty();
        }
        halfPing = false;
        if (isTls()) {
            broken = true;
            release();
            String detail = "TLS where plain SIP is spoken";
            return Optional.of(new ParseResult.Malformed(ParseResult.Reason.START_LINE, 0, detail, Optional.empty()));
        }
        for (int i = searched; i + 3 < end; i++) {
            if (buf[i] == '\r' && buf[i + 1] == '\n' && buf[i + 2] == '\r' && buf[i + 3] == '\n') {
                return measure(i + 4);
            }
            searched = i + 1;
            if (searched - start >= maxHead) {
                broken = true;
                release();
                String detail = "headers larger than " + maxHead + " bytes";
                return Optional.of(new ParseResult.Malformed(ParseResult.Reason.TOO_LARGE, maxHead, detail, Optional.empty()));
            }
        }
        return Optional.empty();
    }

    /** A handshake record of TLS has no end that we would see: its sender would wait for ever. */
    private boolean isTls() {
        return end - start >= 2 && buf[start] == 0x16 && buf[start + 1] == 0x03;
    }

    private Optional<ParseResult> measure(int headEnd) {
        byte[] head = Arrays.copyOfRange(buf, start, headEnd);
        scan.run(head, head.length);
        Wire wire = scan.wire(head.length);
        int i = wire.find(HeaderName.CONTENT_LENGTH, 0);
        long length = i < 0 ? -1 : SipParser.lengthValue(wire, i);
        boolean repeated = i >= 0 && wire.find(HeaderName.CONTENT_LENGTH, i + 1) >= 0;
        if (length < 0 || repeated) {
            // The parser finds the same defect and makes the reply; the framing is lost with it.
            ParseResult result = parser.parseOwned(head, true, 0);
            broken = true;
            release();
            return Optional.of(result);
        }
        if (head.length + length > limits.maxStreamMessage()) {
            broken = true;
            release();
            return Optional.of(parser.refuse(head, ParseResult.Reason.TOO_LARGE,
                "message larger than " + limits.maxStreamMessage() + " bytes"));
        }
        messageLength = head.length + (int) length;
        return Optional.empty();
    }

    private void release() {
        buf = new byte[0];
        start = 0;
        end = 0;
    }
}
