package io.earshot.sdk.internal.socks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.proxy.ProxyConfig;
import io.earshot.api.proxy.spi.ProxiedNames;
import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.Flow;
import io.earshot.api.transport.spi.IoLoop;
import io.earshot.api.transport.spi.MediaReceiver;
import io.earshot.api.transport.spi.MediaSocket;
import io.earshot.api.transport.spi.MediaTransportProvider;
import io.earshot.api.transport.spi.SipTransport;
import io.earshot.api.transport.spi.SipTransportListener;
import io.earshot.api.transport.spi.SipTransportProvider;
import io.earshot.api.transport.spi.TransportConfig;
import io.earshot.sdk.internal.net.UdpMediaTransport;
import io.earshot.testkit.net.TestProxy;
import io.earshot.testkit.node.TestIoLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sound and SIP over UDP through a SOCKS proxy on real sockets: one that carries datagrams, one that dies, one that does not want to. */
@Tag("rfc1928")
class SocksDoorTest {
    private static final InetSocketAddress HERE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final TestIoLoop loop = new TestIoLoop();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final MediaTransportProvider plain = new UdpMediaTransport();
    private final List<String> heard = new ArrayList<>();
    private final List<InetSocketAddress> sources = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private MediaSocket peer;

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        loop.close();
    }

    private <T extends AutoCloseable> T closing(T one) {
        opened.add(one);
        return one;
    }

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes).toString();
    }

    /** Somebody who answers everything with the same in upper case. */
    private InetSocketAddress echo() throws IOException {
        peer = closing(plain.open(HERE, 0, loop, (source, datagram) -> {
            sources.add(source);
            peer.send(source, text(text(datagram).toUpperCase(Locale.ROOT)));
        }));
        return peer.localAddress();
    }

    private SocksDoor door(TestProxy proxy) {
        SocksDoor door = SocksDoor.of(ProxyConfig.socks5("localhost", proxy.port()).withLogin("me", "secret"), plain, Ticker.system())
                .orElseThrow();
        door.attach(new SocksDoor.Owner(() -> told.add("moved"), told::add));
        return door;
    }

    private MediaSocket socket(MediaTransportProvider from) throws IOException {
        return closing(from.open(HERE, 0, loop, (source, datagram) -> heard.add(source.getPort() + " " + text(datagram))));
    }

    private void exchange(MediaSocket socket, InetSocketAddress there, String words) {
        String answer = there.getPort() + " " + words.toUpperCase(Locale.ROOT);
        loop.await("the answer to " + words, () -> {
            if (!heard.contains(answer)) {
                socket.send(there, text(words));
                loop.turn(20);
            }
            return heard.contains(answer);
        });
    }

    @Test
    void soundGoesThroughTheProxyTheFirstDatagramIncluded() throws IOException {
        InetSocketAddress there = echo();
        TestProxy proxy = closing(new TestProxy("password"));
        MediaSocket socket = socket(door(proxy));
        assertTrue(socket.send(there, text("early")), "waits for the association");
        loop.await("the answer", () -> heard.contains(there.getPort() + " EARLY"));
        assertNotEquals(socket.localAddress(), sources.get(0), "the peer sees the proxy");
        assertTrue(proxy.heads.containsAll(List.of("me:secret", "UDP")), proxy.heads.toString());
    }

    @Test
    void aPeerMayBeNamedInsteadOfAddressed() throws IOException {
        InetSocketAddress there = echo();
        MediaSocket socket = socket(door(closing(new TestProxy("password"))));
        exchange(socket, new InetSocketAddress(ProxiedNames.standIn("localhost"), there.getPort()), "named");
    }

    @Test
    void anAssociationThatBreaksIsMadeAnew() throws IOException {
        InetSocketAddress there = echo();
        TestProxy proxy = closing(new TestProxy("password"));
        MediaSocket socket = socket(door(proxy));
        exchange(socket, there, "one");
        proxy.cut();
        loop.await("the second association", () -> proxy.heads.stream().filter("UDP"::equals).count() == 2);
        exchange(socket, there, "two");
        assertNotEquals(sources.get(0), sources.get(sources.size() - 1), "the proxy has another port for us");
    }

    @Test
    void datagramsOfStrangersAreNotTaken() throws IOException {
        InetSocketAddress there = echo();
        MediaSocket socket = socket(door(closing(new TestProxy("password"))));
        exchange(socket, there, "one");
        MediaSocket stranger = closing(plain.open(HERE, 0, loop, (source, datagram) -> { }));
        stranger.send(socket.localAddress(), ByteBuffer.wrap(new byte[] {0, 0, 0, 1, 127, 0, 0, 1, 0, 9, 'x'}));
        stranger.send(socket.localAddress(), text("x"));
        exchange(socket, there, "two");
        assertEquals(0, heard.stream().filter(one -> one.endsWith("x")).count());
    }

    @Test
    void whereTheProxyRefusesSoundGoesByWhatStandsIn() throws IOException {
        InetSocketAddress there = echo();
        TestProxy proxy = closing(new TestProxy("password"));
        proxy.carryDatagrams(false);
        SocksDoor door = door(proxy);
        MediaSocket first = socket(door);
        exchange(first, there, "directly");
        assertEquals(first.localAddress(), sources.get(sources.size() - 1));
        List<String> tunnel = new ArrayList<>();
        door.standIn(new MediaTransportProvider() {
            @Override
            public String name() {
                return "tunnel";
            }

            @Override
            public MediaSocket open(InetSocketAddress bind, int trafficClass, IoLoop on,
                    MediaReceiver receiver) throws IOException {
                tunnel.add("opened");
                return plain.open(bind, trafficClass, on, receiver);
            }
        });
        socket(door);
        assertEquals(List.of("opened"), tunnel);
    }

    @Test
    void sipOverUdpGoesThroughTheProxyAndThePhoneHearsOfANewAssociation() throws IOException {
        InetSocketAddress there = echo();
        TestProxy proxy = closing(new TestProxy("password"));
        SipTransport sip = sip(door(proxy));
        sip.send(there, "", text("register"));
        loop.await("the answer", () -> heard.contains(there.getPort() + " REGISTER"));
        assertNotEquals(sip.localAddress(), sources.get(0));
        assertEquals(sip.localAddress(), sip.localAddress(there));
        assertEquals(List.of("SIP over UDP and the sound go through the SOCKS proxy localhost."), told);
        proxy.cut();
        loop.await("the news", () -> told.contains("moved"));
        sip.send(there, "", text("again"));
        loop.await("the answer", () -> heard.contains(there.getPort() + " AGAIN"));
    }

    @Test
    void sipOverUdpGoesDirectlyWhereTheProxyRefuses() throws IOException {
        InetSocketAddress there = echo();
        TestProxy proxy = closing(new TestProxy("password"));
        proxy.carryDatagrams(false);
        SipTransport sip = sip(door(proxy));
        sip.send(there, "", text("register"));
        loop.await("the answer", () -> heard.contains(there.getPort() + " REGISTER"));
        assertEquals(sip.localAddress(), sources.get(0));
        assertEquals(List.of("Neither SIP over UDP nor the sound goes through the proxy: the SOCKS proxy localhost: it carries no UDP."),
                told);
        sip.send(new InetSocketAddress(ProxiedNames.standIn("sip.example.com"), 5060), "", text("register"));
        loop.await("the failure", () -> heard.contains("UDP to sip.example.com port 5060: there is no route to it"));
    }

    private SipTransport sip(SocksDoor door) throws IOException {
        SipTransportProvider usual = new SipTransportProvider() {
            @Override
            public String protocol() {
                return "UDP";
            }

            @Override
            public SipTransport open(TransportConfig config, IoLoop on, SipTransportListener listener) {
                throw new AssertionError("it is replaced");
            }
        };
        return closing(door.transports(List.of(usual)).get(0).open(TransportConfig.bind(HERE), loop, new SipTransportListener() {
            @Override
            public void received(Flow flow, ByteBuffer data) {
                heard.add(flow.remote().getPort() + " " + text(data));
            }

            @Override
            public void sendFailed(InetSocketAddress whom, String reason) {
                heard.add(reason);
            }

            @Override
            public void closed(Flow flow, String reason) {
                throw new AssertionError(reason);
            }
        }));
    }
}
