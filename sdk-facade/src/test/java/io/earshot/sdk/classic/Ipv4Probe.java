package io.earshot.sdk.classic;

import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.List;

/** A program of its own: a phone with these parameters, and what Java's wildcard address is then. */
final class Ipv4Probe {
    /** Java uses IPv4 only. */
    static final int NARROW = 4;
    /** Java uses both. */
    static final int WIDE = 6;

    private Ipv4Probe() {
    }

    /** Ends with {@link #NARROW} or {@link #WIDE}. */
    public static void main(String... parameters) throws Exception {
        ClassicParameters from = ClassicParameters.parse(List.of(parameters)).parameters();
        ClassicPhone phone = new ClassicPhone(from, line -> { });
        try (phone; DatagramChannel channel = DatagramChannel.open()) {
            channel.bind(null);
            boolean narrow = ((InetSocketAddress) channel.getLocalAddress()).getAddress() instanceof Inet4Address;
            Runtime.getRuntime().halt(narrow ? NARROW : WIDE);
        }
    }
}
