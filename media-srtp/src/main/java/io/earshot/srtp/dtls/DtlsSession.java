package io.earshot.srtp.dtls;

import static java.util.Objects.requireNonNull;

import io.earshot.api.time.Ticker;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/**
 * One DTLS association on a media port: handshake, keys for SRTP, farewell (RFC 5764).
 *
 * <p>Without I/O and without a clock, like all protocol machines here: after every call, and whenever {@code wake} was run, drain
 * {@link #poll} until {@link DtlsOutput.Wait}. All methods belong to the thread of the owner. The cryptography, some milliseconds of it,
 * runs on the worker, which is occupied while a handshake lasts and for moments afterwards; {@code wake} is run there.
 *
 * <p>Pass only datagrams of the peer that is expected (by ICE, or by the address that SDP named) whose first byte says DTLS (RFC 7983): a
 * stranger's handshake could otherwise keep the peer from making its own. One that is not well-formed is dropped here.
 */
public final class DtlsSession {
    private static final int RECORD_HEADER = 13;
    /** Datagrams that may be sent at once, and one more each 50 ms: what junk could make us send is bounded so. */
    private static final int BURST = 40;
    private static final long REFILL = 50 * Ticker.MILLISECOND;
    private static final int MAX_WAITING = 64;
    private static final int HANDSHAKE_RECORD = 22;
    private static final int CLIENT_HELLO = 1;

    private enum State { NEW, HANDSHAKE, ESTABLISHED, OVER }

    private final DtlsSettings settings;
    private final Executor worker;
    private final Queue<Object> outbox = new ConcurrentLinkedQueue<>();
    private final Queue<DtlsOutput> outputs = new ArrayDeque<>();
    private final Semaphore idle = new Semaphore(0);
    private final DtlsRole role;
    private final HandshakeTransport transport;
    private final Handshake handshake;
    private List<Fingerprint> expected;
    private Handshake.Done unjudged;
    private State state = State.NEW;
    /** The worker has left the handshake: what arrives now must be read by tasks of its own. */
    private boolean done;
    private boolean reading;
    /** Whether the worker was given something since {@link #settle}. */
    private boolean given;
    private long interval;
    /** Whether what is sent next is what was sent before; what answers the peer is given a time of its own, as the first flight was. */
    private boolean repeating;
    private long resendAt = Ticker.NEVER;
    private long failAt = Ticker.NEVER;
    /** What was sent last, which ends the handshake where we are the server. */
    private Optional<DtlsOutput.Transmit> newest = Optional.empty();
    private Optional<LastFlight> last = Optional.empty();
    private int budget = BURST;
    private long refilled;
    private final ClearRecords clear = new ClearRecords();
    private long dropped;

    /**
     * Makes a session.
     *
     * @param expected fingerprints of the peer's certificate, any of which must fit; empty if its SDP has not arrived yet: see {@link
     * #expect}
     * @param worker runs one task at a time, which blocks for the length of a handshake
     * @param wake run on the worker when there may be something to poll
     */
    public DtlsSession(DtlsRole role, DtlsIdentity identity, List<Fingerprint> expected, DtlsSettings settings, Executor worker,
            Runnable wake) {
        this.role = requireNonNull(role);
        this.settings = requireNonNull(settings);
        this.worker = requireNonNull(worker);
        this.expected = List.copyOf(expected);
        transport = new HandshakeTransport(role, outbox, requireNonNull(wake), idle);
        Party party = new Party(requireNonNull(identity), settings.suites(), this.expected);
        handshake = new Handshake(role, party, transport, outbox, wake, idle);
    }

    /** Begins: a client sends its first flight, a server waits for it. */
    public void start(long now) {
        if (state != State.NEW) {
            throw new IllegalStateException("start is for once");
        }
        state = State.HANDSHAKE;
        interval = settings.resend();
        failAt = now + settings.timeout();
        refilled = now;
        work(handshake);
    }

    /** Says before the start which association there was before between the same ports: what is still on its way of it is dropped. */
    void follow(DtlsSession before) {
        clear.follow(before.clear);
    }

    private void work(Runnable task) {
        given = true;
        worker.execute(task);
    }

    private void put(byte[] input) {
        given = true;
        transport.put(input);
    }

    /** Returns our role. */
    public DtlsRole role() {
        return role;
    }

    /**
     * Returns how many datagrams were dropped, because they were not DTLS or came too fast, and how many records in clear: alerts, which
     * anybody can forge, and what belongs to the association before.
     */
    public long dropped() {
        return dropped + clear.count();
    }

    /** Names the fingerprints that the peer's SDP has brought meanwhile. */
    public void expect(List<Fingerprint> fingerprints) {
        expected = List.copyOf(fingerprints);
        judge();
    }

    /** Takes a datagram. */
    public void onPacket(byte[] buffer, int offset, int length) {
        boolean ours = state == State.HANDSHAKE || state == State.ESTABLISHED;
        if (!ours || !record(buffer, offset, length) || transport.waiting() >= MAX_WAITING) {
            dropped++;
            return;
        }
        byte[] datagram = clear.sieve(buffer, offset, length);
        if (datagram.length == 0) {
            return;
        }
        if (datagram[0] == HANDSHAKE_RECORD && last.isPresent()) {
            boolean hello = datagram.length > RECORD_HEADER && datagram[4] == 0 && datagram[RECORD_HEADER] == CLIENT_HELLO;
            if (!hello) { // which is of the next association
                last.get().ask();
            }
            return;
        }
        if (done) {
            transport.put(datagram);
        } else {
            put(datagram);
        }
        repeating = false;
        read();
    }

    private void read() {
        if (done && !reading && transport.waiting() > 0) {
            reading = true;
            work(handshake::read);
        }
    }

    /** RFC 6347 §4.1: content types 20 to 25, a version of DTLS, a length that fits. */
    private static boolean record(byte[] buffer, int offset, int length) {
        if (length < RECORD_HEADER || buffer[offset] < 20 || buffer[offset] > 25 || buffer[offset + 1] != (byte) 0xFE) {
            return false;
        }
        int content = (buffer[offset + 11] & 0xFF) << 8 | buffer[offset + 12] & 0xFF;
        return RECORD_HEADER + content <= length;
    }

    /** Takes the time. */
    public void onTime(long now) {
        if (state == State.HANDSHAKE && now >= failAt) {
            if (!done) {
                put(HandshakeTransport.CANCEL);
            }
            over(tooLate());
        } else if (state == State.HANDSHAKE && now >= resendAt) {
            resendAt = Ticker.NEVER;
            interval = Math.min(2 * interval, settings.maxResend());
            repeating = true;
            put(HandshakeTransport.EXPIRED);
        }
        last.filter(flight -> state != State.OVER && flight.isDue(now)).ifPresent(flight -> transmit(flight.datagram(), now));
    }

    private DtlsFailure tooLate() {
        String late = "no DTLS handshake within " + settings.timeout() / Ticker.SECOND + " s: ";
        if (done) {
            return new DtlsFailure(DtlsFailure.Cause.TIMEOUT, late + "no fingerprint arrived to judge the peer by");
        }
        return clear.refusal().map(alert -> new DtlsFailure(DtlsFailure.Cause.REFUSED_BY_PEER, late + "the peer refused: " + alert))
            .orElseGet(() -> new DtlsFailure(DtlsFailure.Cause.TIMEOUT, late + "the peer does not answer on the media port"));
    }

    /** Ends the association: with a farewell if there is one, else the handshake is given up. */
    public void close() {
        if (done && state != State.OVER) {
            work(handshake::farewell);
        } else if (state == State.HANDSHAKE) {
            put(HandshakeTransport.CANCEL);
            over(new DtlsFailure(DtlsFailure.Cause.CANCELLED, "the DTLS handshake was cancelled"));
        }
        state = State.OVER;
    }

    /** Returns what is to be done next. */
    public DtlsOutput poll(long now) {
        for (Object next = outbox.poll(); next != null; next = outbox.poll()) {
            take(next, now);
        }
        last.filter(flight -> state != State.OVER && flight.answers(now)).ifPresent(flight -> transmit(flight.datagram(), now));
        DtlsOutput output = outputs.poll();
        return output != null ? output : new DtlsOutput.Wait(deadline());
    }

    private long deadline() {
        return switch (state) {
            case HANDSHAKE -> Math.min(Math.min(resendAt, failAt), last.map(LastFlight::due).orElse(Ticker.NEVER));
            case ESTABLISHED -> last.map(LastFlight::due).orElse(Ticker.NEVER);
            default -> Ticker.NEVER;
        };
    }

    private void take(Object next, long now) {
        if (next instanceof DtlsOutput.Transmit transmit) {
            transmit(transmit, now);
        } else if (next instanceof Handshake.Read) {
            reading = false;
            read();
        } else if (state == State.OVER) {
            return; // decided already
        } else if (next instanceof Handshake.Done result) {
            unjudged = result;
            done = true;
            clear.complete();
            resendAt = Ticker.NEVER;
            last = newest.filter(flight -> role == DtlsRole.SERVER).map(flight -> new LastFlight(flight, settings.resend(), now));
            judge();
            read();
        } else if (next instanceof DtlsOutput.Failed failed) {
            over(failed.failure());
        } else if (next instanceof DtlsOutput.Closed closed) {
            state = State.OVER;
            outputs.add(closed);
        }
    }

    private void transmit(DtlsOutput.Transmit transmit, long now) {
        int earned = (int) Math.min(BURST, (now - refilled) / REFILL);
        budget = Math.min(BURST, budget + earned);
        refilled += earned * REFILL;
        if (earned == BURST) {
            refilled = now;
        }
        if (budget == 0) {
            dropped++;
            return;
        }
        budget--;
        newest = Optional.of(transmit);
        outputs.add(transmit);
        if (state == State.HANDSHAKE && !done) {
            interval = repeating ? interval : settings.resend();
            resendAt = now + interval;
        }
    }

    /** The certificate of a handshake that was faster than the signalling is judged when both are there. */
    private void judge() {
        if (unjudged == null || expected.isEmpty() || state != State.HANDSHAKE) {
            return;
        }
        if (Party.fits(unjudged.peerCertificate(), expected)) {
            state = State.ESTABLISHED;
            outputs.add(unjudged.keys());
        } else {
            work(handshake::farewell);
            over(new DtlsFailure(DtlsFailure.Cause.WRONG_FINGERPRINT, Party.wrongFingerprint(unjudged.peerCertificate(), expected)));
        }
        unjudged = null;
    }

    private void over(DtlsFailure failure) {
        state = State.OVER;
        outputs.add(new DtlsOutput.Failed(failure));
    }

    /** Waits until the worker has dealt with the last input, if that went to it, and waits for the next; for tests on virtual time. */
    void settle() throws InterruptedException {
        if (given) {
            given = false;
            idle.acquire();
        }
    }
}
