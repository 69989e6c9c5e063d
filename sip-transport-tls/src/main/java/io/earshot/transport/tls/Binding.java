package io.earshot.transport.tls;

import io.earshot.api.transport.spi.TransportConfig;
import io.earshot.transport.common.BindFailures;
import java.io.Closeable;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketException;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/**
 * The port of a transport.
 *
 * @param address bound to
 * @param listener takes connections; empty where the port is only held, so that it is ours and nobody else's
 * @param holder to be closed in the end
 */
record Binding(InetSocketAddress address, Optional<ServerSocketChannel> listener, Closeable holder) {
    private static final int BACKLOG = 256;

    static Binding bind(String protocol, TransportConfig config, boolean listen) throws IOException {
        InetSocketAddress bind = config.bind();
        BindFailures.requireResolved(protocol, bind);
        NetworkChannel channel = listen ? openListener(bind.getAddress()) : openHolder(bind.getAddress());
        try {
            if (channel instanceof ServerSocketChannel listener) {
                listener.configureBlocking(false);
                listener.bind(bind, BACKLOG);
                return new Binding((InetSocketAddress) channel.getLocalAddress(), Optional.of(listener), channel);
            }
            channel.bind(bind);
            return new Binding((InetSocketAddress) channel.getLocalAddress(), Optional.empty(), channel);
        } catch (SocketException e) {
            channel.close();
            throw BindFailures.explained(protocol, bind, e);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** The wildcard gets the JDK's dual-stack socket, a concrete address one of its own family. */
    private static ServerSocketChannel openListener(InetAddress address) throws IOException {
        return address.isAnyLocalAddress() ? ServerSocketChannel.open() : ServerSocketChannel.open(family(address));
    }

    private static SocketChannel openHolder(InetAddress address) throws IOException {
        return address.isAnyLocalAddress() ? SocketChannel.open() : SocketChannel.open(family(address));
    }

    static ProtocolFamily family(InetAddress address) {
        return address instanceof Inet4Address ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
    }

    /** Sets what every connection wants; type of service and the like are wishes. */
    static void prepare(SocketChannel channel, int trafficClass) throws IOException {
        channel.configureBlocking(false);
        attempt(channel, StandardSocketOptions.TCP_NODELAY, true);
        attempt(channel, StandardSocketOptions.SO_KEEPALIVE, true);
        if (trafficClass != 0) {
            attempt(channel, StandardSocketOptions.IP_TOS, trafficClass);
        }
    }

    private static <T> void attempt(SocketChannel channel, SocketOption<T> option, T value) {
        try {
            channel.setOption(option, value);
        } catch (IOException | UnsupportedOperationException e) {
            System.getLogger(Binding.class.getName())
                .log(System.Logger.Level.INFO, "TCP option {0}={1} is not available here: {2}", option.name(), value, e.getMessage());
        }
    }
}
