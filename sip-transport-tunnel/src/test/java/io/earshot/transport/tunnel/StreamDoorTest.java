package io.earshot.transport.tunnel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.proxy.ProxyConfig;
import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.Flow;
import io.earshot.api.transport.spi.SipTransport;
import io.earshot.api.transport.spi.SipTransportListener;
import io.earshot.api.transport.spi.SipTransportProvider;
import io.earshot.api.transport.spi.TlsConfig;
import io.earshot.api.transport.spi.TransportConfig;
import io.earshot.api.tunnel.TunnelConfig;
import io.earshot.api.tunnel.TunnelGatewayConfig;
import io.earshot.api.tunnel.spi.Tunnel;
import io.earshot.api.tunnel.spi.TunnelGateway;
import io.earshot.api.tunnel.spi.TunnelListener;
import io.earshot.testkit.node.TestIoLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SIP by TCP and TLS from a gateway, with the transports that phones have. */
class StreamDoorTest {
    private static final String KEY = "a key of 16 or more letters";
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private final TestIoLoop loop = new TestIoLoop();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final Told asked = new Told();
    private final Told told = new Told();
    private final AtomicInteger ups = new AtomicInteger();
    private TunnelGateway gateway;
    private Tunnel tunnel;

    private static final class Told implements SipTransportListener {
        private final List<Flow> flows = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();
        private String failure = "";

        @Override
        public void received(Flow flow, ByteBuffer data) {
            flows.add(flow);
            text.append(StandardCharsets.UTF_8.decode(data));
        }

        @Override
        public void sendFailed(InetSocketAddress peer, String reason) {
            failure = reason;
        }

        @Override
        public void closed(Flow flow, String reason) {
            failure = "closed: " + reason;
        }
    }

    @BeforeEach
    void openTunnel() throws IOException {
        gateway = gateway(0);
        tunnel = closing(new DefaultTunnelProvider().open(TunnelConfig.of("http://localhost:" + gateway.address().getPort(), "alice", KEY)
            .withProxy(ProxyConfig.NONE), TlsConfig.DEFAULT, new TunnelListener() {
                @Override
                public void up(InetSocketAddress address, boolean moved) {
                    ups.incrementAndGet();
                }

                @Override
                public void down(String reason, boolean refused) {
                    told.failure = told.failure.isEmpty() ? reason : told.failure;
                }
            }));
        await("the tunnel", () -> ups.get() == 1);
    }

    private TunnelGateway gateway(int port) throws IOException {
        return closing(new DefaultTunnelProvider().serve(TunnelGatewayConfig.of(new InetSocketAddress(HERE, port), "alice", KEY,
            "127.0.0.1").withOutside(HERE, Optional.empty()).withPorts(42_700, 42_799)));
    }

    @AfterEach
    void closeEverything() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
        loop.close();
    }

    private <T extends AutoCloseable> T closing(T one) {
        open.add(one);
        return one;
    }

    private void await(String what, BooleanSupplier condition) {
        loop.await(what, () -> {
            loop.schedule(2 * Ticker.MILLISECOND, () -> { });
            return condition.getAsBoolean();
        });
    }

    private SipTransport transport(String protocol, ProxyConfig proxy, Told listener) throws IOException {
        SipTransportProvider provider = ServiceLoader.load(SipTransportProvider.class).stream().map(ServiceLoader.Provider::get)
            .filter(one -> one.protocol().equals(protocol)).findFirst().orElseThrow();
        TlsConfig tls = TlsConfig.DEFAULT.trustingOnly(List.of(LoopbackTunnelTest.identity("authority").chain().get(0)))
            .withIdentity(LoopbackTunnelTest.identity("good"));
        return closing(provider.open(TransportConfig.bind(new InetSocketAddress(HERE, 0)).withTls(tls).withProxy(proxy), loop, listener));
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TCP", "TLS"})
    @Tag("rfc1928")
    @Tag("rfc1929")
    void sipGoesOverConnectionsOfTheGateway(String protocol) throws IOException {
        SipTransport server = transport(protocol, ProxyConfig.NONE, asked);
        SipTransport client = transport(protocol, tunnel.streams(), told);
        InetSocketAddress there = server.localAddress();
        String large = "INVITE " + "x".repeat(40_000);
        client.send(there, "localhost", utf8(large));
        await("the words, " + told.failure, () -> asked.text.toString().equals(large));
        server.send(asked.flows.get(0), utf8("200 " + large));
        await("the answer", () -> told.text.toString().equals("200 " + large));
        assertEquals(there, told.flows.get(0).remote());
        await("the counters", () -> gateway.counters().channels() == 6);
        assertEquals(0, gateway.counters().forbidden() + gateway.counters().overflowed() + gateway.counters().throttled());
        server.close();
        await("the end", () -> told.failure.startsWith("closed: "));
    }

    @Test
    void aConnectionEndsWithThatToTheGatewayAndAnotherOneIsMade() throws IOException {
        SipTransport server = transport("TCP", ProxyConfig.NONE, asked);
        SipTransport client = transport("TCP", tunnel.streams(), told);
        client.send(server.localAddress(), "localhost", utf8("REGISTER"));
        await("the words", () -> asked.text.toString().equals("REGISTER"));
        int port = gateway.address().getPort();
        gateway.close();
        await("the end", () -> !told.failure.isEmpty());
        gateway(port);
        await("the tunnel", () -> ups.get() == 2);
        client.send(server.localAddress(), "localhost", utf8(" again"));
        await("the words", () -> asked.text.toString().equals("REGISTER again"));
        assertNotEquals(asked.flows.get(0).remote(), asked.flows.get(1).remote());
    }

    @Test
    void whereNothingListensThatIsTold() throws IOException {
        SipTransport gone = transport("TCP", ProxyConfig.NONE, asked);
        InetSocketAddress there = gone.localAddress();
        gone.close();
        SipTransport client = transport("TCP", tunnel.streams(), told);
        client.send(there, "localhost", utf8("REGISTER"));
        await("a reason", () -> !told.failure.isEmpty());
        assertTrue(told.failure.contains("the SOCKS proxy 127.0.0.1"), told.failure);
    }

    @Test
    void whereNothingMayGoThatIsTold() throws IOException {
        SipTransport client = transport("TCP", tunnel.streams(), told);
        client.send(new InetSocketAddress("192.0.2.1", 5_060), "", utf8("REGISTER"));
        await("a reason", () -> !told.failure.isEmpty());
        await("the count", () -> gateway.counters().forbidden() == 1);
    }

    /** Other programs of this machine can reach its port. */
    @ParameterizedTest
    @CsvSource({"050100, 05ff", "050102 01 01 61 01 62, 0502 0101", "050102 01 00 00, 0502 0101", "04 01 00, 05ff"})
    void whoDoesNotKnowThePasswordGetsNothing(String said, String answered) throws IOException {
        assertEquals(answered.replace(" ", ""), talk(bytes(said.replace(" ", ""))));
        await("nothing but the sockets of calls and SIP", () -> gateway.counters().channels() == 5);
    }

    @Test
    void nonsenseDoesNoHarm() throws IOException {
        Random random = new Random(4);
        byte[] login = login(tunnel.streams().login().orElseThrow());
        for (int i = 0; i < 100; i++) {
            byte[] noise = new byte[random.nextInt(50)];
            random.nextBytes(noise);
            byte[] said = ByteBuffer.allocate(login.length + noise.length).put(login, 0, i % 2 == 0 ? 0 : login.length).put(noise).array();
            talk(said);
        }
        sipGoesOverConnectionsOfTheGateway("TCP");
    }

    private static byte[] login(ProxyConfig.Login login) {
        byte[] user = login.user().getBytes(StandardCharsets.UTF_8);
        byte[] password = login.password().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(6 + user.length + password.length).put((byte) 5).put((byte) 1).put((byte) 2).put((byte) 1)
            .put((byte) user.length).put(user).put((byte) password.length).put(password).array();
    }

    private static byte[] bytes(String hex) {
        byte[] out = new byte[hex.length() / 2];
        for (int i = 0; i < out.length; i++) {
            out[i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
        }
        return out;
    }

    /** Says this to the door, and no more, and returns what it answers. */
    private String talk(byte[] said) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Socket socket = new Socket(HERE, tunnel.streams().port())) {
            socket.getOutputStream().write(said);
            socket.shutdownOutput();
            for (byte each : socket.getInputStream().readAllBytes()) {
                all.append(String.format("%02x", each));
            }
        }
        return all.toString();
    }
}
