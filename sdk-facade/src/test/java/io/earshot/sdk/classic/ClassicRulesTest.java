package io.earshot.sdk.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Account;
import io.earshot.api.AccountConfig;
import io.earshot.api.IncomingCall;
import io.earshot.api.Phone;
import io.earshot.api.calls.CallRules;
import io.earshot.api.calls.Dialling;
import io.earshot.api.calls.Redialling;
import io.earshot.api.calls.Screening;
import io.earshot.api.raw.SipReply;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The classic parameters and functions that rule calls. */
@Timeout(30)
class ClassicRulesTest {
    private static ClassicParameters parameters(String... arguments) {
        ClassicParameters.Parsed parsed = ClassicParameters.parse(List.of(arguments));
        assertEquals(List.of(), parsed.problems());
        return parsed.parameters();
    }

    @Test
    void parametersBecomeRules() {
        CallRules rules = ClassicRules.of(parameters("autoignore=2", "blacklist=bob, carol", "rejectcallto=1", "callforwardonbusy=200",
                "callforwardonnoanswer=201", "callforwardonnoanswertimeout=7", "techprefix=9", "numpxrewrite=0;+49", "mustconnect=true",
                "rejectonbusy=1", "maxsimcalls=3", "disablesamecall=2", "serveraddress=pbx", "enabledirectcalls=0"));
        assertEquals(new Screening(Screening.DoNotDisturb.BUSY, List.of("bob", "carol"), Screening.TargetCheck.USER), rules.screening());
        assertEquals(Optional.of("200"), rules.forwarding().onBusy());
        assertEquals(7, rules.forwarding().noAnswerAfter().toSeconds());
        assertEquals(new Dialling(Dialling.Normalise.AUTO, "0;+49", "", "9", Dialling.DirectCalls.USER_ONLY, true,
                Dialling.SameNumber.NOT_TWICE), rules.dialling());
        assertEquals(3, rules.limits().mostCalls());
        assertTrue(!rules.limits().callWaiting());
    }

    @Test
    void b072NothingIsRedialledWhenAllIsOff() {
        assertEquals(Redialling.ALWAYS, ClassicRules.of(parameters()).redialling());
        assertEquals(Redialling.NEVER, ClassicRules.of(parameters("redialonfail=0", "codecretry=false", "callretryonreject=0"))
                .redialling());
        assertEquals(false, ClassicRules.of(parameters("allowrecall=0")).redialling().onNoResponse());
    }

    @Test
    void headersAreLines() {
        assertEquals(Map.of("X-A", "1", "X-B", "2: 3"), ClassicRules.headers("X-A: 1\\r\\nX-B:2: 3\r\n"));
        assertEquals("'nonsense' is no SIP header: write Name: value",
                assertThrows(IllegalArgumentException.class, () -> ClassicRules.headers("nonsense")).getMessage());
    }

    @Test
    void aRawMessageKeepsWhatIsNotTheEnginesOwn() {
        ClassicRules.Raw raw = ClassicRules.raw("FOO sip:bob@x SIP/2.0\r\nVia: x\r\nX-A: 1\r\n"
                + "Content-Type: a/b\r\nCall-ID: 7\r\n\r\nhello");
        assertEquals("sip:bob@x", raw.target());
        assertEquals("FOO", raw.request().method());
        assertEquals(Map.of("X-A", "1"), raw.request().headers());
        assertEquals("a/b hello", raw.request().contentType() + " " + raw.request().body());
        assertTrue(assertThrows(IllegalArgumentException.class, () -> ClassicRules.raw("hello")).getMessage().contains("'hello'"));
    }

    @Test
    void functionsReachThePhone() throws Exception {
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (Phone peer = Phone.builder().listen(any).open();
                ClassicPhone phone = new ClassicPhone(parameters("localip=127.0.0.1", "username=alice", "register=0", "events=2"),
                        notification -> lines.add(notification.line()))) {
            Account bob = peer.addAccount(AccountConfig.of("sip:bob@127.0.0.1"));
            String target = "sip:bob@" + peer.listeningOn().get(0).split(" ")[1];
            BlockingQueue<IncomingCall> calls = new LinkedBlockingQueue<>();
            bob.onCall(calls::add);
            assertTrue(phone.start());
            ClassicCommands commands = new ClassicCommands(phone);
            assertEquals("OK: initiated", commands.run(new ClassicCommand("API_SetSIPHeader", Map.of("line", "-2", "hdr", "X-Mine: 5"))));
            assertEquals("ERROR: failed", commands.run(new ClassicCommand("API_SetSIPHeader", Map.of("line", "-2", "hdr", "bad"))));
            assertEquals("OK: initiated", commands.run(new ClassicCommand("API_Call", Map.of("peer", target))));
            IncomingCall incoming = calls.poll(10, TimeUnit.SECONDS);
            assertEquals(Optional.of("5"), incoming.header("X-Mine"));
            incoming.call().headers(Map.of("X-Theirs", "6"));
            incoming.answer();
            for (String line = ""; !line.contains("CallConnect"); line = lines.poll(10, TimeUnit.SECONDS)) {
                assertTrue(line != null);
            }
            assertEquals("6", commands.run(new ClassicCommand("API_GetSIPHeader", Map.of("line", "-1", "hdr", "x-theirs"))));
            assertTrue(commands.run(new ClassicCommand("API_GetSIPHeader", Map.of("line", "3", "hdr", "x"))).startsWith("ERROR:"));
            commands.run(new ClassicCommand("API_Hangup", Map.of("line", "-1", "reason", "lunch")));
            incoming.call().awaitEnd();
            assertEquals("lunch", incoming.call().details().reasons().get(0).text());
            peer.raw().accept("FOO", request -> SipReply.of(202));
            commands.run(new ClassicCommand("API_SendSIP", Map.of("msg", "FOO " + target + " SIP/2.0\r\nX-A: 1\r\n")));
            for (String line = ""; !line.contains("FOO answered: SIP/2.0 202"); line = lines.poll(10, TimeUnit.SECONDS)) {
                assertTrue(line != null);
            }
            commands.run(new ClassicCommand("API_SetBlacklist", Map.of("str", "x,y")));
            commands.run(new ClassicCommand("API_AddToBlacklist", Map.of("str", "z")));
            assertEquals("x,y,z", commands.run(new ClassicCommand("API_GetBlacklist", Map.of())));
        }
    }
}
