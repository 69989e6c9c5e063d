package io.earshot.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Account;
import io.earshot.api.Call;
import io.earshot.api.IncomingCall;
import io.earshot.api.Phone;
import io.earshot.api.audio.AudioPort;
import io.earshot.api.audio.Conference;
import io.earshot.api.audio.ConferenceEvent;
import io.earshot.api.audio.PcmSink;
import io.earshot.api.audio.PcmSource;
import io.earshot.api.audio.Supervision;
import io.earshot.api.audio.Tone;
import io.earshot.dsp.ToneAnalyzer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Conferences, listening in, and volumes, with calls over the loopback interface. */
@Timeout(30)
class ConferenceTest {
    private static short[] read(PcmSink from, int samples) throws InterruptedException {
        short[] out = new short[samples];
        for (int got = 0; got < samples; ) {
            int count = from.read(out, got, samples - got);
            assertTrue(count > 0, "the port was closed");
            got += count;
        }
        return out;
    }

    /** Tells whether a tone is in what is heard within three seconds, and goes on being so. */
    private static boolean hears(PcmSink ear, double hz) throws InterruptedException {
        for (int round = 0; round < 15; round++) {
            if (power(read(ear, 1600), hz) > 300) {
                return true;
            }
        }
        return false;
    }

    /** Waits until a tone is no longer heard. */
    private static boolean ceases(PcmSink ear, double hz) throws InterruptedException {
        for (int round = 0; round < 15; round++) {
            if (power(read(ear, 1600), hz) < 60) {
                return true;
            }
        }
        return false;
    }

    private static double power(short[] pcm, double hz) {
        double re = 0;
        double im = 0;
        for (int i = 0; i < pcm.length; i++) {
            re += pcm[i] * Math.cos(2 * Math.PI * hz * i / 8000);
            im += pcm[i] * Math.sin(2 * Math.PI * hz * i / 8000);
        }
        return 2 * Math.hypot(re, im) / pcm.length;
    }

    private static Tone quiet(double hz) {
        return new Tone(hz, 0, -20);
    }

    @Test
    void twoCallsAndALocalUserHearEachOtherAndTheConferenceOutlivesACall() throws Exception {
        try (Rig rig = Rig.start()) {
            Phone phone = rig.phone();
            Account alice = phone.register(rig.config("alice"));
            BlockingQueue<IncomingCall> atBob = Rig.ringing(rig.registered("bob"));
            BlockingQueue<IncomingCall> atCarol = Rig.ringing(rig.registered("carol"));
            Call toBob = alice.dial("bob");
            Call bob = Rig.next(atBob).answer();
            Call toCarol = alice.dial("carol");
            Call carol = Rig.next(atCarol).answer();
            Conference room = phone.bridge().conference("three");
            BlockingQueue<ConferenceEvent> events = new LinkedBlockingQueue<>();
            room.onEvent(event -> {
                if (!(event instanceof ConferenceEvent.Speakers)) {
                    events.add(event);
                }
            });
            AudioPort voice = phone.bridge().tone(quiet(500));
            room.add(voice);
            Conference.Member first = room.add(toBob.awaitAnswer().audio().port());
            room.add(toCarol.awaitAnswer().audio().port());
            bob.audio().play(quiet(900));
            carol.audio().play(quiet(1300));
            PcmSink bobsEar = bob.audio().output(8000);
            PcmSink carolsEar = carol.audio().output(8000);
            assertTrue(hears(bobsEar, 500) && hears(bobsEar, 1300), "bob hears alice and carol");
            assertTrue(hears(carolsEar, 500) && hears(carolsEar, 900), "carol hears alice and bob");
            assertTrue(power(read(bobsEar, 4000), 900) < 60, "bob does not hear himself");
            first.mute(true);
            assertTrue(first.isMuted() && ceases(carolsEar, 900), "bob is muted");
            first.mute(false);
            first.deafen(true);
            assertTrue(ceases(bobsEar, 1300) && hears(carolsEar, 900), "bob is deaf");
            toCarol.hangup();
            toCarol.awaitEnd();
            for (int i = 0; i < 3; i++) {
                assertTrue(Rig.take(events) instanceof ConferenceEvent.Joined);
            }
            assertEquals(toCarol.audio().port(), ((ConferenceEvent.Left) Rig.take(events)).member().port());
            assertEquals(List.of(voice, toBob.audio().port()), room.members().stream().map(Conference.Member::port).toList());
            assertEquals(List.of(room), phone.bridge().conferences());
            room.close();
            assertEquals(List.of(), phone.bridge().conferences());
            assertEquals(Call.State.ESTABLISHED, toBob.state());
            assertThrows(IllegalArgumentException.class, () -> room.add(voice));
        }
    }

    @Test
    void speakersAreToldByName() throws Exception {
        try (Phone phone = Rig.builder().open()) {
            Conference room = phone.bridge().conference("talk");
            PcmSource anna = phone.bridge().pcmSource(16_000, 5000);
            PcmSource bert = phone.bridge().pcmSource(8000, 5000);
            Conference.Member first = room.add(anna);
            assertEquals(first, room.add(anna, Conference.Role.SPEAKER));
            room.add(bert);
            BlockingQueue<ConferenceEvent.Speakers> speakers = new LinkedBlockingQueue<>();
            room.onEvent(event -> {
                if (event instanceof ConferenceEvent.Speakers now) {
                    speakers.add(now);
                }
            });
            short[] loud = new short[8000];
            for (int i = 0; i < loud.length; i++) {
                loud[i] = (short) (8000 * Math.sin(i * 0.3));
            }
            anna.write(loud, 0, loud.length);
            ConferenceEvent.Speakers now = Rig.take(speakers);
            assertEquals(List.of(first), now.speaking());
            assertEquals(anna, now.loudest().orElseThrow().port());
            assertTrue(first.isSpeaking());
            now = Rig.take(speakers);
            assertEquals(List.of(), now.speaking());
            assertFalse(first.isSpeaking());
        }
    }

    @Test
    void listeningInOnACallWithAnAgentOnAnotherCall() throws Exception {
        try (Rig rig = Rig.start()) {
            Phone phone = rig.phone();
            Account desk = phone.register(rig.config("alice"));
            BlockingQueue<IncomingCall> atBob = Rig.ringing(rig.registered("bob"));
            BlockingQueue<IncomingCall> atCarol = Rig.ringing(rig.registered("carol"));
            Call customerCall = desk.dial("bob");
            Call customer = Rig.next(atBob).answer();
            Call agentCall = desk.dial("carol");
            Call agent = Rig.next(atCarol).answer();
            Call bossCall = desk.dial("bob");
            Call boss = Rig.next(atBob).answer();
            for (Call call : List.of(customerCall, agentCall, bossCall)) {
                call.awaitAnswer();
            }
            customerCall.audio().connect(agentCall.audio().port());
            customer.audio().play(quiet(500));
            agent.audio().play(quiet(900));
            boss.audio().play(quiet(1300));
            PcmSink customersEar = customer.audio().output(8000);
            PcmSink agentsEar = agent.audio().output(8000);
            PcmSink bossEar = boss.audio().output(8000);
            assertThrows(IllegalArgumentException.class, () -> customerCall.audio().supervise(bossCall.audio().port(),
                    bossCall.audio().port(), Supervision.Mode.LISTEN));
            Supervision watch = customerCall.audio().supervise(bossCall.audio().port(), agentCall.audio().port(), Supervision.Mode.LISTEN);
            assertTrue(hears(bossEar, 500) && hears(bossEar, 900), "the supervisor hears both");
            assertTrue(power(read(agentsEar, 1600), 1300) < 60 && power(read(customersEar, 1600), 1300) < 60, "and is not heard");
            watch.mode(Supervision.Mode.WHISPER);
            assertTrue(hears(agentsEar, 1300), "the agent hears the whisper");
            read(customersEar, 4000);
            assertTrue(power(read(customersEar, 1600), 1300) < 60, "the customer does not");
            watch.mode(Supervision.Mode.JOIN);
            assertEquals(Supervision.Mode.JOIN, watch.mode());
            assertTrue(hears(customersEar, 1300) && hears(agentsEar, 1300) && hears(bossEar, 900), "everybody hears everybody");
            assertTrue(ceases(bossEar, 1300), "the supervisor does not hear himself");
            watch.close();
            assertTrue(ceases(customersEar, 1300) && ceases(agentsEar, 1300), "the supervisor is gone");
            assertTrue(hears(agentsEar, 500), "the call goes on");
        }
    }

    @Test
    void severalSoundsPlayToOnePeerAtOnceAndEndOneByOne() throws Exception {
        try (Rig rig = Rig.start()) {
            Rig.Talk talk = Rig.talk(rig.registered("alice"), rig.registered("bob"));
            PcmSink ear = talk.callee().audio().output(8000);
            talk.caller().audio().play(quiet(500));
            AudioPort second = talk.caller().audio().play(quiet(1300));
            assertTrue(hears(ear, 500) && hears(ear, 1300) && power(read(ear, 1600), 500) > 300, "both at once");
            second.close();
            assertTrue(ceases(ear, 1300) && hears(ear, 500), "the other goes on");
        }
    }

    @Test
    void volumesOfACallReachBothSides() throws Exception {
        try (Rig rig = Rig.start()) {
            Rig.Talk talk = Rig.talk(rig.registered("alice"), rig.registered("bob"));
            talk.callee().audio().play(Tone.of(700));
            PcmSink ear = talk.caller().audio().output(8000);
            assertTrue(hears(ear, 700));
            double before = power(read(ear, 4000), 700);
            talk.caller().audio().incomingGain(-12);
            read(ear, 800);
            assertEquals(before / 4, power(read(ear, 4000), 700), before / 20);
            talk.callee().audio().outgoingGain(-60);
            assertTrue(ceases(ear, 700));
            talk.callee().audio().outgoingGain(0);
            talk.caller().audio().incomingGain(0);
            assertTrue(hears(ear, 700));
            talk.caller().audio().muteIncoming(true);
            assertTrue(talk.caller().audio().isIncomingMuted() && !talk.caller().audio().isOutgoingMuted());
            assertTrue(ceases(ear, 700));
            assertThrows(IllegalArgumentException.class, () -> talk.caller().audio().incomingGain(21));
            talk.caller().audio().muteIncoming(false);
            assertTrue(hears(ear, 700));
            assertEquals(700, ToneAnalyzer.dominantHz(read(ear, 1600), 0, 1600, 8000), 10);
        }
    }
}
