package io.earshot.sdk;

import io.earshot.api.transport.spi.Flow;
import io.earshot.api.transport.spi.IoLoop;
import io.earshot.api.transport.spi.SipTransport;
import io.earshot.api.transport.spi.SipTransportListener;
import io.earshot.api.transport.spi.SipTransportProvider;
import io.earshot.api.transport.spi.TransportConfig;
import io.earshot.sdk.internal.loop.Published;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * UDP of a machine whose IPv4 address changes, as from one network to the next, and whose IPv6 leads nowhere: what goes there is lost.
 * Notes what is sent. The addresses are of this machine's loopback, and real.
 */
final class MovableUdp implements SipTransportProvider {
    static final InetAddress OWN_IPV6 = literal("2001:db8::1");

    private final List<String> sent = new CopyOnWriteArrayList<>();
    private final Published<InetAddress> here = new Published<>(literal("127.0.0.1"));

    private static InetAddress literal(String ip) {
        try {
            return InetAddress.getByName(ip);
        } catch (IOException never) {
            throw new AssertionError(never);
        }
    }

    /** Makes this the machine's IPv4 address. */
    void moveTo(String ip) {
        here.set(literal(ip));
    }

    /** Returns the requests of a method that were sent, in order, without retransmissions. */
    List<String> sent(String method) {
        return sent.stream().filter(message -> message.startsWith(method + " ")).distinct().toList();
    }

    @Override
    public String protocol() {
        return "UDP";
    }

    @Override
    public SipTransport open(TransportConfig config, IoLoop loop, SipTransportListener listener) throws IOException {
        SipTransportProvider real = ServiceLoader.load(SipTransportProvider.class).stream().map(ServiceLoader.Provider::get)
                .filter(one -> one.protocol().equals("UDP")).findFirst().orElseThrow();
        return new Moved(real.open(config, loop, listener));
    }

    private final class Moved implements SipTransport {
        private final SipTransport real;

        Moved(SipTransport real) {
            this.real = real;
        }

        @Override
        public String protocol() {
            return real.protocol();
        }

        @Override
        public boolean reliable() {
            return real.reliable();
        }

        @Override
        public boolean messageOriented() {
            return real.messageOriented();
        }

        @Override
        public InetSocketAddress localAddress() {
            return real.localAddress();
        }

        @Override
        public InetSocketAddress localAddress(InetSocketAddress peer) {
            return new InetSocketAddress(peer.getAddress() instanceof Inet6Address ? OWN_IPV6 : here.get(), real.localAddress().getPort());
        }

        @Override
        public void send(InetSocketAddress peer, String host, ByteBuffer message) {
            sent.add(StandardCharsets.UTF_8.decode(message.duplicate()).toString());
            if (!(peer.getAddress() instanceof Inet6Address)) {
                real.send(peer, host, message);
            }
        }

        @Override
        public void send(Flow flow, ByteBuffer message) {
            real.send(flow, message);
        }

        @Override
        public void close() {
            real.close();
        }
    }
}
