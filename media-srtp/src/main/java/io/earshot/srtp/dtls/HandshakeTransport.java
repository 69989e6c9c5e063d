package io.earshot.srtp.dtls;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.DatagramTransport;

/**
 * Between the blocking protocol on the worker and the queues of the owner. The library's own clock is set to run at once; whether a flight
 * is sent again is decided by the owner's clock, whose {@link #EXPIRED} is the only thing that lets the library see a time-out.
 */
final class HandshakeTransport implements DatagramTransport {
    /** The owner's timer has run out. */
    static final byte[] EXPIRED = {};
    /** The owner gives up. */
    static final byte[] CANCEL = {0};
    /** Largest datagram that is sent: fits every path with tunnels on the way. */
    private static final int SEND_LIMIT = 1_200;
    private static final int RECEIVE_LIMIT = 2_048;
    /** A worker never waits longer, should its owner have been forgotten. */
    private static final long ABANDONED_SECONDS = 120;

    private final LinkedBlockingQueue<byte[]> inbox = new LinkedBlockingQueue<>();
    private final Queue<Object> outbox;
    private final Runnable wake;
    private final Semaphore idle;
    private final RecordOrder order;
    private final byte[] flight = new byte[SEND_LIMIT];
    private int gathered;
    private boolean expired;
    private boolean cancelled;
    private boolean complete;

    HandshakeTransport(DtlsRole role, Queue<Object> outbox, Runnable wake, Semaphore idle) {
        order = new RecordOrder(role);
        this.outbox = outbox;
        this.wake = wake;
        this.idle = idle;
    }

    /** Called by the owner. */
    void put(byte[] datagram) {
        inbox.add(datagram);
    }

    /** Called by the owner: what waits to be read. */
    int waiting() {
        return inbox.size();
    }

    /** Called on the worker when the handshake is over: from now on nothing waits. */
    void complete() {
        complete = true;
    }

    @Override
    public int getReceiveLimit() {
        return RECEIVE_LIMIT;
    }

    @Override
    public int getSendLimit() {
        return SEND_LIMIT;
    }

    @Override
    public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
        flush();
        byte[] next = next(waitMillis);
        if (next == CANCEL) {
            cancelled = true;
        } else if (next == EXPIRED) {
            expired = true;
        }
        if (cancelled) {
            throw new InterruptedIOException("cancelled");
        }
        if (next == null || next == EXPIRED) {
            return -1;
        }
        int taken = Math.min(length, next.length);
        System.arraycopy(next, 0, buffer, offset, taken);
        return taken;
    }

    /** Returns what is next in turn. The library takes a datagram without anything for it for a time-out, so there is none. */
    private byte[] next(int waitMillis) throws InterruptedIOException {
        for (;;) {
            byte[] held = inbox.isEmpty() && !complete ? order.next() : null;
            if (held != null) {
                return held;
            }
            byte[] next = arrived(waitMillis);
            if (next == null || next == EXPIRED || next == CANCEL) {
                return next;
            }
            byte[] readable = order.take(next);
            if (readable.length > 0) {
                return readable;
            }
        }
    }

    private byte[] arrived(int waitMillis) throws InterruptedIOException {
        try {
            if (complete) {
                return inbox.poll();
            }
            if (expired) { // until the library's own clock, a few milliseconds late, agrees
                return inbox.poll(Math.max(1, waitMillis), TimeUnit.MILLISECONDS);
            }
            idle.release();
            byte[] next = inbox.poll(ABANDONED_SECONDS, TimeUnit.SECONDS);
            return next == null ? CANCEL : next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    @Override
    public void send(byte[] buffer, int offset, int length) {
        expired = false;
        if (gathered + length > SEND_LIMIT) {
            flush();
        }
        if (length > flight.length) { // never: the library keeps to the limit
            throw new IllegalArgumentException(length + " bytes in one record");
        }
        System.arraycopy(buffer, offset, flight, gathered, length);
        gathered += length;
    }

    /**
     * Hands over what was gathered. A flight is a record for each message, and its last ones count only in their order: in one datagram
     * they arrive together or not at all.
     */
    void flush() {
        if (gathered > 0) {
            outbox.add(new DtlsOutput.Transmit(Arrays.copyOf(flight, gathered)));
            gathered = 0;
            wake.run();
        }
    }

    @Override
    public void close() {
        // the media port is the owner's
    }
}
