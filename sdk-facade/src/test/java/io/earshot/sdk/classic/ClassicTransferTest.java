package io.earshot.sdk.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Account;
import io.earshot.api.AccountConfig;
import io.earshot.api.Call;
import io.earshot.api.CallEvent;
import io.earshot.api.IncomingCall;
import io.earshot.api.Phone;
import io.earshot.api.TransferRules;
import io.earshot.api.audio.PcmSink;
import io.earshot.api.audio.Tone;
import io.earshot.dsp.ToneAnalyzer;
import io.earshot.testkit.server.TestSipServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The classic ways to transfer and to mix calls: a classic phone, alice, talks to bob, who comes to talk to carol. */
@Timeout(30)
class ClassicTransferTest {
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final BlockingQueue<IncomingCall> atBob = new LinkedBlockingQueue<>();
    private final BlockingQueue<IncomingCall> atCarol = new LinkedBlockingQueue<>();
    private final List<Phone> phones = new ArrayList<>();
    private TestSipServer server;
    private ClassicPhone alice;
    private Account bob;

    @BeforeEach
    void open() {
        server = TestSipServer.builder().user("alice", "secret").user("bob", "secret").user("carol", "secret").start();
        bob = registered("bob", atBob);
        registered("carol", atCarol);
    }

    private Account registered(String user, BlockingQueue<IncomingCall> calls) {
        Phone phone = Phone.builder().listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .closeTimeout(Duration.ofMillis(250)).open();
        phones.add(phone);
        Account account = phone.register(AccountConfig.of(server.uri(user), "secret"));
        account.onCall(calls::add);
        return account;
    }

    @AfterEach
    void close() {
        alice.close();
        phones.forEach(Phone::close);
        server.close();
    }

    private static Call answered(BlockingQueue<IncomingCall> calls) throws InterruptedException {
        IncomingCall call = calls.poll(10, TimeUnit.SECONDS);
        assertTrue(call != null, "nobody called");
        return call.answer();
    }

    /** Starts the phone and lets it talk to bob; returns bob's end. */
    private Call talk(String... parameters) throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("serveraddress=" + server.uri("x").substring("sip:x@".length()),
                "username=alice", "password=secret", "localip=127.0.0.1", "events=2", "transferdelay=0",
                "waitforunregister=250"));
        arguments.addAll(List.of(parameters));
        ClassicParameters.Parsed parsed = ClassicParameters.parse(arguments);
        assertEquals(List.of(), parsed.problems());
        alice = new ClassicPhone(parsed.parameters(), notification -> lines.add(notification.line()));
        assertTrue(alice.start());
        until("STATUS,0,Registered");
        alice.calls().call(1, "bob");
        Call bobs = answered(atBob);
        until("Speaking (0 sec)");
        return bobs;
    }

    private List<String> until(String text) throws InterruptedException {
        List<String> read = new ArrayList<>();
        for (String line = ""; !line.contains(text); ) {
            line = lines.poll(10, TimeUnit.SECONDS);
            assertTrue(line != null, () -> "no line with '" + text + "' after " + read);
            read.add(line);
        }
        return read;
    }

    private String run(String command) {
        return new ClassicCommands(alice).run(ClassicCommand.parse("?function=" + command).orElseThrow());
    }

    /** Alice is out of it, and bob and carol talk. */
    private static void passedOn(Call bobs) {
        bobs.awaitEnd();
        assertEquals(Call.State.ESTABLISHED, bobs.replacedBy().orElseThrow().awaitAnswer().state());
    }

    @Test
    void type0TransfersNothing() throws Exception {
        Call bobs = talk("transfertype=0");
        assertEquals("ERROR: failed", run("API_Transfer&line=1&peer=carol"));
        until("ERROR,Transfers are switched off; set transfertype to something else than 0.");
        assertEquals(Call.State.ESTABLISHED, bobs.state());
    }

    @Test
    void type1EndsOurCallAsSoonAsThePeerAgrees() throws Exception {
        Call bobs = talk("transfertype=1");
        assertEquals("OK: initiated", run("API_Transfer&line=1&peer=carol"));
        bobs.awaitEnd(); // before carol has answered
        answered(atCarol);
        passedOn(bobs);
        assertTrue(until("CallDisconnect").stream().noneMatch(line -> line.contains(",Hold,")), "alice held bob");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 6})
    void type6HoldsAndEndsOurCallWhenTheTargetHasAnswered(int type) throws Exception {
        Call bobs = talk("transfertype=" + type);
        run("API_Transfer&line=1&peer=carol");
        until("STATUS,1,Hold");
        IncomingCall carols = atCarol.poll(10, TimeUnit.SECONDS);
        assertEquals(Call.State.ESTABLISHED, bobs.state());
        carols.answer();
        until("transfer done: 200");
        passedOn(bobs);
    }

    @Test
    void type7NeitherHoldsNorEndsOurCall() throws Exception {
        Call bobs = talk("transfertype=7");
        bob.transferRules(TransferRules.DEFAULT.withEnding(TransferRules.Ending.NEVER));
        run("API_Transfer&line=1&peer=carol");
        answered(atCarol);
        assertTrue(until("transfer done: 200").stream().noneMatch(line -> line.contains(",Hold,")), "alice held bob");
        assertEquals(Call.State.ESTABLISHED, bobs.state());
        assertEquals(Call.State.ESTABLISHED, bobs.replacedBy().orElseThrow().state());
    }

    /** Begins a transfer with a consultation; returns carol's end of that. */
    private Call consulted() throws InterruptedException {
        run("API_Transfer&line=1&peer=carol");
        Call carols = answered(atCarol);
        until("Speaking (0 sec)");
        return carols;
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void types2And4TransferWhenTheSecondPartyHangsUp(int type) throws Exception {
        Call bobs = talk("transfertype=" + type);
        consulted().hangup();
        answered(atCarol); // by bob
        passedOn(bobs);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5})
    void types3To5TransferWhenWeHangUpTheSecondCall(int type) throws Exception {
        Call bobs = talk("transfertype=" + type);
        Call carols = consulted();
        run("API_Hangup&line=2");
        passedOn(bobs);
        carols.awaitEnd();
        assertEquals(Call.State.ESTABLISHED, carols.replacedBy().orElseThrow().awaitAnswer().state());
        assertTrue(atCarol.isEmpty(), "carol's phone rang again");
    }

    @Test
    void inversetransferAsksTheSecondPartyToTakeOver() throws Exception {
        Call bobs = talk("transfertype=5", "inversetransfer=1");
        Call carols = consulted();
        run("API_Hangup&line=2");
        carols.awaitEnd();
        assertEquals(Call.State.ESTABLISHED, carols.replacedBy().orElseThrow().awaitAnswer().state());
        assertEquals(Call.Direction.OUTGOING, carols.replacedBy().orElseThrow().direction(), "carol was referred, not bob");
        bobs.awaitEnd();
        assertEquals(Call.Direction.INCOMING, bobs.replacedBy().orElseThrow().direction());
    }

    @ParameterizedTest
    @CsvSource({"0, other.example", "1, ours", "2, other.example", "3, ours", "4, ours"})
    void useserverdomainforreferNamesOurServer(int parameter, String host) throws Exception {
        Call bobs = talk("transfertype=1", "useserverdomainforrefer=" + parameter);
        BlockingQueue<String> targets = new LinkedBlockingQueue<>();
        bobs.onEvent(event -> {
            if (event instanceof CallEvent.TransferRequested asked) {
                targets.add(asked.target());
            }
        });
        run("API_Transfer&line=1&peer=sip:carol@other.example");
        String target = targets.poll(10, TimeUnit.SECONDS);
        assertEquals("sip:carol@" + (host.equals("ours") ? server.uri("x").substring("sip:x@".length()) : host), target);
    }

    @ParameterizedTest
    @CsvSource({"-1, Speaking", "2, Speaking", "0, Hold", "1, Finished"})
    void checksubscriptionstateSaysWhatBecomesOfOurCallWhenItsTransferFails(int parameter, String state) throws Exception {
        talk("transfertype=6", "checksubscriptionstate=" + parameter);
        run("API_Transfer&line=1&peer=carol");
        atCarol.poll(10, TimeUnit.SECONDS).reject();
        until("transfer fail");
        if (!state.equals("Hold")) {
            until("STATUS,1," + state);
        } else {
            assertEquals("Hold", ClassicState.line(alice, 1));
        }
    }

    @Test
    void withoutReplacesTheTargetIsCalledAnew() throws Exception {
        Call bobs = talk("transfertype=5", "transfwithreplace=0");
        Call carols = consulted();
        run("API_Hangup&line=2");
        carols.awaitEnd();
        answered(atCarol);
        passedOn(bobs);
    }

    @ParameterizedTest
    @CsvSource({"1", "2"})
    void aConsultationInVainTakesTheFirstCallOffHold(int hold) throws Exception {
        Call bobs = talk("transfertype=5", "holdontransfer=" + hold);
        run("API_Transfer&line=1&peer=carol");
        until("STATUS,1,Hold");
        atCarol.poll(10, TimeUnit.SECONDS).reject();
        until("STATUS,1,Speaking");
        assertEquals(Call.State.ESTABLISHED, bobs.state());
    }

    @Test
    void type8CallsTheTargetIntoAConference() throws Exception {
        Call bobs = talk("transfertype=8");
        run("API_Transfer&line=1&peer=carol");
        hear(bobs, answered(atCarol));
    }

    @Test
    void aConferenceMixesTheCallsThereAre() throws Exception {
        Call bobs = talk();
        assertEquals("ERROR: failed", run("API_Conf&peer="));
        until("ERROR,A conference needs at least two connected calls; there is 1.");
        alice.calls().call(2, "carol");
        Call carols = answered(atCarol);
        until("Speaking (0 sec)");
        assertEquals("OK: initiated", run("API_Conf&peer="));
        hear(bobs, carols);
    }

    @Test
    void aConferenceCallsOneMore() throws Exception {
        Call bobs = talk();
        assertEquals("OK: initiated", run("API_Conf&peer=carol"));
        hear(bobs, answered(atCarol));
    }

    /** Two calls of alice's peers hear each other. */
    private static void hear(Call one, Call other) throws InterruptedException {
        one.audio().play(Tone.of(440));
        other.audio().play(Tone.of(880));
        assertEquals(880, pitch(one), 8);
        assertEquals(440, pitch(other), 8);
    }

    /** What is heard once the sound is there. */
    private static double pitch(Call call) throws InterruptedException {
        PcmSink ear = call.audio().output(8000);
        short[] heard = new short[4000];
        double pitch = 0;
        for (int tries = 0; tries < 20 && pitch < 100; tries++) {
            for (int got = 0; got < heard.length; ) {
                int count = ear.read(heard, got, heard.length - got);
                assertTrue(count > 0, "the call ended");
                got += count;
            }
            pitch = isLoud(heard) ? ToneAnalyzer.dominantHz(heard, 0, heard.length, 8000) : 0;
        }
        return pitch;
    }

    private static boolean isLoud(short[] heard) {
        int loud = 0;
        for (short sample : heard) {
            loud += Math.abs(sample) > 500 ? 1 : 0;
        }
        return loud > heard.length * 3 / 4;
    }

    @Test
    void anEmptyPeerConnectsTheTwoCalls() throws Exception {
        Call bobs = talk();
        assertEquals("ERROR: failed", run("API_Transfer&line=1&peer="));
        until("ERROR,Say whom to transfer to: without a peer there must be two calls, not 1.");
        alice.calls().call(2, "carol");
        Call carols = answered(atCarol);
        until("Speaking (0 sec)");
        assertEquals("OK: initiated", run("API_Transfer&line=1&peer="));
        passedOn(bobs);
        carols.awaitEnd();
    }

    @Test
    void b067AConnectedCallCannotBeForwarded() throws Exception {
        Call bobs = talk();
        assertEquals("ERROR: failed", run("API_Forward&line=1&peer=carol"));
        until("ERROR,The call on line 1 is connected and cannot be forwarded any more; use API_Transfer.");
        assertEquals(Call.State.ESTABLISHED, bobs.state());
        alice.calls().call(2, "carol");
        assertEquals("ERROR: failed", run("API_Forward&line=2&peer=bob"));
        until("ERROR,Only a call that rings here can be forwarded; the call on line 2 does not.");
    }

    @Test
    void b068EveryCallIsTransferred() throws Exception {
        talk("calltransferralways=carol").hangup();
        until("Finished");
        Call call = bob.dial("alice").awaitAnswer();
        answered(atCarol);
        call.awaitEnd();
        assertEquals(Call.State.ESTABLISHED, call.replacedBy().orElseThrow().awaitAnswer().state());
        until("EVENT,Every call is transferred.");
    }

    @Test
    void b058KeysBehindACommaFollowTheAnswerUnlessSwitchedOff() throws Exception {
        talk("dtmfmode=0").hangup();
        until("Finished");
        alice.calls().call(1, "carol,7");
        until("WARNING,Keys are switched off: those behind the comma of carol");
        Call carols = answered(atCarol);
        until("Speaking (0 sec)");
        assertEquals("", carols.postDial());
    }

    @ParameterizedTest
    @CsvSource({"0, false", "2, true"})
    void subscribefortransferAsksForItsProgress(int parameter, boolean asks) throws Exception {
        Call bobs = talk("transfertype=1", "discontransfer=1", "subscribefortransfer=" + parameter);
        List<String> sent = new CopyOnWriteArrayList<>();
        alice.running().orElseThrow().phone().raw().watch(message -> {
            if (message.sent() && message.text().startsWith("SUBSCRIBE ")) {
                sent.add(message.text());
            }
        });
        assertEquals("OK: initiated", run("API_Transfer&line=1&peer=carol"));
        answered(atCarol);
        passedOn(bobs);
        assertEquals(asks ? 1 : 0, sent.size(), sent.toString());
        assertEquals(asks, sent.stream().anyMatch(text -> text.contains("Event: refer")));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void targetsOfAttendedTransfersHaveToKnowReplacesUnlessToldOtherwise(int parameter) throws Exception {
        Call bobs = talk("transfertype=5", "pjsua.PJSUA_XFER_NO_REQUIRE_REPLACES=" + parameter);
        List<String> sent = new CopyOnWriteArrayList<>();
        alice.running().orElseThrow().phone().raw().watch(message -> {
            if (message.sent() && message.text().startsWith("REFER ")) {
                sent.add(message.text());
            }
        });
        consulted();
        run("API_Hangup&line=2");
        passedOn(bobs);
        assertEquals(parameter == 0, sent.get(0).contains("Require=replaces"), sent.toString());
    }
}
