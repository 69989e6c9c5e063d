package io.earshot.ice.nat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.time.Ticker;
import io.earshot.ice.stun.Stun;
import io.earshot.ice.stun.StunBuilder;
import io.earshot.ice.stun.StunMessage;
import io.earshot.ice.stun.StunResult;
import io.earshot.testkit.net.LinkConditions;
import io.earshot.testkit.net.NatType;
import io.earshot.testkit.net.VirtualHost;
import io.earshot.testkit.net.VirtualNetwork;
import io.earshot.testkit.net.VirtualSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rfc5780")
class NatDiscoveryTest {
    private final VirtualNetwork net = VirtualNetwork.seeded(5780).conditions(LinkConditions.PERFECT.withDelay(Duration.ofMillis(30)));
    private VirtualSocket socket;
    private NatReport report;
    private long took;

    /** A server with two addresses and two ports. */
    private InetSocketAddress server(boolean full) {
        VirtualHost host = net.host("stun" + full, full ? "198.51.100.1" : "198.51.100.3", full ? "198.51.100.2" : "198.51.100.4");
        String[] ips = full ? new String[] {"198.51.100.1", "198.51.100.2"} : new String[] {"198.51.100.3"};
        VirtualSocket[][] all = new VirtualSocket[2][2];
        for (int ip = 0; ip < ips.length; ip++) {
            for (int port = 0; port < 2; port++) {
                int myIp = ip;
                int myPort = port;
                try {
                    all[ip][port] = host.open(new InetSocketAddress(ips[ip], 3478 + port), (source, data) -> {
                        StunMessage request = ((StunResult.Parsed) StunMessage.parse(data)).message();
                        int change = full ? request.number(Stun.CHANGE_REQUEST).orElse(0) : 0;
                        StunBuilder answer = StunBuilder.success(request).xorAddress(Stun.XOR_MAPPED_ADDRESS, source);
                        if (full) {
                            answer.address(Stun.OTHER_ADDRESS, new InetSocketAddress(ips[1 - myIp], 3479 - myPort));
                        }
                        all[(change & 4) != 0 ? 1 - myIp : myIp][(change & 2) != 0 ? 1 - myPort : myPort].send(source, answer.build());
                    });
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return all[0][0].localAddress();
    }

    private NatReport discover(VirtualHost host, InetSocketAddress... servers) {
        try {
            List<NatDiscovery> machine = new ArrayList<>();
            socket = host.open(host.address(4000), (source, data) -> {
                machine.get(0).received(source, data, 0, data.length, net.now());
                drain(machine.get(0), host);
            });
            long start = net.now();
            machine.add(new NatDiscovery(socket.localAddress(), List.of(servers), Duration.ofSeconds(3), net.ids("d"), start));
            drain(machine.get(0), host);
            assertTrue(net.runUntil(() -> report != null, start + 5 * Ticker.SECOND));
            took = net.now() - start;
            socket.close();
            return report;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void drain(NatDiscovery machine, VirtualHost host) {
        for (NatOutput output = machine.poll();; output = machine.poll()) {
            if (output instanceof NatOutput.Transmit transmit) {
                socket.send(transmit.to(), transmit.data());
            } else if (output instanceof NatOutput.Done done) {
                report = done.report();
            } else if (output instanceof NatOutput.Wait wait) {
                if (wait.deadline() != Ticker.NEVER) {
                    host.loop().at(wait.deadline(), () -> {
                        machine.timer(net.now());
                        drain(machine, host);
                    });
                }
                return;
            }
        }
    }

    @Test
    @Tag("rfc3489")
    void eachKindOfNatIsRecognised() {
        InetSocketAddress server = server(true);
        Map<NatType, NatKind> expected = Map.of(NatType.FULL_CONE, NatKind.FULL_CONE, NatType.ADDRESS_RESTRICTED,
            NatKind.ADDRESS_RESTRICTED, NatType.PORT_RESTRICTED, NatKind.PORT_RESTRICTED, NatType.SYMMETRIC, NatKind.SYMMETRIC);
        int number = 0;
        for (NatType type : NatType.values()) {
            report = null;
            VirtualHost host = net.hostBehind(net.nat("nat" + type, "203.0.113." + ++number, type), "host" + type, "10.0.0.2");
            assertEquals(expected.get(type), discover(host, server).kind(), type.name());
            assertTrue(took < 2100 * Ticker.MILLISECOND, () -> type + " took " + took / Ticker.MILLISECOND + " ms");
        }
    }

    @Test
    void aPublicAddressIsOpen() {
        NatReport found = discover(net.host("public", "192.0.2.1"), server(true));
        assertEquals(NatKind.OPEN, found.kind());
        assertTrue(found.stable() && found.portKept());
    }

    @Test
    void twoPlainServersTellASymmetricNat() {
        InetSocketAddress one = server(true);
        InetSocketAddress two = server(false);
        VirtualHost host = net.hostBehind(net.nat("n", "203.0.113.9", NatType.SYMMETRIC), "h", "10.0.0.2");
        assertEquals(NatKind.SYMMETRIC, discover(host, two, one).kind());
    }

    @Test
    void onePlainServerTellsTheMappedAddress() {
        VirtualHost host = net.hostBehind(net.nat("n", "203.0.113.9", NatType.FULL_CONE), "h", "10.0.0.2");
        NatReport found = discover(host, server(false));
        assertEquals(NatKind.CONE, found.kind());
        assertEquals("203.0.113.9", found.mapped().orElseThrow().getAddress().getHostAddress());
        assertTrue(took < 100 * Ticker.MILLISECOND, "one round trip");
    }

    @Test
    void silenceIsBlocked() {
        assertEquals(NatKind.BLOCKED, discover(net.host("h", "192.0.2.1"), new InetSocketAddress("198.51.100.77", 3478)).kind());
    }
}
