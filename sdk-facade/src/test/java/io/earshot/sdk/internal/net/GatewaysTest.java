package io.earshot.sdk.internal.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewaysTest {
    private static Optional<InetAddress> ip(String text) throws UnknownHostException {
        return text == null ? Optional.empty() : Optional.of(InetAddress.getByName(text));
    }

    @Test
    void theRouterOfALinkIsReadFromLinuxTable() throws UnknownHostException {
        List<String> table = List.of("Iface\tDestination\tGateway \tFlags\tRefCnt", "eth0\t0001A8C0\t00000000\t0001\t0",
                "wlan0\t00000000\t0100000A\t0003\t0", "eth0\t00000000\t0101A8C0\t0003\t0", "broken", "eth1\t00000000\tzz\t0003\t0");
        assertEquals(ip("192.168.1.1"), Gateways.fromTable(table, "eth0"));
        assertEquals(ip("10.0.0.1"), Gateways.fromTable(table, "wlan0"));
        assertEquals(Optional.empty(), Gateways.fromTable(table, "eth1"));
        assertEquals(Optional.empty(), Gateways.fromTable(List.of("eth0\t00000000\t00000000\t0001\t0"), "eth0"), "a link without a router");
    }

    @ParameterizedTest
    @CsvSource({"192.168.1.7, 24, 192.168.1.1", "10.20.30.40, 8, 10.0.0.1", "172.16.5.9, 20, 172.16.0.1", "192.168.1.1, 24, ",
        "192.168.1.7, 32, ", "192.168.1.7, 0, "})
    void elsewhereItIsTakenToBeTheFirstAddress(String local, int prefix, String router) throws UnknownHostException {
        assertEquals(ip(router), Gateways.first(InetAddress.getByName(local), prefix));
    }
}
