package io.earshot.sip.message;

/**
 * How much of anything a message may hold. Whatever exceeds a limit is refused with a verdict, never with an exception, before
 * memory is spent on it.
 *
 * @param maxDatagram bytes of one datagram (default 65536; larger: 513)
 * @param maxStreamMessage bytes of one message on a stream, body included (default 1 MiB; larger: 513 and the connection is closed)
 * @param maxStreamHead bytes of start line and headers of one message on a stream (default 65536; larger: the connection is closed)
 * @param maxHeaders header lines of one message (default 256; more: 400)
 * @param maxLine bytes of the start line, and of one header with its continuation lines (default 8192; longer: 414 or 400)
 * @param maxUri bytes of one URI (default 4096; a longer Request-URI: 414, elsewhere 400)
 * @param maxVias Via values of one message (default 70, the usual Max-Forwards; more: 400)
 * @param maxValues values of any other header that is read as a list (default 256; more: 400)
 * @param maxParameters parameters of one value or URI (default 64; more: 400)
 */
public record SipLimits(int maxDatagram, int maxStreamMessage, int maxStreamHead, int maxHeaders, int maxLine, int maxUri, int maxVias,
        int maxValues, int maxParameters) {
    /** The documented defaults. */
    public static final SipLimits DEFAULT = new SipLimits(65_536, 1 << 20, 65_536, 256, 8_192, 4_096, 70, 256, 64);

    /** Checks that every limit is at least 1. */
    public SipLimits {
        if (maxDatagram < 1 || maxStreamMessage < 1 || maxStreamHead < 1 || maxHeaders < 1 || maxLine < 1 || maxUri < 1 || maxVias < 1
                || maxValues < 1 || maxParameters < 1) {
            throw new IllegalArgumentException("every limit must be at least 1");
        }
    }
}
