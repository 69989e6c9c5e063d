package io.earshot.benchmarks.playout;

import io.earshot.dsp.Resampler;
import io.earshot.testkit.audio.SyntheticSpeech;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Speech at 8 kHz: from espeak-ng where it is installed, else synthetic. */
public final class Speech {
    private static final String TEXT = "Good morning, this is the office of the harbour master. The morning ferry leaves at a quarter "
            + "past seven, "
        + "and the last boat comes back shortly before midnight. If you need a ticket, ask the young man at the yellow window. "
        + "Strong winds are expected from the north west, so please keep your children away from the railing. "
        + "Would you like to speak with somebody about the price of a single journey? Thank you, and have a pleasant voyage. ";

    private Speech() {
    }

    /** Returns the source's name. */
    static String source() {
        return espeak("en", 120, TEXT).length > 0 ? "espeak-ng" : "synthetic";
    }

    /** Returns so many seconds of a voice. */
    static short[] voice(int number, int seconds) {
        String[] voices = {"en-us", "en-gb+f3", "en-us+m3", "en-gb+f2"};
        short[] said = espeak(voices[number % voices.length], 150 + 10 * (number % 3), TEXT);
        short[] out = new short[seconds * 8000];
        if (said.length == 0) {
            new SyntheticSpeech(8000, 40 + number).read(out, 0, out.length);
            return out;
        }
        for (int i = 0; i < out.length; i++) {
            out[i] = said[(i + 8000 * 7 * number) % said.length];
        }
        return out;
    }

    /** Returns what espeak-ng says at so many words a minute: nothing where it is not installed. */
    public static short[] espeak(String voice, int pace, String text) {
        try {
            Path wav = Files.createTempFile("speech", ".wav");
            Process run = new ProcessBuilder("espeak-ng", "-v", voice, "-s", Integer.toString(pace), "-w", wav.toString(), text)
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            boolean done = run.waitFor() == 0;
            byte[] bytes = done ? Files.readAllBytes(wav) : new byte[0];
            Files.delete(wav);
            return bytes.length < 100 ? new short[0] : to8k(bytes);
        } catch (IOException | InterruptedException none) {
            return new short[0];
        }
    }

    private static short[] to8k(byte[] wav) {
        ByteBuffer file = ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN);
        int rate = file.getInt(24);
        short[] in = new short[(wav.length - 44) / 2];
        file.position(44).slice().order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(in);
        Resampler resampler = new Resampler(rate, 8000);
        short[] out = new short[resampler.maxOutput(in.length)];
        return Arrays.copyOf(out, resampler.process(in, 0, in.length, out, 0));
    }
}
