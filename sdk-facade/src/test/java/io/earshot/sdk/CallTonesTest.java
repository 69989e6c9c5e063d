package io.earshot.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Account;
import io.earshot.api.AccountConfig;
import io.earshot.api.Call;
import io.earshot.api.CallEvent;
import io.earshot.api.IncomingCall;
import io.earshot.api.Phone;
import io.earshot.api.VoipException;
import io.earshot.api.audio.AudioBridge.Connection;
import io.earshot.api.audio.AudioPort;
import io.earshot.api.audio.CallSounds;
import io.earshot.api.audio.PcmSink;
import io.earshot.api.audio.Playback;
import io.earshot.api.audio.Tone;
import io.earshot.dsp.ToneAnalyzer;
import io.earshot.files.IfExists;
import io.earshot.files.WavWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ringing, ring-back, call waiting, busy tone, hold music. What sounds is seen by the edges into the device. */
@Timeout(30)
class CallTonesTest {
    @TempDir
    private Path folder;

    /** Waits until exactly these sources sound on the device. */
    private static void assertHeard(Phone phone, String... names) {
        List<String> now = List.of();
        for (int turn = 0; turn < 300_000; turn++) {
            now = phone.bridge().connections().stream().filter(edge -> edge.sink() == phone.bridge().device()
                    || edge.sink().name().equals("ringer"))
                    .map(Connection::source).map(AudioPort::name).sorted().toList();
            if (now.equals(List.of(names))) {
                return;
            }
            Thread.onSpinWait();
        }
        assertEquals(List.of(names), now);
    }

    private Path tone(String name, double hz) throws Exception {
        Path file = folder.resolve(name);
        try (WavWriter wav = WavWriter.create(file, 8000, 1, IfExists.FAIL)) {
            short[] pcm = new short[4000];
            for (int i = 0; i < pcm.length; i++) {
                pcm[i] = (short) (8000 * Math.sin(2 * Math.PI * hz * i / 8000));
            }
            wav.write(pcm, 0, pcm.length);
        }
        return file;
    }

    private static short[] read(PcmSink from, int samples) throws InterruptedException {
        short[] out = new short[samples];
        for (int got = 0; got < samples; ) {
            got += from.read(out, got, samples - got);
        }
        return out;
    }

    @Test
    void theCalleeRingsTheCallerHearsRingbackAndASecondCallWaits() throws Exception {
        try (Rig rig = Rig.start()) {
            Phone alices = rig.phone();
            Phone bobs = rig.phone();
            Phone carols = rig.phone();
            for (Phone phone : List.of(alices, bobs, carols)) {
                phone.callSounds(CallSounds.TELEPHONE.withCountry("de"));
            }
            Account alice = alices.register(rig.config("alice"));
            Account bob = bobs.register(rig.config("bob"));
            Account carol = carols.register(rig.config("carol"));
            BlockingQueue<IncomingCall> atBob = Rig.ringing(bob);
            Call call = alice.dial("bob");
            IncomingCall ringing = Rig.next(atBob);
            ringing.ring();
            assertHeard(bobs, "ring");
            assertHeard(alices, "ring-back");
            ringing.answer();
            call.awaitAnswer();
            assertHeard(bobs);
            assertHeard(alices);
            Call second = carol.dial("bob");
            IncomingCall waiting = Rig.next(atBob);
            assertHeard(bobs, "call waiting");
            waiting.reject();
            second.awaitEnd();
            assertHeard(bobs);
            assertHeard(carols, "tone");
        }
    }

    @Test
    void progressRingsWhereItIsTakenForRinging() throws Exception {
        try (Rig rig = Rig.start()) {
            try (WirePeer peer = new WirePeer()) {
                Phone alices = rig.phone();
                alices.callSounds(CallSounds.TELEPHONE.withRingOnProgress(true));
                Call call = alices.addAccount(AccountConfig.of("sip:alice@" + peer.address())).dial("x");
                String invite = peer.request("INVITE");
                assertHeard(alices);
                peer.answer(invite, "183 Session Progress", "a", "", "");
                assertHeard(alices, "ring-back");
                peer.answer(invite, "486 Busy Here", "a", "", "");
                call.awaitEnd();
            }
        }
    }

    @Test
    void theEndOfACallByThePeerIsToldWhereThatIsWanted() throws Exception {
        try (Rig rig = Rig.start()) {
            Phone alices = rig.phone();
            alices.callSounds(CallSounds.NONE.withEnding(CallSounds.Ending.EVERY_CALL));
            Account alice = alices.register(rig.config("alice"));
            BlockingQueue<IncomingCall> atBob = Rig.ringing(rig.registered("bob"));
            Call call = alice.dial("bob");
            Call bobs = Rig.next(atBob).answer();
            call.awaitAnswer();
            assertHeard(alices);
            bobs.hangup();
            assertHeard(alices, "tone");
        }
    }

    @Test
    void aRingtoneOfOnesOwnAndABeepWhenConnected() throws Exception {
        try (Rig rig = Rig.start()) {
            Phone alices = rig.phone();
            Phone bobs = rig.phone();
            Account alice = alices.register(rig.config("alice"));
            Account bob = bobs.register(rig.config("bob"));
            bobs.callSounds(CallSounds.NONE.withRingtone(tone("bell.wav", 800)));
            alices.callSounds(CallSounds.NONE.withConnected(CallSounds.Beep.OUTGOING));
            BlockingQueue<IncomingCall> atBob = Rig.ringing(bob);
            Call call = alice.dial("bob");
            IncomingCall ringing = Rig.next(atBob);
            assertHeard(bobs, "bell.wav");
            ringing.answer();
            call.awaitAnswer();
            assertHeard(alices, "tone");
            assertHeard(alices);
            assertHeard(bobs);
        }
    }

    @Test
    void aPeerOnHoldHearsMusicAndNothingElse() throws Exception {
        try (Rig rig = Rig.start()) {
            Phone phone = rig.phone();
            Rig.Talk talk = Rig.talk(phone.register(rig.config("alice")), rig.registered("bob"));
            phone.callSounds(CallSounds.NONE.withHoldMusic(tone("music.wav", 1100)));
            talk.caller().audio().play(tone("speech.wav", 400), true);
            PcmSink ear = talk.callee().audio().output(8000);
            assertPitch(ear, 400);
            talk.caller().hold();
            assertPitch(ear, 1100);
            talk.caller().resume();
            assertPitch(ear, 400);
            phone.callSounds(CallSounds.NONE);
            talk.caller().audio().play(Tone.of(2000)).close();
            phone.bridge().connect(phone.bridge().tone(Tone.of(1500)), talk.caller().audio().holdPort());
            talk.caller().hold();
            assertPitch(ear, 1500);
        }
    }

    private static void assertPitch(PcmSink ear, double hz) throws InterruptedException {
        double heard = 0;
        for (int round = 0; round < 20 && Math.abs(heard - hz) > 15; round++) {
            heard = ToneAnalyzer.dominantHz(read(ear, 1200), 0, 1200, 8000);
        }
        assertEquals(hz, heard, 15);
    }

    @Test
    void soundsThatCannotBePlayedAreRefusedAndNothingChanges() {
        try (Phone phone = Rig.builder().open()) {
            CallSounds before = phone.callSounds();
            assertEquals(CallSounds.NONE, before);
            Path missing = folder.resolve("missing.wav");
            assertEquals("Cannot play " + missing + ": there is no such file.",
                    Rig.failure(() -> phone.callSounds(CallSounds.NONE.withRingtone(missing))).sentence());
            assertTrue(Rig.failure(() -> phone.callSounds(CallSounds.NONE.withCountry("xx"))).sentence()
                    .startsWith("There are no tones of the country 'XX'; there are AT, AU, "));
            assertEquals(before, phone.callSounds());
        }
    }

    @Test
    void preloadedFilesPlayToTheUserAndAChangedFileIsReadAgain() throws Exception {
        try (Phone phone = Rig.builder().open()) {
            Path file = tone("a.wav", 600);
            phone.bridge().preload(file);
            Playback first = phone.bridge().play(file, false);
            assertTrue(first.done().get(10, TimeUnit.SECONDS));
            Files.delete(file);
            assertThrows(VoipException.class, () -> phone.bridge().play(file, false));
            tone("a.wav", 1000);
            PcmSink ear = phone.bridge().pcmSink(8000, 5000);
            phone.bridge().connect(phone.bridge().file(file, true), ear);
            assertPitch(ear, 1000);
        }
    }

    @Test
    @Tag("rfc3960")
    void earlyMediaSilencesTheRingback() throws Exception {
        try (Rig rig = Rig.start()) {
            Phone alices = rig.phone();
            Account alice = alices.register(rig.config("alice"));
            alices.callSounds(CallSounds.TELEPHONE);
            BlockingQueue<IncomingCall> atBob = Rig.ringing(rig.registered("bob"));
            Call call = alice.dial("bob");
            IncomingCall ringing = Rig.next(atBob);
            ringing.ring();
            assertHeard(alices, "ring-back");
            ringing.startEarlyMedia();
            Rig.await(call, CallEvent.Ringing.class);
            assertHeard(alices);
        }
    }
}
