package io.earshot.upload.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the JDK's own HTTP server. */
@Tag("rfc9110")
class HttpUploaderTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    @TempDir
    private Path folder;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<byte[]> bodies = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Content-Type") + " " + exchange.getRequestHeaders().getFirst("Authorization"));
            bodies.add(exchange.getRequestBody().readAllBytes());
            String path = exchange.getRequestURI().getPath();
            if (path.startsWith("/moved/") || path.startsWith("/login/") || path.startsWith("/away/")) {
                exchange.getResponseHeaders().add("Location", path.startsWith("/moved/") ? "/in/x" : path.startsWith("/login/") ? "/ok"
                        : "http://localhost:" + server.getAddress().getPort() + "/in/x");
                exchange.sendResponseHeaders(path.startsWith("/login/") ? 303 : 307, -1);
                exchange.close();
                return;
            }
            boolean old = exchange.getRequestURI().getPath().startsWith("/old/") && exchange.getRequestMethod().equals("PUT");
            exchange.sendResponseHeaders(old ? 405 : exchange.getRequestURI().getPath().startsWith("/full/") ? 507 : 201, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Path file() throws IOException {
        return Files.write(folder.resolve("a call.wav"), new byte[100_000]);
    }

    private URI target(String path) {
        return URI.create("http://us%40er:se%2Bcret@127.0.0.1:" + server.getAddress().getPort() + path);
    }

    @Test
    void putsTheFileWithCredentialsAndItsType() throws IOException {
        new HttpUploader().upload(file(), target("/in/a%20call.wav"), TIMEOUT);
        assertEquals(List.of("PUT /in/a%20call.wav audio/wav Basic dXNAZXI6c2UrY3JldA=="), requests);
        assertArrayEquals(new byte[100_000], bodies.get(0));
    }

    @Test
    void postsWhereThereIsNoPut() throws IOException {
        new HttpUploader().upload(file(), target("/old/x"), TIMEOUT);
        assertEquals(List.of("PUT", "POST"), requests.stream().map(text -> text.substring(0, text.indexOf(' '))).toList());
        assertEquals(100_000, bodies.get(1).length);
    }

    @Test
    void aRedirectionIsFollowedOnTheSameHostOnly() throws IOException {
        Path file = file();
        new HttpUploader().upload(file, target("/moved/x"), TIMEOUT);
        assertEquals(100_000, bodies.get(1).length);
        assertTrue(requests.get(1).startsWith("PUT /in/x ") && requests.get(1).endsWith("Basic dXNAZXI6c2UrY3JldA=="), requests.get(1));
        IOException login = assertThrows(IOException.class, () -> new HttpUploader().upload(file, target("/login/x"), TIMEOUT));
        assertEquals("the server answered HTTP 303 and names another address, /ok", login.getMessage());
        assertThrows(IOException.class, () -> new HttpUploader().upload(file, target("/away/x"), TIMEOUT));
        assertEquals(4, requests.size(), "neither a GET nor another host");
    }

    @Test
    void aRefusalNamesTheStatusAndNoServerIsAnError() throws IOException {
        Path file = file();
        IOException full = assertThrows(IOException.class, () -> new HttpUploader().upload(file, target("/full/x"), TIMEOUT));
        assertEquals("the server answered HTTP 507", full.getMessage());
        URI gone = target("/x");
        server.stop(0);
        assertThrows(IOException.class, () -> new HttpUploader().upload(file, gone, TIMEOUT));
    }
}
