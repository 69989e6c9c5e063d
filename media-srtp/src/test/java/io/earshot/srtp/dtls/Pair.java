package io.earshot.srtp.dtls;

import io.earshot.api.time.Ticker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;

/** Two sessions and a lossy path between them on virtual time; the workers are real threads that the pair waits for. */
final class Pair {
    /** Sees a datagram before it is delivered; what it gives to a session comes first. */
    interface Tap {
        void before(boolean toServer, byte[] bytes) throws InterruptedException;
    }

    private record Datagram(long at, int order, boolean toServer, byte[] bytes) { }

    final DtlsSession client;
    final DtlsSession server;
    final List<DtlsOutput> clientHeard = new ArrayList<>();
    final List<DtlsOutput> serverHeard = new ArrayList<>();
    private final PriorityQueue<Datagram> path =
        new PriorityQueue<>((a, b) -> a.at != b.at ? Long.compare(a.at, b.at) : a.order - b.order);
    private final SplittableRandom random;
    private final int lossPercent;
    private int order;
    /** Whether every record of a datagram travels alone, as those travel that OpenSSL repeats. */
    boolean split;
    Tap tap = (toServer, bytes) -> { };
    int sent;
    long now;

    Pair(DtlsSession client, DtlsSession server, long seed, int lossPercent) {
        this.client = client;
        this.server = server;
        random = new SplittableRandom(seed);
        this.lossPercent = lossPercent;
    }

    static Pair of(DtlsIdentity a, DtlsIdentity b, DtlsSettings settings, ExecutorService workers, long seed, int lossPercent) {
        return new Pair(new DtlsSession(DtlsRole.CLIENT, a, List.of(b.fingerprint(Fingerprint.Hash.SHA_256)), settings, workers, () -> { }),
            new DtlsSession(DtlsRole.SERVER, b, List.of(a.fingerprint(Fingerprint.Hash.SHA_512)), settings, workers, () -> { }), seed,
            lossPercent);
    }

    void start() throws InterruptedException {
        server.start(now);
        server.settle();
        client.start(now);
        client.settle();
        drain();
    }

    /** Runs until both have heard something final, or time stands still. */
    void run() throws InterruptedException {
        while (clientHeard.isEmpty() || serverHeard.isEmpty() || !path.isEmpty()) {
            long next = Math.min(deadline(client), deadline(server));
            if (!path.isEmpty() && path.peek().at <= next) {
                Datagram datagram = path.poll();
                now = Math.max(now, datagram.at);
                tap.before(datagram.toServer, datagram.bytes);
                give(datagram.toServer ? server : client, datagram.bytes);
            } else if (next == Ticker.NEVER) {
                return;
            } else {
                now = next;
                time(client);
                time(server);
            }
            drain();
        }
    }

    private long deadline(DtlsSession session) {
        DtlsOutput output = session.poll(now);
        return output instanceof DtlsOutput.Wait wait ? wait.deadline() : now;
    }

    void give(DtlsSession session, byte[] bytes) throws InterruptedException {
        session.onPacket(bytes, 0, bytes.length);
        session.settle();
        drain();
    }

    private void time(DtlsSession session) throws InterruptedException {
        DtlsOutput output = session.poll(now);
        if (output instanceof DtlsOutput.Wait wait && wait.deadline() <= now) {
            session.onTime(now);
            session.settle();
        }
    }

    private void send(boolean toServer, byte[] bytes) {
        if (random.nextInt(100) >= lossPercent) {
            path.add(new Datagram(now + (10 + random.nextInt(lossPercent > 0 ? 40 : 1)) * Ticker.MILLISECOND, order++, toServer, bytes));
        }
    }

    void drain() {
        drain(client, true, clientHeard);
        drain(server, false, serverHeard);
    }

    private void drain(DtlsSession session, boolean toServer, List<DtlsOutput> heard) {
        for (DtlsOutput next = session.poll(now); !(next instanceof DtlsOutput.Wait); next = session.poll(now)) {
            if (next instanceof DtlsOutput.Transmit transmit) {
                sent++;
                byte[] bytes = transmit.datagram();
                for (int at = 0, end; at < bytes.length; at = end) {
                    end = split ? at + 13 + ((bytes[at + 11] & 0xFF) << 8 | bytes[at + 12] & 0xFF) : bytes.length;
                    send(toServer, Arrays.copyOfRange(bytes, at, end));
                }
            } else {
                heard.add(next);
            }
        }
    }
}
