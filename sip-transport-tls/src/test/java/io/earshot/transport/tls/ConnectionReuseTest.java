package io.earshot.transport.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.transport.spi.Flow;
import io.earshot.api.transport.spi.SipTransport;
import io.earshot.api.transport.spi.SipTransportProvider;
import io.earshot.api.transport.spi.TlsConfig;
import io.earshot.api.transport.spi.TransportConfig;
import io.earshot.testkit.node.TestIoLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which connection a message goes over: one made ahead, the peer's own, one to the same server under another name. */
class ConnectionReuseTest {
    private static final TlsConfig PEER = Certificates.trusting("authority").withIdentity(Certificates.identity("good"));
    private static final InetSocketAddress LISTENS_THERE = new InetSocketAddress(Loopback.IPV4, 5_071);

    private final TestIoLoop loop = new TestIoLoop();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final Told here = new Told();
    private final Told there = new Told();

    @AfterEach
    void closeEverything() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        loop.close();
    }

    private SipTransport open(SipTransportProvider provider, TlsConfig tls, InetAddress address, Told told) throws IOException {
        SipTransport transport = provider.open(TransportConfig.bind(new InetSocketAddress(address, 0)).withTls(tls), loop, told);
        opened.add(transport);
        return transport;
    }

    private SipTransport tls(TlsConfig config, Told told) throws IOException {
        return open(new TlsTransportProvider(), config, Loopback.IPV4, told);
    }

    private SipTransport tcp(Told told) throws IOException {
        return open(new TcpTransportProvider(), TlsConfig.DEFAULT, Loopback.IPV4, told);
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    // ---- connections made ahead

    @Test
    void aConnectionAskedForIsToldOfAndUsed() throws IOException {
        SipTransport server = tcp(there);
        SipTransport client = tcp(here);
        assertTrue(client.connect(server.localAddress(), ""));
        loop.await("the connection", () -> here.connected.equals(List.of(server.localAddress())));
        client.send(server.localAddress(), "", utf8("one"));
        client.connect(server.localAddress(), "");
        loop.await("what was sent", () -> there.text().equals("one"));
        loop.await("the news that it is there already", () -> here.connected.size() == 2);
        assertEquals(1, there.flows.stream().distinct().count());
    }

    @Test
    void oneThatCannotBeMadeIsToldOfAsAFailure() throws IOException {
        ServerSocket closed = new ServerSocket(0, 1, Loopback.IPV4);
        closed.close();
        tcp(here).connect(new InetSocketAddress(Loopback.IPV4, closed.getLocalPort()), "");
        loop.await("the failure", () -> !here.failures.isEmpty());
        assertTrue(here.failures.get(0).endsWith("the connection was refused: nothing listens there, or a firewall rejects it"));
        assertEquals(List.of(), here.connected);
    }

    @Test
    void oneThatIsNotNeededIsEndedUnlessSomethingWasSentOverIt() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 2, Loopback.IPV4)) {
            InetSocketAddress peer = new InetSocketAddress(Loopback.IPV4, server.getLocalPort());
            SipTransport client = tcp(here);
            client.connect(peer, "");
            loop.await("the connection", () -> here.connected.size() == 1);
            client.abandon(peer, "");
            try (Socket unused = server.accept()) {
                assertEquals(-1, unused.getInputStream().read());
            }
            client.connect(peer, "");
            client.send(peer, "", utf8("x"));
            client.abandon(peer, "");
            loop.await("the second connection", () -> here.connected.size() == 2);
            try (Socket used = server.accept()) {
                assertEquals('x', used.getInputStream().read());
            }
            assertEquals(List.of(), here.failures);
        }
    }

    // ---- RFC 5923

    /** Connects and returns the server's transport, and by {@link #there} the flow it sees. */
    private SipTransport withConnectionFrom(TlsConfig client, TlsConfig server) throws IOException {
        SipTransport asked = tls(server, there);
        tls(client, here).send(asked.localAddress(), "localhost", utf8("hello"));
        loop.await("the message", () -> there.text().equals("hello") || !here.failures.isEmpty());
        assertEquals(List.of(), here.failures);
        return asked;
    }

    @Test
    @Tag("rfc5923")
    void aPeerThatHasProvedItsNameGetsRequestsOverItsOwnConnection() throws IOException {
        SipTransport server = withConnectionFrom(PEER, PEER.withClients(TlsConfig.ClientCertificates.REQUIRED));
        Flow flow = there.flows.get(0);
        server.alias(flow, LISTENS_THERE, "sip.example.org");
        server.send(LISTENS_THERE, "sip.example.org", utf8("back"));
        loop.await("the request", () -> here.text().equals("back") || !there.failures.isEmpty());
        assertEquals("back", here.text());
    }

    @Test
    @Tag("rfc5923")
    void aNameThatIsNotInTheCertificateIsNoAlias() throws IOException {
        SipTransport server = withConnectionFrom(PEER, PEER.withClients(TlsConfig.ClientCertificates.REQUIRED));
        server.alias(there.flows.get(0), LISTENS_THERE, "sip.example.com");
        server.send(LISTENS_THERE, "sip.example.com", utf8("back"));
        loop.await("the failure", () -> !there.failures.isEmpty());
        assertEquals("", here.text());
    }

    @Test
    @Tag("rfc5923")
    void aPeerWithoutCertificateOrAPolicyThatLooksAtNoneIsNoAlias() throws IOException {
        SipTransport server = withConnectionFrom(Certificates.trusting("authority"), PEER);
        server.alias(there.flows.get(0), LISTENS_THERE, "localhost");
        server.send(LISTENS_THERE, "localhost", utf8("back"));
        loop.await("the failure", () -> !there.failures.isEmpty());
        there.bytes.reset();
        SipTransport careless = withConnectionFrom(PEER, PEER.withClients(TlsConfig.ClientCertificates.REQUIRED)
            .withPolicy(TlsConfig.Policy.ALLOW_ANYTHING));
        careless.alias(there.flows.get(there.flows.size() - 1), LISTENS_THERE, "localhost");
        careless.send(LISTENS_THERE, "localhost", utf8("back"));
        loop.await("the second failure", () -> there.failures.size() > 1);
        assertEquals("", here.text());
    }

    // ---- names

    /** Routes and Contacts of servers often name an IP address that the certificate does not have. */
    @Test
    @Tag("rfc5922")
    void aServerThatHasProvedItsNameIsAskedForItWhereOnlyItsAddressIsGiven() throws IOException {
        SipTransport server = tls(PEER.withIdentity(Certificates.identity("elsewhere")), there);
        SipTransport client = tls(Certificates.trusting("authority"), here);
        client.send(server.localAddress(), "sip.example.com", utf8("one"));
        loop.await("the first", () -> there.text().equals("one"));
        client.send(server.localAddress(), "127.0.0.1", utf8("two"));
        loop.await("the second", () -> there.text().equals("onetwo") || !here.failures.isEmpty());
        assertEquals(1, there.flows.stream().distinct().count());
        client.close(here.flows.isEmpty() ? flowOf(client, server) : here.flows.get(0), "a test");
        loop.await("its end", () -> !there.closes.isEmpty());
        client.send(server.localAddress(), "127.0.0.1", utf8("three"));
        loop.await("the third", () -> there.text().equals("onetwothree") || !here.failures.isEmpty());
        assertEquals(List.of(), here.failures);
        assertEquals(2, there.flows.stream().distinct().count());
    }

    /** The client's view of the connection that the server has told of. */
    private Flow flowOf(SipTransport client, SipTransport server) {
        Flow seen = there.flows.get(0);
        return new Flow("TLS", seen.remote(), server.localAddress(), 1);
    }

    @Test
    @Tag("rfc5922")
    void aNameIsNotTakenForAnotherOne() throws IOException {
        SipTransport server = tls(PEER.withIdentity(Certificates.identity("elsewhere")), there);
        SipTransport client = tls(Certificates.trusting("authority"), here);
        client.send(server.localAddress(), "sip.example.com", utf8("one"));
        loop.await("the first", () -> there.text().equals("one"));
        client.send(server.localAddress(), "sip.example.net", utf8("two"));
        loop.await("the failure", () -> !here.failures.isEmpty());
        assertEquals("one", there.text());
        assertFalse(here.failures.isEmpty());
    }

    // ---- both IP versions

    @Test
    @Tag("rfc5954")
    void theWildcardTakesBothIpVersions() throws IOException {
        SipTransport server = open(new TcpTransportProvider(), TlsConfig.DEFAULT, InetAddress.getByAddress(new byte[4]), there);
        int port = server.localAddress().getPort();
        tcp(here).send(new InetSocketAddress(Loopback.IPV4, port), "", utf8("4"));
        loop.await("IPv4", () -> there.text().equals("4"));
        open(new TcpTransportProvider(), TlsConfig.DEFAULT, Loopback.IPV6, here)
            .send(new InetSocketAddress(Loopback.IPV6, port), "", utf8("6"));
        loop.await("IPv6", () -> there.text().equals("46") || !here.failures.isEmpty());
        assertEquals("46", there.text());
        assertEquals(Loopback.IPV4, there.flows.get(0).remote().getAddress());
        assertEquals(Loopback.IPV6, there.flows.get(1).remote().getAddress());
    }
}
