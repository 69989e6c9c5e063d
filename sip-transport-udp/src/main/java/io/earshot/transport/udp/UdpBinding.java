package io.earshot.transport.udp;

import io.earshot.api.transport.spi.TransportConfig;
import java.io.IOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
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
        if (bind.isUnresolved()) {
            throw new IOException("UDP cannot be bound to " + bind.getHostString() + ": no such host name or address");
        }
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
            throw explained(bind, e);
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

    private static IOException explained(InetSocketAddress bind, SocketException cause) {
        String ip = bind.getAddress().getHostAddress();
        String port = Integer.toString(bind.getPort());
        if (!(cause instanceof BindException) || denied(cause)) {
            return new IOException("UDP port " + port + " on " + ip + " cannot be opened: " + cause.getMessage()
                + (denied(cause) ? "; choose a port above 1023" : ""), cause);
        }
        if (foreign(bind.getAddress())) {
            return new IOException("UDP cannot be bound to " + ip + ": this machine has no such address", cause);
        }
        return new IOException("UDP port " + port + " on " + ip
            + " is in use by another program; choose another port or 0 for a free one", cause);
    }

    private static boolean denied(SocketException cause) {
        return String.valueOf(cause.getMessage()).contains("ermission denied");
    }

    private static boolean foreign(InetAddress address) {
        try {
            return !address.isAnyLocalAddress() && !address.isLoopbackAddress() && NetworkInterface.getByInetAddress(address) == null;
        } catch (SocketException e) {
            return false;
        }
    }
}
