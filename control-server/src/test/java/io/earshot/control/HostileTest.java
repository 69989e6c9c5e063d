package io.earshot.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.control.Wire.Tcp;
import io.earshot.control.Wire.Udp;
import io.earshot.control.text.Functions;
import io.earshot.control.text.Reading;
import io.earshot.control.text.RequestReader;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Broken, huge, slow and numerous requests: a client in the middle of its work notices nothing, and nothing inside shows. */
@Timeout(120)
class HostileTest {
    private static final ControlConfig CONFIG = ControlConfig.DEFAULT.withPorts(ControlConfig.ANY, ControlConfig.ANY, 0)
            .withNotifications(0, 0, -1);
    private static final List<String> SEEDS = List.of(
            "?function=API_Call&line=-1&peer=1234",
            "BOFCOMMANDBOFLINEfunction=API_CallEOFLINEBOFLINEparam1=-1EOFLINEBOFLINEparam2=1234EOFLINEEOFCOMMAND",
            "BOFCOMMAND BOFLINE API_SendChat EOFLINE BOFLINE -1 EOFLINE BOFLINE bob EOFLINE BOFLINE a\r\nb EOFLINE EOFCOMMAND",
            "API_SetParameters,serveraddress=a CRLF username=b CRLF loglevel=5",
            "API_SendChat,-1,bob,hello, you",
            "{\"function\":\"API_Call\",\"line\":-1,\"peer\":\"1234\",\"x\":[1,{}],\"y\":1e9}",
            "<request><function>API_Call</function><line>-1</line><peer>1&amp;2</peer></request>",
            "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>"
                    + "<API_Call><line>-1</line></API_Call></s:Body></s:Envelope>");
    private static final List<String> HTTP = List.of(
            "GET /?function=API_Call&line=-1&peer=1234 HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 23\r\n\r\n{\"function\":\"API_Test\"}",
            "POST /calls HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n{\"to\":\"x\"}",
            "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n8\r\nAPI_Test\r\n0\r\n\r\n",
            "GET /ws HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n\u0081\u0085aaaabbbbb",
            "DELETE /calls/1 HTTP/1.1\r\nHost: localhost\r\n\r\n");

    private final FakeTarget target = new FakeTarget();
    private ControlServer server = ControlServer.start(CONFIG, target);
    private final Random random = new Random(20_261_121);

    private void restart(ControlConfig config) {
        server.close();
        server = ControlServer.start(config, target);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private byte[] mutated(String seed) {
        byte[] bytes = seed.getBytes(StandardCharsets.ISO_8859_1);
        for (int change = random.nextInt(4); change >= 0; change--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes = java.util.Arrays.copyOf(bytes, at + 1);
                case 2 -> {
                    int length = Math.min(bytes.length - at, 1 + random.nextInt(12));
                    byte[] longer = new byte[bytes.length + length];
                    System.arraycopy(bytes, 0, longer, 0, at + length);
                    System.arraycopy(bytes, at, longer, at + length, bytes.length - at);
                    bytes = longer;
                }
                default -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            }
        }
        return bytes;
    }

    @Test
    void aHundredThousandMutatedTextsAreReadOrRefused() {
        RequestReader reader = new RequestReader(new Functions());
        int read = 0;
        for (int i = 0; i < 100_000; i++) {
            String text = new String(mutated(SEEDS.get(i % SEEDS.size())), StandardCharsets.UTF_8);
            Reading reading = reader.read(text);
            if (reading instanceof Reading.Read command) {
                command.command().named();
                read++;
            } else {
                assertTrue(((Reading.Unreadable) reading).why().length() < 200);
            }
        }
        assertTrue(read > 10_000 && read < 95_000, "read " + read);
    }

    /** Asks something on a connection of its own from time to time, as a program in the middle of a call does. */
    private void stillThere(Tcp bystander, int i) throws IOException {
        assertEquals("call " + i, bystander.ask("API_TestEcho,call " + i + "\r\n"));
    }

    @Test
    void aHundredThousandMutatedRequestsOverTcpLeaveOthersAlone() throws Exception {
        try (Tcp bystander = new Tcp(server.tcpPort())) {
            for (int round = 0; round < 500; round++) {
                try (Tcp attacker = new Tcp(server.tcpPort())) {
                    CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> drain(attacker));
                    for (int i = 0; i < 200; i++) {
                        attacker.socket.getOutputStream().write(mutated(SEEDS.get(i % SEEDS.size())));
                        attacker.send("\r\n");
                    }
                    attacker.socket.shutdownOutput();
                    reading.join();
                } catch (SocketException refused) {
                    // it may be let go in the middle
                }
                stillThere(bystander, round);
            }
        }
    }

    private static void drain(Tcp attacker) {
        try {
            String answers = attacker.rest();
            assertTrue(!answers.contains("Exception") && !answers.contains("\tat "), answers);
        } catch (IOException gone) {
            // let go
        }
    }

    @Test
    void mutatedHttpLeavesOthersAlone() throws Exception {
        try (Tcp bystander = new Tcp(server.tcpPort())) {
            for (int i = 0; i < 1_000; i++) {
                try (Tcp attacker = new Tcp(server.tcpPort())) {
                    for (int burst = 0; burst < 5; burst++) {
                        attacker.socket.getOutputStream().write(mutated(HTTP.get((i + burst) % HTTP.size())));
                    }
                } catch (SocketException refused) {
                    // it may be let go in the middle
                }
                if (i % 100 == 0) {
                    stillThere(bystander, i);
                }
            }
        }
    }

    @Test
    void mutatedDatagramsLeaveOthersAlone() throws Exception {
        try (Tcp bystander = new Tcp(server.tcpPort()); Udp attacker = new Udp()) {
            for (int i = 0; i < 20_000; i++) {
                attacker.send(new String(mutated(SEEDS.get(i % SEEDS.size())), StandardCharsets.UTF_8), server.udpPort());
                if (i % 2_000 == 0) {
                    stillThere(bystander, i);
                }
            }
        }
    }

    @Test
    void aThousandIdleConnectionsCostLittleAndTheNextIsServed() throws Exception {
        List<Tcp> idle = new ArrayList<>();
        try (Tcp bystander = new Tcp(server.tcpPort())) {
            stillThere(bystander, 0);
            System.gc();
            long before = used();
            for (int i = 0; i < 1_000; i++) {
                idle.add(new Tcp(server.tcpPort()));
                idle.get(i).send(i % 3 == 0 ? "" : i % 3 == 1 ? "GET / HT" : "BOFCOMMAND BOFLINE");
            }
            stillThere(bystander, 1);
            try (Tcp next = new Tcp(server.tcpPort())) {
                stillThere(next, 2);
            }
            System.gc();
            long each = (used() - before) / 1_000;
            assertTrue(each < 50_000, "bytes of each idle connection, both ends: " + each);
        } finally {
            for (Tcp one : idle) {
                one.close();
            }
        }
    }

    private static long used() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void connectionsBeyondTheLimitAreClosed() throws Exception {
        restart(CONFIG.withLimits(ControlLimits.DEFAULT.withConnections(2)));
        try (Tcp one = new Tcp(server.tcpPort()); Tcp two = new Tcp(server.tcpPort())) {
            stillThere(one, 1);
            stillThere(two, 2);
            try (Tcp three = new Tcp(server.tcpPort())) {
                assertEquals("END", three.line());
            }
            stillThere(one, 3);
        }
    }

    @Test
    void slowAndSilentClientsAreLetGo() throws Exception {
        restart(CONFIG.withLimits(ControlLimits.DEFAULT.withTimes(Duration.ofMillis(500), Duration.ofMillis(2_500))));
        try (Tcp working = new Tcp(server.tcpPort()); Tcp kept = new Tcp(server.tcpPort())) {
            assertEquals("OK: API_Test succeed", working.ask("API_Test\r\n"));
            kept.send("GET /calls HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertTrue(kept.response().startsWith("HTTP/1.1 200 OK"));
            areLetGo(working, kept);
        }
    }

    private void areLetGo(Tcp working, Tcp kept) throws IOException {
        try (Tcp silent = new Tcp(server.tcpPort()); Tcp slow = new Tcp(server.tcpPort()); Tcp half = new Tcp(server.tcpPort())) {
            slow.send("GET / HTTP/1.1\r\nHost: local");
            half.send("BOFCOMMAND BOFLINE");
            assertEquals("ERROR: a BOFCOMMAND holds lines from BOFLINE to EOFLINE, then EOFCOMMAND", half.line());
            assertEquals("END", slow.line());
            assertEquals("END", silent.line());
            assertEquals("END", kept.line());
            assertEquals("OK: API_Test succeed", working.ask("API_Test\r\n"));
        }
    }

    @Test
    void halfRequestsCannotFillTheMemory() throws Exception {
        restart(CONFIG.withLimits(ControlLimits.DEFAULT.withRequestBytes(200_000).withPendingBytes(400_000)));
        List<Tcp> attackers = new ArrayList<>();
        try (Tcp bystander = new Tcp(server.tcpPort())) {
            int refused = 0;
            for (int i = 0; i < 20; i++) {
                attackers.add(new Tcp(server.tcpPort()));
                attackers.get(i).send((i % 2 == 0 ? "BOFCOMMAND BOFLINE"
                        : "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 200000\r\n\r\n") + "x".repeat(100_000));
                stillThere(bystander, i);
            }
            for (Tcp one : attackers) {
                one.socket.setSoTimeout(200);
                refused += isClosed(one) ? 1 : 0;
            }
            assertTrue(refused >= 15, "refused " + refused);
            try (Tcp large = new Tcp(server.tcpPort())) {
                large.send("API_TestEcho," + "y".repeat(10_000) + "\r\n");
                assertEquals(10_000, large.line().length());
            }
        } finally {
            for (Tcp one : attackers) {
                one.close();
            }
        }
    }

    private static boolean isClosed(Tcp client) {
        try {
            return client.line().equals("END");
        } catch (SocketTimeoutException open) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    @Test
    void whatIsTooLongIsRefusedWithASentence() throws Exception {
        restart(CONFIG.withLimits(ControlLimits.DEFAULT.withRequestBytes(1_000)));
        String sentence = "ERROR: the request is too long: at most 1000 bytes are allowed";
        try (Tcp text = new Tcp(server.tcpPort())) {
            text.send("API_TestEcho," + "x".repeat(1_000));
            assertEquals(sentence, text.line());
            assertEquals("END", text.line());
        }
        try (Tcp http = new Tcp(server.tcpPort())) {
            String answer = http.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1001\r\n\r\n" + "x".repeat(500)).response();
            assertTrue(answer.startsWith("HTTP/1.1 413 ") && answer.endsWith(sentence + "\n"), answer);
        }
        try (Tcp http = new Tcp(server.tcpPort())) {
            String answer = http.send("GET /" + "x".repeat(70_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n").response();
            assertTrue(answer.startsWith("HTTP/1.1 414 "), answer);
        }
        try (Tcp http = new Tcp(server.tcpPort())) {
            String answer = http.send("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(20_000) + "\r\n\r\n").response();
            assertTrue(answer.startsWith("HTTP/1.1 431 "), answer);
        }
    }

    @Test
    void whoTalksOnlyNonsenseIsLetGo() throws Exception {
        try (Tcp client = new Tcp(server.tcpPort())) {
            for (int i = 0; i < 200; i++) {
                assertEquals("ERROR: unknown function x", client.ask("x\n"));
            }
            assertEquals("OK: API_Test succeed", client.ask("API_Test\n"));
            for (int i = 0; i < 200; i++) {
                client.ask("?\n");
            }
            assertEquals("ERROR: too many requests that mean nothing", client.ask("?\n"));
            assertEquals("END", client.line());
        }
    }

    @Test
    void aClientThatDoesNotReadLosesEventsAndIsLetGoWhileOthersGetThem() throws Exception {
        restart(CONFIG.withLimits(new ControlLimits(100_000, 1_000_000, 100, 10_000, Duration.ofSeconds(1), Duration.ofSeconds(5))));
        try (Tcp deaf = new Tcp(server.tcpPort(), 4_096); Tcp reader = new Tcp(server.tcpPort())) {
            deaf.ask("API_Test\r\n");
            reader.ask("API_Test\r\n");
            String text = "x".repeat(2_000);
            for (int i = 0; i < 5_000; i++) {
                server.publish(List.of("EVENT", "EVENT", i + text));
                assertTrue(reader.line().startsWith("WPNOTIFICATION,EVENT,EVENT," + i + "x"));
            }
            assertEquals("last", reader.ask("API_TestEcho,last\r\n"));
            int lines = 0;
            boolean ended = false;
            try {
                while (!ended) {
                    String line = deaf.line();
                    lines++;
                    ended = line.equals("END") || line.contains("notifications were lost");
                }
            } catch (SocketException reset) {
                ended = true;
            }
            assertTrue(ended && lines < 5_000, "lines " + lines);
        }
    }
}
