package io.earshot.testkit.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.time.Ticker;
import io.earshot.testkit.Addresses;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VirtualNatTest {
    private final VirtualNetwork net = VirtualNetwork.seeded(1);
    private final VirtualHost bob = net.host("bob", "198.51.100.2");
    private final VirtualHost carol = net.host("carol", "198.51.100.3");
    private final List<InetSocketAddress> seenByBob = new ArrayList<>();
    private final List<InetSocketAddress> seenByCarol = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();
    private VirtualSocket bobs;
    private VirtualSocket bobsOther;
    private VirtualSocket carols;
    private VirtualSocket alices;
    private VirtualNat nat;

    private void behind(NatType type) throws IOException {
        nat = net.nat("router", "203.0.113.1", type);
        VirtualHost alice = net.hostBehind(nat, "alice", "192.168.1.10");
        alices = alice.open(alice.address(5060), (source, data) -> heard.add(new String(data, StandardCharsets.UTF_8)));
        bobs = bob.open(bob.address(5060), (source, data) -> seenByBob.add(source));
        bobsOther = bob.open(bob.address(5070), (source, data) -> seenByBob.add(source));
        carols = carol.open(carol.address(5060), (source, data) -> seenByCarol.add(source));
        alices.send(bobs.localAddress(), new byte[1]);
        settle();
    }

    private void settle() {
        net.runUntilIdle(net.now() + Ticker.SECOND);
    }

    private String answersThatPass() {
        InetSocketAddress mapped = seenByBob.get(0);
        bobs.send(mapped, "same ".getBytes(StandardCharsets.UTF_8));
        bobsOther.send(mapped, "port ".getBytes(StandardCharsets.UTF_8));
        carols.send(mapped, "host ".getBytes(StandardCharsets.UTF_8));
        settle();
        return String.join("", heard);
    }

    @Test
    void hidesThePrivateAddress() throws IOException {
        behind(NatType.PORT_RESTRICTED);
        assertEquals(List.of(new InetSocketAddress(Addresses.of("203.0.113.1"), 20_000)), seenByBob);
    }

    @Test
    void aFullConeLetsEverybodyIn() throws IOException {
        behind(NatType.FULL_CONE);
        assertEquals("same port host ", answersThatPass());
    }

    @Test
    void anAddressRestrictedConeLetsKnownHostsIn() throws IOException {
        behind(NatType.ADDRESS_RESTRICTED);
        assertEquals("same port ", answersThatPass());
    }

    @Test
    void aPortRestrictedConeLetsKnownSocketsInAndKeepsItsMapping() throws IOException {
        behind(NatType.PORT_RESTRICTED);
        assertEquals("same ", answersThatPass());
        alices.send(carols.localAddress(), new byte[1]);
        settle();
        assertEquals(seenByBob.get(0), seenByCarol.get(0));
        net.transcript().assertContains("carol x router 5 bytes");
    }

    @Test
    void aSymmetricNatMapsEachDestinationAnew() throws IOException {
        behind(NatType.SYMMETRIC);
        assertEquals("same ", answersThatPass());
        alices.send(carols.localAddress(), new byte[1]);
        settle();
        assertEquals(20_001, seenByCarol.get(0).getPort());
    }

    @Test
    void forgetsAMappingThatIsNotUsed() throws IOException {
        behind(NatType.FULL_CONE);
        nat.mappingLife(Duration.ofSeconds(30));
        net.runFor(Duration.ofSeconds(31));
        assertEquals("", answersThatPass());
        alices.send(bobs.localAddress(), new byte[1]);
        settle();
        assertEquals(20_001, seenByBob.get(1).getPort());
        assertEquals(1, nat.mappings());
    }

    @Test
    void givesNewPortsAfterARestart() throws IOException {
        behind(NatType.FULL_CONE);
        nat.rebind();
        assertEquals("", answersThatPass());
        alices.send(bobs.localAddress(), new byte[1]);
        settle();
        assertTrue(seenByBob.get(1).getPort() != seenByBob.get(0).getPort());
    }

    @Test
    void neighboursReachEachOtherDirectly() throws IOException {
        behind(NatType.SYMMETRIC);
        VirtualHost dave = net.hostBehind(nat, "dave", "192.168.1.11");
        dave.open(dave.address(5060), (source, data) -> { }).send(alices.localAddress(), "hi".getBytes(StandardCharsets.UTF_8));
        settle();
        assertEquals(List.of("hi"), heard);
    }
}
