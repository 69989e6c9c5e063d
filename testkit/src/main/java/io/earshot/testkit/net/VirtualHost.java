package io.earshot.testkit.net;

import static java.util.Objects.requireNonNull;

import io.earshot.api.transport.spi.MediaTransportProvider;
import io.earshot.api.transport.spi.SipTransportProvider;
import io.earshot.testkit.Addresses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A machine on a {@link VirtualNetwork}, with addresses, a loop and transports. Got from {@link VirtualNetwork#host}. */
public final class VirtualHost implements Place {
    private static final int FIRST_EPHEMERAL = 49_152;

    private final VirtualNetwork network;
    private final String name;
    private final Optional<VirtualNat> nat;
    private final VirtualLoop loop;
    private final List<InetAddress> addresses = new ArrayList<>();
    private final Map<Integer, List<VirtualSocket>> sockets = new HashMap<>();
    private final Map<Integer, List<StreamTransport>> listeners = new HashMap<>();
    private int nextEphemeral = FIRST_EPHEMERAL;

    VirtualHost(VirtualNetwork network, String name, Optional<VirtualNat> nat) {
        this.network = network;
        this.name = name;
        this.nat = nat;
        loop = new VirtualLoop(network, name);
    }

    @Override
    public String name() {
        return name;
    }

    /** Returns the network that it is on. */
    public VirtualNetwork network() {
        return network;
    }

    /** Returns its loop, to open transports on. */
    public VirtualLoop loop() {
        return loop;
    }

    /** Returns its first address, with a port. */
    public InetSocketAddress address(int port) {
        return new InetSocketAddress(addresses.get(0), port);
    }

    /** Adds an address, last in order of preference. */
    public VirtualHost addAddress(String literal) {
        InetAddress address = Addresses.of(literal);
        if (nat.isPresent()) {
            nat.get().add(address, this);
        } else {
            network.assign(address, this);
        }
        addresses.add(address);
        return this;
    }

    /** Takes an address away, as when an interface goes down. Sockets bound to it fall silent. */
    public void removeAddress(String literal) {
        InetAddress address = Addresses.of(literal);
        if (addresses.remove(address) && nat.isEmpty()) {
            network.release(address);
        }
    }

    /** Returns a provider of SIP over UDP on this host; give it {@link #loop()}. */
    public SipTransportProvider udp() {
        return new DatagramTransport.Provider(this);
    }

    /** Returns a provider of SIP over TCP on this host: reliable, ordered, a stream of bytes; give it {@link #loop()}. */
    public SipTransportProvider tcp() {
        return new StreamTransport.Provider(this, "TCP");
    }

    /** Returns a provider of media sockets on this host; give it {@link #loop()}. */
    public MediaTransportProvider media() {
        return new VirtualMediaTransport(this);
    }

    /** Breaks every stream connection of this host, as a restart would; the peers learn it by a reset. */
    public void resetConnections() {
        listeners.values().forEach(list -> List.copyOf(list).forEach(StreamTransport::reset));
    }

    /**
     * Opens a bare datagram socket.
     *
     * @param bind an address of this host or the wildcard; port 0 for a free one
     * @throws IOException when the address is another's or the port is taken
     */
    public VirtualSocket open(InetSocketAddress bind, VirtualSocket.Receiver receiver) throws IOException {
        return open(bind, receiver, false);
    }

    VirtualSocket open(InetSocketAddress bind, VirtualSocket.Receiver receiver, boolean media) throws IOException {
        InetSocketAddress bound = claim("UDP", bind);
        VirtualSocket socket = new VirtualSocket(this, bound, requireNonNull(receiver), media);
        sockets.computeIfAbsent(bound.getPort(), port -> new ArrayList<>()).add(socket);
        return socket;
    }

    void close(VirtualSocket socket) {
        sockets.getOrDefault(socket.localAddress().getPort(), new ArrayList<>()).remove(socket);
    }

    InetSocketAddress listen(StreamTransport transport, InetSocketAddress bind) throws IOException {
        InetSocketAddress bound = claim("TCP", bind);
        listeners.computeIfAbsent(bound.getPort(), port -> new ArrayList<>()).add(transport);
        return bound;
    }

    void unlisten(StreamTransport transport) {
        listeners.getOrDefault(transport.localAddress().getPort(), new ArrayList<>()).remove(transport);
    }

    private InetSocketAddress claim(String protocol, InetSocketAddress bind) throws IOException {
        InetAddress ip = bind.getAddress();
        if (ip == null || !ip.isAnyLocalAddress() && !ip.isLoopbackAddress() && !has(ip)) {
            throw new IOException(protocol + " cannot be bound to " + bind.getHostString() + ": " + name + " has no such address");
        }
        int port = bind.getPort() == 0 ? ephemeral() : bind.getPort();
        if (taken(protocol, ip, port)) {
            throw new IOException(protocol + " port " + port + " on " + ip.getHostAddress()
                + " is in use by another program; choose another port or 0 for a free one");
        }
        return new InetSocketAddress(ip, port);
    }

    private boolean taken(String protocol, InetAddress ip, int port) {
        List<InetSocketAddress> holders = new ArrayList<>();
        if (protocol.equals("UDP")) {
            sockets.getOrDefault(port, List.of()).forEach(socket -> holders.add(socket.localAddress()));
        } else {
            listeners.getOrDefault(port, List.of()).forEach(listener -> holders.add(listener.localAddress()));
        }
        return holders.stream().map(InetSocketAddress::getAddress)
            .anyMatch(other -> other.isAnyLocalAddress() || ip.isAnyLocalAddress() || other.equals(ip));
    }

    int ephemeral() {
        int port = nextEphemeral;
        while (!sockets.getOrDefault(port, List.of()).isEmpty() || !listeners.getOrDefault(port, List.of()).isEmpty()) {
            port = port == 65_535 ? FIRST_EPHEMERAL : port + 1;
        }
        nextEphemeral = port == 65_535 ? FIRST_EPHEMERAL : port + 1;
        return port;
    }

    Optional<VirtualSocket> socketAt(InetSocketAddress target) {
        return reachable(target) ? sockets.getOrDefault(target.getPort(), List.of()).stream()
            .filter(socket -> accepts(socket.localAddress(), target)).findFirst() : Optional.empty();
    }

    Optional<StreamTransport> listenerAt(InetSocketAddress target) {
        return reachable(target) ? listeners.getOrDefault(target.getPort(), List.of()).stream()
            .filter(listener -> accepts(listener.localAddress(), target)).findFirst() : Optional.empty();
    }

    private boolean reachable(InetSocketAddress target) {
        return target.getAddress().isLoopbackAddress() || has(target.getAddress());
    }

    private static boolean accepts(InetSocketAddress bound, InetSocketAddress target) {
        return bound.getAddress().isAnyLocalAddress() || bound.getAddress().equals(target.getAddress());
    }

    /** Returns what packets to this peer leave from, given what the socket is bound to; the bound address when there is no route. */
    InetSocketAddress sourceTowards(InetSocketAddress bound, InetSocketAddress peer) {
        InetAddress to = peer.getAddress();
        if (!bound.getAddress().isAnyLocalAddress() || to == null) {
            return bound;
        }
        InetAddress own = to.isLoopbackAddress() || has(to) ? to
            : addresses.stream().filter(address -> address.getClass() == to.getClass()).findFirst().orElse(bound.getAddress());
        return new InetSocketAddress(own, bound.getPort());
    }

    boolean has(InetAddress address) {
        return addresses.contains(address);
    }

    Optional<VirtualNat> nat() {
        return nat;
    }

    /** Tells whether the other one reaches this host without passing its NAT. */
    boolean near(Place other) {
        return nat.isEmpty() || other instanceof VirtualHost host && (host == this || host.nat.equals(nat));
    }
}
