package io.earshot.zrtp;

import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.rtp.secure.HandshakeOutput;
import io.earshot.rtp.secure.PacketGuard;
import io.earshot.rtp.secure.ShortString;
import io.earshot.srtp.SrtpSuite;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/** Two sessions and a path between them on virtual time that loses, doubles and reorders packets. */
final class ZrtpPair {
    private record Packet(long at, int order, End to, byte[] bytes) { }

    final End near;
    final End far;
    private final PriorityQueue<Packet> path = new PriorityQueue<>((a, b) -> a.at != b.at ? Long.compare(a.at, b.at) : a.order - b.order);
    private final SplittableRandom random;
    private final int lossPercent;
    /** What happens to packets on their way to the far end. */
    private UnaryOperator<byte[]> between = bytes -> bytes;
    private int order;
    private long now;

    /** One end. */
    static final class End {
        final ZrtpSession session;
        Optional<PacketGuard> guard = Optional.empty();
        String shortString = "";
        boolean verified;
        boolean broken;
        String failure = "";

        private void heard(ShortString told) {
            shortString = told.text();
            verified = told.verified();
            broken = told.broken();
        }

        /** One that wants this key agreement and no other, which each peer takes whatever it prefers itself. */
        End(ZrtpCache cache, String agreement, long seed) {
            ZrtpPreferences only = new ZrtpPreferences(List.of(List.of("S256"), List.of("AES1"), List.of("HS80"), List.of(agreement),
                List.of("B32 ")));
            session = new ZrtpSession(cache, new ZrtpSession.Settings(List.of(), true),
                new ZrtpOpening(only, cache.zid(), IdSource.seeded(seed)), IdSource.seeded(seed + 7),
                new ZrtpSession.Loop(Runnable::run, () -> { }));
            session.start(0);
        }

        End(ZrtpCache cache, List<SrtpSuite> suites, long seed) {
            session = new ZrtpSession(cache, new ZrtpSession.Settings(suites, true), IdSource.seeded(seed),
                new ZrtpSession.Loop(Runnable::run, () -> { }), 0);
        }
    }

    ZrtpPair(End near, End far, long seed, int lossPercent) {
        this.near = near;
        this.far = far;
        random = new SplittableRandom(seed);
        this.lossPercent = lossPercent;
    }

    static ZrtpPair of(long seed, int lossPercent, SrtpSuite... suites) {
        return new ZrtpPair(new End(new ZrtpCache(IdSource.seeded(seed)), List.of(suites), seed + 1000),
            new End(new ZrtpCache(IdSource.seeded(seed + 1)), List.of(), seed + 2000), seed, lossPercent);
    }

    ZrtpPair between(UnaryOperator<byte[]> change) {
        between = change;
        return this;
    }

    /** Runs until nothing more happens, a minute at most. */
    ZrtpPair run() {
        long wake = drain();
        while (now < 60 * Ticker.SECOND && (!path.isEmpty() || wake != Ticker.NEVER)) {
            if (!path.isEmpty() && path.peek().at <= wake) {
                Packet packet = path.poll();
                now = Math.max(now, packet.at);
                packet.to.session.received(packet.bytes, 0, packet.bytes.length);
            } else {
                now = Math.max(now, wake);
                near.session.onTime(now);
                far.session.onTime(now);
            }
            wake = drain();
        }
        return this;
    }

    private long drain() {
        return Math.min(drain(near, far), drain(far, near));
    }

    private long drain(End from, End to) {
        while (true) {
            HandshakeOutput next = from.session.poll(now);
            if (next instanceof HandshakeOutput.Wait wait) {
                return wait.deadline();
            } else if (next instanceof HandshakeOutput.Transmit transmit) {
                byte[] bytes = to == far ? between.apply(transmit.datagram()) : transmit.datagram();
                for (int copy = random.nextInt(100) < lossPercent / 2 ? 2 : 1; copy > 0; copy--) {
                    if (random.nextInt(100) >= lossPercent) {
                        long delay = 10 + random.nextInt(lossPercent > 0 ? 60 : 1);
                        path.add(new Packet(now + delay * Ticker.MILLISECOND, order++, to, bytes));
                    }
                }
            } else if (next instanceof HandshakeOutput.Keys keys) {
                from.guard = Optional.of(keys.change().apply(from.guard));
                from.heard(keys.shortString().orElseThrow());
            } else if (next instanceof HandshakeOutput.Compared compared) {
                from.heard(compared.shortString());
            } else if (next instanceof HandshakeOutput.Failed failed) {
                from.failure = failed.reason();
            }
        }
    }
}
