package io.earshot.sdk.internal.net;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Channels of UDP, bound and marked. */
public final class UdpChannel {
    private static final Logger LOG = LoggerFactory.getLogger(UdpChannel.class);

    /**
     * What is made of a channel.
     *
     * @param <T> its type
     */
    public interface Maker<T> {
        /** Makes it; the channel is closed when this fails. */
        T of(DatagramChannel bound) throws IOException;
    }

    private UdpChannel() {
    }

    /**
     * Opens a channel, and makes something of it.
     *
     * @param trafficClass 0 for none; only a wish, as some systems want privileges for some classes
     * @throws BindException when the port cannot be had; the message is a sentence
     */
    public static <T> T open(InetSocketAddress bind, int trafficClass, Maker<T> maker) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            if (trafficClass != 0) {
                mark(channel, trafficClass);
            }
            channel.bind(bind);
            return maker.of(channel);
        } catch (BindException taken) {
            channel.close();
            throw new BindException("UDP port " + bind.getPort() + " on " + bind.getAddress().getHostAddress() + " cannot be bound: "
                    + taken.getMessage());
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }

    private static void mark(DatagramChannel channel, int trafficClass) {
        try {
            channel.setOption(StandardSocketOptions.IP_TOS, trafficClass);
        } catch (IOException | UnsupportedOperationException refused) {
            LOG.info("The traffic class {} is not available here: {}", trafficClass, refused.getMessage());
        }
    }
}
