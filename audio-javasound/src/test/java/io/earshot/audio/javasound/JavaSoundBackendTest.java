package io.earshot.audio.javasound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.audio.AudioDevices.Role;
import io.earshot.api.audio.LineStyle;
import io.earshot.api.audio.spi.AudioBackend;
import io.earshot.api.audio.spi.AudioBackend.AudioDevice;
import io.earshot.api.audio.spi.AudioBackend.CaptureLine;
import io.earshot.api.audio.spi.AudioBackend.PcmFormat;
import io.earshot.api.audio.spi.AudioBackend.PlaybackLine;
import io.earshot.api.audio.spi.AudioBackendProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import javax.sound.sampled.BooleanControl;
import javax.sound.sampled.CompoundControl;
import javax.sound.sampled.Control;
import javax.sound.sampled.FloatControl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Lines over a card that the test turns by hand, a block of 10 ms at a time. */
@Timeout(20)
class JavaSoundBackendTest {
    private static final PcmFormat WANTED = new PcmFormat(16_000, 1);

    private static byte[] block(int value) {
        byte[] bytes = new byte[320];
        for (int i = 0; i < 160; i++) {
            bytes[2 * i] = (byte) value;
            bytes[2 * i + 1] = (byte) (value >> 8);
        }
        return bytes;
    }

    @Test
    void theMicrophoneFlowsOnceThereIsEnoughAndAgainAfterItRanDry() throws Exception {
        FakeSystem system = new FakeSystem(format -> true);
        try (JavaSoundBackend backend = new JavaSoundBackend(system, LineStyle.DEFAULT);
                CaptureLine line = backend.openCapture(FakeSystem.CARD, WANTED)) {
            short[] frame = new short[320];
            for (int i = 1; i <= 3; i++) {
                assertEquals(0, line.read(frame, 0, 320), "block " + i);
                system.line.turn(block(i * 100));
                system.line.finished();
            }
            system.line.turn(block(400));
            system.line.finished(); // the third block is in the queue once the fourth was asked for
            assertEquals(320, line.read(frame, 0, 320));
            assertEquals(100, frame[0]);
            assertEquals(200, frame[319]);
            int rest = line.read(frame, 0, 320);
            assertTrue(rest >= 160, () -> rest + " samples");
            assertEquals(300, frame[0]);
        }
    }

    @Test
    void aMicrophoneThatIsPulledOutSaysSo() throws Exception {
        FakeSystem system = new FakeSystem(format -> true);
        try (JavaSoundBackend backend = new JavaSoundBackend(system, LineStyle.DEFAULT);
                CaptureLine line = backend.openCapture(FakeSystem.CARD, WANTED)) {
            system.line.end();
            system.line.finished();
            short[] frame = new short[320];
            int got = line.read(frame, 0, 320);
            while (got == 0) {
                got = line.read(frame, 0, 320);
            }
            assertEquals(-1, got);
        }
    }

    @Test
    void aMicrophoneThatGivesNothingForTwoSecondsIsGone() throws Exception {
        FakeSystem system = new FakeSystem(format -> true);
        try (JavaSoundBackend backend = new JavaSoundBackend(system, LineStyle.DEFAULT);
                CaptureLine line = backend.openCapture(FakeSystem.CARD, WANTED)) {
            short[] frame = new short[320];
            for (int turn = 0; turn < 100; turn++) {
                assertEquals(0, line.read(frame, 0, 320));
            }
            assertEquals(-1, line.read(frame, 0, 320));
        }
    }

    @Test
    void theSpeakerPlaysSilenceUntilItHasEnoughAndThenWhatItGot() throws Exception {
        FakeSystem system = new FakeSystem(format -> true);
        try (JavaSoundBackend backend = new JavaSoundBackend(system, LineStyle.DEFAULT);
                PlaybackLine line = backend.openPlayback(FakeSystem.CARD, WANTED)) {
            short[] frame = new short[320];
            Arrays.fill(frame, (short) 500);
            assertEquals(320, line.write(frame, 0, 320));
            assertEquals(320, line.write(frame, 0, 320));
            Deque<Integer> heard = new ArrayDeque<>();
            int blocks = 0;
            while (heard.isEmpty() || heard.getLast() == 0) {
                system.line.play();
                byte[] played = system.line.finished();
                heard.add(played[2] & 0xFF | played[3] << 8);
                blocks++;
            }
            assertEquals(500, heard.getLast());
            assertTrue(blocks <= 3, "the sound was late by " + blocks + " blocks of 10 ms");
            int full = 0;
            while (line.write(frame, 0, 320) == 320) {
                full++;
            }
            assertTrue(full <= Latency.QUEUE_MILLIS / 20, () -> "no bound to the queue");
        }
    }

    /** The null sink of PulseAudio takes nothing for up to two seconds after it was opened. */
    @Test
    void aLineThatStoodStillIsNotLateFromThenOn() throws Exception {
        FakeSystem system = new FakeSystem(format -> true);
        try (JavaSoundBackend backend = new JavaSoundBackend(system, LineStyle.DEFAULT);
                PlaybackLine line = backend.openPlayback(FakeSystem.CARD, WANTED)) {
            short[] frame = new short[320];
            for (int turn = 1; turn <= 40; turn++) {
                Arrays.fill(frame, (short) turn);
                line.write(frame, 0, 320);
            }
            Arrays.fill(frame, (short) 99);
            system.line.play();
            system.line.finished(); // the block of silence that stood still
            system.line.play();
            system.line.finished();
            assertEquals(320, line.write(frame, 0, 320));
            int blocks = 0;
            int heard = 0;
            while (heard != 99) {
                system.line.play();
                byte[] played = system.line.finished();
                heard = played[2] & 0xFF | played[3] << 8;
                blocks++;
            }
            assertTrue(blocks <= 4, "what is played now is late by " + blocks + " blocks of 10 ms");
        }
    }

    @Test
    void aSpeakerThatTakesNothingForTwoSecondsIsGone() throws Exception {
        FakeSystem system = new FakeSystem(format -> true);
        try (JavaSoundBackend backend = new JavaSoundBackend(system, LineStyle.DEFAULT);
                PlaybackLine line = backend.openPlayback(FakeSystem.CARD, WANTED)) {
            short[] frame = new short[320];
            int turns = 0;
            while (line.write(frame, 0, 320) >= 0) {
                turns++;
            }
            // On a busy machine its thread may take a block late, and patience begins anew then.
            assertTrue(turns >= 100 && turns < 230, "gone after " + turns + " turns of 20 ms");
        }
    }

    @Test
    void aCardThatCannotDoTheFormatIsAskedForOthers() throws Exception {
        FakeSystem system = new FakeSystem(format -> format.sampleRate() == 44_100 && format.channels() == 2);
        try (JavaSoundBackend backend = new JavaSoundBackend(system, LineStyle.DEFAULT);
                CaptureLine line = backend.openCapture(FakeSystem.CARD, WANTED)) {
            assertEquals(List.of(WANTED, new PcmFormat(16_000, 2), new PcmFormat(48_000, 1), new PcmFormat(48_000, 2),
                    new PcmFormat(44_100, 1), new PcmFormat(44_100, 2)), system.asked);
            for (int i = 0; i < 5; i++) {
                system.line.turn(block(1000));
                assertEquals(441 * 4, system.line.finished().length);
            }
            short[] frame = new short[320];
            assertEquals(320, line.read(frame, 0, 320));
        }
    }

    @Test
    void aCardThatDoesNothingSaysWhyItRefusedWhatWasWanted() {
        try (JavaSoundBackend backend = new JavaSoundBackend(new FakeSystem(format -> false), LineStyle.DEFAULT)) {
            IOException refused = assertThrows(IOException.class, () -> backend.openPlayback(FakeSystem.CARD, WANTED));
            assertEquals("no 16000", refused.getMessage());
            assertThrows(IllegalArgumentException.class, () -> backend.openCapture(FakeSystem.CARD, new PcmFormat(22_050, 1)));
            assertThrows(IllegalArgumentException.class, () -> backend.openCapture(FakeSystem.CARD, new PcmFormat(16_000, 3)));
        }
    }

    @Test
    void linesMayShareAThreadThatAsksThemInTurn() throws Exception {
        FakeSystem system = new FakeSystem(format -> true);
        LineStyle style = LineStyle.DEFAULT.withShared(Set.of(Role.MICROPHONE, Role.SPEAKER, Role.RINGER));
        try (JavaSoundBackend backend = new JavaSoundBackend(system, style)) {
            Set<Thread> before = Thread.getAllStackTraces().keySet();
            CaptureLine microphone = backend.openCapture(FakeSystem.CARD, WANTED);
            assertEquals(List.of("earshot-sound"), threadsBeside(before), "the shared one");
            for (int i = 1; i <= 4; i++) {
                system.line.turn(block(i * 100));
                system.line.finished();
            }
            short[] frame = new short[320];
            int got = 0;
            while (got == 0) {
                got = microphone.read(frame, 0, 320);
            }
            assertEquals(100, frame[0]);
            microphone.close();
        }
        FakeSystem other = new FakeSystem(format -> true);
        try (JavaSoundBackend backend = new JavaSoundBackend(other, style)) {
            Set<Thread> before = Thread.getAllStackTraces().keySet();
            PlaybackLine speaker = backend.openPlayback(FakeSystem.CARD, WANTED);
            PlaybackLine ringer = backend.openPlayback(FakeSystem.CARD, WANTED);
            other.line.play();
            assertEquals(320, other.line.finished().length);
            assertEquals(List.of("earshot-sound"), threadsBeside(before), "one for both");
            speaker.close();
            ringer.close();
        }
    }

    private static List<String> threadsBeside(Set<Thread> before) {
        return Thread.getAllStackTraces().keySet().stream().filter(one -> !before.contains(one)).map(Thread::getName)
                .filter(name -> name.startsWith("earshot-")).toList();
    }

    @Test
    void aPolledMicrophoneThatIsPulledOutSaysSo() throws Exception {
        FakeSystem system = new FakeSystem(format -> true);
        try (JavaSoundBackend backend = new JavaSoundBackend(system, LineStyle.DEFAULT.withCapture(70, true));
                CaptureLine line = backend.openCapture(FakeSystem.CARD, WANTED)) {
            assertEquals(70, system.bufferMillis);
            system.line.end();
            system.line.finished();
            short[] frame = new short[320];
            int got = line.read(frame, 0, 320);
            while (got == 0) {
                got = line.read(frame, 0, 320);
            }
            assertEquals(-1, got);
        }
    }

    @Test
    void speakersAreAskedForTwoChannelsFirstWhereThatIsWanted() throws Exception {
        FakeSystem system = new FakeSystem(format -> true);
        try (JavaSoundBackend backend = new JavaSoundBackend(system, LineStyle.DEFAULT.withStereo(true));
                PlaybackLine line = backend.openPlayback(FakeSystem.CARD, WANTED)) {
            assertEquals(List.of(new PcmFormat(16_000, 2)), system.asked);
            system.line.play();
            assertEquals(640, system.line.finished().length, "10 ms of two channels");
            assertEquals(320, line.write(new short[320], 0, 320));
        }
        FakeSystem one = new FakeSystem(format -> format.channels() == 1);
        try (JavaSoundBackend backend = new JavaSoundBackend(one, LineStyle.DEFAULT.withStereo(true))) {
            backend.openPlayback(FakeSystem.CARD, WANTED).close();
            assertEquals(List.of(new PcmFormat(16_000, 2), WANTED), one.asked, "a card of one channel does as well");
        }
    }

    @Test
    void garbledNamesOfDevicesAreReadAsWhatTheyAre() {
        String garbled = new String("H\u00f6rer \u00e9".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        assertEquals("H\u00f6rer \u00e9", DeviceNames.in(StandardCharsets.UTF_8, new AudioDevice("1", garbled, true, false)).name());
        AudioDevice right = new AudioDevice("1", "H\u00f6rer", true, false);
        assertEquals(right, DeviceNames.in(StandardCharsets.UTF_8, right), "that was no UTF-8");
        AudioDevice wide = new AudioDevice("1", "\u30a4\u30e4\u30db\u30f3", true, false);
        assertEquals(wide, DeviceNames.in(StandardCharsets.UTF_8, wide));
        try (JavaSoundBackend backend = new JavaSoundBackend(new FakeSystem(format -> true),
                LineStyle.DEFAULT.withNames(StandardCharsets.UTF_8))) {
            assertEquals(List.of(FakeSystem.CARD), backend.devices());
        }
    }

    @Test
    void theMixerOfTheSystemIsTurnedUpWhereThatIsWanted() {
        FakeSystem system = new FakeSystem(format -> true);
        new JavaSoundBackend(system, LineStyle.DEFAULT).close();
        assertEquals(0, system.raised);
        new JavaSoundBackend(system, LineStyle.DEFAULT.withRaiseLevels(true)).close();
        assertEquals(1, system.raised);
    }

    /** Controls as Java shows those of a mixer. */
    @Test
    void whatIsMutedOrVeryLowIsTurnedUpAndNothingElse() {
        BooleanControl mute = new BooleanControl(BooleanControl.Type.MUTE, true) { };
        FloatControl low = new FloatControl(FloatControl.Type.VOLUME, 0, 1, 0.01f, 0, 0.05f, "") { };
        FloatControl fine = new FloatControl(FloatControl.Type.VOLUME, 0, 1, 0.01f, 0, 0.3f, "") { };
        FloatControl balance = new FloatControl(FloatControl.Type.BALANCE, -1, 1, 0.01f, 0, -1, "") { };
        CompoundControl group = new CompoundControl(new CompoundControl.Type("Mic") { }, new Control[] {mute, low}) { };
        List<String> changed = new ArrayList<>();
        MixerLevels.raise(List.of(group, fine, balance), "MICROPHONE", changed);
        assertEquals(List.of("MICROPHONE was muted", "MICROPHONE was very low"), changed);
        assertFalse(mute.getValue());
        assertEquals(0.6f, low.getValue(), 0.001);
        assertEquals(0.3f, fine.getValue());
        assertEquals(-1, balance.getValue());
        MixerLevels.raise(List.of(group, fine), "MICROPHONE", changed);
        assertEquals(2, changed.size(), "a second time there is nothing to do");
    }

    @Test
    void closingTheBackendClosesItsLines() throws Exception {
        JavaSoundBackend backend = new JavaSoundBackend(new FakeSystem(format -> true), LineStyle.DEFAULT);
        backend.openCapture(FakeSystem.CARD, WANTED);
        PlaybackLine one = backend.openPlayback(FakeSystem.CARD, WANTED);
        assertEquals(2, backend.open());
        one.close();
        one.close();
        assertEquals(1, backend.open());
        backend.close();
        backend.close();
        assertEquals(0, backend.open());
    }

    @Test
    void aMachineWithoutSoundIsNoError() {
        AudioBackendProvider provider = new JavaSoundProvider();
        assertEquals("javasound", provider.name());
        assertTrue(provider.priority() > 0);
        try (AudioBackend backend = provider.open()) {
            List<AudioDevice> devices = backend.devices();
            assertEquals(devices.size(), devices.stream().map(AudioDevice::id).distinct().count());
            assertThrows(IOException.class, () -> backend.openCapture(new AudioDevice("?", "Unplugged", true, false), WANTED));
        }
    }
}
