package io.earshot.sip.ua;

import static io.earshot.api.time.Ticker.MILLISECOND;
import static io.earshot.api.time.Ticker.SECOND;

import io.earshot.api.dns.spi.DnsAnswer;
import io.earshot.api.dns.spi.DnsResolver.RecordType;
import io.earshot.api.id.IdSource;
import io.earshot.api.transport.spi.Flow;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.BiFunction;

/** A network of engines and scripted peers in memory, with virtual time: the smallest thing that shows how engines behave. */
final class Lan {
    private static final int MAX_STEPS_AT_ONE_TIME = 100_000;

    /** Somebody with an address. */
    interface Node {
        void receive(Flow flow, byte[] message, long now);

        default void refused(InetSocketAddress peer, long now) {
        }

        /** Does what is due, and tells when to be called again. */
        long turn(long now);
    }

    private record Packet(long at, long number, InetSocketAddress from, InetSocketAddress to, byte[] bytes) { }

    private record Task(long at, long number, Runnable what) { }

    final List<String> transcript = new ArrayList<>();
    final Map<InetSocketAddress, String> names = new HashMap<>();
    BiFunction<String, RecordType, DnsAnswer> dns = (name, type) -> new DnsAnswer.NoSuchName();
    long delay = 5 * MILLISECOND;
    long jitter;
    double loss;
    double duplication;
    long now;
    private final SplittableRandom chance;
    private final IdSource seeds;
    private final Map<InetSocketAddress, Node> nodes = new LinkedHashMap<>();
    private final PriorityQueue<Packet> packets = new PriorityQueue<>((a, b) -> a.at() != b.at() ? Long.compare(a.at(), b.at())
        : Long.compare(a.number(), b.number()));
    private final PriorityQueue<Task> tasks = new PriorityQueue<>((a, b) -> a.at() != b.at() ? Long.compare(a.at(), b.at())
        : Long.compare(a.number(), b.number()));
    private long number;

    Lan(long seed) {
        chance = new SplittableRandom(seed);
        seeds = IdSource.seeded(seed + 1);
    }

    static InetSocketAddress address(String ip, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByName(ip), port);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    IdSource newIds() {
        return IdSource.seeded(seeds.nextLong());
    }

    void add(String name, InetSocketAddress address, Node node) {
        names.put(address, name);
        nodes.put(address, node);
    }

    /** Nobody listens at an address any more: what is sent there is refused. Returns who did, to {@link #add} it again. */
    Node remove(InetSocketAddress address) {
        return nodes.remove(address);
    }

    Phone phone(String name, String ip) {
        return phone(name, ip, EngineConfig.defaults());
    }

    Phone phone(String name, String ip, EngineConfig config) {
        InetSocketAddress address = address(ip, 5060);
        Phone phone = new Phone(this, name, address, config);
        add(name, address, phone);
        return phone;
    }

    Script script(String name, String ip) {
        InetSocketAddress address = address(ip, 5060);
        Script script = new Script(this, name, address);
        add(name, address, script);
        return script;
    }

    void send(InetSocketAddress from, InetSocketAddress to, byte[] bytes) {
        if (!nodes.containsKey(to)) {
            nodes.get(from).refused(to, now);
            return;
        }
        int copies = chance.nextDouble() < duplication ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            if (chance.nextDouble() >= loss) {
                long extra = jitter > 0 ? chance.nextLong(jitter) : 0;
                packets.add(new Packet(now + delay + extra, ++number, from, to, bytes));
            }
        }
    }

    void at(long time, Runnable what) {
        tasks.add(new Task(time, ++number, what));
    }

    void after(long wait, Runnable what) {
        at(now + wait, what);
    }

    void log(String line) {
        transcript.add(String.format("%.3f %s", now / (double) SECOND, line));
    }

    /** Returns the transcript without times, one line each. */
    String lines() {
        StringBuilder out = new StringBuilder();
        transcript.forEach(line -> out.append(line.substring(line.indexOf(' ') + 1)).append('\n'));
        return out.toString();
    }

    void runFor(long time) {
        runTo(now + time);
    }

    void runTo(long end) {
        int steps = 0;
        while (true) {
            long next = Long.MAX_VALUE;
            for (Node node : List.copyOf(nodes.values())) {
                next = Math.min(next, node.turn(now));
            }
            next = Math.min(next, packets.isEmpty() ? Long.MAX_VALUE : packets.peek().at());
            next = Math.min(next, tasks.isEmpty() ? Long.MAX_VALUE : tasks.peek().at());
            if (next > end) {
                now = end;
                return;
            }
            steps = next > now ? 0 : steps + 1;
            if (steps > MAX_STEPS_AT_ONE_TIME) {
                throw new AssertionError("time stands still at " + now);
            }
            now = Math.max(now, next);
            while (!packets.isEmpty() && packets.peek().at() <= now) {
                Packet packet = packets.poll();
                Node node = nodes.get(packet.to());
                if (node != null) {
                    node.receive(new Flow("UDP", packet.to(), packet.from(), 0), packet.bytes(), now);
                }
            }
            while (!tasks.isEmpty() && tasks.peek().at() <= now) {
                tasks.poll().what().run();
            }
        }
    }
}
