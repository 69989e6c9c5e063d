package io.earshot.sdk.internal.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Failure;
import io.earshot.api.Phone;
import io.earshot.api.VoipException;
import io.earshot.api.audio.AudioDevices;
import io.earshot.api.audio.AudioPort;
import io.earshot.api.audio.Conference;
import io.earshot.api.audio.PcmSink;
import io.earshot.api.audio.PcmSource;
import io.earshot.api.audio.Playback;
import io.earshot.api.audio.Recording;
import io.earshot.api.audio.Tone;
import io.earshot.api.audio.VoiceProcessing;
import io.earshot.api.time.Ticker;
import io.earshot.dsp.ToneAnalyzer;
import io.earshot.files.IfExists;
import io.earshot.files.SoundFile;
import io.earshot.files.WavWriter;
import io.earshot.testkit.audio.FakeAudioBackend;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The ports that are not calls, on a running bridge. */
@Timeout(30)
class RoomTest {
    private final FakeAudioBackend device = new FakeAudioBackend(Ticker.system());
    @TempDir
    private Path folder;
    private Phone phone;

    @BeforeEach
    void open() {
        phone = Phone.builder().listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).audio(device.provider())
                .voice(VoiceProcessing.NONE).open();
    }

    @AfterEach
    void close() {
        phone.close();
    }

    private static short[] sine(int rate, double hz, int samples) {
        short[] pcm = new short[samples];
        for (int i = 0; i < samples; i++) {
            pcm[i] = (short) (8000 * Math.sin(2 * Math.PI * hz * i / rate));
        }
        return pcm;
    }

    private static short[] read(PcmSink from, int samples) throws InterruptedException {
        short[] out = new short[samples];
        for (int got = 0; got < samples; ) {
            got += from.read(out, got, samples - got);
        }
        return out;
    }

    private static double pitch(short[] pcm, int rate) {
        return ToneAnalyzer.dominantHz(pcm, 0, pcm.length, rate);
    }

    @Test
    void aToneIsHeardAtEveryRate() throws Exception {
        AudioPort tone = phone.bridge().tone(Tone.of(1000));
        for (int rate : new int[] {8000, 16_000, 24_000, 48_000}) {
            PcmSink ear = phone.bridge().pcmSink(rate, 2000);
            phone.bridge().connect(tone, ear);
            read(ear, rate / 5);
            assertEquals(1000, pitch(read(ear, rate / 4), rate), 6);
            ear.close();
        }
    }

    @Test
    void aFilePlaysOnceAndSaysWhenItIsDone() throws Exception {
        Path wav = folder.resolve("voice.wav");
        write(wav, sine(22_050, 500, 22_050 / 5), 22_050);
        Playback playback = phone.bridge().file(wav, false);
        PcmSink ear = phone.bridge().pcmSink(8000, 2000);
        phone.bridge().connect(playback, ear);
        assertTrue(playback.done().get(10, TimeUnit.SECONDS));
        short[] heard = read(ear, 1600);
        assertEquals(500, pitch(heard, 8000), 10);
        assertEquals(List.of(ear), phone.bridge().ports());
    }

    private static void write(Path wav, short[] pcm, int rate) throws IOException {
        try (WavWriter out = WavWriter.create(wav, rate, 1, IfExists.FAIL)) {
            out.write(pcm, 0, pcm.length);
        }
    }

    @Test
    void aFileThatIsClosedSaysSoAndOneThatRepeatsGoesOn() throws Exception {
        Path wav = folder.resolve("short.wav");
        write(wav, sine(8000, 700, 800), 8000);
        Playback playback = phone.bridge().file(wav, true);
        PcmSink ear = phone.bridge().pcmSink(8000, 2000);
        phone.bridge().connect(playback, ear);
        read(ear, 1600);
        assertEquals(700, pitch(read(ear, 1600), 8000), 10);
        playback.close();
        playback.close();
        assertFalse(playback.done().get(5, TimeUnit.SECONDS));
    }

    @Test
    void aRecordingHoldsWhatWasHeard() throws Exception {
        Path wav = folder.resolve("taken.wav");
        Recording recording = phone.bridge().recorder(wav, 16_000);
        AudioPort tone = phone.bridge().tone(Tone.of(900));
        PcmSink clock = phone.bridge().pcmSink(8000, 2000);
        phone.bridge().connect(tone, recording);
        phone.bridge().connect(tone, clock);
        read(clock, 2400);
        recording.close();
        assertEquals(wav, recording.finished().get(5, TimeUnit.SECONDS));
        SoundFile sound = SoundFile.load(wav);
        assertEquals(16_000, sound.sampleRate());
        assertTrue(sound.samples() >= 4000, () -> sound.samples() + " samples");
        short[] pcm = new short[3200];
        sound.copy(sound.samples() - 3200, pcm, 0, 3200);
        assertEquals(900, pitch(pcm, 16_000), 10);
        Failure again = assertThrows(VoipException.class, () -> phone.bridge().recorder(wav, 8000)).failure();
        assertEquals("Cannot record to " + wav + ": the file exists already.", again.sentence());
    }

    @Test
    void aProgramIsPacedByTheSoundItWrites() throws Exception {
        PcmSource mouth = phone.bridge().pcmSource(8000, 100);
        PcmSink ear = phone.bridge().pcmSink(8000, 2000);
        phone.bridge().connect(mouth, ear);
        assertEquals(800, mouth.offer(new short[1000], 0, 1000));
        assertTrue(mouth.queued() > 0);
        long began = Ticker.system().now();
        mouth.write(sine(8000, 600, 2400), 0, 2400);
        mouth.drained().get(5, TimeUnit.SECONDS);
        assertTrue(began >= 0);
        assertEquals(0, mouth.queued());
        assertEquals(600, pitch(java.util.Arrays.copyOfRange(read(ear, 3200), 800, 3200), 8000), 10);
    }

    @Test
    void clearingDropsWhatWasNotPlayedAndEndsTheWait() throws Exception {
        PcmSource mouth = phone.bridge().pcmSource(8000, 60_000);
        mouth.offer(new short[400_000], 0, 400_000);
        var drained = mouth.drained();
        assertTrue(mouth.clear() > 300_000);
        drained.get(5, TimeUnit.SECONDS);
        mouth.close();
        assertThrows(IllegalStateException.class, () -> mouth.write(new short[1], 0, 1));
        assertEquals(0, mouth.offer(new short[1], 0, 1));
    }

    @Test
    void aSlowReaderLosesTheOldest() throws Exception {
        PcmSink slow = phone.bridge().pcmSink(8000, 40);
        PcmSink clock = phone.bridge().pcmSink(8000, 2000);
        read(clock, 1600);
        assertTrue(slow.dropped() >= 800, () -> slow.dropped() + " dropped");
        slow.close();
        short[] rest = new short[1000];
        int got = slow.poll(rest, 0, 1000);
        assertTrue(got == 320 || got == -1, () -> got + " left");
        assertEquals(-1, slow.read(rest, 0, 10));
    }

    @Test
    void theDeviceIsOpenedWhenItIsFirstConnected() throws Exception {
        device.say(sine(16_000, 400, 16_000));
        PcmSink ear = phone.bridge().pcmSink(16_000, 2000);
        AudioPort tone = phone.bridge().tone(Tone.of(1200));
        assertFalse(phone.bridge().ports().contains(phone.bridge().device()));
        phone.bridge().connect(phone.bridge().device(), ear);
        phone.bridge().connect(tone, phone.bridge().device());
        read(ear, 3200);
        assertEquals(400, pitch(read(ear, 4000), 16_000), 10);
        short[] spoken = device.heard();
        assertTrue(spoken.length > 3200, () -> spoken.length + " samples");
        assertEquals(1200, pitch(java.util.Arrays.copyOfRange(spoken, spoken.length - 3200, spoken.length), 16_000), 10);
        device.unplug(FakeAudioBackend.MICROPHONE);
        read(ear, 1600);
        assertTrue(phone.bridge().ports().contains(phone.bridge().device()));
    }

    @Test
    void aConferenceIsHeardOnTheDeviceThatTakesPart() throws Exception {
        AudioPort tone = phone.bridge().tone(Tone.of(1000));
        Conference meeting = phone.bridge().conference("meeting");
        meeting.add(tone, Conference.Role.SPEAKER);
        meeting.add(phone.bridge().device(), Conference.Role.SPEAKER);
        PcmSink ear = phone.bridge().pcmSink(16_000, 2000);
        phone.bridge().connect(tone, ear);
        while (device.heard().length < 8000) {
            read(ear, 1600);
        }
        short[] heard = device.heard();
        assertEquals(1000, ToneAnalyzer.dominantHz(heard, heard.length - 2000, 2000, 16_000), 10);
    }

    @Test
    void aDeviceThatIsNotThereIsWaitedForWhileTheBridgeGoesOn() throws Exception {
        device.unplug(FakeAudioBackend.MICROPHONE);
        device.unplug(FakeAudioBackend.SPEAKER);
        PcmSink ear = phone.bridge().pcmSink(16_000, 2000);
        phone.bridge().connect(phone.bridge().device(), ear);
        read(ear, 3200);
        assertEquals(List.of(), phone.audioDevices().names(AudioDevices.Role.MICROPHONE));
        assertEquals(List.of(), phone.audioDevices().inUse(AudioDevices.Role.MICROPHONE));
        device.plug(FakeAudioBackend.MICROPHONE);
        device.say(sine(16_000, 600, 48_000));
        assertEquals(600, pitch(hear(ear), 16_000), 10);
        assertEquals(List.of("Fake microphone"), phone.audioDevices().inUse(AudioDevices.Role.MICROPHONE));
    }

    /** What is heard as soon as there is anything. */
    private static short[] hear(PcmSink ear) throws InterruptedException {
        short[] some = read(ear, 3200);
        while (some[0] == 0 && some[1] == 0) {
            some = read(ear, 3200);
        }
        return some;
    }

    @Test
    void aDeviceThatComesBackIsOpenedAgainAndVolumeAppliesToIt() throws Exception {
        PcmSink ear = phone.bridge().pcmSink(16_000, 2000);
        phone.bridge().connect(phone.bridge().device(), ear);
        device.say(sine(16_000, 400, 16_000));
        assertEquals(400, pitch(hear(ear), 16_000), 10);
        device.unplug(FakeAudioBackend.MICROPHONE);
        read(ear, 3200);
        device.plug(FakeAudioBackend.MICROPHONE);
        device.say(sine(16_000, 700, 64_000));
        short[] loud = hear(ear);
        while (Math.abs(pitch(loud, 16_000) - 700) > 10) {
            loud = hear(ear);
        }
        phone.audioDevices().volume(AudioDevices.Role.MICROPHONE, 25);
        read(ear, 3200);
        short[] soft = hear(ear);
        assertEquals(20 * Math.log10(Math.pow(0.5, 1.66)), 20 * Math.log10(peak(soft) / peak(loud)), 1.5);
        assertThrows(IllegalArgumentException.class, () -> phone.audioDevices().volume(AudioDevices.Role.SPEAKER, 101));
    }

    private static double peak(short[] pcm) {
        return java.util.stream.IntStream.range(0, pcm.length).map(i -> Math.abs(pcm[i])).max().orElseThrow();
    }

    @Test
    void wrongEdgesAreRefusedAtOnce() {
        AudioPort tone = phone.bridge().tone(Tone.of(440));
        PcmSink ear = phone.bridge().pcmSink(8000, 40);
        assertThrows(IllegalArgumentException.class, () -> phone.bridge().connect(ear, ear));
        assertThrows(IllegalArgumentException.class, () -> phone.bridge().connect(tone, tone));
        assertThrows(IllegalArgumentException.class, () -> phone.bridge().connect(tone, ear, 21));
        assertThrows(IllegalArgumentException.class, () -> phone.bridge().connect(tone, ear, Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> phone.bridge().pcmSink(44_100, 40));
        assertThrows(IllegalArgumentException.class, () -> phone.bridge().pcmSource(8000, 39));
        ear.close();
        assertThrows(IllegalArgumentException.class, () -> phone.bridge().connect(tone, ear));
        try (Phone other = Phone.builder().listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).open()) {
            PcmSink theirs = other.bridge().pcmSink(8000, 40);
            assertThrows(IllegalArgumentException.class, () -> phone.bridge().connect(tone, theirs));
        }
    }
}
