package io.earshot.testkit.audio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.earshot.api.audio.spi.AudioBackend.CaptureLine;
import io.earshot.api.audio.spi.AudioBackend.PcmFormat;
import io.earshot.api.audio.spi.AudioBackend.PlaybackLine;
import io.earshot.testkit.ManualTicker;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FakeAudioBackendTest {
    private static final PcmFormat MONO = new PcmFormat(8_000, 1);

    private final ManualTicker ticker = new ManualTicker();
    private final FakeAudioBackend audio = new FakeAudioBackend(ticker);

    @Test
    void hearsWhatItIsGivenAtThePaceOfItsClockAndThenSilence() throws IOException {
        CaptureLine line = audio.openCapture(FakeAudioBackend.MICROPHONE, MONO);
        audio.say(new short[] {1, 2, 3});
        audio.say(new short[] {4});
        short[] pcm = new short[200];
        assertEquals(0, line.read(pcm, 0, 200));
        ticker.advance(Duration.ofMillis(20));
        assertEquals(100, line.read(pcm, 0, 100));
        assertEquals(60, line.read(pcm, 100, 100));
        assertEquals(0, line.read(pcm, 0, 100));
        assertArrayEquals(new short[] {1, 2, 3, 4, 0}, Arrays.copyOf(pcm, 5));
    }

    @Test
    void losesWhatNobodyFetches() throws IOException {
        CaptureLine line = audio.openCapture(FakeAudioBackend.MICROPHONE, MONO);
        short[] ramp = new short[3_200];
        for (int i = 0; i < ramp.length; i++) {
            ramp[i] = (short) i;
        }
        audio.say(ramp);
        ticker.advance(Duration.ofMillis(300)); // 2400 samples, of which the last 1600 are kept
        short[] pcm = new short[4_000];
        assertEquals(1_600, line.read(pcm, 0, 4_000));
        assertEquals(800, pcm[0]);
    }

    @Test
    void remembersWhatTheSpeakerTookAndTakesNoMoreThanItsBuffer() throws IOException {
        PlaybackLine line = audio.openPlayback(FakeAudioBackend.SPEAKER, MONO);
        assertEquals(1_600, line.write(new short[2_000], 0, 2_000));
        assertEquals(0, line.write(new short[160], 0, 160));
        ticker.advance(Duration.ofMillis(20));
        assertEquals(160, line.write(ramp(), 1, 200));
        short[] heard = audio.heard();
        assertEquals(1_760, heard.length);
        assertEquals(2, heard[1_600]);
        ticker.advance(Duration.ofSeconds(9));
        assertEquals(1_600, line.write(new short[2_000], 0, 2_000));
    }

    private static short[] ramp() {
        short[] pcm = new short[300];
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = (short) (i + 1);
        }
        return pcm;
    }

    @Test
    void saysWhenADeviceIsGoneInUseOrUnknown() throws IOException {
        CaptureLine line = audio.openCapture(FakeAudioBackend.MICROPHONE, MONO);
        assertEquals("Fake microphone is in use",
            assertThrows(IOException.class, () -> audio.openCapture(FakeAudioBackend.MICROPHONE, MONO)).getMessage());
        audio.unplug(FakeAudioBackend.MICROPHONE);
        assertEquals(-1, line.read(new short[1], 0, 1));
        assertEquals(List.of(FakeAudioBackend.SPEAKER), audio.devices());
        line.close();
        assertEquals("Fake microphone is not there",
            assertThrows(IOException.class, () -> audio.openCapture(FakeAudioBackend.MICROPHONE, MONO)).getMessage());
        audio.plug(FakeAudioBackend.MICROPHONE);
        audio.openCapture(FakeAudioBackend.MICROPHONE, MONO).close();
        assertThrows(IOException.class, () -> audio.openPlayback(FakeAudioBackend.MICROPHONE, MONO));
    }

    @Test
    void comesAsAProviderAndCanBeClosedTwice() throws IOException {
        assertSame(audio, audio.provider().open());
        audio.openPlayback(FakeAudioBackend.SPEAKER, MONO);
        audio.close();
        audio.close();
        audio.openPlayback(FakeAudioBackend.SPEAKER, MONO);
    }
}
