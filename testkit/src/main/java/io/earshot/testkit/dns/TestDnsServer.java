package io.earshot.testkit.dns;

import io.earshot.api.dns.spi.DnsAnswer.Address;
import io.earshot.api.dns.spi.DnsAnswer.DnsRecord;
import io.earshot.testkit.dns.DnsWire.Entry;
import io.earshot.testkit.dns.DnsWire.Question;
import io.earshot.testkit.dns.DnsWire.Response;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A DNS server on a free loopback port, UDP and TCP. It claims authority over every name: what was not added does not exist. Methods may
 * be called from any thread, also while it is asked.
 */
public final class TestDnsServer implements AutoCloseable {
    private static final int PORT_TRIES = 50;
    private static final int LARGEST = 65_535;
    private static final int TCP_PATIENCE_MS = 5_000;
    private static final int MAX_ALIASES = 8;
    private static final int RESPONSE = 0x8580; // a response, authoritative, recursion desired and available
    private static final int TRUNCATION = 0x0200;
    private static final int AUTHORITY_AND_RECURSION = 0x0480;
    private static final int NO_SUCH_NAME = 3;

    private final DatagramSocket udp;
    private final ServerSocket tcp;
    private final ExecutorService threads;
    private final Map<String, List<Entry>> zone = new ConcurrentHashMap<>();
    private final Map<String, Misbehaviour> misbehaviours = new ConcurrentHashMap<>();
    private final Queue<Runnable> held = new ConcurrentLinkedQueue<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Map<String, Entry> negative = new ConcurrentHashMap<>(Map.of("soa", DnsWire.soa(60, 60)));

    private TestDnsServer(DatagramSocket udp, ServerSocket tcp) {
        this.udp = udp;
        this.tcp = tcp;
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "test-dns");
            thread.setDaemon(true);
            return thread;
        });
        threads.execute(this::serveUdp);
        threads.execute(this::serveTcp);
    }

    /** Starts a server with an empty zone. */
    public static TestDnsServer start() {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        for (int i = 0; ; i++) {
            DatagramSocket datagrams = null;
            try {
                datagrams = new DatagramSocket(0, loopback);
                return new TestDnsServer(datagrams, new ServerSocket(datagrams.getLocalPort(), 16, loopback));
            } catch (IOException taken) {
                if (datagrams != null) {
                    datagrams.close();
                }
                if (i == PORT_TRIES) {
                    throw new UncheckedIOException(taken);
                }
            }
        }
    }

    /** Returns where it listens, UDP and TCP alike. */
    public InetSocketAddress address() {
        return new InetSocketAddress(udp.getLocalAddress(), udp.getLocalPort());
    }

    /**
     * Adds records to those that a name has.
     *
     * @param name without a trailing dot, in any case
     * @param ttl in seconds, the same for all
     */
    public TestDnsServer add(String name, long ttl, DnsRecord... records) {
        for (DnsRecord record : records) {
            put(name, DnsWire.entry(ttl, record));
        }
        return this;
    }

    /** Adds A and AAAA records. */
    public TestDnsServer addresses(String name, long ttl, String... literals) {
        for (String literal : literals) {
            try {
                add(name, ttl, new Address(InetAddress.getByName(literal)));
            } catch (UnknownHostException wrong) {
                throw new IllegalArgumentException(literal + " is no IP address", wrong);
            }
        }
        return this;
    }

    /** Makes a name another one's alias (CNAME). */
    public TestDnsServer alias(String name, long ttl, String target) {
        put(name, DnsWire.alias(ttl, target));
        return this;
    }

    /** Forgets what a name has. */
    public TestDnsServer remove(String name) {
        zone.remove(name.toLowerCase(Locale.ROOT));
        return this;
    }

    /** Sets the SOA record of negative answers: its TTL and its MINIMUM, of which the lesser counts; at first 60 s both. */
    public TestDnsServer negative(long ttl, long minimum) {
        negative.put("soa", DnsWire.soa(ttl, minimum));
        return this;
    }

    /** Misbehaves when this name is asked for; {@code "*"} stands for every name that has no misbehaviour of its own. */
    public TestDnsServer misbehave(String name, Misbehaviour how) {
        misbehaviours.put(name.toLowerCase(Locale.ROOT), how);
        return this;
    }

    /** Behaves again when this name is asked for. */
    public TestDnsServer behave(String name) {
        misbehaviours.remove(name.toLowerCase(Locale.ROOT));
        return this;
    }

    /** Answers the questions that {@link Misbehaviour#HELD} kept, and returns how many there were. */
    public int release() {
        int count = 0;
        for (Runnable answer = held.poll(); answer != null; answer = held.poll()) {
            answer.run();
            count++;
        }
        return count;
    }

    /** Returns the questions so far, oldest first, as {@code "SRV _sip._udp.example.test udp"}. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    /** Closes the sockets; its threads end. Doing so twice is harmless. */
    @Override
    public void close() {
        udp.close();
        try {
            tcp.close();
        } catch (IOException gone) {
            // It was to be gone.
        }
        threads.shutdownNow();
    }

    private void put(String name, Entry entry) {
        zone.computeIfAbsent(name.toLowerCase(Locale.ROOT), unused -> new CopyOnWriteArrayList<>()).add(entry);
    }

    private void serveUdp() {
        byte[] buffer = new byte[LARGEST];
        while (!udp.isClosed()) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                udp.receive(packet);
            } catch (IOException closed) {
                continue;
            }
            byte[] bytes = java.util.Arrays.copyOf(packet.getData(), packet.getLength());
            InetSocketAddress client = new InetSocketAddress(packet.getAddress(), packet.getPort());
            DnsWire.read(bytes).ifPresent(question -> {
                asked.add(question.typeName() + ' ' + question.name() + " udp");
                onUdp(question, client);
            });
        }
    }

    private void onUdp(Question question, InetSocketAddress client) {
        Optional<Misbehaviour> how = how(question);
        if (how.equals(Optional.of(Misbehaviour.SILENT))) {
            return;
        }
        if (how.equals(Optional.of(Misbehaviour.HELD))) {
            held.add(() -> send(fitting(question, answer(question)), client));
            return;
        }
        if (how.equals(Optional.of(Misbehaviour.FORGED))) {
            byte[] other = DnsWire.name("other.invalid");
            byte[] raw = java.util.Arrays.copyOf(other, other.length + 4);
            System.arraycopy(question.raw(), question.raw().length - 4, raw, other.length, 4);
            Question forged = new Question(question.id() ^ 1, question.raw(), question.name(), question.type(), question.edns(), LARGEST);
            Entry lie = new Entry(DnsWire.A, 60, new byte[] {6, 6, 6, 6}, "");
            Response lying = new Response(RESPONSE, List.of(Map.entry(question.name(), lie)), List.of());
            send(DnsWire.write(forged, lying), client);
            send(DnsWire.write(new Question(question.id(), raw, "other.invalid", question.type(), false, LARGEST), lying), client);
            send(DnsWire.write(question, new Response(RESPONSE & 0x7FFF, lying.answers(), List.of())), client);
        }
        send(fitting(question, misbehaved(question, how)), client);
    }

    private Optional<Misbehaviour> how(Question question) {
        return Optional.ofNullable(misbehaviours.getOrDefault(question.name(), misbehaviours.get("*")));
    }

    private byte[] misbehaved(Question question, Optional<Misbehaviour> how) {
        return how.map(misbehaviour -> switch (misbehaviour) {
            case SERVER_FAILURE -> bare(question, RESPONSE | 2);
            case REFUSED -> bare(question, RESPONSE | 5);
            case NO_EDNS -> question.edns() ? bare(withoutEdns(question), RESPONSE | 1) : answer(question);
            case TRUNCATED, TRUNCATED_WITHOUT_TCP -> bare(question, RESPONSE | TRUNCATION);
            case BROKEN -> broken(answer(question));
            case LAME -> DnsWire.write(question, new Response(RESPONSE & ~AUTHORITY_AND_RECURSION, List.of(),
                List.of(Map.entry("test", DnsWire.nameServer("ns.elsewhere.invalid")))));
            case ALIAS_ALONE -> DnsWire.write(question, new Response(RESPONSE, zone.getOrDefault(question.name(), List.of()).stream()
                .filter(one -> one.type() == DnsWire.CNAME).map(one -> Map.entry(question.name(), one)).toList(), List.of()));
            case SILENT, HELD, FORGED -> answer(question);
        }).orElseGet(() -> answer(question));
    }

    private static Question withoutEdns(Question question) {
        return new Question(question.id(), question.raw(), question.name(), question.type(), false, question.size());
    }

    private static byte[] bare(Question question, int flags) {
        return DnsWire.write(question, new Response(flags, List.of(), List.of()));
    }

    private static byte[] broken(byte[] answer) {
        byte[] bytes = answer.clone();
        bytes[7] = 9; // claims nine answers
        return bytes;
    }

    private static byte[] fitting(Question question, byte[] answer) {
        return answer.length <= question.size() ? answer : bare(question, RESPONSE | TRUNCATION);
    }

    private void send(byte[] bytes, InetSocketAddress client) {
        try {
            udp.send(new DatagramPacket(bytes, bytes.length, client));
        } catch (IOException closed) {
            // Whoever asked is gone, or this server is.
        }
    }

    private void serveTcp() {
        while (!tcp.isClosed()) {
            try {
                Socket client = tcp.accept();
                threads.execute(() -> serve(client));
            } catch (IOException | RuntimeException closed) {
                // The loop's condition tells.
            }
        }
    }

    private void serve(Socket socket) {
        try (Socket client = socket) {
            client.setSoTimeout(TCP_PATIENCE_MS);
            DataInputStream in = new DataInputStream(client.getInputStream());
            DataOutputStream out = new DataOutputStream(client.getOutputStream());
            while (true) {
                Optional<Question> question = DnsWire.read(in.readNBytes(in.readUnsignedShort()));
                if (question.isEmpty()) {
                    return;
                }
                asked.add(question.get().typeName() + ' ' + question.get().name() + " tcp");
                Optional<Misbehaviour> how = how(question.get());
                if (how.equals(Optional.of(Misbehaviour.TRUNCATED_WITHOUT_TCP)) || how.equals(Optional.of(Misbehaviour.SILENT))) {
                    return;
                }
                byte[] answer = how.equals(Optional.of(Misbehaviour.TRUNCATED)) ? answer(question.get()) : misbehaved(question.get(), how);
                out.writeShort(answer.length);
                out.flush(); // the length alone first: the client must put the pieces together
                out.write(answer);
                out.flush();
            }
        } catch (IOException gone) {
            // The client has what it wanted.
        }
    }

    private byte[] answer(Question question) {
        List<Map.Entry<String, Entry>> answers = new ArrayList<>();
        String at = question.name();
        for (int i = 0; i < MAX_ALIASES; i++) {
            String owner = at;
            List<Entry> entries = zone.getOrDefault(owner, List.of());
            entries.stream().filter(one -> one.type() == question.type()).forEach(one -> answers.add(Map.entry(owner, one)));
            Optional<Entry> alias = entries.stream().filter(one -> one.type() == DnsWire.CNAME).findFirst();
            if (alias.isEmpty()) {
                boolean positive = entries.stream().anyMatch(one -> one.type() == question.type());
                List<Map.Entry<String, Entry>> authority = positive ? List.of() : List.of(Map.entry("test", negative.get("soa")));
                return DnsWire.write(question, new Response(RESPONSE | (exists(owner) ? 0 : NO_SUCH_NAME), answers, authority));
            }
            answers.add(Map.entry(owner, alias.get()));
            at = alias.get().target();
        }
        return DnsWire.write(question, new Response(RESPONSE, answers, List.of()));
    }

    /** A name exists, too, when there is one below it (RFC 8020). */
    private boolean exists(String name) {
        return zone.containsKey(name) || zone.keySet().stream().anyMatch(other -> other.endsWith('.' + name));
    }
}
