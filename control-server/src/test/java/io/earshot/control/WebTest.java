package io.earshot.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.control.Wire.Tcp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** HTTP in every dialect, REST, server-sent events and WebSocket, with the JDK's client. */
@Timeout(30)
class WebTest {
    private static final ControlConfig CONFIG = ControlConfig.DEFAULT.withPorts(0, ControlConfig.ANY, 0).withNotifications(0, 0, -1);
    private static final String TOKEN = "0123456789abcdef";

    private final FakeTarget target = new FakeTarget();
    private ControlServer server = ControlServer.start(CONFIG, target);
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        server.close();
    }

    private void restart(Access access) {
        server.close();
        server = ControlServer.start(CONFIG.withAccess(Wire.LOCAL, access), target);
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.tcpPort() + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private String post(String type, String accept, String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(to("/").header("Content-Type", type).header("Accept", accept)
                .POST(BodyPublishers.ofString(body)));
        return answer.statusCode() + " " + answer.headers().firstValue("Content-Type").orElse("") + " " + answer.body();
    }

    @Test
    void everyDialectOfHttpIsAnswered() throws Exception {
        String text = "200 text/plain; charset=utf-8 APIREQUEST:API_CallRPARAM1:-1RPARAM2:1234APIRESULT:OK: initiated\r\n";
        HttpResponse<String> get = send(to("/?function=API_Call&line=-1&peer=1234"));
        assertEquals(text, get.statusCode() + " " + get.headers().firstValue("Content-Type").orElse("") + " " + get.body());
        assertEquals(text, post("application/x-www-form-urlencoded", "*/*", "function=API_Call&line=-1&peer=1234"));
        assertEquals(text, post("application/json", "*/*", "{\"function\":\"API_Call\",\"line\":-1,\"peer\":\"1234\"}"));
        assertEquals(text, post("text/plain", "*/*",
                "BOFCOMMAND BOFLINE API_Call EOFLINE BOFLINE -1 EOFLINE BOFLINE 1234 EOFLINE EOFCOMMAND"));
        assertEquals(text, post("application/xml", "text/html,application/xml",
                "<r><function>API_Call</function><line>-1</line><peer>1234</peer></r>"));
        assertEquals("200 application/json {\"function\":\"API_Call\",\"ok\":true,\"result\":\"OK: initiated\",\"value\":true}",
                post("application/json", "application/json", "{\"function\":\"API_Call\",\"param1\":-1,\"param2\":\"1234\"}"));
        assertEquals("200 application/xml; charset=utf-8 <?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<response><function>"
                + "API_Call</function>"
                + "<ok>true</ok><result>OK: initiated</result></response>\n", post("text/xml", "application/xml",
                "<r><function>API_Call</function><line>-1</line><peer>1234</peer></r>"));
        assertTrue(post("application/soap+xml", "*/*", "<e:Envelope xmlns:e=\"http://www.w3.org/2003/05/soap-envelope\"><e:Body><API_Call>"
                + "<line>-1</line><peer>1234</peer></API_Call></e:Body></e:Envelope>")
                .endsWith("<soap:Body><API_CallResponse><result>OK: initiated</result></API_CallResponse></soap:Body></soap:Envelope>\n"));
        assertEquals(8, target.ran.stream().filter("API_Call{line=-1, peer=1234}"::equals).count());
        assertEquals("400 text/plain; charset=utf-8 ERROR: element function is missing\n", post("text/xml", "*/*", "<r/>"));
        assertEquals("one\r\ntwo\r\n", send(to("/?function=API_GetContacts")).body().replace("APIREQUEST:API_GetContactsAPIRESULT:", ""));
        assertEquals(405, send(to("/?function=API_Test").method("PUT", BodyPublishers.noBody())).statusCode());
    }

    @Test
    void notificationsArePolledOrWaitedFor() throws Exception {
        assertEquals("APIREQUEST:API_GetNotificationsAPIRESULT:\r\n", send(to("/?function=API_GetNotifications")).body());
        server.publish(List.of("START", "api"));
        server.publish(List.of("START", "sip"));
        send(to("/?function=API_Test")); // its answer comes after what was published before
        assertEquals("APIREQUEST:API_GetNotificationsAPIRESULT:WPNOTIFICATION,START,api,NEOL\r\nWPNOTIFICATION,START,sip,NEOL\r\n",
                send(to("/?function=API_GetNotifications")).body());
        var waiting = client.sendAsync(to("/?function=API_GetNotificationsSync").build(), BodyHandlers.ofString());
        send(to("/?function=API_Test"));
        server.publish(List.of("STOP", "api"));
        assertTrue(waiting.get(10, TimeUnit.SECONDS).body().endsWith("WPNOTIFICATION,STOP,api,NEOL\r\n"));
        assertEquals("APIREQUEST:API_HTTPKeepAliveAPIRESULT:OK: session kept alive\r\n", send(to("/?function=API_HTTPKeepAlive")).body());
    }

    @Test
    void restDocumentsAndPagesAreServed() throws Exception {
        HttpResponse<String> made = send(to("/calls").POST(BodyPublishers.ofString("{\"to\":\"bob\"}")));
        assertEquals(201, made.statusCode());
        assertEquals("/calls/1", made.headers().firstValue("Location").orElseThrow());
        assertEquals(204, send(to("/calls/1").DELETE()).statusCode());
        assertTrue(send(to("/openapi.json")).body().startsWith("{\"openapi\":\"3.1.0\""));
        assertTrue(send(to("/asyncapi.json")).body().startsWith("{\"asyncapi\":\"3.0.0\""));
        HttpResponse<String> page = send(to("/"));
        assertTrue(page.body().contains("<title>Earshot</title>"), page.body());
        assertTrue(page.headers().firstValue("Content-Security-Policy").orElseThrow().contains("script-src 'self'"));
        assertEquals("text/javascript; charset=utf-8", send(to("/console.js")).headers().firstValue("Content-Type").orElseThrow());
        assertEquals("", send(to("/").method("HEAD", BodyPublishers.noBody())).body());
        assertEquals(404, send(to("/nothing")).statusCode());
    }

    @Test
    void serverSentEventsBeginWhereTheClientLeftOff() throws Exception {
        server.publish(List.of("START", "api"));
        server.publish(List.of("STATUS", "-1", "Registered."));
        send(to("/?function=API_Test"));
        var answer = client.send(to("/events").header("Last-Event-ID", "1").build(), BodyHandlers.ofLines());
        assertEquals("text/event-stream", answer.headers().firstValue("Content-Type").orElseThrow());
        Iterator<String> lines = answer.body().iterator();
        assertEquals(": welcome", lines.next());
        lines.next();
        assertEquals("id: 2", lines.next());
        assertEquals("data: {\"id\":2,\"type\":\"STATUS\",\"fields\":[\"-1\",\"Registered.\"],\"data\":{\"line\":\"-1\",\"status\":"
                + "\"Registered.\"},\"line\":\"WPNOTIFICATION,STATUS,-1,Registered.,NEOL\"}", lines.next());
        lines.next();
        server.publish(List.of("STOP", "api"));
        assertEquals("id: 3", lines.next());
    }

    /** Collects what a WebSocket says. */
    private static final class Heard implements WebSocket.Listener {
        final BlockingQueue<String> texts = new LinkedBlockingQueue<>();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            texts.add(data.toString());
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            texts.add("closed " + status);
            return null;
        }

        String next() throws InterruptedException {
            String text = texts.poll(10, TimeUnit.SECONDS);
            return text == null ? "nothing" : text;
        }
    }

    private WebSocket connect(String path, Heard heard) {
        return client.newWebSocketBuilder().buildAsync(URI.create("ws://127.0.0.1:" + server.tcpPort() + path), heard).join();
    }

    @Test
    void aWebSocketCarriesCommandsAndEvents() throws Exception {
        Heard heard = new Heard();
        WebSocket socket = connect("/ws", heard);
        socket.sendText("{\"id\":7,\"function\":\"API_TestEcho\",\"echo\":\"hello\"}", true).join();
        assertEquals("{\"id\":\"7\",\"function\":\"API_TestEcho\",\"ok\":true,\"result\":\"hello\",\"value\":\"hello\"}", heard.next());
        socket.sendText("API_TestEcho,", false).join();
        socket.sendText("hi", true).join();
        assertEquals("hi", heard.next());
        socket.sendText("{\"id\":\"a\"}", true).join();
        assertEquals("{\"id\":\"a\",\"ok\":false,\"result\":\"ERROR: member function is missing: write {\\\"function\\\":\\\"NAME\\\"}\"}",
                heard.next());
        server.publish(List.of("LINE", "2"));
        assertEquals("{\"id\":1,\"type\":\"LINE\",\"fields\":[\"2\"],\"data\":{\"number\":\"2\"},\"line\":\"WPNOTIFICATION,LINE,2,NEOL\"}",
                heard.next());
        socket.sendBinary(java.nio.ByteBuffer.allocate(3), true).join();
        assertEquals("closed 1003", heard.next());
        Heard lines = new Heard();
        WebSocket classic = connect("/ws?format=lines", lines);
        classic.sendText("API_Test", true).join();
        assertEquals("OK: API_Test succeed", lines.next());
        server.publish(List.of("LINE", "1"));
        assertEquals("WPNOTIFICATION,LINE,1,NEOL", lines.next());
        classic.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        assertEquals("closed 1000", lines.next());
    }

    private String raw(String request) throws IOException {
        try (Tcp plain = new Tcp(server.tcpPort())) {
            return plain.send(request).response();
        }
    }

    @Test
    void pagesOfOtherSitesAndForeignHostsAreRefused() throws Exception {
        String call = "GET /?function=API_Call&line=-1&peer=1 HTTP/1.1\r\n";
        for (String headers : List.of("Host: evil.example.com\r\n", "Host: 127.0.0.1\r\nOrigin: http://evil.example.com\r\n",
                "Host: localhost\r\nOrigin: null\r\n", "Host: localhost\r\nSec-Fetch-Site: cross-site\r\n",
                "Host: localhost\r\nReferer: http://evil.example.com/\r\n")) {
            String answer = raw(call + headers + "\r\n");
            assertTrue(answer.startsWith("HTTP/1.1 403 Forbidden"), answer);
            assertTrue(answer.contains("ERROR: "), answer);
        }
        String socket = raw("GET /ws HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.example.com\r\nConnection: Upgrade\r\n"
                + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        assertTrue(socket.startsWith("HTTP/1.1 403 "), socket);
        assertTrue(raw("OPTIONS /calls HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.example.com\r\n\r\n")
                .startsWith("HTTP/1.1 403 "));
        assertEquals(List.of(), target.ran);
    }

    @Test
    void listedOriginsMayReadAnswers() throws Exception {
        restart(Access.LOCAL.withOrigins(Set.of("http://app.test")));
        String answer = raw("OPTIONS /calls HTTP/1.1\r\nHost: localhost\r\nOrigin: http://app.test\r\n"
                + "Access-Control-Request-Method: POST\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 204 ") && answer.contains("access-control-allow-origin: http://app.test"), answer);
        assertTrue(raw("GET /calls HTTP/1.1\r\nHost: localhost\r\nOrigin: http://app.test\r\n\r\n").endsWith("\n[]"));
    }

    @Test
    void whereATokenIsWantedOnlyThePageComesWithoutIt() throws Exception {
        restart(Access.LOCAL.withToken(TOKEN));
        assertEquals(200, send(to("/")).statusCode());
        for (String path : List.of("/calls", "/?function=API_Test", "/events", "/calls?token=" + TOKEN,
                "/?function=API_Test&token=wrong")) {
            assertEquals(401, send(to(path)).statusCode(), path);
        }
        assertEquals(200, send(to("/calls").header("Authorization", "Bearer " + TOKEN)).statusCode());
        HttpResponse<String> query = send(to("/?function=API_TestEcho&echo=x&token=" + TOKEN));
        assertEquals("APIREQUEST:API_TestEchoRPARAM1:xAPIRESULT:x\r\n", query.body());
        Heard heard = new Heard();
        connect("/ws?token=" + TOKEN, heard).sendText("API_TestEx", true).join();
        assertEquals("42", heard.next());
    }

    @Test
    void requestsInARowAreAnsweredInOrderAndAClientThatSaysNoMoreGetsThem() throws Exception {
        try (Tcp plain = new Tcp(server.tcpPort())) {
            for (int i = 0; i < 5; i++) {
                plain.send("GET /?function=API_TestEcho&echo=" + i + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
            }
            plain.socket.shutdownOutput();
            for (int i = 0; i < 5; i++) {
                assertTrue(plain.response().endsWith("APIRESULT:" + i + "\r\n"));
            }
        }
    }
}
