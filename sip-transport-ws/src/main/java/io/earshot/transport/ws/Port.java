package io.earshot.transport.ws;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.util.Optional;

/**
 * Where a transport is at home.
 *
 * @param address bound to; with port 0 nothing is bound
 * @param listener takes connections, where there is one
 */
record Port(InetSocketAddress address, Optional<ServerSocketChannel> listener) {
    private static final int BACKLOG = 256;
    private static final int ANY_PORT = 9;

    static Port bind(String protocol, InetSocketAddress bind, boolean listen) throws IOException {
        if (bind.isUnresolved()) {
            throw new IOException(protocol + " cannot be bound to " + bind.getHostString() + ": no such host name or address");
        }
        if (!listen) {
            return new Port(new InetSocketAddress(bind.getAddress(), 0), Optional.empty());
        }
        ServerSocketChannel channel = bind.getAddress().isAnyLocalAddress() ? ServerSocketChannel.open()
            : ServerSocketChannel.open(bind.getAddress() instanceof Inet4Address ? StandardProtocolFamily.INET
                : StandardProtocolFamily.INET6);
        try {
            channel.configureBlocking(false);
            channel.bind(bind, BACKLOG);
            return new Port((InetSocketAddress) channel.getLocalAddress(), Optional.of(channel));
        } catch (SocketException e) {
            channel.close();
            throw explained(protocol, bind, e);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static IOException explained(String protocol, InetSocketAddress bind, SocketException cause) {
        String ip = bind.getAddress().getHostAddress();
        String port = Integer.toString(bind.getPort());
        boolean denied = String.valueOf(cause.getMessage()).contains("ermission denied");
        if (!(cause instanceof BindException) || denied) {
            return new IOException(protocol + " port " + port + " on " + ip + " cannot be opened: " + cause.getMessage()
                + (denied ? "; choose a port above 1023" : ""), cause);
        }
        if (foreign(bind.getAddress())) {
            return new IOException(protocol + " cannot be bound to " + ip + ": this machine has no such address", cause);
        }
        return new IOException(protocol + " port " + port + " on " + ip
            + " is in use by another program; choose another port or 0 for a free one", cause);
    }

    private static boolean foreign(InetAddress address) {
        try {
            return !address.isAnyLocalAddress() && !address.isLoopbackAddress() && NetworkInterface.getByInetAddress(address) == null;
        } catch (SocketException e) {
            return false;
        }
    }

    /** Returns the address that packets to a peer leave from, by the machine's routes; nothing is sent. */
    InetSocketAddress towards(InetSocketAddress peer) {
        if (!address.getAddress().isAnyLocalAddress() || peer.isUnresolved()) {
            return address;
        }
        try (DatagramChannel probe = DatagramChannel.open()) {
            probe.connect(new InetSocketAddress(peer.getAddress(), ANY_PORT));
            return new InetSocketAddress(((InetSocketAddress) probe.getLocalAddress()).getAddress(), address.getPort());
        } catch (IOException | RuntimeException e) {
            return address; // no route; the attempt to connect will say so
        }
    }
}
