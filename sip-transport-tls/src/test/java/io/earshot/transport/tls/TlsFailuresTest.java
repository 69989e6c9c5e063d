package io.earshot.transport.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.transport.spi.SipTransport;
import io.earshot.api.transport.spi.SipTransportProvider;
import io.earshot.api.transport.spi.StreamConfig;
import io.earshot.api.transport.spi.TlsConfig;
import io.earshot.api.transport.spi.TlsConfig.ClientCertificates;
import io.earshot.api.transport.spi.TlsConfig.Policy;
import io.earshot.api.transport.spi.TlsConfig.Version;
import io.earshot.api.transport.spi.TransportConfig;
import io.earshot.testkit.node.TestIoLoop;
import io.earshot.transport.common.PeerTrust;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each way in which TLS fails, and the sentence that tells of it; and what each policy lets through. */
class TlsFailuresTest {
    private static final TlsConfig CAREFUL = Certificates.trusting("authority");
    private static final TlsConfig SERVER = Certificates.trusting("authority").withIdentity(Certificates.identity("good"));
    private static final String HOST = "localhost";

    private final TestIoLoop loop = new TestIoLoop();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final Told asked = new Told();
    private final Told told = new Told();

    @AfterEach
    void closeEverything() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        loop.close();
    }

    private SipTransport open(SipTransportProvider provider, TlsConfig tls, StreamConfig stream, Told listener) throws IOException {
        SipTransport transport = provider.open(TransportConfig.bind(new InetSocketAddress(Loopback.IPV4, 0)).withTls(tls)
            .withStream(stream), loop, listener);
        opened.add(transport);
        return transport;
    }

    private SipTransport open(TlsConfig tls, Told listener) throws IOException {
        return open(new TlsTransportProvider(), tls, StreamConfig.DEFAULT, listener);
    }

    private static TlsConfig server(String alias) {
        return SERVER.withIdentity(Certificates.identity(alias));
    }

    private static ByteBuffer hello() {
        return ByteBuffer.wrap("hello".getBytes(StandardCharsets.UTF_8));
    }

    private void gets(TlsConfig server, TlsConfig client, String host) throws IOException {
        SipTransport there = open(server, asked);
        open(client, told).send(there.localAddress(), host, hello());
        loop.await("the message", () -> asked.text().equals("hello") || !told.failures.isEmpty());
        assertEquals(List.of(), told.failures);
    }

    /** Returns the sentence without the address. */
    private String fails(TlsConfig server, TlsConfig client, String host) throws IOException {
        return fails(open(server, asked).localAddress(), client, host);
    }

    private String fails(InetSocketAddress server, TlsConfig client, String host) throws IOException {
        open(client, told).send(server, host, hello());
        loop.await("the failure", () -> !told.failures.isEmpty() || !told.closes.isEmpty());
        loop.turn(0);
        assertEquals("", asked.text());
        assertEquals(1, told.failures.size() + told.closes.size());
        String reason = told.failures.isEmpty() ? told.closes.get(0) : told.failures.get(0);
        String start = "TLS with 127.0.0.1 port " + server.getPort() + ": ";
        assertTrue(reason.startsWith(start), reason);
        return reason.substring(start.length());
    }

    // ---- certificates

    @Test
    void aGoodCertificateIsGood() throws IOException {
        gets(SERVER, CAREFUL, HOST);
    }

    @Test
    void aCertificateMayBeForTheAddressOrForTheSipDomainOrForAPool() throws IOException {
        SipTransport there = open(SERVER, asked);
        for (String host : List.of("127.0.0.1", "sip.example.org", "SIP.Example.org.", "a.pool.example.org")) {
            open(CAREFUL, told).send(there.localAddress(), host, hello());
        }
        loop.await("the messages", () -> asked.text().length() == 20 || !told.failures.isEmpty());
        assertEquals(List.of(), told.failures);
    }

    @Test
    void anExpiredCertificate() throws IOException {
        assertEquals("the certificate of localhost expired on 2021-01-01", fails(server("expired"), CAREFUL, HOST));
    }

    @Test
    void aCertificateOfTheFuture() throws IOException {
        assertEquals("the certificate of localhost is not valid before 2090-01-01; is the clock of this machine right?",
            fails(server("early"), CAREFUL, HOST));
    }

    @Test
    void aCertificateForSomebodyElse() throws IOException {
        assertEquals("the certificate of localhost is for another name: it is for sip.example.com",
            fails(server("elsewhere"), CAREFUL, HOST));
    }

    @Test
    void anIssuerNobodyKnows() throws IOException {
        assertEquals("the certificate of localhost was issued by CN=Earshot test stranger, which is not trusted here",
            fails(server("unknown"), CAREFUL, HOST));
    }

    @Test
    void aSelfSignedCertificate() throws IOException {
        assertEquals("the certificate of localhost is self-signed and not trusted here", fails(server("selfsigned"), CAREFUL, HOST));
    }

    @Test
    void aKeyThatIsNotPinned() throws IOException {
        TlsConfig pinned = CAREFUL.withPins(PeerTrust.pin(Certificates.certificate("elsewhere")));
        assertEquals("the key of localhost is not among the pinned ones; its pin is sha256/"
            + PeerTrust.pin(Certificates.certificate("good")), fails(SERVER, pinned, HOST));
    }

    @Test
    void aPinHoldsEvenWhereAnythingElseGoes() throws IOException {
        TlsConfig pinned = CAREFUL.withPolicy(Policy.ALLOW_ANYTHING).withPins(PeerTrust.pin(Certificates.certificate("good")));
        assertTrue(fails(server("unknown"), pinned, HOST).startsWith("the key of localhost is not among the pinned ones"));
    }

    @Test
    void aPinnedKeyIsGood() throws IOException {
        gets(SERVER, CAREFUL.withPins("sha256/" + PeerTrust.pin(Certificates.certificate("good"))), HOST);
    }

    @Test
    void aSelfSignedCertificateThatIsTrustedItselfIsGood() throws IOException {
        gets(server("selfsigned"), Certificates.trusting("selfsigned"), HOST);
    }

    @Test
    void theRuntimesAuthoritiesDoNotKnowOurs() throws IOException {
        assertTrue(fails(SERVER, TlsConfig.DEFAULT, HOST).startsWith("the certificate of localhost was issued by CN=Earshot test auth"));
    }

    @Test
    void authoritiesOfOursCountBesidesThoseOfTheRuntime() throws IOException {
        gets(SERVER, TlsConfig.DEFAULT.trustingAlso(List.of(Certificates.certificate("authority"))), HOST);
    }

    // ---- policies

    @Test
    void selfSignedIsGoodWhereThePolicySaysSo() throws IOException {
        gets(server("selfsigned"), CAREFUL.withPolicy(Policy.ALLOW_SELF_SIGNED), HOST);
    }

    @Test
    void selfSignedForAnotherNameIsNot() throws IOException {
        assertEquals("the certificate of sip.example.com is for another name: it is for localhost",
            fails(server("selfsigned"), CAREFUL.withPolicy(Policy.ALLOW_SELF_SIGNED), "sip.example.com"));
    }

    @Test
    void anUnknownIssuerIsNotSelfSigned() throws IOException {
        assertTrue(fails(server("unknown"), CAREFUL.withPolicy(Policy.ALLOW_SELF_SIGNED), HOST).contains("not trusted here"));
    }

    @Test
    void anythingGoesWhereThePolicySaysSo() throws IOException {
        for (String alias : List.of("expired", "early", "elsewhere", "unknown", "selfsigned")) {
            SipTransport there = open(server(alias), asked);
            open(CAREFUL.withPolicy(Policy.ALLOW_ANYTHING), told).send(there.localAddress(), HOST, hello());
        }
        loop.await("the messages", () -> asked.text().length() == 25 || !told.failures.isEmpty());
        assertEquals(List.of(), told.failures);
    }

    // ---- clients

    @Test
    void aClientCertificateIsShownToWhoeverAsks() throws IOException {
        gets(SERVER.withClients(ClientCertificates.REQUIRED), SERVER, HOST);
    }

    @Test
    void aMissingClientCertificateIsToldOf() throws IOException {
        String reason = fails(SERVER.withClients(ClientCertificates.REQUIRED).withVersions(Version.TLS_1_2), CAREFUL, HOST);
        assertTrue(reason.contains("client certificate") || reason.contains("does not accept our certificate"), reason);
    }

    @Test
    void aBadClientCertificateIsRefusedAndTheClientToldSo() throws IOException {
        for (Version version : Version.values()) {
            told.failures.clear();
            told.closes.clear();
            String reason = fails(SERVER.withClients(ClientCertificates.WANTED).withVersions(version), server("expired"), HOST);
            assertEquals("localhost does not accept our certificate", reason, version.toString());
        }
    }

    // ---- versions and those who do not speak TLS

    @Test
    void noVersionInCommon() throws IOException {
        assertEquals("localhost speaks no version of TLS that is allowed here",
            fails(SERVER.withVersions(Version.TLS_1_3), CAREFUL.withVersions(Version.TLS_1_2), HOST));
    }

    @Test
    void noVersionInCommonTheOtherWayRound() throws IOException {
        assertEquals("localhost speaks no version of TLS that is allowed here",
            fails(SERVER.withVersions(Version.TLS_1_2), CAREFUL.withVersions(Version.TLS_1_3), HOST));
    }

    @Test
    void eitherVersionWorks() throws IOException {
        gets(SERVER.withVersions(Version.TLS_1_2), CAREFUL, HOST);
        SipTransport there = open(SERVER.withVersions(Version.TLS_1_3), asked);
        open(CAREFUL, told).send(there.localAddress(), HOST, hello());
        loop.await("the second message", () -> asked.text().equals("hellohello"));
    }

    @Test
    void aServerThatDoesNotSpeakTls() throws IOException {
        try (ServerSocket plain = new ServerSocket(0, 5, Loopback.IPV4)) {
            Thread server = new Thread(() -> {
                try (Socket socket = plain.accept()) {
                    socket.getInputStream().read();
                    socket.getOutputStream().write("SIP/2.0 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                    socket.getInputStream().readAllBytes();
                } catch (IOException e) {
                    assertFalse(plain.isClosed());
                }
            });
            server.start();
            assertEquals("localhost answered with something that is not TLS: the port may be one for plain TCP",
                fails((InetSocketAddress) plain.getLocalSocketAddress(), CAREFUL, HOST));
        }
    }

    @Test
    void aClientThatDoesNotSpeakTlsIsNotHeard() throws IOException {
        SipTransport there = open(SERVER, asked);
        try (Socket socket = new Socket(Loopback.IPV4, there.localAddress().getPort())) {
            socket.getOutputStream().write("OPTIONS sip:x SIP/2.0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            loop.await("the end", () -> there.counters().errors() == 1);
            assertEquals("", asked.text());
            assertEquals(List.of(), asked.closes);
        }
    }

    @Test
    void aResetDuringTheHandshake() throws IOException {
        try (ServerSocket rude = new ServerSocket(0, 5, Loopback.IPV4)) {
            open(CAREFUL, told).send((InetSocketAddress) rude.getLocalSocketAddress(), HOST, hello());
            loop.turn(0);
            Socket socket = rude.accept();
            loop.turn(0);
            socket.setSoLinger(true, 0);
            socket.close();
            loop.await("the failure", () -> !told.failures.isEmpty());
            assertTrue(told.failures.get(0).endsWith("during the TLS handshake the peer reset the connection"), told.failures.get(0));
        }
    }

    @Test
    void aSilentServerFailsInTime() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, Loopback.IPV4)) {
            SipTransport client = open(new TlsTransportProvider(), CAREFUL, StreamConfig.DEFAULT.withConnectTimeout(300_000_000), told);
            client.send((InetSocketAddress) silent.getLocalSocketAddress(), HOST, hello());
            loop.await("the failure", () -> !told.failures.isEmpty());
            assertTrue(told.failures.get(0).endsWith("the TLS handshake did not end within 300 ms"), told.failures.get(0));
        }
    }

    // ---- use

    @Test
    void withoutACertificateThePortIsHeldButNobodyIsLetIn() throws IOException {
        SipTransport client = open(CAREFUL, asked);
        assertTrue(fails(client.localAddress(), CAREFUL, HOST).startsWith("the connection was refused"));
    }

    @Test
    void aConnectionToOneNameServesAnotherOnlyIfTheCertificateIsForBoth() throws IOException {
        SipTransport there = open(SERVER, asked);
        SipTransport client = open(CAREFUL, told);
        client.send(there.localAddress(), HOST, hello());
        loop.await("the first", () -> asked.text().length() == 5);
        client.send(there.localAddress(), "sip.example.org", hello());
        loop.await("the second", () -> asked.text().length() == 10);
        assertEquals(1, asked.flows.stream().distinct().count());
        client.send(there.localAddress(), "sip.example.net", hello());
        loop.await("the failure", () -> !told.failures.isEmpty());
        assertTrue(told.failures.get(0).contains("the certificate of sip.example.net is for another name"), told.failures.get(0));
        assertEquals(10, asked.text().length());
    }
}
