package io.earshot.softphone.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.sdk.window.LineView;
import io.earshot.softphone.FakeHost;
import io.earshot.softphone.model.CallText.Grade;
import io.earshot.softphone.model.ChatLog.From;
import io.earshot.softphone.model.ChatLog.Said;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the window says and does, without any drawing. */
class ModelTest {
    private final FakeHost host = new FakeHost();
    private final List<Snapshot> drawn = new ArrayList<>();
    private final Desk desk = new Desk(host, Runnable::run, drawn::add);

    private Snapshot now() {
        return Snapshot.of(host);
    }

    @Test
    void buttonsFollowTheCall() {
        Buttons idle = Buttons.of(now(), false);
        assertFalse(idle.call() || idle.hangUp() || idle.hold() || idle.mute() || idle.transfer() || idle.conference() || idle.keys());
        assertTrue(Buttons.of(now(), true).call());
        host.calls.add(FakeHost.ringing(1, "bob"));
        Buttons ringing = Buttons.of(now(), false);
        assertTrue(ringing.answers() && ringing.call() && ringing.rejects() && ringing.hangUp());
        assertFalse(ringing.hold() || ringing.transfer());
        host.calls.set(0, FakeHost.talking(1, "bob", "", 4.2));
        Buttons talking = Buttons.of(now(), false);
        assertTrue(talking.hangUp() && talking.hold() && talking.mute() && talking.transfer() && talking.keys());
        assertFalse(talking.answers() || talking.rejects() || talking.held() || talking.muted() || talking.conference());
        assertTrue(Buttons.of(now(), true).conference(), "somebody can be called into it");
        host.calls.set(0, FakeHost.heldAndMuted(host.calls.get(0)));
        assertTrue(Buttons.of(now(), false).held() && Buttons.of(now(), false).muted());
        host.calls.add(FakeHost.talking(2, "carol", "", 4.2));
        assertTrue(Buttons.of(now(), false).conference(), "two calls can be joined");
    }

    @Test
    void buttonsMeanTheCurrentLineElseTheOnlyCall() {
        host.calls.add(FakeHost.talking(2, "bob", "", 4));
        assertEquals(2, now().current().orElseThrow().line());
        host.calls.add(FakeHost.talking(3, "carol", "", 4));
        assertEquals(Optional.empty(), now().current());
        host.current = 3;
        assertEquals("carol", now().current().orElseThrow().peer());
        host.calls.add(FakeHost.ringing(4, "dora"));
        assertEquals(4, now().ringing().orElseThrow().line());
    }

    @Test
    void eachCommandIsAClassicFunction() {
        host.calls.add(FakeHost.talking(2, "bob", "", 4));
        desk.call(" 1234 ");
        desk.redial();
        desk.hold(now());
        desk.mute(now());
        desk.transfer(now(), "carol");
        desk.conference("");
        desk.key('5');
        desk.line(3);
        desk.hangUp(now());
        host.calls.set(0, FakeHost.heldAndMuted(host.calls.get(0)));
        desk.hold(now());
        desk.mute(now());
        host.calls.add(FakeHost.ringing(4, "dora"));
        desk.answer(now());
        desk.hangUp(now());
        desk.chat("bob", "hi, you");
        desk.volume(1, 70);
        desk.device(0, "Headset");
        desk.connect(new Desk.Login("host", "alice", "secret", "", "Alice"));
        desk.connect(new Desk.Login("host", "auth", "secret", "200", ""));
        desk.disconnect();
        assertEquals(List.of("API_Call -1 1234", "API_Call -1", "API_Hold 2 true", "API_Mute 2 true", "API_Transfer 2 carol", "API_Conf",
                "API_Dtmf -1 5", "API_SetLine 3", "API_Hangup 2", "API_Hold 2 false", "API_Mute 2 false", "API_Accept 4", "API_Reject 4",
                "API_SendChat -1 bob  hi, you", "API_SetVolume 1 70", "API_SetAudioDevice 0 Headset 2",
                "API_Register host alice secret  Alice", "API_Register host 200 secret auth", "API_Unregister 0"), host.ran);
        assertTrue(drawn.size() >= 15, "each is shown");
    }

    @Test
    void manyNotificationsAreLookedAtOnce() {
        Deque<Runnable> later = new ArrayDeque<>();
        FakeHost slow = new FakeHost();
        List<Snapshot> seen = new ArrayList<>();
        Desk busy = new Desk(new Delayed(slow, later), Runnable::run, seen::add);
        for (int i = 0; i < 1000; i++) {
            busy.refresh();
        }
        assertEquals(1, later.size());
        later.remove().run();
        busy.refresh();
        assertEquals(1, seen.size());
        assertEquals(1, later.size(), "what comes later is looked at again");
    }

    @Test
    void aCallIsTold() {
        LineView call = FakeHost.talking(1, "bob", "Bob Miller", 4.3);
        assertEquals("Bob Miller (bob)", CallText.who(call));
        assertEquals("bob", CallText.who(FakeHost.talking(1, "bob", "bob", 4.3)));
        assertEquals("03:25", CallText.time(call, FakeHost.ANSWERED.plusSeconds(205)));
        assertEquals("1:02:03", CallText.time(call, FakeHost.ANSWERED.plusSeconds(3723)));
        assertEquals("00:00", CallText.time(call, FakeHost.ANSWERED.minusSeconds(5)), "clocks differ");
        assertEquals("", CallText.time(FakeHost.ringing(1, "bob"), FakeHost.ANSWERED));
        assertEquals("MOS 4.3 · 2.0 % · 7 ms", CallText.quality(call));
        assertEquals("", CallText.quality(FakeHost.ringing(1, "bob")));
        assertEquals(Grade.GOOD, CallText.grade(call));
        assertEquals(Grade.FAIR, CallText.grade(FakeHost.talking(1, "bob", "", 3.4)));
        assertEquals(Grade.POOR, CallText.grade(FakeHost.talking(1, "bob", "", 2)));
        assertEquals(Grade.UNKNOWN, CallText.grade(FakeHost.talking(1, "bob", "", 0)));
    }

    @Test
    void numbersCalledAreKeptNewestFirstEachOnce() {
        History history = new History();
        List.of("1", "2", " 1 ", "", "x".repeat(1000)).forEach(history::add);
        assertEquals(List.of("1", "2"), history.numbers());
        assertEquals(history.numbers(), History.of(history.text()).numbers());
        for (int i = 0; i < 100; i++) {
            history.add("n" + i);
        }
        assertEquals(50, history.numbers().size());
        assertEquals("n99", history.numbers().get(0));
    }

    @Test
    void numbersCalledSurviveWhereThereIsADataFolder() {
        FakeHost kept = new FakeHost("datafolder=x");
        Desk with = new Desk(kept, Runnable::run, drawn::add);
        History history = new History();
        history.add("bob");
        with.keep(history);
        assertEquals(List.of("API_SaveFile softphone-history.txt bob"), kept.ran);
        kept.answers.put("API_LoadFile", "carol\nbob\n");
        List<String> read = new ArrayList<>();
        with.history(known -> read.addAll(known.numbers()));
        assertEquals(List.of("carol", "bob"), read);
        kept.answers.put("API_LoadFile", "ERROR: there is no such file");
        with.history(known -> assertEquals(List.of(), known.numbers()));
        desk.keep(history);
        assertEquals(List.of(), host.ran, "nothing is kept without a data folder");
    }

    @Test
    void chatsAreKeptByPeer() {
        ChatLog log = new ChatLog();
        Texts words = Texts.in("en");
        log.add("bob", From.PEER, ChatLog.plain("_BASE64_YSwgYg=="));
        log.add("bob", From.US, "c");
        assertFalse(log.report("bob", 0, "", words));
        assertTrue(log.report("bob", 2, "", words));
        assertTrue(log.report("bob", 3, "gone", words));
        log.add("carol", From.PEER, ChatLog.plain("_BASE64_***"));
        assertEquals(List.of(new Said(From.PEER, "a, b"), new Said(From.US, "c"), new Said(From.REPORT, "delivered"),
                new Said(From.REPORT, "not delivered: gone")), log.with("bob"));
        assertEquals(List.of(new Said(From.PEER, "_BASE64_***")), log.with("carol"), "what is no base64 stays as it is");
        assertEquals(List.of("bob", "carol"), log.peers());
        for (int i = 0; i < 2000; i++) {
            log.add("bob", From.PEER, "x");
            log.add("stranger" + i, From.PEER, "x");
        }
        assertTrue(log.peers().size() <= 200 && log.with("bob").size() <= 1000, "strangers cannot fill the memory");
    }
}
