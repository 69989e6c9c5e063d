package io.earshot.transport.udp;

import io.earshot.api.transport.spi.TransportConfig;
import io.earshot.transport.common.BindFailures;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;

/** Opens and binds the channel, and turns what goes wrong into a sentence for the person who configured it. */
final class UdpBinding {
    /** Holds about 500 messages of 1 kB while a garbage collection or a busy loop keeps us from reading. */
    private static final int RECEIVE_BUFFER = 512 * 1024;

    private UdpBinding() {
    }

    static DatagramChannel bind(TransportConfig config) throws IOException {
        InetSocketAddress bind = config.bind();
        BindFailures.requireResolved("UDP", bind);
        DatagramChannel channel = open(bind.getAddress());
        try {
            channel.configureBlocking(false);
            attempt(channel, StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
            if (config.trafficClass() != 0) {
                attempt(channel, StandardSocketOptions.IP_TOS, config.trafficClass());
            }
            channel.bind(bind);
            return channel;
        } catch (SocketException e) {
            channel.close();
            throw BindFailures.explained("UDP", bind, e);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * The wildcard gets the JDK's default channel, which is one dual-stack socket wherever the machine has IPv6, so that both IP
     * versions share a port and nobody can take the other half of it. A concrete address gets a channel of its own family.
     */
    private static DatagramChannel open(InetAddress address) throws IOException {
        if (address.isAnyLocalAddress()) {
            return DatagramChannel.open();
        }
        return DatagramChannel.open(address instanceof Inet4Address ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
    }

    /** Buffer sizes and type of service are wishes: a system that refuses them still carries calls. */
    private static <T> void attempt(DatagramChannel channel, SocketOption<T> option, T value) {
        try {
            channel.setOption(option, value);
        } catch (IOException | UnsupportedOperationException e) {
            System.getLogger(UdpBinding.class.getName())
                .log(System.Logger.Level.INFO, "UDP option {0}={1} is not available here: {2}", option.name(), value, e.getMessage());
        }
    }
}
