package io.earshot.sdk.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Account;
import io.earshot.api.AccountConfig;
import io.earshot.api.Call;
import io.earshot.api.IncomingCall;
import io.earshot.api.Phone;
import io.earshot.testkit.server.TestSipServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A classic phone at a registrar with a modern phone as its peer: what it says, line by line. */
@Timeout(30)
class ClassicSessionTest {
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<String> told = new ArrayList<>();
    private TestSipServer server;
    private Phone peer;
    private Account bob;
    private ClassicPhone phone;

    @BeforeEach
    void open() {
        server = TestSipServer.builder().user("alice", "alice-secret").user("bob", "bob-secret").start();
        peer = Phone.builder().listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).open();
        bob = peer.register(AccountConfig.of(server.uri("bob"), "bob-secret").withDisplayName("Bob"));
    }

    @AfterEach
    void close() {
        phone.close();
        peer.close();
        server.close();
    }

    private String host() {
        return server.uri("x").substring("sip:x@".length());
    }

    private ClassicCommands start(String... more) {
        List<String> arguments = new ArrayList<>(List.of("serveraddress=" + host(), "username=alice", "password=alice-secret",
                "localip=127.0.0.1", "events=2"));
        arguments.addAll(List.of(more));
        ClassicParameters.Parsed parsed = ClassicParameters.parse(arguments);
        assertEquals(List.of(), parsed.problems());
        phone = new ClassicPhone(parsed.parameters(), notification -> lines.add(notification.line()));
        assertTrue(phone.start());
        return new ClassicCommands(phone);
    }

    /** Reads until a line contains this text, and returns the lines, without the frame and what differs from run to run. */
    private List<String> until(String text) throws InterruptedException {
        List<String> read = new ArrayList<>();
        for (String line = ""; !line.contains(text); ) {
            line = lines.poll(10, TimeUnit.SECONDS);
            assertTrue(line != null, () -> "no line with '" + text + "' after " + told + read);
            read.add(plain(line));
        }
        told.addAll(read);
        return read;
    }

    private String plain(String line) {
        return line.replace("WPNOTIFICATION,", "").replace(",NEOL", "").replace(host(), "SERVER").replaceAll("\\[[a-z0-9]{10,}]", "[ID]")
                .replaceAll("(ep: \\d+) [a-z0-9]+", "$1 ID").replaceAll(",\\d+,\\d+,(\\d,BYE)", ",MS,MS,$1")
                .replaceAll("(CallDisconnect.*,,)\\d+,\\d+,", "$1N,N,")
                // The state of the phone behind it is that of the moment: the call may be connected when its ringing is told.
                .replaceAll("(STATUS,1,Ringing,.*,1,2),2(,0,0,0,0,,,,,,)", "$1,1$2");
    }

    @Test
    @Proves({"status-global/Registering...", "status-global/Registered", "status-global/Starting Call", "status-global/Call",
        "status-global/Call Initiated", "status-global/Calling...", "status-global/Ringing...", "status-global/Hangup",
        "status-global/Call Finished", "status-global/Initialized", "status-line/Register", "status-line/Registered",
        "status-line/CallSetup", "status-line/InProgress", "status-line/Routed", "status-line/CallConnect", "status-line/Speaking",
        "status-line/Finishing", "status-line/Finished", "registration-text/Register...", "registration-text/Registering...",
        "registration-text/Registered", "event-text/Authenticated successfully.", "event-text/Call duration", "status-field/peername",
        "status-field/localname", "status-field/[callid]", "status-field/online", "status-field/incall", "status-field/video",
        "status-field/rtploss", "status-field/rtplosspercent", "status-field/serverstats", "cdr-field/line", "cdr-field/peername",
        "cdr-field/caller", "cdr-field/called", "cdr-field/peeraddress", "cdr-field/connecttime", "cdr-field/duration",
        "cdr-field/discparty", "cdr-field/reasontext"})
    void aCallFromStartToStopReadsLikeTheSampleSession() throws Exception {
        bob.onCall(IncomingCall::answer);
        ClassicCommands commands = start("callto=bob", "autocall=true");
        until("Speaking (0 sec)");
        assertEquals("OK: initiated", commands.run(ClassicCommand.parse("?function=API_Hold&line=-1&state=true").orElseThrow()));
        until("Hold");
        assertEquals("OK: initiated", commands.run(ClassicCommand.parse("?function=API_Hold&line=-1&state=false").orElseThrow()));
        until("Speaking");
        assertEquals("OK: initiated", commands.run(ClassicCommand.parse("?function=API_Hangup&line=-1").orElseThrow()));
        until("STATUS,1,Finished");
        phone.close();
        until("STOP");
        assertEquals(String.join("\n", session()), String.join("\n", told));
        assertEquals(List.of(), server.bindings("alice"));
    }

    private static List<String> session() {
        String call = "bob,alice,1,,[ID],1,2,";
        return List.of(
                "START,api", "START,sip", "STATUS,-1,Initialized", "STATUS,-1,Register...", "EVENT,EVENT,Connecting...",
                "STATUS,-1,Registering...", "STATUS,0,Registering,alice,alice,1,SERVER,[],1,4,0,0,0,0,0,,,,,,",
                "STATUS,-1,Registered.", "EVENT,EVENT,Authenticated successfully.",
                "STATUS,0,Registered,alice,alice,1,SERVER,[],1,2,0,0,0,0,0,,,,,,",
                "STATUS,-1,Starting call to bob", "EVENT,EVENT,call [wpmain]", "STATUS,-1,Call", "STATUS,-1,Call Initiated",
                "STATUS,1,CallSetup," + call + "1,0,0,0,0,,0,0,0,0,", "STATUS,1,Routed," + call + "1,0,0,0,0,,,,,,",
                "STATUS,1,InProgress," + call + "1,0,0,0,0,,,,,,", "STATUS,-1,Calling...",
                "STATUS,1,Ringing," + call + "1,0,0,0,0,,,,,,", "STATUS,-1,Ringing...",
                "STATUS,1,CallConnect," + call + "2,0,0,0,0,,0,0,0,0,", "STATUS,1,Speaking," + call + "2,0,0,0,0,,,,,,",
                "STATUS,-1,Speaking (0 sec)",
                "STATUS,1,Hold," + call + "2,0,2,0,0,,,,,,", "STATUS,1,Speaking," + call + "2,0,0,0,0,,,,,,",
                "STATUS,-1,Hangup", "STATUS,-1,Speaking (0 sec)", "EVENT,EVENT,hangup [wpmain]",
                "STATUS,1,CallDisconnect," + call + "0,0,0,0,0,,N,N,0,0,", "STATUS,-1,Call Finished",
                "CDR,1,bob,alice,bob,SERVER,MS,MS,1,BYE User Hung Up,[ID]", "STATUS,1,Finishing," + call + "0,0,0,0,0,,,,,,",
                "EVENT,EVENT,Call duration: 0 sec [ep: 1 ID]", "STATUS,1,Finished," + call + "0,0,0,0,0,,,,,,",
                "STATUS,0,Unregister,alice,alice,1,SERVER,[],1,6,0,0,0,0,0,,,,,,", "STATUS,-1,Unregistered", "STOP,api");
    }

    @Test
    void anIncomingCallRingsIsAcceptedAndSeesThePeersHold() throws Exception {
        ClassicCommands commands = start();
        until("STATUS,0,Registered");
        Call call = bob.dial("alice");
        List<String> ring = until("Incoming...");
        assertEquals("STATUS,1,CallSetup,bob,alice,2,Bob,[ID],1,2,1,0,0,0,0,,0,0,0,0,", ring.get(0));
        assertEquals("OK: initiated", commands.run(ClassicCommand.parse("?function=API_Accept&line=-1").orElseThrow()));
        until("Speaking (0 sec)");
        call.hold();
        List<String> held = until("Hold");
        assertEquals("STATUS,1,Hold,bob,alice,2,Bob,[ID],1,2,2,0,3,0,0,,,,,,", held.get(held.size() - 1));
        phone.calls().hold(1, true);
        List<String> both = until("Hold");
        assertTrue(both.get(both.size() - 1).contains(",2,0,4,0,0,"), both::toString);
        call.hangup();
        List<String> end = until("CDR");
        assertEquals("CDR,1,bob,bob,alice,SERVER,MS,MS,2,BYE bye received,[ID]", end.get(end.size() - 1));
    }

    @Test
    void aCallCanBeRejectedAndAnotherAcceptedByItself() throws Exception {
        ClassicCommands commands = start();
        until("STATUS,0,Registered");
        Call first = bob.dial("alice");
        until("Incoming...");
        assertEquals("OK: initiated", commands.run(ClassicCommand.parse("?function=API_Reject").orElseThrow()));
        assertEquals(486, first.awaitEnd().status());
        until("STATUS,1,Finished");
        assertEquals(List.of(), phone.lines());
    }

    @Test
    void functionsAnswerAndExplainInsteadOfThrowing() throws Exception {
        ClassicCommands commands = start("register=0");
        for (String line : List.of("?function=API_Hangup&line=3", "?function=API_Accept", "?function=API_Hold",
                "?function=API_Call&peer=")) {
            assertEquals("ERROR: failed", commands.run(ClassicCommand.parse(line).orElseThrow()), line);
        }
        assertEquals("ERROR: unknown function API_Fly", commands.run(ClassicCommand.parse("?function=API_Fly").orElseThrow()));
        until("ERROR,There is no such call on line 3.");
        until("ERROR,There is no such call.");
        until("ERROR,There is no number to redial: nothing has been called yet.");
    }

    @Test
    void aRefusedRegistrationSaysWhyAndCallsAllTheSame() throws Exception {
        bob.onCall(IncomingCall::answer);
        start("password=wrong", "callto=nobody", "autocall=true");
        until("STATUS,-1,Authentication failed");
        assertEquals(List.of("EVENT,ERROR,Authentication failed: the server rejected user alice or its password for realm 'test'."),
                until("ERROR"));
        List<String> end = until("CDR");
        assertTrue(end.get(end.size() - 1).contains("authentication failed"), end::toString);
    }

    @Test
    void aPhoneThatCannotStartSaysWhyAndLeavesNothingOpen() throws Exception {
        ClassicParameters parameters = ClassicParameters.parse(List.of("serveraddress=" + host(), "username=alice",
                "audiosource=file:no-such-file.wav")).parameters();
        phone = new ClassicPhone(parameters, notification -> lines.add(notification.line()));
        assertFalse(phone.start());
        until("ERROR,Cannot play no-such-file.wav: there is no such file.");
        assertFalse(phone.calls().call(-1, "bob"));
        until("ERROR,The phone is not started.");
    }
}
