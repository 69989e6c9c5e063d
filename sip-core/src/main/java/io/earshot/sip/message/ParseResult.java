package io.earshot.sip.message;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/** What the parser makes of some bytes. */
public sealed interface ParseResult {
    /**
     * A message. Its start line, the framing, and Via, From, To, Call-ID and CSeq are sound; {@link SipMessage#check()} covers the rest.
     *
     * @param message the message
     */
    record Parsed(SipMessage message) implements ParseResult {
        /** Checks that there is one. */
        public Parsed {
            requireNonNull(message, "message");
        }
    }

    /**
     * A keep-alive (RFC 5626 §3.5.1, §4.4.1): no message.
     *
     * @param ping true for CRLFCRLF, which the acceptor of a connection answers with CRLF; false for a single CRLF and for the other
     *     short fillers that are seen on UDP
     */
    record KeepAlive(boolean ping) implements ParseResult {
    }

    /**
     * Bytes that are no acceptable message.
     *
     * @param reason what kind of defect
     * @param offset where it is, in bytes from the start of what was parsed; for a header, where its line starts
     * @param detail a sentence for logs and for the peer; bytes that are not printable are shown as numbers
     * @param reply the response to send to where this came from, if it was a request that can and may be answered; without a To tag. Of its
     *     headers only Via is sure to be sound
     */
    record Malformed(Reason reason, int offset, String detail, Optional<Response> reply) implements ParseResult {
        /** Checks that nothing is null. */
        public Malformed {
            requireNonNull(reason, "reason");
            requireNonNull(detail, "detail");
            requireNonNull(reply, "reply");
        }
    }

    /** Kinds of defects, each with the status it is answered with. */
    enum Reason {
        /** The start line is neither a Request-Line nor a Status-Line. */
        START_LINE(400),
        /** The version is not SIP/2.0. */
        VERSION(505),
        /** The Request-URI is malformed. */
        REQUEST_URI(400),
        /** The Request-URI is longer than {@link SipLimits#maxUri()}. */
        URI_TOO_LONG(414),
        /** A line has no header name, or one with characters that are not allowed. */
        HEADER_NAME(400),
        /** A control character, or CR or LF alone, where none is allowed. */
        CONTROL_CHARACTER(400),
        /** A header is longer than {@link SipLimits#maxLine()}. */
        HEADER_TOO_LONG(400),
        /** More lines than {@link SipLimits#maxHeaders()}. */
        TOO_MANY_HEADERS(400),
        /** A mandatory header is missing. */
        HEADER_MISSING(400),
        /** A header appears twice that must not. */
        HEADER_REPEATED(400),
        /** The value of a header is malformed. */
        HEADER_VALUE(400),
        /** The method of CSeq is not that of the request. */
        CSEQ_MISMATCH(400),
        /** Content-Length is malformed, or missing on a stream, or larger than the datagram. */
        CONTENT_LENGTH(400),
        /** The message ends before its headers do. */
        TRUNCATED(400),
        /** The message is larger than the limits. */
        TOO_LARGE(513);

        private final int status;

        Reason(int status) {
            this.status = status;
        }

        /** Returns the status to answer a request with. */
        public int status() {
            return status;
        }
    }
}
