package io.earshot.sip.sdp;

/** The verdict of {@link SdpParser}. */
public sealed interface SdpResult {
    /** The bytes are a description. */
    record Parsed(SessionDescription description) implements SdpResult { }

    /**
     * The bytes are none.
     *
     * @param reason for counting
     * @param offset where in the body, in bytes
     * @param detail a sentence for logs
     */
    record Malformed(Reason reason, int offset, String detail) implements SdpResult { }

    /** Why a description was refused. */
    enum Reason {
        /** Nothing in it. */
        EMPTY,
        /** A limit of {@link SdpLimits} is exceeded. */
        TOO_LARGE,
        /** It does not begin with {@code v=0}. */
        NOT_SDP,
        /** A line is not {@code letter=value}, or holds a NUL. */
        BAD_LINE,
        /** {@code o=} is absent or cannot be read. */
        BAD_ORIGIN,
        /** A {@code c=} line cannot be read. */
        BAD_CONNECTION,
        /** An {@code m=} line cannot be read. */
        BAD_MEDIA
    }
}
