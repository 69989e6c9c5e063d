package io.earshot.transport.ws;

import io.earshot.transport.common.BindFailures;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
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

    static Port bind(String protocol, InetSocketAddress bind, boolean listen) throws IOException {
        BindFailures.requireResolved(protocol, bind);
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
            throw BindFailures.explained(protocol, bind, e);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }
}
