package io.earshot.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.control.Wire.Tcp;
import io.earshot.control.Wire.Udp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Commands and notifications over UDP and TCP, as programs meet them. */
@Timeout(30)
class ControlServerTest {
    private static final ControlConfig CONFIG = ControlConfig.DEFAULT.withPorts(ControlConfig.ANY, ControlConfig.ANY, ControlConfig.ANY)
            .withNotifications(0, 0, -1);

    private final FakeTarget target = new FakeTarget();
    private ControlServer server = ControlServer.start(CONFIG, target);

    private void restart(ControlConfig config) {
        server.close();
        server = ControlServer.start(config, target);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void everyDialectIsAnsweredOnOneTcpConnection() throws Exception {
        try (Tcp client = new Tcp(server.tcpPort())) {
            assertEquals("APIREQUEST:API_CallRPARAM1:-1RPARAM2:1234APIRESULT:OK: initiated",
                    client.ask("?function=API_Call&line=-1&peer=1234\r\n"));
            assertEquals("APIREQUEST:API_CallRPARAM1:-1RPARAM2:1234APIRESULT:OK: initiated", client.ask(
                    "BOFCOMMANDBOFLINEfunction=API_CallEOFLINEBOFLINEparam1=-1EOFLINEBOFLINEparam2=1234EOFLINEEOFCOMMAND"));
            assertEquals("OK: API_Call succeed", client.ask("API_Call,-1, 1234\n"));
            assertEquals("OK: API_Start succeed", client.ask("API_Start"));
            assertEquals("42", client.ask("API_TestEx\r\n"));
            assertEquals("APIREQUEST:API_GetContactsAPIRESULT:oneCRLFtwo", client.ask("{\"function\":\"API_GetContacts\"}\n"));
            assertEquals("ERROR: not a command: write API_Call,-1,1234 or ?function=API_Call&line=-1&peer=1234", client.ask("what?\n"));
            assertEquals("ERROR: unknown function API_Nothing", client.ask("API_Nothing,1\n"));
        }
        assertEquals(3, target.ran.stream().filter("API_Call{line=-1, peer=1234}"::equals).count());
    }

    @Test
    void theWindowsPortSaysTrueAndFalse() throws Exception {
        try (Tcp client = new Tcp(server.windowsPort())) {
            assertEquals("APIREQUEST: API_Call RPARAM1:-1 RPARAM2:123456 APIRESULT:true", client.ask("BOFCOMMAND BOFLINE function=API_Call "
                    + "EOFLINE BOFLINE line=-1 EOFLINE BOFLINE peer=123456 EOFLINE EOFCOMMAND"));
            assertEquals("ERROR: API_Transfer failed", client.ask("API_Transfer,1,bob\r\n"));
            assertEquals("OK: API_SetParameters succeed", client.ask("API_SetParameters,serveraddress=a CRLF username=b "
                    + "CRLF loglevel=5 \r\n"));
        }
        assertEquals("API_SetParameters{parameters=serveraddress=a\r\nusername=b\r\nloglevel=5}", target.ran.get(2));
    }

    @Test
    void answersKeepTheOrderOfManyRequests() throws Exception {
        try (Tcp client = new Tcp(server.tcpPort())) {
            StringBuilder many = new StringBuilder();
            for (int i = 0; i < 100; i++) {
                many.append("API_TestEcho,").append(i).append('\n');
            }
            client.send(many.toString());
            for (int i = 0; i < 100; i++) {
                assertEquals(Integer.toString(i), client.line());
            }
        }
    }

    @Test
    void notificationsComeOverTheConnectionThatSentACommand() throws Exception {
        try (Tcp client = new Tcp(server.tcpPort()); Tcp silent = new Tcp(server.tcpPort())) {
            client.ask("API_Test\r\n");
            server.publish(List.of("STATUS", "-1", "Registered."));
            assertEquals("WPNOTIFICATION,STATUS,-1,Registered.,NEOL", client.line());
            assertEquals("OK: API_Test succeed", silent.ask("API_Test\r\n"));
            server.publish(List.of("STATUS", "-1", "two\r\nlines"));
            assertEquals("WPNOTIFICATION,STATUS,-1,two  lines,NEOL", silent.line());
        }
    }

    @Test
    void askingForNotificationsEndsTheirSendingOverSockets() throws Exception {
        try (Tcp client = new Tcp(server.tcpPort())) {
            client.ask("API_Test\r\n");
            client.ask("API_GetNotifications\r\n");
            server.publish(List.of("START", "api"));
            server.publish(List.of("START", "sip"));
            client.ask("API_Test\r\n"); // its answer comes after what was published before
            assertEquals("WPNOTIFICATION,START,api,NEOLCRLFWPNOTIFICATION,START,sip,NEOL", client.ask("API_Poll\r\n"));
        }
    }

    @Test
    void aClientThatSaysNoMoreStillGetsItsAnswers() throws Exception {
        try (Tcp client = new Tcp(server.tcpPort())) {
            client.send("API_TestEcho,one\r\nAPI_TestEcho,two");
            client.socket.shutdownOutput();
            assertEquals("one\r\ntwo\r\n", client.rest());
        }
        try (Tcp client = new Tcp(server.tcpPort())) {
            client.send("G");
            client.socket.shutdownOutput();
            assertEquals("ERROR: unknown function G\r\n", client.rest());
        }
    }

    @Test
    void datagramsAreAnsweredAndNotificationsFollowTheLastCommand() throws Exception {
        try (Udp first = new Udp(); Udp second = new Udp()) {
            restart(CONFIG.withNotifications(first.socket.getLocalPort(), 1, -1));
            server.publish(List.of("START", "api"));
            assertEquals("WPNOTIFICATION,START,api,NEOL\r\n", first.receive());
            second.send("?function=API_TestEcho&echo=test", server.udpPort());
            assertEquals("APIREQUEST:API_TestEchoRPARAM1:testAPIRESULT:test", second.receive());
            server.publish(List.of("START", "sip"));
            assertEquals("WPNOTIFICATION,START,sip,NEOL\r\n", second.receive());
            second.send("API_GetContacts", server.udpPort());
            assertEquals("one\r\ntwo", second.receive());
            second.send("?", server.udpPort());
            assertEquals("ERROR: function is missing: write ?function=NAME&parameter=value", second.receive());
        }
    }

    @Test
    void aPortThatIsTakenIsAnErrorForTcpAndAnotherPortForUdp() throws Exception {
        int taken = server.udpPort();
        try (ControlServer other = ControlServer.start(CONFIG.withPorts(taken, 0, 0), target)) {
            assertNotEquals(taken, other.udpPort());
            assertEquals(0, other.tcpPort());
        }
        try (ServerSocket socket = new ServerSocket(0, 1, Wire.LOCAL)) {
            UncheckedIOException failed = assertThrows(UncheckedIOException.class,
                    () -> ControlServer.start(CONFIG.withPorts(0, socket.getLocalPort(), 0), target));
            assertTrue(failed.getMessage().contains("TCP port " + socket.getLocalPort() + " of the control server on 127.0.0.1 cannot be "
                    + "opened"), failed.getMessage());
        }
    }

    @Test
    void whereATokenIsWantedNothingRunsWithoutIt() throws Exception {
        String token = "0123456789abcdef";
        restart(CONFIG.withAccess(Wire.LOCAL, Access.LOCAL.withToken(token)));
        try (Tcp client = new Tcp(server.tcpPort()); Udp datagrams = new Udp()) {
            assertEquals("ERROR: a token is wanted: send ?function=API_Test&token=… first", client.ask("API_Test\n"));
            assertEquals("END", client.line());
            datagrams.send("?function=API_TestEcho&echo=no", server.udpPort());
            datagrams.send("nonsense", server.udpPort());
            datagrams.send("?function=API_TestEcho&echo=yes&token=" + token, server.udpPort());
            assertEquals("APIREQUEST:API_TestEchoRPARAM1:yesAPIRESULT:yes", datagrams.receive());
        }
        try (Tcp client = new Tcp(server.tcpPort())) {
            assertEquals("APIREQUEST:API_TestAPIRESULT:OK: initiated", client.ask("?function=API_Test&token=" + token + "\n"));
            assertEquals("x", client.ask("API_TestEcho,x\n"));
        }
        assertEquals(List.of("API_TestEcho{echo=yes}", "API_Test{}", "API_TestEcho{echo=x}"), target.ran);
    }

    @Test
    void closingEndsEverythingAndMayBeDoneTwice() throws IOException {
        try (Tcp client = new Tcp(server.tcpPort())) {
            client.ask("API_Test\n");
            server.close();
            server.close();
            server.publish(List.of("STOP", "api"));
            assertEquals("END", client.line());
        }
    }
}
