package io.earshot.audio.javasound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.audio.spi.AudioBackend;
import io.earshot.api.audio.spi.AudioBackend.AudioDevice;
import io.earshot.api.audio.spi.AudioBackend.CaptureLine;
import io.earshot.api.audio.spi.AudioBackend.PcmFormat;
import io.earshot.api.audio.spi.AudioBackend.PlaybackLine;
import io.earshot.api.audio.spi.AudioBackendProvider;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
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
        try (JavaSoundBackend backend = new JavaSoundBackend(system); CaptureLine line = backend.openCapture(FakeSystem.CARD, WANTED)) {
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
        try (JavaSoundBackend backend = new JavaSoundBackend(system); CaptureLine line = backend.openCapture(FakeSystem.CARD, WANTED)) {
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
        try (JavaSoundBackend backend = new JavaSoundBackend(system); CaptureLine line = backend.openCapture(FakeSystem.CARD, WANTED)) {
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
        try (JavaSoundBackend backend = new JavaSoundBackend(system); PlaybackLine line = backend.openPlayback(FakeSystem.CARD, WANTED)) {
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
        try (JavaSoundBackend backend = new JavaSoundBackend(system); PlaybackLine line = backend.openPlayback(FakeSystem.CARD, WANTED)) {
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
        try (JavaSoundBackend backend = new JavaSoundBackend(system); PlaybackLine line = backend.openPlayback(FakeSystem.CARD, WANTED)) {
            short[] frame = new short[320];
            int turns = 0;
            while (line.write(frame, 0, 320) >= 0) {
                turns++;
            }
            assertTrue(turns >= 100 && turns < 115, "gone after " + turns + " turns of 20 ms");
        }
    }

    @Test
    void aCardThatCannotDoTheFormatIsAskedForOthers() throws Exception {
        FakeSystem system = new FakeSystem(format -> format.sampleRate() == 44_100 && format.channels() == 2);
        try (JavaSoundBackend backend = new JavaSoundBackend(system); CaptureLine line = backend.openCapture(FakeSystem.CARD, WANTED)) {
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
        try (JavaSoundBackend backend = new JavaSoundBackend(new FakeSystem(format -> false))) {
            IOException refused = assertThrows(IOException.class, () -> backend.openPlayback(FakeSystem.CARD, WANTED));
            assertEquals("no 16000", refused.getMessage());
            assertThrows(IllegalArgumentException.class, () -> backend.openCapture(FakeSystem.CARD, new PcmFormat(22_050, 1)));
            assertThrows(IllegalArgumentException.class, () -> backend.openCapture(FakeSystem.CARD, new PcmFormat(16_000, 3)));
        }
    }

    @Test
    void closingTheBackendClosesItsLines() throws Exception {
        JavaSoundBackend backend = new JavaSoundBackend(new FakeSystem(format -> true));
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
