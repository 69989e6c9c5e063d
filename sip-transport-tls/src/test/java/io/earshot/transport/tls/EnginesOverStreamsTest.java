package io.earshot.transport.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.transport.spi.SipTransportProvider;
import io.earshot.api.transport.spi.TransportConfig;
import io.earshot.sip.message.Uri;
import io.earshot.sip.ua.SipEvent;
import io.earshot.sip.ua.TransportTraits;
import io.earshot.testkit.server.TestSipServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Engines that register and call over the transports of this module, on real sockets. */
class EnginesOverStreamsTest {
    private static TransportConfig at(InetAddress address) {
        return TransportConfig.bind(new InetSocketAddress(address, 0));
    }

    private static TransportConfig secured() {
        return at(Loopback.IPV4).withTls(Certificates.trusting("authority").withIdentity(Certificates.identity("good")));
    }

    private static String text(InetSocketAddress address) {
        String ip = address.getAddress().getHostAddress();
        return (ip.indexOf(':') < 0 ? ip : "[" + ip + "]") + ":" + address.getPort();
    }

    @Test
    void twoPhonesRegisterAndCallThroughAServerOverTcp() throws IOException {
        for (InetAddress loopback : new InetAddress[] {Loopback.IPV4, Loopback.IPV6}) {
            try (TestSipServer server = TestSipServer.builder().user("alice", "secret-alice").user("bob", "secret-bob")
                    .bind(new InetSocketAddress(loopback, 0)).start();
                    RealPhone alice = registered("alice", server, loopback);
                    RealPhone bob = registered("bob", server, loopback)) {
                alice.callAndHangUp(Uri.parse(server.uri("bob")));
                bob.await("the end of the call", SipEvent.Ended.class::isInstance);
                assertTrue(server.bindings("bob").get(0).contact().toString().contains("transport=tcp"));
            }
        }
    }

    private static RealPhone registered(String name, TestSipServer server, InetAddress loopback) throws IOException {
        Uri proxy = Uri.parse("sip:" + text(server.address("TCP")) + ";lr;transport=tcp");
        RealPhone phone = new RealPhone(name, new TcpTransportProvider(), at(loopback), TransportTraits.TCP,
            Uri.parse(server.uri(name)), Optional.of(proxy));
        phone.register();
        return phone;
    }

    @Test
    void twoPhonesCallEachOtherOverTcp() throws IOException {
        call(new TcpTransportProvider(), at(Loopback.IPV4), TransportTraits.TCP, "sip:bob@127.0.0.1:%d;transport=tcp");
    }

    @Test
    void twoPhonesCallEachOtherOverTls() throws IOException {
        call(new TlsTransportProvider(), secured(), TransportTraits.TLS, "sip:bob@127.0.0.1:%d;transport=tls");
    }

    @Test
    void aSipsUriGoesOverTlsToTheNameThatTheCertificateIsFor() throws IOException {
        call(new TlsTransportProvider(), secured(), TransportTraits.TLS, "sips:bob@localhost:%d");
    }

    private static void call(SipTransportProvider provider, TransportConfig config, TransportTraits traits, String uri)
            throws IOException {
        try (RealPhone alice = new RealPhone("alice", provider, config, traits, Uri.parse("sip:alice@127.0.0.1"), Optional.empty());
                RealPhone bob = new RealPhone("bob", provider, config, traits, Uri.parse("sip:bob@127.0.0.1"), Optional.empty())) {
            alice.callAndHangUp(Uri.parse(String.format(uri, bob.address().getPort())));
            bob.await("the end of the call", SipEvent.Ended.class::isInstance);
        }
    }

    @Test
    void aCallToACertificateForSomebodyElseEndsWithASentence() throws IOException {
        TransportConfig elsewhere = at(Loopback.IPV4)
            .withTls(Certificates.trusting("authority").withIdentity(Certificates.identity("elsewhere")));
        try (RealPhone alice = new RealPhone("alice", new TlsTransportProvider(), secured(), TransportTraits.TLS,
                Uri.parse("sip:alice@127.0.0.1"), Optional.empty());
                RealPhone bob = new RealPhone("bob", new TlsTransportProvider(), elsewhere, TransportTraits.TLS,
                    Uri.parse("sip:bob@127.0.0.1"), Optional.empty())) {
            alice.call(Uri.parse("sips:bob@localhost:" + bob.address().getPort()));
            SipEvent.Ended ended = (SipEvent.Ended) alice.await("the end", SipEvent.Ended.class::isInstance);
            assertTrue(ended.cause().sentence().endsWith(
                "the certificate of localhost is for another name: it is for sip.example.com"), ended.cause().sentence());
        }
    }

    /** RFC 5626 §4.4.1, RFC 3261 §18.3: the engine and the transport together. */
    @Test
    void aPingIsAnsweredAndAStreamWithoutFrameIsClosed() throws IOException {
        try (RealPhone bob = new RealPhone("bob", new TcpTransportProvider(), at(Loopback.IPV4), TransportTraits.TCP,
                Uri.parse("sip:bob@127.0.0.1"), Optional.empty());
                Socket socket = new Socket(Loopback.IPV4, bob.address().getPort())) {
            socket.setSoTimeout(20_000);
            InputStream in = socket.getInputStream();
            socket.getOutputStream().write("\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertEquals("\r\n", new String(in.readNBytes(2), StandardCharsets.US_ASCII));
            socket.getOutputStream().write(("OPTIONS sip:bob@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/TCP 127.0.0.1;branch=z9hG4bK1\r\n"
                + "Max-Forwards: 70\r\nFrom: <sip:x@127.0.0.1>;tag=1\r\nTo: <sip:bob@127.0.0.1>\r\nCall-ID: 1\r\nCSeq: 1 OPTIONS\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
            String rest = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(rest.startsWith("SIP/2.0 400 "), rest);
        }
    }
}
