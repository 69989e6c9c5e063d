package io.earshot.sdk.internal.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.audio.VoiceProcessing;
import io.earshot.api.audio.VoiceReport;
import io.earshot.dsp.voice.SoftwareVoiceProcessor;
import io.earshot.testkit.audio.SimulatedRoom;
import io.earshot.testkit.audio.SyntheticSpeech;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The way from the microphone into a call, in frames of the bridge. */
class VoicePathTest {
    private static final int RATE = 16_000;
    private static final int FRAME = 320;

    private final VoicePath path = new VoicePath();
    private final SimulatedRoom room = SimulatedRoom.of(RATE, 0.3, 60, 0.4, 3);
    private final SyntheticSpeech far = new SyntheticSpeech(RATE, 1);
    private final SyntheticSpeech near = new SyntheticSpeech(RATE, 2);
    private final short[] played = new short[FRAME];
    private final short[] said = new short[FRAME];
    private final short[] microphone = new short[FRAME];

    /** One turn: the frame that is played now is heard from the next turn on, as the bridge has it. Returns the power before. */
    private double turn(boolean nearEnd) {
        double power = 0;
        near.read(said, 0, FRAME);
        for (int i = 0; i < FRAME; i++) {
            double heard = room.hear(played[i]) + (nearEnd ? said[i] : 0);
            microphone[i] = (short) Math.max(-32768, Math.min(32767, Math.round(heard)));
            power += (double) microphone[i] * microphone[i];
        }
        path.captured(microphone, FRAME);
        far.read(played, 0, FRAME);
        path.played(played, FRAME);
        return power;
    }

    private double after() {
        double power = 0;
        for (short sample : microphone) {
            power += (double) sample * sample;
        }
        return power;
    }

    @Test
    void echoOfThePreviousTurnsFrameIsTakenOutByMoreThanTwentyDecibels() {
        path.use(Optional.of(new SoftwareVoiceProcessor(RATE, VoiceProcessing.NONE.withEchoCancellation(true))));
        double before = 0;
        double left = 0;
        for (int i = 0; i < 750; i++) {
            double power = turn(false);
            if (i >= 300) {
                before += power;
                left += after();
            }
        }
        double erle = 10 * Math.log10(before / Math.max(1, left));
        assertTrue(erle > 20, "echo return loss enhancement of " + erle + " dB");
    }

    @Test
    void speechIsReportedAndSilenceIsNot() {
        path.use(Optional.of(new SoftwareVoiceProcessor(RATE, VoiceProcessing.ALL)));
        for (int i = 0; i < 250; i++) {
            turn(true);
        }
        VoiceReport talk = path.report();
        assertEquals(5000, talk.heardMillis());
        assertTrue(talk.spokenMillis() > 2000, talk::toString);
        for (int i = 0; i < 100; i++) {
            java.util.Arrays.fill(microphone, (short) 0);
            path.captured(microphone, FRAME);
        }
        assertFalse(path.speaking());
    }

    @Test
    void withoutAProcessorNothingIsChanged() {
        short[] frame = {1, 2, 3, 4};
        path.captured(frame, 4);
        assertEquals(3, frame[2]);
        assertTrue(path.speaking());
        assertEquals(VoiceReport.NOTHING, path.report());
    }

    @Test
    void nothingIsAllocatedForAFrame() {
        path.use(Optional.of(new SoftwareVoiceProcessor(RATE, VoiceProcessing.ALL)));
        VoiceEar ear = new VoiceEar();
        ear.report(RATE);
        for (int i = 0; i < 300; i++) {
            turn(true);
            ear.hear(played, FRAME, RATE);
        }
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long id = Thread.currentThread().getId();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 10; round++) {
            long before = threads.getThreadAllocatedBytes(id);
            long cost = threads.getThreadAllocatedBytes(id) - before;
            before = threads.getThreadAllocatedBytes(id);
            for (int i = 0; i < 100; i++) {
                path.played(played, FRAME);
                path.captured(microphone, FRAME);
                ear.hear(played, FRAME, RATE);
            }
            // Compiling and de-optimising allocate now and then, which is no matter of ours.
            least = Math.min(least, threads.getThreadAllocatedBytes(id) - before - cost);
        }
        assertEquals(0, least, "bytes for 100 frames");
    }
}
