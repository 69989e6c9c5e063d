package io.earshot.rtp.rtcp;

/** The RTCP packet types, by their number on the wire. */
public enum RtcpType {
    /** Sender report (RFC 3550 §6.4.1). */
    SENDER_REPORT(200),
    /** Receiver report (RFC 3550 §6.4.2). */
    RECEIVER_REPORT(201),
    /** Source description (RFC 3550 §6.5). */
    SOURCE_DESCRIPTION(202),
    /** Goodbye (RFC 3550 §6.6). */
    BYE(203),
    /** Application-defined (RFC 3550 §6.7). */
    APPLICATION(204),
    /** Transport-layer feedback (RFC 4585 §6.2). */
    TRANSPORT_FEEDBACK(205),
    /** Payload-specific feedback (RFC 4585 §6.3). */
    PAYLOAD_FEEDBACK(206),
    /** Extended report (RFC 3611). */
    EXTENDED_REPORT(207),
    /** Anything else. */
    OTHER(-1);

    private final int wire;

    RtcpType(int wire) {
        this.wire = wire;
    }

    /** Returns the number on the wire, -1 for {@link #OTHER}. */
    public int wire() {
        return wire;
    }

    /** Returns the type with a number; {@link #OTHER} if it has no name here. */
    public static RtcpType of(int wire) {
        return switch (wire) {
            case 200 -> SENDER_REPORT;
            case 201 -> RECEIVER_REPORT;
            case 202 -> SOURCE_DESCRIPTION;
            case 203 -> BYE;
            case 204 -> APPLICATION;
            case 205 -> TRANSPORT_FEEDBACK;
            case 206 -> PAYLOAD_FEEDBACK;
            case 207 -> EXTENDED_REPORT;
            default -> OTHER;
        };
    }
}
