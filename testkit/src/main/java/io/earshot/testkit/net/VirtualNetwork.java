package io.earshot.testkit.net;

import static java.util.Objects.requireNonNull;

import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.testkit.Addresses;
import io.earshot.testkit.ManualTicker;
import io.earshot.testkit.PayloadLabel;
import io.earshot.testkit.Transcript;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A deterministic network in memory, on virtual time.
 *
 * <pre>{@code
 * VirtualNetwork net = VirtualNetwork.seeded(42);
 * VirtualHost alice = net.host("alice", "10.0.0.1");
 * VirtualHost bob = net.host("bob", "10.0.0.2");
 * net.conditions(LinkConditions.LAN.withLoss(0.1));
 * // open transports with alice.udp() and bob.udp(), send something …
 * net.runFor(Duration.ofSeconds(32));
 * net.transcript().assertContains("alice > bob INVITE");
 * }</pre>
 */
public final class VirtualNetwork {
    private final long seed;
    private final ManualTicker ticker = new ManualTicker();
    private final EventQueue events = new EventQueue(ticker);
    private final Transcript transcript;
    private final PayloadLabel label = PayloadLabel.sip();
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final Map<InetAddress, Place> addresses = new HashMap<>();
    private final Map<LinkKey, Link> links = new HashMap<>();
    private LinkConditions everywhere = LinkConditions.PERFECT;
    private boolean recordMedia;
    private boolean fragmentStreams;
    private long connections;

    private VirtualNetwork(long seed, Transcript transcript) {
        this.seed = seed;
        this.transcript = requireNonNull(transcript);
    }

    /** Makes an empty network at virtual time 0 whose every chance comes from this seed. */
    public static VirtualNetwork seeded(long seed) {
        return new VirtualNetwork(seed, new Transcript());
    }

    /** Makes an empty network that writes to this transcript. */
    public static VirtualNetwork seeded(long seed, Transcript transcript) {
        return new VirtualNetwork(seed, transcript);
    }

    /** Returns the seed. */
    public long seed() {
        return seed;
    }

    /** Returns the clock; let the network move it. */
    public ManualTicker ticker() {
        return ticker;
    }

    /** Returns the virtual time in nanoseconds. */
    public long now() {
        return ticker.now();
    }

    /** Returns the record of what happened so far. */
    public Transcript transcript() {
        return transcript;
    }

    /** Returns a source of identifiers that depends on the seed and this name only. */
    public IdSource ids(String name) {
        return IdSource.seeded(seedFor("ids of " + name));
    }

    /** Puts media packets into the transcript too; they are left out unless asked for, being many. */
    public VirtualNetwork recordMedia(boolean record) {
        recordMedia = record;
        return this;
    }

    /** Cuts what streams carry at seeded places, as TCP may, so that framing is put to the test. */
    public VirtualNetwork fragmentStreams(boolean fragment) {
        fragmentStreams = fragment;
        return this;
    }

    /**
     * Adds a host.
     *
     * @param name unique; the transcript prints it
     * @param literals one or more unique IPv4 or IPv6 addresses
     */
    public VirtualHost host(String name, String... literals) {
        VirtualHost host = new VirtualHost(this, claim(name), Optional.empty());
        places.put(name, host);
        for (String literal : literals) {
            host.addAddress(literal);
        }
        return host;
    }

    /**
     * Adds a host with private addresses behind a NAT. It reaches the other hosts behind the same NAT directly.
     *
     * @param literals unique behind this NAT
     */
    public VirtualHost hostBehind(VirtualNat nat, String name, String... literals) {
        VirtualHost host = new VirtualHost(this, claim(name), Optional.of(nat));
        places.put(name, host);
        for (String literal : literals) {
            host.addAddress(literal);
        }
        return host;
    }

    /** Adds a NAT with one public address. */
    public VirtualNat nat(String name, String publicLiteral, NatType type) {
        InetAddress address = Addresses.of(publicLiteral);
        VirtualNat nat = new VirtualNat(claim(name), address, type);
        assign(address, nat);
        places.put(name, nat);
        return nat;
    }

    private String claim(String name) {
        if (places.containsKey(name)) {
            throw new IllegalArgumentException("there is a \"" + name + "\" already");
        }
        return name;
    }

    void assign(InetAddress address, Place place) {
        if (addresses.putIfAbsent(address, place) != null) {
            throw new IllegalArgumentException(address.getHostAddress() + " belongs to " + addresses.get(address).name() + " already");
        }
    }

    void release(InetAddress address) {
        addresses.remove(address);
    }

    /** Sets the conditions of every link, those made so far included. A host's way to itself stays perfect. */
    public VirtualNetwork conditions(LinkConditions conditions) {
        everywhere = requireNonNull(conditions);
        links.values().forEach(link -> link.conditions(conditions));
        return this;
    }

    /** Sets the conditions of both directions between two hosts. */
    public VirtualNetwork between(VirtualHost one, VirtualHost other, LinkConditions conditions) {
        link(one, other).conditions(conditions);
        link(other, one).conditions(conditions);
        return this;
    }

    /** Returns one direction between two places. What goes to a host behind a NAT goes to its NAT. */
    public Link link(Place from, Place to) {
        Place seen = to instanceof VirtualHost host && !host.near(from) ? host.nat().map(Place.class::cast).orElse(host) : to;
        return links.computeIfAbsent(new LinkKey(from, seen), key -> new Link(seedFor(from.name() + '>' + seen.name()),
            from == seen ? LinkConditions.PERFECT : everywhere));
    }

    /** Cuts a host off, both ways, from now until this time: {@link Ticker#NEVER} for ever, or {@link #now()} to end it. */
    public void blackout(VirtualHost host, long until) {
        for (Place other : places.values()) {
            if (other != host) {
                link(host, other).blackout(now(), until);
                link(other, host).blackout(now(), until);
            }
        }
    }

    private long seedFor(String name) {
        return seed * 0x9E3779B97F4A7C15L + name.hashCode() * 0xC2B2AE3D27D4EB4FL;
    }

    /** Returns when something happens next, {@link Ticker#NEVER} when nothing does. */
    public long nextEventTime() {
        return events.next();
    }

    /** Runs everything up to and including this instant, and leaves the clock there. */
    public void runUntil(long time) {
        while (events.next() <= time && events.next() != Ticker.NEVER) {
            events.step();
        }
        if (time > now()) {
            ticker.advanceTo(time);
        }
    }

    /** Runs for this span of virtual time. */
    public void runFor(Duration span) {
        runUntil(now() + span.toNanos());
    }

    /**
     * Runs until the condition holds.
     *
     * @param limit the virtual time to give up at
     * @return whether it came to hold
     */
    public boolean runUntil(BooleanSupplier condition, long limit) {
        while (!condition.getAsBoolean()) {
            if (events.next() > limit || events.next() == Ticker.NEVER) {
                return false;
            }
            events.step();
        }
        return true;
    }

    /**
     * Runs until nothing is left to happen.
     *
     * @param limit the virtual time to give up at
     * @return whether nothing is left
     */
    public boolean runUntilIdle(long limit) {
        return runUntil(() -> events.next() == Ticker.NEVER, limit);
    }

    EventQueue events() {
        return events;
    }

    boolean fragmentsStreams() {
        return fragmentStreams;
    }

    long nextConnection() {
        return ++connections;
    }

    /** Finds the way of a packet: where to, and from what source it seems to come. Empty when nobody has the address. */
    Optional<Route> route(VirtualHost from, InetSocketAddress source, InetSocketAddress destination) {
        InetAddress to = destination.getAddress();
        if (to.isLoopbackAddress() || from.has(to)) {
            return Optional.of(new Route(from, source));
        }
        Optional<VirtualNat> nat = from.nat();
        if (nat.isPresent()) {
            VirtualHost neighbour = nat.get().insideHost(to);
            if (neighbour != null) {
                return Optional.of(new Route(neighbour, source));
            }
        }
        Place place = addresses.get(to);
        if (place == null) {
            return Optional.empty();
        }
        return Optional.of(new Route(place, nat.isPresent() ? nat.get().outbound(source, destination, now()) : source));
    }

    void datagram(VirtualHost from, InetSocketAddress source, InetSocketAddress destination, byte[] data, boolean media) {
        boolean record = !media || recordMedia;
        String text = record ? label(data, media) : "";
        Optional<Route> route = route(from, source, destination);
        String to = route.isPresent() ? route.get().to().name() : destination.getAddress().getHostAddress();
        note(record, Transcript.Kind.SENT, from.name(), to, text, "");
        if (route.isEmpty()) {
            note(record, Transcript.Kind.DROPPED, from.name(), to, text, "no such address");
            return;
        }
        Link.Fate fate = link(from, route.get().to()).datagram(data.length, now());
        if (!fate.lost().isEmpty()) {
            note(record, Transcript.Kind.DROPPED, from.name(), to, text, fate.lost());
            return;
        }
        Runnable arrival = () -> arrive(from.name(), route.get(), destination, data, record);
        events.add(fate.arrival(), "a datagram from " + from.name(), arrival);
        if (fate.again() != Ticker.NEVER) {
            events.add(fate.again(), "a duplicate from " + from.name(), arrival);
        }
    }

    private void arrive(String from, Route route, InetSocketAddress destination, byte[] data, boolean record) {
        VirtualHost host;
        InetSocketAddress target = destination;
        if (route.to() instanceof VirtualNat nat) {
            Optional<InetSocketAddress> inside = nat.inbound(route.source(), destination.getPort(), now());
            if (inside.isEmpty()) {
                note(record, Transcript.Kind.DROPPED, from, nat.name(), record ? label(data, false) : "", "filtered");
                return;
            }
            target = inside.get();
            host = nat.insideHost(target.getAddress());
        } else {
            host = (VirtualHost) route.to();
        }
        Optional<VirtualSocket> socket = host.socketAt(target);
        String text = record ? label(data, socket.isPresent() && socket.get().media()) : "";
        if (socket.isEmpty()) {
            note(record, Transcript.Kind.DROPPED, from, host.name(), text, "no socket on port " + target.getPort());
            return;
        }
        note(record, Transcript.Kind.DELIVERED, host.name(), from, text, "");
        socket.get().deliver(route.source(), data);
    }

    /** Puts a piece of a stream into the transcript. */
    void noteStream(Transcript.Kind kind, String who, String peer, byte[] data) {
        note(true, kind, who, peer, label(data, false), "");
    }

    private void note(boolean record, Transcript.Kind kind, String who, String peer, String text, String detail) {
        if (record) {
            transcript.add(new Transcript.Entry(now(), kind, who, peer, text, detail));
        }
    }

    private String label(byte[] data, boolean media) {
        return media ? "media " + data.length + " bytes" : label.of(data);
    }

    record Route(Place to, InetSocketAddress source) { }

    private record LinkKey(Place from, Place to) { }
}
