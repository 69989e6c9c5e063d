package io.earshot.srtp.dtls;

import io.earshot.api.time.Ticker;

/**
 * The flight that ends a handshake, which nobody answers. A peer that has not heard it repeats its own after a second, then two, four; so
 * it is sent a few times unasked, as it is small and a peer drops what it has, and again whenever the peer repeats anything of the
 * handshake (RFC 6347 §4.2.4), instead of when all of it has come again.
 */
final class LastFlight {
    private static final int UNASKED = 3;
    /** A peer that repeats its flight in many datagrams is answered once. */
    private static final long PAUSE = 50 * Ticker.MILLISECOND;

    private final DtlsOutput.Transmit datagram;
    private int left = UNASKED;
    private long interval;
    private long due;
    private long sent;
    private boolean asked;

    LastFlight(DtlsOutput.Transmit datagram, long interval, long now) {
        this.datagram = datagram;
        this.interval = interval;
        due = now + interval;
        sent = now;
    }

    /** The peer has sent something of the handshake. */
    void ask() {
        asked = true;
    }

    /** Returns when it is to be sent next if nobody asks. */
    long due() {
        return due;
    }

    /** Tells whether it is to be sent now because somebody asked, and counts on that. */
    boolean answers(long now) {
        boolean answer = asked && now - sent >= PAUSE;
        asked = false;
        sent = answer ? now : sent;
        return answer;
    }

    /** Tells whether it is to be sent now because it is time, and counts on that. */
    boolean isDue(long now) {
        if (now < due) {
            return false;
        }
        sent = now;
        interval *= 2;
        due = --left > 0 ? now + interval : Ticker.NEVER;
        return true;
    }

    DtlsOutput.Transmit datagram() {
        return datagram;
    }
}
