package io.earshot.benchmarks.dsp;

import io.earshot.api.audio.VoiceProcessing;
import io.earshot.api.time.Ticker;
import io.earshot.dsp.LevelMeter;
import io.earshot.dsp.voice.HowlingGuard;
import io.earshot.dsp.voice.SoftwareVoiceProcessor;
import io.earshot.testkit.audio.SimulatedRoom;
import io.earshot.testkit.audio.SyntheticSpeech;
import java.util.List;
import java.util.Locale;

/** Figures of voice processing, on synthesised speech in simulated rooms: echo, noise, speech detection, level, feedback, cost. */
public final class VoiceFigures {
    private VoiceFigures() {
    }

    /** Prints the tables, or those named: {@code echo noise voice level howling cost}. */
    public static void main(String[] arguments) {
        List<String> tables = arguments.length == 0 ? List.of("echo", "noise", "voice", "level", "howling", "cost") : List.of(arguments);
        if (tables.contains("echo")) {
            EchoRooms.print();
        }
        if (tables.contains("noise")) {
            NoiseTables.suppression();
        }
        if (tables.contains("voice")) {
            NoiseTables.detection();
        }
        if (tables.contains("level")) {
            LevelSteps.print();
        }
        for (double gain : tables.contains("howling") ? new double[] {0.35, 0.5, 0.7} : new double[0]) {
            howling(gain);
        }
        for (int rate : tables.contains("cost") ? new int[] {8000, 16_000, 48_000} : new int[0]) {
            cost(rate);
        }
    }

    private static void howling(double gain) {
        for (boolean guarded : new boolean[] {false, true}) {
            HowlingGuard guard = new HowlingGuard(16_000);
            SimulatedRoom room = SimulatedRoom.of(16_000, 0.15, 5, gain, 9);
            SyntheticSpeech speech = new SyntheticSpeech(16_000, 30);
            short[] pcm = new short[160];
            short[] speaker = new short[160];
            LevelMeter meter = new LevelMeter();
            for (int i = 0; i < 3000; i++) {
                speech.read(pcm, 0, 160);
                for (int k = 0; k < 160; k++) {
                    pcm[k] = (short) Math.max(-32768, Math.min(32767, Math.round(0.2 * pcm[k] + room.hear(speaker[k]))));
                }
                if (guarded) {
                    guard.process(pcm, 0);
                }
                System.arraycopy(pcm, 0, speaker, 0, 160);
                if (i > 1000) {
                    meter.add(pcm, 0, 160);
                }
            }
            print(String.format(Locale.ROOT, "feedback, gain of the way %.2f, %s guard: %.1f dBFS from 10 to 30 s, %d notches", gain,
                    guarded ? "with" : "without",
                    meter.rmsDbfs(), guard.activeNotches()));
        }
    }

    private static void cost(int rate) {
        int n = rate / 100;
        SoftwareVoiceProcessor all = new SoftwareVoiceProcessor(rate, VoiceProcessing.ALL);
        SyntheticSpeech far = new SyntheticSpeech(rate, 1);
        SyntheticSpeech near = new SyntheticSpeech(rate, 2);
        short[] played = new short[n];
        short[] heard = new short[n];
        Ticker ticker = Ticker.system();
        long spent = 0;
        for (int i = 0; i < 3000; i++) {
            far.read(played, 0, n);
            near.read(heard, 0, n);
            long start = ticker.now();
            all.playback(played, 0);
            all.capture(heard, 0);
            spent += i < 1000 ? 0 : ticker.now() - start;
        }
        print(String.format(Locale.ROOT, "everything at %d Hz: %.0f us per frame of 10 ms, latency %.1f ms", rate, spent / 2000 / 1000.0,
                1000.0 * all.latencySamples() / rate));
    }

    static void print(String line) {
        System.out.println(line);
    }
}
