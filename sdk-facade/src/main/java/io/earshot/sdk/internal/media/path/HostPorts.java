package io.earshot.sdk.internal.media.path;

import io.earshot.api.transport.spi.MediaReceiver;
import io.earshot.api.transport.spi.MediaSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The sockets of one call on other addresses of ours than the first. Confined to the media loop. */
final class HostPorts {
    /** Takes what they receive. */
    interface Receiver {
        void received(InetSocketAddress local, InetSocketAddress source, ByteBuffer datagram);
    }

    private final Receiver receiver;
    private final List<Port> ports = new ArrayList<>();

    HostPorts(Receiver receiver) {
        this.receiver = receiver;
    }

    private final class Port implements MediaReceiver {
        private final InetAddress ip;
        private Optional<MediaSocket> socket = Optional.empty();
        private InetSocketAddress address;

        Port(InetAddress ip) {
            this.ip = ip;
        }

        /** Tells whether there is a socket. */
        boolean open(HostSockets from) {
            socket = from.open(ip, this);
            address = socket.map(one -> new InetSocketAddress(ip, one.localAddress().getPort())).orElse(null);
            return socket.isPresent();
        }

        @Override
        public void received(InetSocketAddress source, ByteBuffer datagram) {
            HostPorts.this.receiver.received(address, source, datagram);
        }
    }

    /** Opens what is wanted and not open yet, and closes what is on addresses that are gone; returns what all are bound to. */
    List<InetSocketAddress> open(HostSockets from, List<InetAddress> wanted, List<InetAddress> all) {
        close(all);
        for (InetAddress each : wanted) {
            Port fresh = new Port(each);
            if (ports.size() < HostAddresses.MOST && ports.stream().noneMatch(port -> port.ip.equals(each)) && fresh.open(from)) {
                ports.add(fresh);
            }
        }
        return all();
    }

    /** Returns what all are bound to. */
    List<InetSocketAddress> all() {
        return ports.stream().map(port -> port.address).toList();
    }

    /** Returns the socket that is bound to this address. */
    Optional<MediaSocket> at(InetSocketAddress local) {
        return ports.stream().filter(port -> port.address.equals(local)).findFirst().flatMap(port -> port.socket);
    }

    /** Returns the socket on this address of ours. */
    Optional<MediaSocket> on(InetAddress ip) {
        return ports.stream().filter(port -> port.ip.equals(ip)).findFirst().flatMap(port -> port.socket);
    }

    /** Returns the addresses of ours on which there are sockets. */
    List<InetAddress> addresses() {
        return ports.stream().map(port -> port.ip).toList();
    }

    /** Returns what a socket of these is bound to. */
    Optional<InetSocketAddress> addressOf(MediaSocket socket) {
        return ports.stream().filter(port -> port.socket.filter(socket::equals).isPresent()).findFirst().map(port -> port.address);
    }

    private void close(List<InetAddress> but) {
        for (Port each : List.copyOf(ports)) {
            if (!but.contains(each.ip)) {
                ports.remove(each);
                each.socket.ifPresent(MediaSocket::close);
            }
        }
    }

    /** Closes all. */
    void close() {
        close(List.of());
    }
}
