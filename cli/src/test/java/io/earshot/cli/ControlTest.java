package io.earshot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.AccountConfig;
import io.earshot.api.IncomingCall;
import io.earshot.api.Phone;
import io.earshot.testkit.server.TestSipServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The program, driven over its sockets by something that knows nothing of it but the documented lines. */
@Timeout(60)
class ControlTest {
    private static final InetAddress LOCAL = InetAddress.getLoopbackAddress();

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) {
        PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        return new ClassicProgram(InputStream.nullInputStream(), out, new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(List.of(arguments));
    }

    /** A program as the documents recommend it: bound to the port for notifications, answering where they come from. */
    private static final class Driver implements AutoCloseable {
        final DatagramSocket socket;
        final List<String> told = new ArrayList<>();
        private InetSocketAddress phone;

        Driver() throws IOException {
            socket = new DatagramSocket(new InetSocketAddress(LOCAL, 0));
            socket.setSoTimeout(15_000);
        }

        String receive() throws IOException {
            DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
            socket.receive(packet);
            phone = (InetSocketAddress) packet.getSocketAddress();
            return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
        }

        void until(String text) throws IOException {
            for (String line = ""; !line.contains(text); told.add(plain(line))) {
                line = receive();
            }
        }

        void send(String command) throws IOException {
            byte[] bytes = command.getBytes(StandardCharsets.UTF_8);
            socket.send(new DatagramPacket(bytes, bytes.length, phone));
        }

        /** Type, line and text, and whom a line is about; identifiers, times, counters and names of programs differ from run to run. */
        private static String plain(String line) {
            assertTrue(line.startsWith("APIREQUEST:") || line.startsWith("WPNOTIFICATION,") && line.endsWith(",NEOL\r\n"), line);
            String bare = line.strip().replace("WPNOTIFICATION,", "").replace(",NEOL", "");
            String[] fields = bare.split(",");
            boolean long_ = fields[0].equals("STATUS") && fields.length > 5;
            return long_ ? String.join(",", List.of(fields).subList(0, 6)) : fields[0].equals("CDR")
                    ? String.join(",", List.of(fields).subList(0, 5)) + "," + fields.length : bare.replaceAll("\\s*\\[[^\\]]*]$", "");
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    /** What the sample session prints between start and end, without what only that server says (CREDIT). */
    private static List<String> sample() {
        return List.of("START,api", "START,sip", "STATUS,-1,Initialized", "STATUS,-1,Register...", "EVENT,EVENT,Connecting...",
                "STATUS,-1,Registering...", "STATUS,0,Registering,alice,alice,1", "STATUS,-1,Registered.",
                "EVENT,EVENT,Authenticated successfully.", "STATUS,0,Registered,alice,alice,1", "STATUS,-1,Starting call to bob",
                "EVENT,EVENT,call", "STATUS,-1,Call", "STATUS,-1,Call Initiated", "STATUS,1,CallSetup,bob,alice,1",
                "STATUS,1,InProgress,bob,alice,1", "STATUS,-1,Calling...", "STATUS,1,Ringing,bob,alice,1",
                "STATUS,-1,Ringing...", "STATUS,1,CallConnect,bob,alice,1", "STATUS,1,Speaking,bob,alice,1", "STATUS,-1,Speaking (0 sec)",
                "STATUS,-1,Hangup", "STATUS,-1,Speaking (0 sec)", "EVENT,EVENT,hangup", "STATUS,1,CallDisconnect,bob,alice,1",
                "STATUS,-1,Call Finished",
                "CDR,1,bob,alice,bob,11", "STATUS,1,Finishing,bob,alice,1", "EVENT,EVENT,Call duration: 0 sec",
                "STATUS,1,Finished,bob,alice,1");
    }

    private static List<String> without(List<String> lines, String... beginnings) {
        return lines.stream().filter(line -> List.of(beginnings).stream().noneMatch(line::startsWith)).toList();
    }

    @Test
    void theSampleSessionHappensLineForLineOverUdp() throws Exception {
        try (TestSipServer server = TestSipServer.builder().user("alice", "secret").user("bob", "secret")
                .start(); Driver driver = new Driver();
                Phone phone = Phone.builder().listen(new InetSocketAddress(LOCAL, 0)).open()) {
            phone.register(AccountConfig.of(server.uri("bob"), "secret")).onCall(IncomingCall::answer);
            String host = server.uri("x").substring("sip:x@".length());
            CompletableFuture<Integer> code = CompletableFuture.supplyAsync(() -> run("serveraddress=" + host, "username=alice",
                    "password=secret", "localip=127.0.0.1", "wpapiconnectport=" + driver.socket.getLocalPort()));
            driver.until("STATUS,0,Registered");
            driver.send("?function=API_Call&line=-1&peer=bob");
            driver.until("Speaking (0 sec)");
            driver.send("BOFCOMMANDBOFLINEfunction=API_HangupEOFLINEBOFLINEparam1=-1EOFLINEEOFCOMMAND");
            driver.until("STATUS,1,Finished");
            List<String> told = without(driver.told, "APIREQUEST", "STATUS,1,Routed", "LINE", "VREC");
            assertEquals(String.join("\n", sample()), String.join("\n", told));
            assertEquals(List.of("APIREQUEST:API_CallRPARAM1:-1RPARAM2:bobAPIRESULT:OK: initiated",
                    "APIREQUEST:API_HangupRPARAM1:-1APIRESULT:OK: initiated"),
                    driver.told.stream().filter(line -> line.startsWith("APIREQUEST")).sorted().toList());
            driver.send("API_Exit");
            assertEquals(0, code.get(15, TimeUnit.SECONDS));
        }
    }

    @Test
    void httpSeesTheStateAndEndsTheProgram() throws Exception {
        int port = freePort();
        CompletableFuture<Integer> code;
        try (Driver ear = new Driver()) {
            code = CompletableFuture.supplyAsync(() -> run("localip=127.0.0.1", "register=0", "wpapiudplistenport=0",
                    "wpapilistenport=" + port, "wpapiconnectport=" + ear.socket.getLocalPort()));
            ear.until("Ready");
        }
        String status = get(port, "/status");
        assertEquals("{\"status\":\"Ready\",\"online\":false,\"registered\":false,\"inCall\":\"no\"}", status);
        assertEquals("APIREQUEST:API_ExitAPIRESULT:OK: initiated\r\n", get(port, "/?function=API_Exit"));
        assertEquals(0, code.get(15, TimeUnit.SECONDS));
    }

    /** Ends a wait when the program says where commands are taken. */
    private static final class Announcement extends ByteArrayOutputStream {
        final CountDownLatch made = new CountDownLatch(1);

        @Override
        public void flush() {
            if (toString(StandardCharsets.UTF_8).contains("Commands are taken at")) {
                made.countDown();
            }
        }
    }

    @Test
    void serveTellsItsPortsAndWithPollingThreeEverythingIsFetched() throws Exception {
        int port = freePort();
        Announcement announcement = new Announcement();
        PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        CompletableFuture<Integer> code = CompletableFuture.supplyAsync(() -> new ClassicProgram(InputStream.nullInputStream(), out,
                new PrintStream(announcement, true, StandardCharsets.UTF_8)).serve(List.of("localip=127.0.0.1", "register=0",
                "wpapiudplistenport=0", "wpapilistenport=" + port, "polling=3")));
        assertTrue(announcement.made.await(15, TimeUnit.SECONDS));
        assertEquals("earshot: Commands are taken at TCP and HTTP " + port, announcement.toString(StandardCharsets.UTF_8).strip());
        StringBuilder fetched = new StringBuilder();
        while (fetched.indexOf("Ready") < 0) {
            fetched.append(get(port, "/?function=API_GetNotificationsSync").replace("APIREQUEST:API_GetNotificationsSyncAPIRESULT:", ""));
        }
        assertEquals(List.of("WPNOTIFICATION,START,api,NEOL", "WPNOTIFICATION,START,sip,NEOL",
                "WPNOTIFICATION,STATUS,-1,Initialized,NEOL", "WPNOTIFICATION,STATUS,-1,Ready,NEOL"), fetched.toString().lines().toList());
        get(port, "/?function=API_Exit");
        assertEquals(0, code.get(15, TimeUnit.SECONDS));
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, LOCAL)) {
            return free.getLocalPort();
        }
    }

    private static String get(int port, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    @Test
    void wrongSettingsAreExplained() throws Exception {
        assertEquals(2, run("controlbind=0.0.0.0"));
        assertEquals(2, run("controltoken=short"));
        assertEquals(2, run("controlallow=somewhere"));
        assertEquals(2, run("controltokenfile=no-such-file"));
        assertEquals(2, run("wpapilistenport=99999"));
        assertEquals(List.of("earshot: controlbind=0.0.0.0 lets other machines in: set controltoken to a secret of at least 16 "
                + "characters, or "
                + "bind 127.0.0.1", "earshot: controltoken is too short: at least 16 characters are wanted",
                "earshot: 'somewhere' is no IP address: write 192.168.1.5 or 10.0.0.0/8",
                "earshot: parameter controltokenfile=no-such-file cannot be read: no-such-file",
                "earshot: parameter wpapilistenport=99999: a whole number from 0 to 65535 is wanted"),
                err.toString(StandardCharsets.UTF_8).lines().filter(line -> !line.contains("--help")).toList());
        try (ServerSocket taken = new ServerSocket(0, 1, LOCAL)) {
            err.reset();
            assertEquals(1, run("wpapilistenport=" + taken.getLocalPort()));
            assertTrue(err.toString(StandardCharsets.UTF_8).startsWith("earshot: TCP port " + taken.getLocalPort()), err::toString);
        }
    }
}
