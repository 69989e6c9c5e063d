package io.earshot.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.control.Wire.Tcp;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The same port, encrypted for who wants it. */
@Timeout(30)
class TlsTest {
    private static final char[] PASSWORD = "password".toCharArray();

    private final FakeTarget target = new FakeTarget();
    private final KeyStore certificates;
    private final SSLContext trusting;
    private final ControlServer server;

    TlsTest() throws Exception {
        certificates = KeyStore.getInstance("PKCS12");
        try (InputStream file = TlsTest.class.getResourceAsStream("/certificates.p12")) {
            certificates.load(file, PASSWORD);
        }
        KeyStore authorities = KeyStore.getInstance("PKCS12");
        authorities.load(null, PASSWORD);
        authorities.setCertificateEntry("authority", certificates.getCertificate("authority"));
        TrustManagerFactory managers = TrustManagerFactory.getInstance("PKIX");
        managers.init(authorities);
        trusting = SSLContext.getInstance("TLS");
        trusting.init(null, managers.getTrustManagers(), null);
        List<X509Certificate> chain = Arrays.stream(certificates.getCertificateChain("good")).map(X509Certificate.class::cast).toList();
        server = ControlServer.start(ControlConfig.DEFAULT.withPorts(0, ControlConfig.ANY, 0).withNotifications(0, 0, -1)
                .withTls(ControlTls.of((PrivateKey) certificates.getKey("good", PASSWORD), chain)), target);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void textIsUnderstoodEncryptedAndNot() throws Exception {
        try (SSLSocket client = (SSLSocket) trusting.getSocketFactory().createSocket()) {
            client.connect(new InetSocketAddress(Wire.LOCAL, server.tcpPort()), 5_000);
            client.setSoTimeout(10_000);
            client.getOutputStream().write("API_Call,-1, 1234\n".getBytes(StandardCharsets.UTF_8));
            assertEquals("OK: API_Call succeed",
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8)).readLine());
            assertTrue(client.getSession().getProtocol().startsWith("TLSv1."), client.getSession().getProtocol());
        }
        try (Tcp plain = new Tcp(server.tcpPort())) {
            assertEquals("OK: API_Call succeed", plain.ask("API_Call,-1, 1234\n"));
        }
    }

    @Test
    void pagesComeByHttpsAndMayDriveThePhone() throws Exception {
        HttpClient client = HttpClient.newBuilder().sslContext(trusting).build();
        String base = "https://localhost:" + server.tcpPort();
        assertEquals(200, client.send(HttpRequest.newBuilder(URI.create(base + "/status")).build(),
                HttpResponse.BodyHandlers.ofString()).statusCode());
        HttpRequest ofPage = HttpRequest.newBuilder(URI.create(base + "/calls")).header("Origin", base)
                .POST(HttpRequest.BodyPublishers.ofString("{\"to\":\"1002\"}")).build();
        assertTrue(client.send(ofPage, HttpResponse.BodyHandlers.ofString()).statusCode() < 300);
        HttpRequest ofOther = HttpRequest.newBuilder(URI.create(base + "/calls")).header("Origin", "https://elsewhere.example")
                .POST(HttpRequest.BodyPublishers.ofString("{\"to\":\"1002\"}")).build();
        assertEquals(403, client.send(ofOther, HttpResponse.BodyHandlers.ofString()).statusCode());
    }

    @Test
    void webSocketsAreSecured() throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        WebSocket socket = HttpClient.newBuilder().sslContext(trusting).build().newWebSocketBuilder()
                .buildAsync(URI.create("wss://localhost:" + server.tcpPort() + "/ws"), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
                        answer.complete(data.toString());
                        return WebSocket.Listener.super.onText(from, data, last);
                    }
                }).get(10, TimeUnit.SECONDS);
        socket.sendText("{\"id\":7,\"function\":\"API_Call\",\"line\":-1,\"peer\":\"1234\"}", true);
        assertTrue(answer.get(10, TimeUnit.SECONDS).contains("7"), answer::join);
        socket.abort();
    }

    @Test
    void whatLooksLikeTlsAndIsNotIsLetGo() throws Exception {
        try (Socket client = new Socket(Wire.LOCAL, server.tcpPort())) {
            client.setSoTimeout(10_000);
            client.getOutputStream().write(new byte[] {0x16, 'h', 'e', 'l', 'l', 'o', '\n'});
            client.getOutputStream().flush();
            while (client.getInputStream().read() >= 0) {
                assertTrue(target.ran.isEmpty()); // an alert may come
            }
        }
    }

    @Test
    void aKeyWithoutCertificateIsToldOf() throws Exception {
        PrivateKey key = (PrivateKey) certificates.getKey("good", PASSWORD);
        IllegalArgumentException failure = assertThrows(IllegalArgumentException.class, () -> ControlTls.of(key, List.of()));
        assertTrue(failure.getMessage().startsWith("the certificate of the control server cannot be used: "), failure.getMessage());
    }
}
