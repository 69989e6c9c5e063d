package io.earshot.sdk.internal.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.earshot.dsp.ToneAnalyzer;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BridgeTest {
    private final Bridge bridge = new Bridge(20);

    private TestPort add(TestPort port) {
        bridge.add(port);
        return port;
    }

    private void ticks(int count) {
        for (int i = 0; i < count; i++) {
            bridge.tick();
        }
    }

    @Test
    void aSinkHearsTheSumOfItsSources() {
        TestPort one = add(TestPort.constant(8000, 1000));
        TestPort two = add(TestPort.constant(8000, -300));
        TestPort ear = add(TestPort.ear(8000));
        bridge.connect(one, ear, 0);
        bridge.connect(two, ear, 0);
        ticks(3);
        assertEquals(700, ear.last[80]);
        assertTrue(ear.lastSound);
        bridge.disconnect(two, ear);
        ticks(1);
        assertEquals(1000, ear.last[0]);
    }

    @Test
    void loudSourcesSaturateAndDoNotWrap() {
        TestPort ear = add(TestPort.ear(8000));
        for (int i = 0; i < 5; i++) {
            bridge.connect(add(TestPort.constant(8000, 30_000)), ear, 0);
        }
        ticks(50);
        for (short sample : ear.recent(160)) {
            assertTrue(sample > 20_000, () -> "wrapped to " + sample);
        }
    }

    @Test
    void aConferenceIsEdgesAndNobodyHearsHimself() {
        int[] values = {100, 1000, 10_000};
        List<TestPort> parties = new ArrayList<>();
        for (int value : values) {
            parties.add(add(TestPort.constant(8000, value)));
        }
        for (TestPort from : parties) {
            for (TestPort to : parties) {
                if (from != to) {
                    bridge.connect(from, to, 0);
                }
            }
        }
        ticks(3);
        assertEquals(List.of(11_000, 10_100, 1100), parties.stream().map(party -> (int) party.last[40]).toList());
    }

    @Test
    void aGainIsReachedWithinOneFrameAndWithoutAStep() {
        TestPort source = add(TestPort.constant(8000, 10_000));
        TestPort ear = add(TestPort.ear(8000));
        bridge.connect(source, ear, 0);
        ticks(2);
        bridge.connect(source, ear, -20);
        bridge.tick();
        for (int i = 1; i < 160; i++) {
            assertTrue(ear.last[i] <= ear.last[i - 1] && ear.last[i - 1] - ear.last[i] < 70, "a step at " + i);
        }
        bridge.tick();
        assertEquals(1000, ear.last[0], 1);
        bridge.connect(source, ear, 6.02);
        ticks(2);
        assertEquals(20_000, ear.last[100], 10);
        List<Double> gains = new ArrayList<>();
        bridge.eachEdge((from, to, gain) -> gains.add(gain));
        assertEquals(List.of(6.02), gains);
    }

    @ParameterizedTest
    @CsvSource({"8000,8000", "8000,16000", "8000,48000", "16000,8000", "16000,48000", "48000,8000", "48000,16000", "24000,32000"})
    void aToneKeepsItsPitchAndLevelAcrossRates(int from, int to) {
        TestPort source = add(TestPort.sine(from, 1000));
        TestPort ear = add(TestPort.ear(to));
        bridge.connect(source, ear, 0);
        ticks(60);
        short[] heard = ear.recent(to / 2);
        assertEquals(1000, ToneAnalyzer.dominantHz(heard, 0, heard.length, to), 3);
        int peak = 0;
        for (short sample : heard) {
            peak = Math.max(peak, Math.abs(sample));
        }
        assertEquals(8000, peak, 500);
    }

    @Test
    void aSourceThatChangesItsRateGoesOnSounding() {
        TestPort source = new TestPort(8000, (index, rate) -> (short) (8000 * Math.sin(2 * Math.PI * 500 * index / rate)));
        add(source);
        TestPort ear = add(TestPort.ear(16_000));
        bridge.connect(source, ear, 0);
        ticks(30);
        source.rate = 48_000;
        ticks(50);
        short[] heard = ear.recent(8000);
        assertEquals(500, ToneAnalyzer.dominantHz(heard, 0, heard.length, 16_000), 3);
        ear.rate = 8000;
        ticks(60);
        heard = ear.recent(8000);
        assertEquals(500, ToneAnalyzer.dominantHz(heard, 0, heard.length, 8000), 3);
        assertEquals(160, ear.lastSamples);
    }

    @Test
    void aSinkWithoutSourcesIsToldOfSilence() {
        TestPort source = add(TestPort.constant(8000, 5));
        TestPort ear = add(TestPort.ear(8000));
        ticks(1);
        assertFalse(ear.lastSound);
        bridge.connect(source, ear, 0);
        ticks(1);
        assertTrue(ear.lastSound);
        source.sounds = false;
        ticks(3);
        assertFalse(ear.lastSound);
        assertTrue(ear.isSilent());
    }

    @Test
    void portsComeAndGoWhileItRuns() {
        TestPort source = add(TestPort.constant(8000, 700));
        TestPort ear = add(TestPort.ear(8000));
        TestPort other = add(TestPort.ear(16_000));
        bridge.connect(source, ear, 0);
        bridge.connect(source, other, 0);
        ticks(2);
        bridge.remove(source);
        bridge.remove(source);
        ticks(1);
        assertEquals(1, source.removals);
        assertTrue(ear.isSilent());
        List<BridgePort> edges = new ArrayList<>();
        bridge.eachEdge((from, to, gain) -> edges.add(from));
        assertEquals(List.of(), edges);
        bridge.add(source);
        bridge.connect(source, ear, 0);
        ticks(1);
        bridge.remove(ear);
        ticks(1);
        assertEquals(List.of(other, source), bridge.ports());
        bridge.connect(source, ear, 0);
        bridge.disconnect(ear, source);
        assertFalse(bridge.contains(ear));
    }

    @Test
    void steadyStateAllocatesNothing() {
        int[] rates = {8000, 16_000, 48_000};
        List<TestPort> parties = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            parties.add(add(TestPort.sine(rates[i % 3], 300 + 100 * i)));
        }
        for (TestPort from : parties) {
            for (TestPort to : parties) {
                if (from != to) {
                    bridge.connect(from, to, from.rate == 8000 ? -3 : 0);
                }
            }
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        ticks(500);
        threads.getCurrentThreadAllocatedBytes();
        long before = threads.getCurrentThreadAllocatedBytes();
        ticks(500);
        assertEquals(0, threads.getCurrentThreadAllocatedBytes() - before, 64);
    }
}
