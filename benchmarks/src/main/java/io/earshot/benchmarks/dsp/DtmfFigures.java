package io.earshot.benchmarks.dsp;

import io.earshot.api.time.Ticker;
import io.earshot.dsp.dtmf.DtmfDetector;
import io.earshot.dsp.dtmf.DtmfGenerator;
import io.earshot.dsp.dtmf.DtmfLevels;
import io.earshot.testkit.audio.SyntheticSpeech;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;

/**
 * Figures of the DTMF detector: the limits of ITU-T Q.24, talk-off over 30 minutes of synthesised speech (or of the WAV files named as
 * arguments: 8 kHz, mono, 16 bit), and its cost.
 */
public final class DtmfFigures {
    private static final String KEYS = "123A456B789C*0#D";
    private static final double[] LOW = {697, 770, 852, 941};
    private static final double[] HIGH = {1209, 1336, 1477, 1633};
    private static final int RATE = 8000;

    private DtmfFigures() {
    }

    /** Prints the tables. */
    public static void main(String[] files) throws IOException {
        print("detected, percent of the 16 digits at 10 phases");
        for (double off : new double[] {-0.035, -0.03, -0.025, -0.02, -0.018, -0.015, 0, 0.015, 0.018, 0.02, 0.025, 0.03, 0.035}) {
            print(String.format(Locale.ROOT, "  %+5.1f %% off frequency      %6.1f", 100 * off, share(-15, -15, off, 50, 0)));
        }
        for (double twist : new double[] {-12, -10, -9, -8, -4, 0, 4, 5, 6, 7, 9}) {
            print(String.format(Locale.ROOT, "  column %+3.0f dB over row     %6.1f", twist,
                    share(-16 - twist / 2, -16 + twist / 2, 0, 50, 0)));
        }
        for (double level : new double[] {-45, -36, -33, -30, -28, -20, -10, -6.1}) {
            print(String.format(Locale.ROOT, "  each tone at %5.1f dBFS    %6.1f", level, share(level, level, 0, 50, 0)));
        }
        for (int millis : new int[] {18, 20, 23, 25, 30, 35, 38, 40, 45}) {
            print(String.format(Locale.ROOT, "  %2d ms long                %6.1f", millis, share(-15, -15, 0, millis, 0)));
        }
        for (double noise : new double[] {24, 18, 15, 12, 9}) {
            print(String.format(Locale.ROOT, "  %2.0f dB over white noise     %6.1f", noise, share(-15, -15, 0, 50, noise)));
        }
        if (files.length == 0) {
            talkOff();
        }
        for (String file : files) {
            print(file + ": " + hits(file));
        }
        dialledInSpeech();
    }

    private static double share(double lowDb, double highDb, double off, int millis, double snr) {
        int found = 0;
        for (int key = 0; key < 16; key++) {
            for (int phase = 0; phase < 10; phase++) {
                short[] pcm = tone(key, lowDb, highDb, off, millis, snr, phase);
                DtmfDetector detector = new DtmfDetector(RATE);
                detector.add(pcm, 0, pcm.length);
                char first = detector.poll();
                found += first == KEYS.charAt(key) && detector.poll() == 0 ? 1 : 0;
            }
        }
        return found / 1.6;
    }

    private static short[] tone(int key, double lowDb, double highDb, double off, int millis, double snr, int phase) {
        Random random = new Random(31L * key + phase);
        short[] pcm = new short[RATE / 5];
        double low = 32767 * Math.pow(10, lowDb / 20);
        double high = 32767 * Math.pow(10, highDb / 20);
        double sigma = snr == 0 ? 1 : Math.sqrt((low * low + high * high) / 2) * Math.pow(10, -snr / 20);
        int start = 400 + 7 * phase;
        for (int i = 0; i < pcm.length; i++) {
            double value = sigma * random.nextGaussian();
            if (i >= start && i < start + millis * RATE / 1000) {
                double t = 2 * Math.PI * i / RATE * (1 + off);
                value += low * Math.sin(LOW[key / 4] * t + phase) + high * Math.sin(HIGH[key % 4] * t + 2 * phase);
            }
            pcm[i] = (short) Math.max(-32768, Math.min(32767, Math.round(value)));
        }
        return pcm;
    }

    private static void talkOff() {
        short[] frame = new short[160];
        long hits = 0;
        Ticker ticker = Ticker.system();
        long spent = 0;
        int frames = 0;
        for (int seed = 0; seed < 6; seed++) {
            SyntheticSpeech speech = new SyntheticSpeech(RATE, seed);
            DtmfDetector detector = new DtmfDetector(RATE);
            for (int i = 0; i < 5 * 60 * 50; i++, frames++) {
                speech.read(frame, 0, 160);
                long start = ticker.now();
                detector.add(frame, 0, 160);
                spent += ticker.now() - start;
                while (detector.poll() != 0) {
                    hits++;
                }
            }
        }
        print("talk-off: " + hits + " hits in " + frames / 3000 + " minutes of synthesised speech; "
                + spent / frames / 1000.0 + " us per frame of 20 ms");
    }

    private static String hits(String file) throws IOException {
        byte[] bytes = Files.readAllBytes(Path.of(file));
        ByteBuffer pcm = ByteBuffer.wrap(bytes, 44, bytes.length - 44).order(ByteOrder.LITTLE_ENDIAN);
        short[] all = new short[pcm.remaining() / 2];
        pcm.asShortBuffer().get(all);
        DtmfDetector detector = new DtmfDetector(RATE);
        StringBuilder found = new StringBuilder();
        for (int i = 0; i + 160 <= all.length; i += 160) {
            detector.add(all, i, 160);
            for (char digit = detector.poll(); digit != 0; digit = detector.poll()) {
                found.append(digit).append('@').append(i / RATE).append("s ");
            }
        }
        return found + "hits in " + all.length / RATE / 60 + " minutes";
    }

    private static void dialledInSpeech() {
        SyntheticSpeech speech = new SyntheticSpeech(RATE, 77);
        DtmfGenerator generator = new DtmfGenerator(RATE, DtmfLevels.DEFAULT);
        DtmfDetector detector = new DtmfDetector(RATE);
        Random random = new Random(5);
        short[] frame = new short[160];
        short[] tone = new short[160];
        int sent = 0;
        int right = 0;
        int wrong = 0;
        for (int digit = 0; digit < 500; digit++) {
            char key = KEYS.charAt(random.nextInt(16));
            generator.enqueue(String.valueOf(key));
            sent++;
            boolean heard = false;
            for (int i = 0; i < 20; i++) {
                speech.read(frame, 0, 160);
                generator.generate(tone, 0, 160);
                for (int k = 0; k < 160; k++) { // speech 18 dB down, as a sidetone leaks
                    tone[k] += (short) (frame[k] / 8);
                }
                detector.add(tone, 0, 160);
                for (char found = detector.poll(); found != 0; found = detector.poll()) {
                    right += found == key && !heard ? 1 : 0;
                    wrong += found == key && !heard ? 0 : 1;
                    heard |= found == key;
                }
            }
        }
        print("digits over speech 18 dB down: " + sent + " sent, " + right + " right, " + wrong + " wrong or doubled");
    }

    private static void print(String line) {
        System.out.println(line);
    }
}
