package io.earshot.sdk.classic;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.testkit.server.TestSipServer;
import io.earshot.testkit.server.TestSipServerBuilder;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import webphone.webphone;

/** Behaviours of accounts, functions and the program; their numbers are those of docs/behaviours.md. */
@Timeout(60)
class BehaviourAccountTest {
    /** Functions that wait for somebody, as documented, or end what the test needs. */
    private static final List<String> WAITING = List.of("API_GetNotificationsSync", "API_Exit", "API_Stop", "API_ReStart");

    private static String secret(String text) {
        return "encrypted__4__" + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ClassicParameters parameters(DatagramSocket server, String more) {
        return ClassicParameters.parse(List.of("serveraddress=127.0.0.1:" + server.getLocalPort(), "username=alice", "password=x",
                "localip=127.0.0.1", "waitforunregister=50", more)).parameters();
    }

    @Test
    void b014ThePhoneThatStartsWithSingleinstanceEndsTheOneBefore(@TempDir Path folder) throws Exception {
        String before = System.setProperty("java.io.tmpdir", folder.toString());
        String[] parameters = {"register=0", "localip=127.0.0.1", "waitforunregister=250", "singleinstance=true", "exitmethod=2"};
        webphone first = new webphone(parameters);
        webphone second = new webphone(parameters);
        try {
            assertTrue(first.API_Start());
            assertTrue(second.API_Start());
            WebphoneRig.await("the end of the first", () -> !first.phone().isStarted());
            assertTrue(second.phone().isStarted());
        } finally {
            System.setProperty("java.io.tmpdir", before);
            first.phone().close();
            second.phone().close();
        }
    }

    @Test
    void b023EachFunctionButTheWaitingOnesReturnsAtOnce() throws Exception {
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            ClassicPhone phone = new ClassicPhone(parameters(silent, "autocfgsave=-2"), told -> { });
            assertTrue(phone.start());
            for (ClassicFunction function : ClassicFunctions.all()) {
                if (!WAITING.contains(function.name())) {
                    // A function that waited for the server would take 32 s.
                    assertTimeoutPreemptively(Duration.ofSeconds(15), () -> ClassicFunctions.run(phone, function.name()), function.name());
                }
            }
            phone.close();
        }
    }

    @Test
    void b025ArgumentsOfAnyFunctionMayBeEncrypted() {
        webphone phone = new webphone();
        assertEquals("a secret", phone.API_TestEcho(secret("a secret")));
        assertTrue(phone.API_SetCredentials("pbx.example", secret("alice"), secret("word")));
        ClassicParameters now = phone.phone().parameters();
        assertEquals("alice word", now.text("username") + " " + now.text("password"));
        assertEquals("", phone.API_TestEcho("encrypted__9__abc"));
        assertTrue(phone.API_GetNotifications().contains("argument echo is encrypted by method 9, whose key this program does not have"));
    }

    @Test
    void b034RegisteringAgainBeginsUnderANewCallIdAndLeavesOneBinding() throws Exception {
        try (WebphoneRig rig = new WebphoneRig().started()) {
            String first = rig.server.bindings("alice").get(0).callId();
            assertTrue(rig.alice.API_Register());
            WebphoneRig.await("a new Call-ID", () -> rig.server.bindings("alice").stream().noneMatch(one -> one.callId().equals(first)));
            assertEquals(1, rig.server.bindings("alice").size());
            String second = rig.server.bindings("alice").get(0).callId();
            assertTrue(rig.alice.API_SetParameter("displayname", "Alice A"));
            assertTrue(rig.alice.API_Register());
            WebphoneRig.await("the other account", () -> rig.server.bindings("alice").stream()
                    .anyMatch(one -> !one.callId().equals(second)));
            WebphoneRig.await("the end of the first account", () -> rig.server.bindings("alice").size() == 1);
            assertNotEquals(second, rig.server.bindings("alice").get(0).callId());
            assertTrue(rig.alice.API_IsRegistered());
        }
    }

    @Test
    void b046UnregisteringWaitsAsLongAsTheParameterSays() throws Exception {
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();
            ClassicPhone phone = new ClassicPhone(parameters(silent, "events=2"), one -> told.add(one.line()));
            assertTrue(phone.start());
            silent.receive(new java.net.DatagramPacket(new byte[2_000], 2_000)); // the REGISTER, which nobody answers
            assertTrue(phone.parts().accounts().unregister(1));
            // Only who has waited in vain says so.
            assertTrue(told.stream().anyMatch(line -> line.contains("The server has not confirmed that we are un-registered.")),
                    told::toString);
            told.clear();
            assertTrue(phone.parts().accounts().unregister(0));
            assertTrue(told.stream().noneMatch(line -> line.contains("has not confirmed")), told::toString);
            phone.close();
        }
    }

    @Test
    void b052NinetyNineAccountsAreRegisteredAtOnce() throws Exception {
        TestSipServerBuilder builder = TestSipServer.builder().user("u1", "secret");
        IntStream.rangeClosed(2, 100).forEach(n -> builder.user("u" + n, "secret"));
        try (TestSipServer server = builder.start()) {
            String host = server.uri("x").substring("sip:x@".length());
            List<String> told = new ArrayList<>();
            ClassicPhone phone = new ClassicPhone(ClassicParameters.parse(List.of("serveraddress=" + host, "username=u1",
                    "password=secret", "localip=127.0.0.1", "waitforunregister=250", "extraregisteraccounts="
                    + IntStream.rangeClosed(2, 100).mapToObj(n -> host + ",u" + n + ",secret").collect(Collectors.joining(";"))))
                    .parameters(), one -> told.add(one.line()));
            assertTrue(phone.start());
            for (int n = 1; n <= 100; n++) {
                String user = "u" + n;
                WebphoneRig.await(user, () -> server.bindings(user).size() == 1);
            }
            assertDoesNotThrow(phone::close);
        }
    }
}
