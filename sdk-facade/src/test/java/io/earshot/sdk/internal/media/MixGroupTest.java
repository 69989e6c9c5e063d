package io.earshot.sdk.internal.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Conferences inside the bridge, turn by turn. */
class MixGroupTest {
    private final Bridge bridge = new Bridge(20);
    private final List<String> told = new ArrayList<>();
    private final List<BridgePort> names = new ArrayList<>();
    private final MixGroup group = bridge.group(new MixGroup.Listener() {
        @Override
        public void left(MixGroup.Seat seat) {
            told.add("left " + names.indexOf(seat.port));
        }

        @Override
        public void speakers(List<MixGroup.Seat> speaking, Optional<MixGroup.Seat> loudest) {
            told.add("speak " + speaking.stream().map(seat -> names.indexOf(seat.port)).toList() + " show "
                    + loudest.map(seat -> names.indexOf(seat.port)).orElse(-1));
        }
    });

    private MixGroup.Seat join(TestPort port) {
        bridge.add(port);
        names.add(port);
        return bridge.seat(group, port).orElseThrow();
    }

    private void ticks(int count) {
        for (int i = 0; i < count; i++) {
            bridge.tick();
        }
    }

    /** Level of one frequency in dB below a sine of full scale. */
    private static double level(short[] pcm, double hz, int rate) {
        double re = 0;
        double im = 0;
        for (int i = 0; i < pcm.length; i++) {
            re += pcm[i] * Math.cos(2 * Math.PI * hz * i / rate);
            im += pcm[i] * Math.sin(2 * Math.PI * hz * i / rate);
        }
        return 20 * Math.log10(Math.max(1e-9, 2 * Math.hypot(re, im) / pcm.length / 32768));
    }

    @Test
    void eachHearsTheSumOfTheOthers() {
        List<TestPort> parties = List.of(TestPort.constant(8000, 100), TestPort.constant(8000, 1000), TestPort.constant(8000, 10_000));
        parties.forEach(this::join);
        ticks(3);
        assertEquals(List.of(11_000, 10_100, 1100), parties.stream().map(party -> (int) party.last[40]).toList());
    }

    @Test
    void fiftyPartiesAtThreeRatesHearEverybodyButThemselvesAndNothingClips() {
        int[] rates = {8000, 16_000, 48_000};
        List<TestPort> parties = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            int party = i;
            // 50 tones of -30 dBFS, 40 Hz apart: each lies on a bin of the half second that is measured.
            TestPort port = new TestPort(rates[i % 3], (index, rate) ->
                    (short) Math.round(1036 * Math.sin(2 * Math.PI * (400 + 40 * party) * index / rate + party * party)));
            join(port);
            parties.add(port);
        }
        ticks(60);
        int clipped = 0;
        double loudestOwn = -200;
        double quietestOther = 0;
        for (int i = 0; i < 50; i++) {
            TestPort ear = parties.get(i);
            short[] heard = ear.recent(ear.rate / 2);
            for (short sample : heard) {
                clipped += Math.abs((int) sample) >= 32_767 ? 1 : 0;
            }
            loudestOwn = Math.max(loudestOwn, level(heard, 400 + 40 * i, ear.rate));
            // One listener of each rate is asked for every voice.
            for (int other = 0; i < 3 && other < 50; other++) {
                quietestOther = other == i ? quietestOther : Math.min(quietestOther, level(heard, 400 + 40 * other, ear.rate));
            }
        }
        double own = loudestOwn;
        double others = quietestOther;
        assertEquals(0, clipped);
        assertTrue(others > -32, () -> "a voice of -30 dBFS is heard at " + others + " dBFS");
        assertTrue(own < -58, () -> "the own voice is heard at " + own + " dBFS");
    }

    /** A turn has 20 ms; docs/performance.md has what this takes on a quiet machine. */
    @Test
    void aTurnOfFiftyPartiesTakesASmallPartOfItsTime() {
        int[] rates = {8000, 16_000, 48_000};
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        short[] voice = new short[48_000];
        for (int i = 0; i < voice.length; i++) {
            voice[i] = (short) (1000 * Math.sin(i * 0.1));
        }
        for (int i = 0; i < 50; i++) {
            join(new TestPort(rates[i % 3], (index, rate) -> voice[(int) (index % voice.length)]));
        }
        ticks(200);
        long before = threads.getCurrentThreadCpuTime();
        ticks(200);
        long micros = (threads.getCurrentThreadCpuTime() - before) / 200_000;
        assertTrue(micros < 10_000, () -> micros + " microseconds for a turn");
    }

    @Test
    void mutedDeafAndRolesAndGains() {
        TestPort anna = TestPort.constant(8000, 1000);
        TestPort bert = TestPort.constant(8000, 200);
        TestPort carl = TestPort.constant(16_000, 30);
        MixGroup.Seat a = join(anna);
        MixGroup.Seat b = join(bert);
        MixGroup.Seat c = join(carl);
        a.mute(true);
        ticks(4);
        assertEquals(30, bert.last[100], 1);
        a.mute(false);
        b.deafen(true);
        ticks(4);
        assertEquals(List.of(0, 230), List.of((int) bert.last[100], (int) anna.last[100]));
        assertFalse(bert.lastSound);
        b.deafen(false);
        c.audience(MixGroup.Audience.NOBODY, List.of());
        ticks(4);
        assertEquals(List.of(200, 1000), List.of((int) anna.last[100], (int) bert.last[100]));
        assertEquals(1200, carl.last[100], 6);
        c.audience(MixGroup.Audience.CHOSEN, List.of(b));
        ticks(4);
        assertEquals(List.of(200, 1030), List.of((int) anna.last[100], (int) bert.last[100]));
        a.gains(Volume.factor(-20), Volume.factor(6.0206));
        ticks(4);
        assertEquals(List.of(400, 130), List.of((int) anna.last[100], (int) bert.last[100]));
    }

    @Test
    void joiningLeavingAndChangingGainMakeNoStep() {
        TestPort ear = TestPort.ear(8000);
        join(ear);
        ticks(2);
        TestPort voice = TestPort.constant(8000, 10_000);
        MixGroup.Seat seat = join(voice);
        int before = 0;
        int largest = 0;
        for (int turn = 0; turn < 12; turn++) {
            if (turn == 4) {
                seat.gains(0.1, 1);
            } else if (turn == 8) {
                group.dismiss(seat);
            }
            ticks(1);
            for (int i = 0; i < 160; i++) {
                largest = Math.max(largest, Math.abs(ear.last[i] - before));
                before = ear.last[i];
            }
        }
        int step = largest;
        assertTrue(step > 0 && step < 70, () -> "a step of " + step);
        assertEquals(0, before);
        assertEquals(List.of(ear), group.seats().stream().map(one -> one.port).toList());
    }

    @Test
    void aPortThatIsRemovedLeavesAndRatesMayChange() {
        TestPort one = TestPort.constant(8000, 500);
        TestPort two = TestPort.constant(16_000, 300);
        join(one);
        join(two);
        ticks(10);
        one.rate = 48_000;
        ticks(10);
        assertEquals(960, one.lastSamples);
        assertEquals(300, one.last[500], 3);
        bridge.remove(one);
        ticks(1);
        assertEquals(0, two.last[0]);
        assertEquals(List.of("left 0"), told.stream().filter(text -> text.startsWith("left")).toList());
        bridge.remove(group);
        ticks(1);
        assertFalse(two.lastSound);
    }

    @Test
    void edgesAndConferencesAddUp() {
        TestPort one = TestPort.constant(8000, 500);
        join(one);
        join(TestPort.constant(8000, 70));
        TestPort music = TestPort.constant(8000, 9);
        bridge.add(music);
        bridge.connect(music, one, 0);
        ticks(3);
        assertEquals(79, one.last[9]);
    }

    @Test
    void itTellsWhoSpeaksAndWhoToShow() {
        TestPort[] parties = {TestPort.sine(8000, 300), TestPort.sine(16_000, 400), TestPort.sine(8000, 500)};
        List<MixGroup.Seat> seats = new ArrayList<>();
        for (TestPort party : parties) {
            party.sounds = false;
            seats.add(join(party));
        }
        ticks(20);
        assertEquals(List.of(), told);
        parties[1].sounds = true;
        ticks(20);
        parties[1].sounds = false;
        ticks(50);
        parties[2].sounds = true;
        seats.get(0).mute(true);
        parties[0].sounds = true;
        ticks(20);
        seats.get(0).mute(false);
        ticks(10);
        assertEquals(List.of("speak [1] show 1", "speak [] show 1", "speak [2] show 2", "speak [0, 2] show 2"), told);
    }

    @Test
    void steadyStateAllocatesNothing() {
        int[] rates = {8000, 16_000, 48_000};
        for (int i = 0; i < 9; i++) {
            join(TestPort.sine(rates[i % 3], 300 + 100 * i)).gains(i % 2 == 0 ? 1 : 0.5, 1);
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        ticks(500);
        threads.getCurrentThreadAllocatedBytes();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 10; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            ticks(500);
            // Compiling and de-optimising allocate now and then, which is no matter of ours.
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, least, 64);
    }
}
