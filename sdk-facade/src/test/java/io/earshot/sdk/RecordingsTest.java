package io.earshot.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Account;
import io.earshot.api.Call;
import io.earshot.api.Phone;
import io.earshot.api.audio.PcmSink;
import io.earshot.api.audio.Recording;
import io.earshot.api.audio.RecordingConfig;
import io.earshot.api.audio.RecordingConfig.Format;
import io.earshot.api.audio.RecordingConfig.Layout;
import io.earshot.api.audio.RecordingConfig.Sync;
import io.earshot.api.audio.RecordingEvent;
import io.earshot.api.audio.RecordingPolicy;
import io.earshot.api.audio.Tone;
import io.earshot.files.SoundFile;
import io.earshot.files.WavReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Recordings by rule, in one channel, with a limit, and what is said when a plug-in is missing. */
@Timeout(30)
class RecordingsTest {
    @TempDir
    private Path folder;

    private static void listen(PcmSink ear, int samples) throws InterruptedException {
        short[] pcm = new short[samples];
        for (int got = 0; got < samples; ) {
            got += ear.read(pcm, got, samples - got);
        }
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

    private static short[] tail(Path wav, int samples) throws Exception {
        SoundFile sound = SoundFile.load(wav);
        short[] pcm = new short[samples];
        sound.copy(sound.samples() - samples, pcm, 0, samples);
        return pcm;
    }

    @Test
    void everyCallIsRecordedUnderItsName() throws Exception {
        try (Rig rig = Rig.start()) {
            Phone phone = rig.phone();
            Account alice = phone.register(rig.config("alice"));
            BlockingQueue<RecordingEvent> events = new LinkedBlockingQueue<>();
            phone.recordings().onEvent(events::add);
            Path calls = folder.resolve("new/calls");
            phone.recordings().policy(RecordingPolicy.into(calls).withAutomatic(true)
                    .withNaming(RecordingPolicy.Naming.TIME_USER_AND_PEER, "rec-"));
            Rig.Talk talk = Rig.talk(alice, rig.registered("bob"));
            RecordingEvent.Started started = (RecordingEvent.Started) Rig.take(events);
            assertTrue(started.automatic() && started.call() == talk.caller());
            assertTrue(started.file().getFileName().toString().matches("rec-\\d{14}-alice-bob\\.wav"), started.toString());
            assertEquals(0, phone.recordings().deleteAll(), "one that grows stays");
            talk.caller().hangup();
            RecordingEvent saved = Rig.take(events);
            assertEquals(new RecordingEvent.Saved(talk.caller(), started.file(), true), saved);
            assertEquals(List.of(calls), List.of(saved.file().getParent()));
            assertEquals(saved.file(), phone.recordings().last().orElseThrow());
            assertEquals(1, phone.recordings().deleteAll());
            assertFalse(Files.exists(saved.file()));
            phone.recordings().clearPolicy();
            assertEquals("There is no policy to record by: set one with recordings().policy(RecordingPolicy.into(folder)).",
                    Rig.failure(() -> phone.recordings().start(talk.caller())).sentence());
        }
    }

    @Test
    void bothSidesInOneChannelFromWhenBothAreThere() throws Exception {
        try (Rig rig = Rig.start()) {
            Phone phone = rig.phone();
            Rig.Talk talk = Rig.talk(phone.register(rig.config("alice")), rig.registered("bob"));
            phone.recordings().policy(RecordingPolicy.into(folder).withConfig(RecordingConfig.DEFAULT.withLayout(Layout.MIXED)));
            Call call = talk.caller();
            call.audio().play(new Tone(500, 0, -20));
            talk.callee().audio().play(new Tone(900, 0, -20));
            PcmSink ear = call.audio().output(8000);
            listen(ear, 4000);
            Recording recording = phone.recordings().start(call);
            assertEquals(recording, phone.recordings().start(call));
            listen(ear, 5000);
            phone.recordings().stop(call);
            Path file = recording.finished().get(5, TimeUnit.SECONDS);
            try (WavReader wav = WavReader.open(file)) {
                assertEquals(1, wav.format().channels());
            }
            short[] pcm = tail(file, 2000);
            assertTrue(power(pcm, 500) > 1000 && power(pcm, 900) > 1000, "both sides");
            // What the peer hears is silent until something is played to it.
            Path stereo = folder.resolve("both.wav");
            call.audio().muteOutgoing(true);
            listen(ear, 800);
            Recording second = call.audio().record(stereo, RecordingConfig.DEFAULT.withSync(Sync.BOTH_SIDES));
            listen(ear, 4000);
            call.audio().muteOutgoing(false);
            listen(ear, 4000);
            second.close();
            second.finished().get(5, TimeUnit.SECONDS);
            try (WavReader wav = WavReader.open(stereo)) {
                assertTrue(wav.frames() > 2000 && wav.frames() < 5500, wav.frames() + " frames");
            }
        }
    }

    @Test
    void faintNoiseStandsForASideWithoutSoundAndALimitEndsIt() throws Exception {
        try (Rig rig = Rig.start()) {
            Rig.Talk talk = Rig.talk(rig.registered("alice"), rig.registered("bob"));
            Path file = folder.resolve("noise.wav");
            Recording recording = talk.caller().audio().record(file,
                    RecordingConfig.DEFAULT.withSync(Sync.NOISE).withLongest(Duration.ofMillis(500)));
            assertEquals(file, recording.finished().get(5, TimeUnit.SECONDS));
            try (WavReader wav = WavReader.open(file)) {
                assertEquals(4000, wav.frames());
                short[] both = new short[8000];
                int got = wav.read(both, 0, both.length);
                int different = 0;
                for (int i = 1; i < got; i += 2) {
                    assertTrue(Math.abs(both[i]) <= 8, "noise of " + both[i]);
                    different += both[i] != 0 ? 1 : 0;
                }
                assertTrue(different > 3000, different + " samples of noise");
            }
            assertEquals(Call.State.ESTABLISHED, talk.caller().state());
        }
    }

    @Test
    void whatIsMissingIsNamed() throws Exception {
        try (Phone phone = Rig.builder().open()) {
            RecordingPolicy policy = RecordingPolicy.into(folder);
            assertEquals("no recording format provider for GSM on the module path; add io.earshot:codec-gsm", Rig.failure(() ->
                    phone.recordings().policy(policy.withConfig(RecordingConfig.DEFAULT.withFormat(Format.GSM)))).sentence());
            assertEquals("no recording format provider for MP3 on the module path; add io.earshot:record-mp3", Rig.failure(() ->
                    phone.recordings().policy(policy.withConfig(RecordingConfig.DEFAULT.withFormat(Format.MP3)))).sentence());
            assertEquals("no upload provider for ftp on the module path; add io.earshot:upload-ftp",
                    Rig.failure(() -> phone.recordings().upload(folder.resolve("a"), URI.create("ftp://h/a"))).sentence());
            assertEquals(List.of(), phone.recordings().waiting());
            Path notAFolder = Files.createFile(folder.resolve("file"));
            assertTrue(Rig.failure(() -> phone.recordings().policy(RecordingPolicy.into(notAFolder))).sentence()
                    .startsWith("Cannot record into the folder " + notAFolder + ": "));
        }
    }
}
