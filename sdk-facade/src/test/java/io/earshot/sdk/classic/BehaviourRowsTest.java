package io.earshot.sdk.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Account;
import io.earshot.api.AccountConfig;
import io.earshot.api.Call;
import io.earshot.api.CallEvent;
import io.earshot.api.FailOverConfig;
import io.earshot.api.Failure;
import io.earshot.api.IncomingCall;
import io.earshot.api.Phone;
import io.earshot.api.PhoneBuilder;
import io.earshot.api.PhoneEvent;
import io.earshot.api.RegistrationState;
import io.earshot.api.audio.AudioBridge;
import io.earshot.api.audio.AudioSetup;
import io.earshot.api.audio.VoiceProcessing;
import io.earshot.testkit.ManualTicker;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import webphone.webphone;

/** Behaviours of the specification that no other test comes by; their numbers are those of docs/behaviours.md. */
@Timeout(40)
class BehaviourRowsTest {
    private static ClassicParameters parse(String... arguments) {
        ClassicParameters.Parsed parsed = ClassicParameters.parse(List.of(arguments));
        assertEquals(List.of(), parsed.problems());
        return parsed.parameters();
    }

    @ParameterizedTest
    @CsvSource({"javascriptevents, events, 1", "ftpretry, uploadretry, 2", "hasincomigcall, hasincomingcallpopup, 0",
        "haschat, textmessaging, 0", "chatsms, textmessaging, 2", "numpxrewrite, numrewriterules, 0;+49",
        "usecommdevice, usecommdevice, 1"})
    void b015FormerNamesOfParametersAreUnderstood(String former, String name, String value) {
        ClassicParameters parameters = parse(former + "=" + value);
        String now = parameters.text(name);
        assertEquals(value, now.equals("false") ? "0" : now);
    }

    @Test
    void b021FunctionsMayBeCalledByAnyThread() throws Exception {
        webphone phone = new webphone();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Callable<Boolean>> work = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            int thread = i;
            work.add(() -> IntStream.range(0, 25).allMatch(n -> phone.API_AddContact("name " + thread + " " + n + ",sip" + n)
                    && phone.API_SetParameter("ringtimeout", 5000 + n) && !phone.API_GetContacts().isEmpty() && !phone.API_Hangup(-1)
                    && phone.API_IsMuted(1) == -1));
        }
        try {
            for (Future<Boolean> done : threads.invokeAll(work, 20, TimeUnit.SECONDS)) {
                assertTrue(done.get());
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(200, phone.API_GetContacts().split("\r\n").length);
        assertFalse(phone.API_GetNotifications().contains("Exception"));
    }

    @Test
    void b026EmptyArgumentsKeepWhatIsStored() {
        webphone phone = new webphone();
        assertTrue(phone.API_SetCredentials("pbx.example", "alice", "secret"));
        assertTrue(phone.API_SetCredentials("", "bob", ""));
        ClassicParameters now = phone.phone().parameters();
        assertEquals("pbx.example bob secret", now.text("serveraddress") + " " + now.text("username") + " " + now.text("password"));
    }

    @Test
    void b028ASelectionOfAllLinesIsForgottenSoon() {
        ManualTicker ticker = new ManualTicker();
        ClassicLines lines = new ClassicLines(new ClassicPhone(parse(), told -> { }), ticker);
        assertTrue(lines.select(-2));
        assertEquals(-2, lines.selected());
        ticker.advance(Duration.ofMinutes(1));
        assertEquals(1, lines.selected());
    }

    /** B-029, B-030, B-032, B-091, B-114, B-123: two calls on lines of their own, one of them a call that came in. */
    @Test
    void b030CallsThatComeInGetTheFirstFreeLineAndEndWithTheRegistration() throws Exception {
        try (WebphoneRig rig = new WebphoneRig().started()) {
            webphone alice = rig.alice;
            assertFalse(alice.API_MuteEx(-1, true, 0), "there is no call");
            rig.peer("bob");
            Account carol = rig.peer("carol");
            assertTrue(alice.API_Call(-1, "bob"));
            Call bobs = rig.ringing().answer();
            rig.until("Speaking (0 sec)");
            Call carols = carol.dial("alice");
            assertEquals("LINE,2", rig.until("LINE,"));
            rig.until("STATUS,2,Ringing");
            assertTrue(alice.API_Accept(2));
            carols.awaitAnswer();
            rig.until("STATUS,2,Speaking");
            assertEquals(2, alice.API_GetLine());
            assertTrue(apart(rig.alice.phone()), "lines are no conference");
            assertTrue(alice.API_Conf());
            assertFalse(apart(rig.alice.phone()), "they are one now");
            assertTrue(alice.API_ConfEx(-2, "", false));
            assertTrue(alice.API_Hold(-2, true));
            WebphoneRig.await("both on hold", () -> alice.API_IsOnHold(1) == 2 && alice.API_IsOnHold(2) == 2);
            assertTrue(alice.API_Hold(-2, false));
            WebphoneRig.await("both off hold", () -> alice.API_IsOnHold(1) == 0 && alice.API_IsOnHold(2) == 0);
            assertTrue(alice.API_Hangup(1));
            bobs.awaitEnd();
            rig.until("STATUS,1,Finished");
            Call third = rig.peer("dora").dial("alice");
            assertEquals("LINE,1", rig.until("LINE,"));
            assertTrue(alice.API_Unregister(1));
            assertEquals(CallEvent.Side.REMOTE, carols.awaitEnd().endedBy());
            third.awaitEnd();
            WebphoneRig.await("the end of the registration", () -> rig.server.bindings("alice").isEmpty());
        }
    }

    private static boolean apart(ClassicPhone phone) {
        List<Call> calls = phone.parts().lines().all().stream().map(ClassicLine::call).toList();
        assertEquals(2, calls.size());
        AudioBridge bridge = phone.running().orElseThrow().phone().bridge();
        boolean mixed = bridge.conferences().stream().anyMatch(room -> room.members().size() > 1);
        return !mixed && bridge.connections().stream().noneMatch(edge ->
                calls.stream().anyMatch(call -> edge.source() == call.audio().port())
                && calls.stream().anyMatch(call -> edge.sink() == call.audio().port()));
    }

    @Test
    void b051FurtherAccountsCanBeOneParameter() throws Exception {
        try (WebphoneRig rig = new WebphoneRig()) {
            assertTrue(rig.alice.API_SetParameter("extraregisteraccounts",
                    rig.host() + ",bob,bob-secret;" + rig.host() + ",carol,carol-secret"));
            rig.started();
            WebphoneRig.await("bob and carol", () -> rig.server.bindings("bob").size() == 1 && rig.server.bindings("carol").size() == 1);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, USER_ONLY", "1, IP_ADDRESSES", "2, ANY", "3, ANY"})
    void b059EnabledirectcallsSaysWhichAddressesMayBeCalled(int parameter, String wanted) {
        assertEquals(wanted, ClassicRules.of(parse("serveraddress=pbx", "enabledirectcalls=" + parameter)).dialling().directCalls().name());
    }

    @Test
    void b059AnAddressByIpIsCalledAlthoughThereIsAServer() throws Exception {
        BlockingQueue<IncomingCall> calls = new LinkedBlockingQueue<>();
        webphone alice = new webphone(new String[] {"serveraddress=pbx.example", "username=alice", "register=0", "localip=127.0.0.1",
            "waitforunregister=0"});
        try (Phone peer = Phone.builder().listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).open()) {
            peer.addAccount(AccountConfig.of("sip:bob@127.0.0.1")).onCall(calls::add);
            assertTrue(alice.API_Start());
            assertTrue(alice.API_Call(-1, "sip:bob@" + peer.listeningOn().get(0).split(" ")[1]));
            IncomingCall call = calls.poll(10, TimeUnit.SECONDS);
            assertTrue(call != null, alice.API_GetNotifications());
            call.reject();
        } finally {
            alice.phone().close();
        }
    }

    /** B-052 and B-054. */
    @Test
    void b054FurtherAccountsHaveNoProxy() {
        List<String> arguments = new ArrayList<>(List.of("serveraddress=pbx", "username=u1", "proxyaddress=proxy"));
        IntStream.rangeClosed(2, 99).forEach(n -> arguments.add("username" + n + "=u" + n));
        ClassicParameters from = parse(arguments.toArray(String[]::new));
        AccountConfig main = ClassicConfig.of(from).account();
        assertEquals("proxy", main.outboundProxy().orElseThrow());
        List<AccountConfig> more = ExtraAccount.numbered(from, main);
        assertEquals("sip:u99@pbx", more.get(97).address());
        assertTrue(more.stream().allMatch(one -> one.outboundProxy().isEmpty()));
    }

    @Test
    void b062NothingIsToldOfCallsThatARuleDealtWithWhereThatIsWanted() throws Exception {
        try (WebphoneRig rig = new WebphoneRig("autoignore=2", "hideautocall=1").started()) {
            Account bob = rig.peer("bob");
            assertEquals(486, bob.dial("alice").awaitEnd().status());
            assertTrue(rig.alice.API_SetParameter("hideautocall", 0));
            assertEquals(486, bob.dial("alice").awaitEnd().status());
            rig.until("CDR,");
            assertEquals(1, rig.told().stream().filter(line -> line.contains("Calls are not wanted now.")).count(), rig.told()::toString);
        }
    }

    @Test
    void b100TheContentTypeOfInfoIsGuessedUnlessItIsGiven() throws Exception {
        try (WebphoneRig rig = new WebphoneRig().started()) {
            rig.peer("bob");
            assertTrue(rig.alice.API_Call(-1, "bob"));
            Call theirs = rig.ringing().answer();
            rig.until("Speaking (0 sec)");
            for (String text : List.of("{\"a\":1}", "<a/>", "hello", "")) {
                assertTrue(!text.isEmpty() || rig.alice.API_SetParameter("infocontenttype", "text/plain"));
                assertTrue(rig.alice.API_Info(-1, text.isEmpty() ? "<b/>" : text));
                rig.until("INFO,OK");
            }
            theirs.hangup();
            List<String> types = new ArrayList<>();
            for (CallEvent event : theirs.events()) {
                if (event instanceof CallEvent.Info info) {
                    types.add(info.contentType());
                }
            }
            assertEquals(List.of("application/json", "application/xml", "application/octet-stream", "text/plain"), types);
        }
    }

    @ParameterizedTest
    @CsvSource({"aec=1, true, true, true, true", "aec=0, false, false, true, true", "aec2=0, true, false, true, true",
        "denoise=0, true, true, false, true", "agc=0, true, true, true, false", "aectype=none, false, false, true, true"})
    void b156EachStepOfVoiceProcessingHasAParameter(String argument, boolean echo, boolean residue, boolean noise, boolean level) {
        VoiceProcessing wanted = ClassicVoice.processing(parse(argument));
        assertEquals(List.of(echo, residue, noise, level), List.of(wanted.echoCancellation(), wanted.echoSuppression(),
                wanted.noiseSuppression() > 0, wanted.gainControl()));
    }

    @Test
    void b159WhoAsksForTheQualityIsNotToldOfItAnyMore() throws Exception {
        try (WebphoneRig rig = new WebphoneRig("rtpstat=3600").started()) {
            rig.peer("bob");
            assertTrue(rig.alice.API_Call(-1, "bob"));
            rig.ringing().answer();
            rig.until("Speaking (0 sec)");
            rig.alice.phone().parts().reports().onSecond(3600);
            rig.until("RTPSTAT,");
            assertTrue(rig.alice.API_RTPStat().startsWith("RTPSTAT,"));
            rig.alice.phone().parts().reports().onSecond(7200);
            assertTrue(rig.alice.API_Hangup(-1));
            rig.until("STATUS,1,Finished");
            assertEquals(1, rig.told().stream().filter(line -> line.startsWith("RTPSTAT,")).count());
        }
    }

    @Test
    void b162CallsAreMadeWithTheSettingsForSlowMachines() throws Exception {
        try (WebphoneRig rig = new WebphoneRig("use_opus=0", "use_opuswb=0", "use_opusswb=0", "use_opusuwb=0", "use_pcmu=3", "use_pcma=2",
                "use_speexwb=0", "use_g729=1", "cpuspeed=300", "aec=0", "aec2=0", "denoise=0", "agc=0", "silencesuppress=0", "vad=1",
                "audioplaythread=0", "audioplaythread2=0", "audiorecthread=0", "plc=false", "rtcp=false", "voicerecording=0").started()) {
            rig.peer("bob");
            assertTrue(rig.alice.API_Call(-1, "bob"));
            Call theirs = rig.ringing().answer();
            rig.until("Speaking (0 sec)");
            theirs.hangup();
            assertTrue(rig.until("CDR,").contains("BYE bye received"));
        }
        assertFalse(ClassicMedia.settings(parse("rtcp=false")).rtcp());
    }

    @ParameterizedTest
    @CsvSource({"'', true, 1500", "checkmultiarecords=0, false, 1500", "dnscanfailower=0, false, 5000", "dnscanfailower=3, true, 3500"})
    void b184TheNextAddressIsTriedAtARetransmission(String argument, boolean dns, long patience) {
        FailOverConfig config = ClassicConfig.of(argument.isEmpty() ? parse("serveraddress=a") : parse("serveraddress=a", argument))
                .account().failOver();
        assertEquals(dns + " " + patience, config.dns() + " " + config.patience().toMillis());
    }

    @Test
    void b187TheFirstOfTwoServersIsTriedBeforeTheOther() {
        AccountConfig both = ClassicConfig.of(parse("serveraddressfirst=a", "serveraddress=b", "username=x")).account();
        assertEquals("sip:x@a [b]", both.address() + " " + both.failOver().backups());
        assertEquals(List.of(), ClassicConfig.of(parse("serveraddressfirst=a", "serveraddress=b", "username=x", "enablefallback=0"))
                .account().failOver().backups());
    }

    @Test
    void b190ARestartIsNeverSuggestedDuringACall() {
        List<String> told = new ArrayList<>();
        ClassicOnline network = new ClassicOnline(one -> told.add(one.line()));
        assertEquals(0, network.shouldReset());
        network.changed(new PhoneEvent.NetworkChanged(true, List.of()), false);
        assertEquals(List.of(), told);
        assertEquals(2, network.shouldReset());
        network.idle(true);
        network.idle(true);
        assertEquals(List.of("WPNOTIFICATION,SHOULDRESET,network changed,NEOL"), told);
        network.registration(new RegistrationState.Registered(Duration.ofHours(1)));
        assertEquals(0, network.shouldReset());
        network.registration(new RegistrationState.Failed(new Failure.TimedOut("x"), Duration.ZERO));
        assertEquals(1, network.shouldReset());
    }

    @ParameterizedTest
    @CsvSource({"cancloseaudioline=1, IDLE, AUTO", "cancloseaudioline=2, NEVER, AUTO", "singleaudiostream=0, AUTO, NONE",
        "singleaudiostream=2, AUTO, ONE_SPEAKER", "singleaudiostream=4, AUTO, ONE_EACH"})
    void b245LinesStayOpenOrAreOneAsTheParametersSay(String argument, String closing, String limit) {
        List<AudioSetup> setups = new ArrayList<>();
        PhoneBuilder builder = (PhoneBuilder) Proxy.newProxyInstance(BehaviourRowsTest.class.getClassLoader(),
                new Class<?>[] {PhoneBuilder.class}, (self, method, arguments) -> {
                    if (method.getName().equals("audioSetup")) {
                        setups.add((AudioSetup) arguments[0]);
                    }
                    return self;
                });
        ClassicDevices.apply(parse(argument), builder);
        assertEquals(closing + " " + limit, setups.get(0).closing() + " " + setups.get(0).limit());
    }
}
