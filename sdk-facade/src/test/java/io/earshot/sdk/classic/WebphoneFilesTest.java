package io.earshot.sdk.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import webphone.webphone;

/** Files and web requests by webphone. */
@Timeout(40)
class WebphoneFilesTest {
    /** A web server that keeps what it is given. */
    private static final class Web implements AutoCloseable {
        final ServerSocket socket = open();
        final Map<String, String> files = new ConcurrentHashMap<>();

        Web() {
            Thread thread = new Thread(this::serve, "test-web");
            thread.setDaemon(true);
            thread.start();
        }

        private static ServerSocket open() {
            try {
                return new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
            } catch (IOException none) {
                throw new IllegalStateException(none);
            }
        }

        String url(String path) {
            return "http://127.0.0.1:" + socket.getLocalPort() + path;
        }

        private void serve() {
            while (!socket.isClosed()) {
                try (Socket one = socket.accept()) {
                    BufferedReader in = new BufferedReader(new InputStreamReader(one.getInputStream(), StandardCharsets.ISO_8859_1));
                    String[] request = in.readLine().split(" ");
                    int length = 0;
                    for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
                        length = line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")
                                ? Integer.parseInt(line.substring(15).strip()) : length;
                    }
                    char[] body = new char[length];
                    for (int n = 0; n < length; n += in.read(body, n, length - n)) {
                        continue;
                    }
                    String answer = answer(request[0], request[1], new String(body));
                    String head = answer == null ? "404 Not Found" : "200 OK";
                    String text = answer == null ? "" : answer;
                    one.getOutputStream().write(("HTTP/1.1 " + head + "\r\nConnection: close\r\nContent-Length: " + text.length()
                            + "\r\n\r\n" + text).getBytes(StandardCharsets.ISO_8859_1));
                } catch (IOException closed) {
                    continue;
                }
            }
        }

        private String answer(String method, String path, String body) {
            if (method.equals("PUT")) {
                files.put(path, body);
                return "";
            }
            return method.equals("POST") ? "posted " + body : files.get(path);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    @Proves({"API_SaveFile", "API_SaveFileRaw", "API_LoadFile"})
    void filesStayInTheFolderAndSecretOnesAreUnreadable(@TempDir Path folder) throws IOException {
        webphone phone = new webphone(new String[] {"datafolder=" + folder});
        assertTrue(phone.API_SaveFileRaw("plain.txt", "héllo"));
        assertEquals("héllo", Files.readString(folder.resolve("plain.txt")));
        assertEquals("héllo", phone.API_LoadFile("plain.txt"));
        assertTrue(phone.API_SaveFile("secret.txt", "a password"));
        assertFalse(new String(Files.readAllBytes(folder.resolve("secret.txt")), StandardCharsets.ISO_8859_1).contains("password"));
        assertEquals("a password", phone.API_LoadFile("secret.txt"));
        assertTrue(phone.API_LoadFile("none.txt").startsWith("ERROR"));
        assertFalse(phone.API_SaveFile("../outside.txt", "x"));
        assertTrue(phone.API_LoadFile("/etc/hostname").startsWith("ERROR"));
        assertFalse(phone.API_SaveFileRaw("", "x"));
        byte[] sealed = Files.readAllBytes(folder.resolve("secret.txt"));
        sealed[sealed.length - 1] ^= 1;
        Files.write(folder.resolve("secret.txt"), sealed);
        assertTrue(phone.API_LoadFile("secret.txt").startsWith("ERROR"), "changed by somebody");
    }

    @Test
    @Proves({"API_HTTPGet", "API_HTTPPost", "API_HTTPReq", "API_HTTPReqAsync", "notification/ANSWER"})
    void webRequestsAreAnswered() throws Exception {
        try (Web web = new Web()) {
            web.files.put("/page", "some text");
            webphone phone = new webphone();
            assertEquals("some text", phone.API_HTTPGet(web.url("/page")));
            assertEquals("some text", phone.API_HTTPReq(web.url("/page")));
            assertEquals("posted a=1", phone.API_HTTPReq(web.url("/page"), "a=1"));
            assertTrue(phone.API_HTTPPost(web.url("/page"), "{}"));
            assertTrue(phone.API_HTTPGet(web.url("/none")).startsWith("ERROR"));
            assertTrue(phone.API_HTTPGet("nonsense").startsWith("ERROR"));
            assertFalse(phone.API_HTTPPost("ftp://x/", "a"));
            assertTrue(phone.API_HTTPReqAsync(web.url("/page"), ""));
            assertEquals("WPNOTIFICATION,ANSWER,some text,NEOL", phone.API_GetNotificationsSync());
        }
    }

    @Test
    @Proves({"API_SaveFileRemote", "API_LoadFileRemote", "API_LoadFileRemoteSync"})
    void filesAreKeptOnAWebServer(@TempDir Path folder) throws Exception {
        try (Web web = new Web()) {
            webphone phone = new webphone(new String[] {"datafolder=" + folder});
            assertFalse(phone.API_SaveFileRemote("book.txt", "pages"), "there is no place yet");
            assertTrue(phone.API_SetParameter("http_addr", web.url("/store/")));
            assertTrue(phone.API_SaveFileRemote("book.txt", "pages"));
            WebphoneRig.await("the file", () -> "pages".equals(web.files.get("/store/book.txt")));
            assertEquals("pages", phone.API_LoadFileRemoteSync("book.txt"));
            assertTrue(phone.API_LoadFileRemote("book.txt"));
            WebphoneRig.await("the copy", () -> phone.API_LoadFile("book.txt").equals("pages"));
            assertTrue(phone.API_LoadFileRemote("none.txt"));
            WebphoneRig.await("the failure", () -> phone.API_LoadFile("none.txt").startsWith("ERROR: the server answered 404"));
            assertFalse(phone.API_LoadFileRemote("../x"));
        }
    }
}
