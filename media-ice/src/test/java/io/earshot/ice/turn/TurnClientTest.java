package io.earshot.ice.turn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.time.Ticker;
import io.earshot.ice.TestRelay;
import io.earshot.ice.stun.Stun;
import io.earshot.ice.stun.StunBuilder;
import io.earshot.ice.stun.StunMessage;
import io.earshot.ice.stun.StunResult;
import io.earshot.testkit.net.LinkConditions;
import io.earshot.testkit.net.VirtualHost;
import io.earshot.testkit.net.VirtualLoop;
import io.earshot.testkit.net.VirtualNetwork;
import io.earshot.testkit.net.VirtualSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("rfc8656")
class TurnClientTest {
    private final VirtualNetwork net = VirtualNetwork.seeded(8656).conditions(LinkConditions.LAN);
    private final TestRelay relay = new TestRelay(net.host("relay", "198.51.100.1"), "user", "pass");
    private final VirtualHost us = net.host("us", "192.0.2.1");
    private final VirtualHost them = net.host("them", "192.0.2.2");
    private final List<TurnOutput> told = new ArrayList<>();
    private final List<byte[]> peerGot = new ArrayList<>();
    private TurnClient client;
    private VirtualSocket socket;
    private VirtualSocket peer;
    private VirtualLoop.Timer timer = () -> { };

    @BeforeEach
    void open() throws IOException {
        socket = us.open(us.address(4000), (source, data) -> {
            client.received(data, 0, data.length, net.now());
            drain();
        });
        peer = them.open(them.address(5000), (source, data) -> peerGot.add(data));
        make("pass");
    }

    private void make(String password) {
        client = new TurnClient(TurnConfig.udp(relay.address(), "user", password), net.ids("turn"));
    }

    private void start() {
        client.start(net.now());
        drain();
        net.runFor(Duration.ofSeconds(1));
    }

    private void drain() {
        for (TurnOutput output = client.poll();; output = client.poll()) {
            if (output instanceof TurnOutput.Transmit transmit) {
                socket.send(relay.address(), transmit.data());
            } else if (output instanceof TurnOutput.Wait wait) {
                timer.cancel();
                timer = wait.deadline() == Ticker.NEVER ? () -> { } : us.loop().at(wait.deadline(), () -> {
                    client.timer(net.now());
                    drain();
                });
                return;
            } else {
                told.add(output);
            }
        }
    }

    private <T> Optional<T> last(Class<T> type) {
        return told.stream().filter(type::isInstance).map(type::cast).reduce((one, two) -> two);
    }

    private InetSocketAddress relayed() {
        return last(TurnOutput.Allocated.class).orElseThrow().relayed().get(0);
    }

    @Test
    void dataFlowsBothWaysAfterAPermission() {
        start();
        client.send(peer.localAddress(), new byte[] {1, 2, 3}, net.now());
        drain();
        net.runFor(Duration.ofSeconds(1));
        assertArrayEquals(new byte[] {1, 2, 3}, peerGot.get(0));
        peer.send(relayed(), new byte[] {4, 5});
        net.runFor(Duration.ofSeconds(1));
        TurnOutput.Data data = last(TurnOutput.Data.class).orElseThrow();
        assertEquals(peer.localAddress(), data.peer());
        assertArrayEquals(new byte[] {4, 5}, data.data());
    }

    @Test
    void strangersAreNotLetThrough() {
        start();
        peer.send(relayed(), new byte[] {4, 5});
        net.runFor(Duration.ofSeconds(1));
        assertEquals(Optional.empty(), last(TurnOutput.Data.class));
        byte[] forged = StunBuilder.indication(Stun.DATA_METHOD, new io.earshot.ice.stun.TransactionId(1, 2)).xorAddress(
            Stun.XOR_PEER_ADDRESS, peer.localAddress()).bytes(Stun.DATA, new byte[4]).build();
        client.received(forged, 0, forged.length, net.now());
        drain();
        assertEquals(Optional.empty(), last(TurnOutput.Data.class), "a peer without our permission");
        assertEquals(1, client.rejected());
    }

    @Test
    void aChannelCarriesMedia() {
        start();
        client.bind(peer.localAddress(), net.now());
        drain();
        net.runFor(Duration.ofSeconds(1));
        client.send(peer.localAddress(), new byte[172], net.now());
        drain();
        peer.send(relayed(), new byte[160]);
        net.runFor(Duration.ofSeconds(1));
        assertEquals(1, relay.channelDatas);
        assertEquals(172, peerGot.get(0).length);
        assertEquals(160, last(TurnOutput.Data.class).orElseThrow().data().length);
    }

    @Test
    void allocationPermissionsAndChannelsLastAnHour() {
        start();
        client.bind(peer.localAddress(), net.now());
        drain();
        for (int minute = 0; minute < 60; minute++) {
            net.runFor(Duration.ofMinutes(1));
            client.send(peer.localAddress(), new byte[] {1}, net.now());
            drain();
        }
        net.runFor(Duration.ofSeconds(1));
        assertEquals(60, peerGot.size());
        assertTrue(relay.requests < 40, () -> "requests in an hour: " + relay.requests);
    }

    @Test
    void aStaleNonceIsReplaced() {
        start();
        relay.nonce = "nonce-2";
        client.send(peer.localAddress(), new byte[] {9}, net.now());
        drain();
        net.runFor(Duration.ofSeconds(1));
        assertEquals(1, peerGot.size());
    }

    @Test
    void wrongPasswordsAreToldAtOnce() {
        make("wrong");
        start();
        TurnOutput.Ended ended = last(TurnOutput.Ended.class).orElseThrow();
        assertEquals(TurnOutput.Reason.UNAUTHORIZED, ended.reason());
        assertTrue(ended.detail().contains("user name and password") && !ended.detail().contains("wrong"));
    }

    @Test
    void credentialsThatRunOutAreReplacedWithoutLosingTheRelay() {
        start();
        relay.password = "next";
        net.runFor(Duration.ofSeconds(545));
        TurnOutput.CredentialsExpired expired = last(TurnOutput.CredentialsExpired.class).orElseThrow();
        assertTrue(expired.until() > net.now() + 30 * Ticker.SECOND);
        client.credentials("user", "next", net.now());
        drain();
        net.runFor(Duration.ofMinutes(20));
        assertEquals(Optional.empty(), last(TurnOutput.Ended.class));
        assertEquals(1, relay.live());
    }

    @Test
    void whatCannotBeReplacedEndsWithTheAllocation() {
        start();
        relay.password = "next";
        net.runFor(Duration.ofSeconds(700));
        assertEquals(TurnOutput.Reason.LOST, last(TurnOutput.Ended.class).orElseThrow().reason());
    }

    @ParameterizedTest
    @CsvSource({"400, REFUSED", "403, REFUSED", "437, PORT_IN_USE", "440, REFUSED", "441, REFUSED", "442, REFUSED", "486, BUSY",
        "500, REFUSED", "508, BUSY"})
    void refusalsAreNamed(int code, TurnOutput.Reason reason) {
        relay.refuseWith = code;
        start();
        TurnOutput.Ended ended = last(TurnOutput.Ended.class).orElseThrow();
        assertEquals(reason, ended.reason());
        assertEquals(code, ended.code());
        assertTrue(ended.detail().contains("198.51.100.1") && ended.detail().contains(code + " refused"), ended.detail());
        assertTrue(relay.requests < 4, () -> "it asks on: " + relay.requests);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 437, 441, 500})
    void aRelayThatIsNotRenewedIsLost(int code) {
        start();
        relay.refuseWith = code;
        net.runFor(Duration.ofMinutes(10));
        TurnOutput.Ended ended = last(TurnOutput.Ended.class).orElseThrow();
        assertEquals(TurnOutput.Reason.LOST, ended.reason());
        assertEquals(code, ended.code());
    }

    @ParameterizedTest
    @CsvSource({"'', 198.51.100.1", "turn2.example.com, turn2.example.com", "'not a name', 198.51.100.1"})
    @Tag("rfc8489")
    void anotherServerIsNamedWithTheDomainOfItsCertificate(String domain, String name) {
        make("pass");
        client.start(net.now());
        StunMessage request = ((StunResult.Parsed) StunMessage.parse(((TurnOutput.Transmit) client.poll()).data())).message();
        StunBuilder answer = StunBuilder.error(request, Stun.TRY_ALTERNATE, "elsewhere")
            .address(Stun.ALTERNATE_SERVER, new InetSocketAddress("198.51.100.2", 3479));
        byte[] bytes = (domain.isEmpty() ? answer : answer.text(Stun.ALTERNATE_DOMAIN, domain)).build();
        client.received(bytes, 0, bytes.length, net.now());
        TurnOutput.Redirected to = (TurnOutput.Redirected) client.poll();
        assertEquals(new InetSocketAddress("198.51.100.2", 3479), to.server());
        assertEquals(name, to.server().getHostString());
        assertTrue(client.ended());
    }

    @Test
    void aServerThatKnowsOneFamilyOnlyIsAskedForThat() {
        relay.old = true;
        client = new TurnClient(TurnConfig.udp(relay.address(), "user", "pass").withFamily(TurnConfig.Family.BOTH), net.ids("x"));
        start();
        assertEquals(1, last(TurnOutput.Allocated.class).orElseThrow().relayed().size());
        int before = relay.requests;
        client.permit(new InetSocketAddress("2001:db8::9", 9), net.now());
        client.bind(new InetSocketAddress("2001:db8::9", 9), net.now());
        drain();
        net.runFor(Duration.ofSeconds(1));
        assertEquals(before, relay.requests, "no relay of ours reaches that peer");
    }

    @Test
    void aServerThatForgotUsEndsTheClient() {
        start();
        relay.forget();
        net.runFor(Duration.ofMinutes(10));
        assertEquals(437, last(TurnOutput.Ended.class).orElseThrow().code());
    }

    @Test
    void aDeadServerIsGivenUpAfterFortySeconds() {
        relay.silent = true;
        client.start(net.now());
        drain();
        net.runFor(Duration.ofSeconds(39));
        assertEquals(Optional.empty(), last(TurnOutput.Ended.class));
        net.runFor(Duration.ofSeconds(1));
        assertEquals(TurnOutput.Reason.TIMEOUT, last(TurnOutput.Ended.class).orElseThrow().reason());
    }

    @Test
    void closingGivesTheRelayBack() {
        start();
        assertEquals(1, relay.live());
        client.close(net.now());
        drain();
        net.runFor(Duration.ofSeconds(1));
        assertEquals(0, relay.live());
        assertTrue(client.ended());
    }

    @Test
    void aPolicyOfTheServerIsTold() {
        start();
        relay.refuseWith = Stun.FORBIDDEN;
        client.permit(peer.localAddress(), net.now());
        drain();
        net.runFor(Duration.ofSeconds(1));
        assertEquals(403, last(TurnOutput.Refused.class).orElseThrow().code());
    }

    @Test
    void bothFamiliesAreAskedForInOneRequest() {
        client = new TurnClient(TurnConfig.udp(relay.address(), "user", "pass").withFamily(TurnConfig.Family.BOTH), net.ids("x"));
        client.start(0);
        StunResult sent = StunMessage.parse(((TurnOutput.Transmit) client.poll()).data());
        assertTrue(((StunResult.Parsed) sent).message().has(Stun.ADDITIONAL_ADDRESS_FAMILY));
        StunMessage request = ((StunResult.Parsed) sent).message();
        byte[] answer = StunBuilder.success(request).xorAddress(Stun.XOR_RELAYED_ADDRESS, them.address(1))
            .xorAddress(Stun.XOR_RELAYED_ADDRESS, new InetSocketAddress("2001:db8::1", 2)).number(Stun.LIFETIME, 600).build();
        client.received(answer, 0, answer.length, 1);
        assertEquals(2, ((TurnOutput.Allocated) client.poll()).relayed().size());
    }

    @Test
    void aStreamIsCutIntoMessagesWhereverTcpCutsIt() {
        client = new TurnClient(TurnConfig.udp(relay.address(), "user", "pass").withTransport(TurnConfig.Transport.TLS), net.ids("tls"));
        client.start(0);
        StunMessage request = ((StunResult.Parsed) StunMessage.parse(((TurnOutput.Transmit) client.poll()).data())).message();
        byte[] answer = StunBuilder.success(request).xorAddress(Stun.XOR_RELAYED_ADDRESS, them.address(1)).number(Stun.LIFETIME, 600)
            .build();
        for (byte each : answer) {
            client.received(new byte[] {each}, 0, 1, 1);
        }
        assertEquals(List.of(them.address(1)), ((TurnOutput.Allocated) client.poll()).relayed());
        client.bind(them.address(7), 2);
        StunMessage bind = ((StunResult.Parsed) StunMessage.parse(((TurnOutput.Transmit) client.poll()).data())).message();
        byte[] bound = StunBuilder.success(bind).build();
        client.received(bound, 0, bound.length, 3);
        client.send(them.address(7), new byte[] {1, 2, 3, 4, 5}, 4);
        assertEquals(12, ((TurnOutput.Transmit) client.poll()).data().length, "padded to a multiple of four");
        byte[] two = {0x40, 0, 0, 1, 7, 0, 0, 0, 0x40, 0, 0, 2, 8, 9, 0, 0};
        client.received(two, 0, two.length, 5);
        assertArrayEquals(new byte[] {7}, ((TurnOutput.Data) client.poll()).data());
        assertArrayEquals(new byte[] {8, 9}, ((TurnOutput.Data) client.poll()).data());
    }
}
