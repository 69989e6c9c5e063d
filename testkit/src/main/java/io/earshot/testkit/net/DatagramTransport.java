package io.earshot.testkit.net;

import io.earshot.api.transport.spi.Flow;
import io.earshot.api.transport.spi.IoLoop;
import io.earshot.api.transport.spi.SipTransport;
import io.earshot.api.transport.spi.SipTransportListener;
import io.earshot.api.transport.spi.SipTransportProvider;
import io.earshot.api.transport.spi.TransportConfig;
import io.earshot.api.transport.spi.TransportCounters;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** SIP over UDP on the virtual network. */
final class DatagramTransport implements SipTransport {
    private static final int LARGEST_DATAGRAM = 65_507;

    private final VirtualHost host;
    private final VirtualSocket socket;
    private final SipTransportListener listener;
    private final int maxMessage;
    private long received;
    private long sent;
    private long oversize;
    private long failed;

    private DatagramTransport(VirtualHost host, TransportConfig config, SipTransportListener listener) throws IOException {
        this.host = host;
        this.listener = listener;
        maxMessage = config.maxMessage();
        socket = host.open(config.bind(), this::arrived);
    }

    private void arrived(InetSocketAddress source, byte[] data) {
        if (data.length > maxMessage) {
            oversize++;
            return;
        }
        received++;
        listener.received(new Flow(protocol(), localAddress(), source, 0), ByteBuffer.wrap(data));
    }

    @Override
    public String protocol() {
        return "UDP";
    }

    @Override
    public boolean reliable() {
        return false;
    }

    @Override
    public boolean messageOriented() {
        return true;
    }

    @Override
    public InetSocketAddress localAddress() {
        return socket.localAddress();
    }

    @Override
    public InetSocketAddress localAddress(InetSocketAddress peer) {
        return host.sourceTowards(socket.localAddress(), peer);
    }

    @Override
    public void send(InetSocketAddress peer, String name, ByteBuffer message) {
        if (peer.isUnresolved() || message.remaining() > LARGEST_DATAGRAM) {
            failed++;
            String reason = peer.isUnresolved() ? "the host name " + peer.getHostString() + " has not been resolved"
                : "a message of " + message.remaining() + " bytes does not fit into a UDP datagram (" + LARGEST_DATAGRAM
                    + " at most); use TCP";
            host.loop().execute(() -> listener.sendFailed(peer, reason));
            return;
        }
        byte[] data = new byte[message.remaining()];
        message.get(data);
        sent++;
        socket.send(peer, data);
    }

    @Override
    public void send(Flow flow, ByteBuffer message) {
        send(flow.remote(), "", message);
    }

    @Override
    public TransportCounters counters() {
        return new TransportCounters(received, sent, oversize, 0, failed, 0);
    }

    @Override
    public void close() {
        socket.close();
    }

    record Provider(VirtualHost host) implements SipTransportProvider {
        @Override
        public String protocol() {
            return "UDP";
        }

        @Override
        public SipTransport open(TransportConfig config, IoLoop loop, SipTransportListener listener) throws IOException {
            check(host, loop);
            return new DatagramTransport(host, config, listener);
        }
    }

    /** A virtual network is single-threaded: another loop would call it from its own thread. */
    static void check(VirtualHost host, IoLoop loop) {
        if (!(loop instanceof VirtualLoop own) || !own.belongsTo(host.network())) {
            throw new IllegalArgumentException("transports of the virtual host " + host.name() + " run on its network's own loops only");
        }
    }
}
