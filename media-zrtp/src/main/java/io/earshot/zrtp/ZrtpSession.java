package io.earshot.zrtp;

import static java.util.Objects.requireNonNull;

import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.rtp.secure.HandshakeOutput;
import io.earshot.rtp.secure.KeyHandshake;
import io.earshot.srtp.SrtpParameters;
import io.earshot.srtp.SrtpSuite;
import io.earshot.srtp.guard.StreamGuard;
import io.earshot.srtp.guard.StreamKeys;
import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * An agreement on keys over a media port (RFC 6189, Diffie-Hellman mode): both sides say Hello until they have heard each other, whoever
 * commits first is the initiator, and four messages later both have keys and a short string for their users to compare. No socket, no
 * clock: confined to the thread of its owner, which gives it packets and the time; arithmetic that takes milliseconds runs on a worker.
 *
 * <p>Without the string being compared, or a secret kept of an earlier call, somebody in between who is there from the first packet of the
 * first call is not noticed: that is what ZRTP promises, and all.
 */
public final class ZrtpSession implements KeyHandshake {
    private static final long HELLO_FIRST = 50 * Ticker.MILLISECOND;
    private static final long HELLO_LONGEST = 200 * Ticker.MILLISECOND;
    private static final int HELLO_MOST = 20;
    private static final long FIRST = 150 * Ticker.MILLISECOND;
    private static final long LONGEST = 1200 * Ticker.MILLISECOND;
    private static final int MOST = 10;

    private enum State { HELLO, COMMITTING, COMMITTED, ANSWERED, PART2, CONFIRMING, CONFIRMED1, CONFIRMED2, SECURE, OVER }

    private final ZrtpCache cache;
    private final ZrtpOpening opening;
    private final Executor worker;
    private final Runnable wake;
    private final boolean required;
    private final ZrtpPreferences preferences;
    private final ZrtpTranscript transcript;
    private final int ssrc;
    private final Queue<HandshakeOutput> outputs = new ArrayDeque<>();
    private final Queue<Runnable> results = new ConcurrentLinkedQueue<>();
    private State state = State.HELLO;
    private boolean heard;
    private boolean initiator;
    private ZrtpSecrets secrets;
    /** What the peer's SDP tells of its Hello. */
    private Optional<byte[]> expected = Optional.empty();
    private boolean unexpected;
    private final ZrtpBond bond;
    private byte[] answer = {};
    private byte[] repeated = {};
    private long interval;
    private int tries;
    private int most;
    private long deadline;
    private int sequence;
    private long dropped;

    /**
     * How to agree.
     *
     * @param suites that are preferred; empty for AES of 128 bits
     * @param required whether a peer without ZRTP is a failure, or nothing at all
     */
    public record Settings(List<SrtpSuite> suites, boolean required) {
        public Settings {
            suites = List.copyOf(suites);
        }
    }

    /**
     * Where arithmetic runs.
     *
     * @param worker takes milliseconds of it
     * @param wake run on the worker when there is something to poll
     */
    public record Loop(Executor worker, Runnable wake) {
        public Loop {
            requireNonNull(worker);
            requireNonNull(wake);
        }
    }

    /**
     * Begins to say Hello.
     *
     * @param cache who we are, and what was kept
     * @throws IllegalArgumentException if none of the suites can be had by ZRTP
     */
    public ZrtpSession(ZrtpCache cache, Settings settings, IdSource ids, Loop loop, long now) {
        this(cache, settings, new ZrtpOpening(ZrtpPreferences.of(settings.suites), cache.zid(), ids), ids, loop);
        start(now);
    }

    ZrtpSession(ZrtpCache cache, Settings settings, ZrtpOpening opening, IdSource ids, Loop loop) {
        this.cache = requireNonNull(cache);
        this.opening = requireNonNull(opening);
        bond = new ZrtpBond(cache);
        worker = loop.worker;
        wake = loop.wake;
        required = settings.required;
        preferences = opening.preferences;
        transcript = new ZrtpTranscript(opening, cache.zid(), ids);
        ssrc = (int) ids.nextLong();
        sequence = (int) ids.nextLong() & 0x7FFF;
    }

    void start(long now) {
        repeat(transcript.hello, HELLO_FIRST, HELLO_MOST, now);
    }

    /** Takes only a Hello of that hash (RFC 6189 §8). */
    void expect(Optional<byte[]> hash) {
        expected = hash;
    }

    /**
     * Tells whether this agreement, made or under way, is with the peer of which SDP tells this hash; if so, it is
     * expected from now on.
     */
    boolean isWith(Optional<byte[]> told) {
        boolean same = told.isEmpty() || transcript.peer == null || fits(transcript.peer.raw(), told.get());
        expected = same ? told.or(() -> expected) : expected;
        return same && state != State.OVER;
    }

    private static boolean fits(byte[] hello, byte[] hash) {
        return MessageDigest.isEqual(ZrtpHash.S256.hash(hello), hash);
    }

    /** Returns the string for the users to compare, once there are keys. */
    public Optional<String> shortString() {
        return state == State.SECURE ? Optional.of(secrets.shortString) : Optional.empty();
    }

    /** Tells whether we had kept a secret that the peer did not know: it lost its own, or somebody is in between (§4.3.2). */
    public boolean secretForgotten() {
        return bond.isForgotten();
    }

    /** Returns how many packets were dropped, as they were not well-formed, out of turn, or not the peer's. */
    public long dropped() {
        return dropped;
    }

    @Override
    public long refused() {
        return dropped;
    }

    @Override
    public void received(byte[] buffer, int offset, int length) {
        Optional<byte[]> message = ZrtpFrame.message(buffer, offset, length);
        if (message.isEmpty() || state == State.OVER || !take(message.get())) {
            dropped++;
        }
    }

    private boolean take(byte[] message) {
        return switch (ZrtpFrame.type(message)) {
            case "Hello" -> hello(message);
            case "HelloACK" -> helloHeard();
            case "Commit" -> transcript.peer != null && commit(message);
            case "DHPart1" -> part1(message);
            case "DHPart2" -> part2(message);
            case "Confirm1" -> confirm1(message);
            case "Confirm2" -> confirm2(message);
            case "Conf2ACK" -> state == State.CONFIRMED2 && secure();
            case "Error" -> error(message);
            case "Ping" -> ping(message);
            default -> false;
        };
    }

    private boolean hello(byte[] message) {
        Optional<ZrtpHello> read = ZrtpHello.read(message);
        if (read.isEmpty() || Arrays.equals(read.get().zid(), cache.zid())) {
            return false;
        }
        if (transcript.peer == null) {
            if (expected.isPresent() && !fits(message, expected.get())) {
                unexpected = true;
                return false;
            }
            transcript.peer = read.get();
        } else if (!Arrays.equals(transcript.peer.raw(), message)) {
            return false;
        }
        send(ZrtpFrame.compose("HelloACK"));
        if (state == State.HELLO && !heard && deadline == Ticker.NEVER) {
            repeat(transcript.hello, HELLO_FIRST, HELLO_MOST, Ticker.NEVER); // the peer came late, after we had given up
        }
        propose();
        return true;
    }

    private boolean helloHeard() {
        if (state != State.HELLO || heard) {
            return false;
        }
        heard = true;
        deadline = Ticker.NEVER;
        propose();
        return true;
    }

    /** Both know of each other: we commit, as the peer may at the same time. */
    private void propose() {
        if (state != State.HELLO || !heard || transcript.peer == null) {
            return;
        }
        state = State.COMMITTING;
        transcript.choice = ZrtpChoice.choose(preferences, transcript.peer);
        ZrtpAgreement agreement = transcript.choice.agreement();
        compute(State.COMMITTING, () -> {
            KeyPair pair = agreement.generate();
            return () -> {
                transcript.pair = pair;
                transcript.part2 = transcript.part("DHPart2", cache.secrets(transcript.peer.zid()));
                transcript.commit = transcript.commitment();
                state = State.COMMITTED;
                repeat(transcript.commit, FIRST, MOST, Ticker.NEVER);
            };
        });
    }

    /** Runs the first half on the worker and the second here, unless things have gone on meanwhile. */
    private void compute(State during, Supplier<Runnable> task) {
        worker.execute(() -> {
            Runnable after = task.get();
            results.add(() -> {
                if (state == during) {
                    after.run();
                }
            });
            wake.run();
        });
    }

    private boolean commit(byte[] message) {
        if (state == State.ANSWERED && Arrays.equals(message, transcript.commit)) {
            if (answer.length > 0) {
                send(answer);
            }
            return true;
        }
        boolean open = state == State.HELLO || state == State.COMMITTING || state == State.COMMITTED;
        Optional<ZrtpChoice> chosen = open ? transcript.judgeCommit(message) : Optional.empty();
        if (chosen.isEmpty() || state == State.COMMITTED && ZrtpTranscript.wins(transcript.commit, message)) {
            return false;
        }
        state = State.ANSWERED;
        deadline = Ticker.NEVER;
        transcript.choice = chosen.get();
        transcript.commit = message;
        compute(State.ANSWERED, () -> {
            KeyPair pair = chosen.get().agreement().generate();
            return () -> {
                transcript.pair = pair;
                transcript.part1 = transcript.part("DHPart1", cache.secrets(transcript.peer.zid()));
                answer = transcript.part1;
                send(answer);
            };
        });
        return true;
    }

    private boolean part1(byte[] message) {
        if (state != State.COMMITTED || !transcript.judgePart1(message)) {
            return false;
        }
        initiator = true;
        transcript.part1 = message;
        state = State.PART2;
        agree(State.PART2, message, () -> repeat(transcript.part2, FIRST, MOST, Ticker.NEVER));
        return true;
    }

    private boolean part2(byte[] message) {
        if (state == State.CONFIRMED1 && Arrays.equals(message, transcript.part2)) {
            send(answer);
            return true;
        }
        if (state != State.ANSWERED || answer.length == 0 || !transcript.judgePart2(message)) {
            return false;
        }
        transcript.part2 = message;
        state = State.CONFIRMING;
        agree(State.CONFIRMING, message, () -> {
            answer = transcript.confirm("Confirm1", secrets.responder, bond.isVerified());
            state = State.CONFIRMED1;
            send(answer);
        });
        return true;
    }

    /** Computes the secrets from the peer's public value, then goes on. */
    private void agree(State during, byte[] theirs, Runnable then) {
        ZrtpAgreement agreement = transcript.choice.agreement();
        KeyPair pair = transcript.pair;
        deadline = Ticker.NEVER;
        compute(during, () -> {
            Optional<byte[]> shared = agreement.secret(pair, ZrtpTranscript.publicValue(theirs));
            return () -> {
                if (shared.isEmpty()) {
                    fail("the peer's public value of the key agreement " + agreement.code + " is none");
                    return;
                }
                secrets = transcript.secrets(shared.get(), bond.earlier(transcript, initiator), initiator);
                then.run();
            };
        });
    }

    private boolean confirm1(byte[] message) {
        if (state != State.PART2 || secrets == null) {
            return false;
        }
        if (!bond.confirmed(transcript.judgeConfirm(message, secrets.responder, transcript.part1))) {
            fail("the peer does not have the same keys");
            return true;
        }
        state = State.CONFIRMED2;
        repeat(transcript.confirm("Confirm2", secrets.initiator, bond.isVerified()), FIRST, MOST, Ticker.NEVER);
        return true;
    }

    private boolean confirm2(byte[] message) {
        if (state == State.SECURE && !initiator) {
            send(ZrtpFrame.compose("Conf2ACK"));
            return true;
        }
        if (state != State.CONFIRMED1) {
            return false;
        }
        if (!bond.confirmed(transcript.judgeConfirm(message, secrets.initiator, transcript.part2))) {
            fail("the peer does not have the same keys");
            return true;
        }
        send(ZrtpFrame.compose("Conf2ACK"));
        return secure();
    }

    private boolean secure() {
        state = State.SECURE;
        deadline = Ticker.NEVER;
        bond.secure(transcript.peer.zid(), secrets);
        SrtpParameters parameters = SrtpParameters.of(transcript.choice.suite());
        ZrtpSecrets.Side ours = initiator ? secrets.initiator : secrets.responder;
        ZrtpSecrets.Side theirs = initiator ? secrets.responder : secrets.initiator;
        StreamKeys keys = new StreamKeys(parameters, ours.srtp(), parameters, List.of(theirs.srtp()));
        outputs.add(new HandshakeOutput.Keys(before -> StreamGuard.after(before, keys), Optional.of(bond.told(secrets))));
        return true;
    }

    @Override
    public void compared(boolean same) {
        if (state == State.SECURE) {
            bond.compared(transcript.peer.zid(), secrets, same);
            outputs.add(new HandshakeOutput.Compared(bond.told(secrets)));
        }
    }

    private boolean error(byte[] message) {
        send(ZrtpFrame.compose("ErrorACK"));
        if (state != State.SECURE) {
            int code = message.length >= 16 ? ByteBuffer.wrap(message).getInt(12) : 0;
            over("the peer ends the agreement on keys with the error 0x" + Integer.toHexString(code));
        }
        return true;
    }

    private boolean ping(byte[] message) {
        if (message.length != 24) {
            return false;
        }
        byte[] own = Arrays.copyOf(transcript.chain.h3, 8);
        send(ZrtpFrame.compose("PingACK", ZrtpHash.ascii(ZrtpHello.VERSION), own, Arrays.copyOfRange(message, 16, 24),
            ByteBuffer.allocate(4).putInt(ssrc).array()));
        return true;
    }

    private void fail(String reason) {
        send(ZrtpFrame.compose("Error", ByteBuffer.allocate(4).putInt(0x70).array()));
        over(reason);
    }

    private void over(String reason) {
        state = State.OVER;
        deadline = Ticker.NEVER;
        opening.spend();
        outputs.add(new HandshakeOutput.Failed("no keys by ZRTP: " + reason));
    }

    private void send(byte[] message) {
        sequence = sequence + 1 & 0xFFFF;
        outputs.add(new HandshakeOutput.Transmit(ZrtpFrame.packet(sequence, ssrc, message)));
    }

    /** Sends a message now, and again until something else happens; a time that is not known is that of the next poll. */
    private void repeat(byte[] message, long first, int atMost, long now) {
        repeated = message;
        interval = first;
        tries = 1;
        most = atMost;
        send(message);
        deadline = now == Ticker.NEVER ? 0 : now + interval;
    }

    @Override
    public void onTime(long now) {
        if (now < deadline) {
            return;
        }
        if (tries++ < most) {
            send(repeated);
            interval = Math.min(2 * interval, state == State.HELLO ? HELLO_LONGEST : LONGEST);
            deadline = now + interval;
        } else if (state != State.HELLO || required) {
            over(silence());
        } else {
            deadline = Ticker.NEVER;
        }
    }

    private String silence() {
        if (state != State.HELLO || transcript.peer != null) {
            return "the peer does not answer any more";
        }
        return unexpected ? "the Hello that came is not the one that the peer's SDP tells of" : "the peer does not speak ZRTP";
    }

    @Override
    public HandshakeOutput poll(long now) {
        for (Runnable result = results.poll(); result != null; result = results.poll()) {
            result.run();
        }
        deadline = deadline == 0 ? now + interval : deadline;
        HandshakeOutput next = outputs.poll();
        return next == null ? new HandshakeOutput.Wait(deadline) : next;
    }

    @Override
    public void close() {
        state = State.OVER;
        deadline = Ticker.NEVER;
    }
}
