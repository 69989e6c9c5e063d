package io.earshot.sdk.classic;

import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.List;

/** A program of its own: a phone with these parameters, and what Java's wildcard address is then. */
final class Ipv4Probe {
    private Ipv4Probe() {
    }

    /** Prints the address. */
    public static void main(String... parameters) throws Exception {
        ClassicParameters from = ClassicParameters.parse(List.of(parameters)).parameters();
        try (ClassicPhone phone = new ClassicPhone(from, line -> { }); DatagramChannel channel = DatagramChannel.open()) {
            channel.bind(null);
            System.out.println();
            System.out.println(((InetSocketAddress) channel.getLocalAddress()).getAddress());
        }
    }
}
