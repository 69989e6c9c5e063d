package io.earshot.rtp.session;

/** Pending events, each at most once, in the order of their declaration: what counts is that it happened. */
final class EventQueue {
    private static final RtpEvent[] EVENTS = RtpEvent.values();

    private int pending;

    void add(RtpEvent event) {
        pending |= 1 << event.ordinal();
    }

    RtpEvent poll() {
        if (pending == 0) {
            return RtpEvent.NONE;
        }
        int ordinal = Integer.numberOfTrailingZeros(pending);
        pending &= ~(1 << ordinal);
        return EVENTS[ordinal];
    }
}
