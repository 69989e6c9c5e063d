package io.earshot.transport.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.transport.spi.SipTransport;
import io.earshot.api.transport.spi.TransportConfig;
import io.earshot.testkit.node.TestIoLoop;
import io.earshot.transport.common.TlsReasons;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;

/** What a peer may do after the handshake, tried with the JDK's own sockets, which block on a thread of their own. */
class TlsRenegotiationTest {
    private final TestIoLoop loop = new TestIoLoop();
    private final Told told = new Told();

    private interface Deed {
        void on(SSLSocket socket) throws IOException;
    }

    private CompletableFuture<Void> client(SipTransport server, String version, Deed deed) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("authority", Certificates.certificate("authority"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return CompletableFuture.runAsync(() -> {
            try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(Loopback.IPV4, server.localAddress().getPort())) {
                socket.setSoTimeout(20_000);
                socket.setEnabledProtocols(new String[] {version});
                socket.getOutputStream().write('a');
                deed.on(socket);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private SipTransport server() throws IOException {
        return new TlsTransportProvider().open(TransportConfig.bind(new InetSocketAddress(Loopback.IPV4, 0))
            .withTls(Certificates.trusting("authority").withIdentity(Certificates.identity("good"))), loop, told);
    }

    @Test
    void aSecondHandshakeWithinAConnectionIsRefused() throws Exception {
        try (loop; SipTransport server = server()) {
            CompletableFuture<Void> client = client(server, "TLSv1.2", socket -> {
                socket.startHandshake();
                socket.getOutputStream().write('b');
                socket.getInputStream().read();
                socket.getOutputStream().write('c');
            });
            loop.await("the end", () -> !told.closes.isEmpty());
            assertTrue(told.closes.get(0).endsWith(TlsReasons.RENEGOTIATION), told.closes.get(0));
            assertEquals("a", told.text());
            assertThrows(ExecutionException.class, () -> client.get(20, TimeUnit.SECONDS));
        }
    }

    @Test
    void newKeysInTls13AreNoSecondHandshake() throws Exception {
        try (loop; SipTransport server = server()) {
            CompletableFuture<Void> client = client(server, "TLSv1.3", socket -> {
                socket.startHandshake(); // sends KeyUpdate
                socket.getOutputStream().write('b');
                assertEquals('!', socket.getInputStream().read());
            });
            loop.await("both bytes", () -> told.text().equals("ab"));
            server.send(told.flows.get(0), ByteBuffer.wrap(new byte[] {'!'}));
            loop.await("the client", client::isDone);
            client.get();
        }
    }

    @Test
    void aConnectionThatIsCutWithoutGoodbyeJustEnds() throws Exception {
        try (loop; SipTransport server = server()) {
            CompletableFuture<Void> client = client(server, "TLSv1.3", socket -> {
                socket.setSoLinger(true, 0);
                socket.getOutputStream().write('b');
            });
            loop.await("the end", () -> !told.closes.isEmpty());
            client.get(20, TimeUnit.SECONDS);
            loop.turn(0);
            assertEquals(1, told.closes.size());
        }
    }
}
