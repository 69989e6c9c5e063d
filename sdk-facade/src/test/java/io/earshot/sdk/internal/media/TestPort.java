package io.earshot.sdk.internal.media;

import java.util.Arrays;

/** A port that gives one value for ever, or the samples it was made with, and keeps the last second of what it hears. */
final class TestPort implements BridgePort {
    int rate;
    boolean sounds = true;
    int removals;
    long heard;
    boolean lastSound;
    final short[] last = new short[Bridge.MAX_FRAME];
    int lastSamples;
    private final short[] history = new short[48_000];
    private final Wave wave;

    /** Gives the sample of an index. */
    interface Wave {
        short at(long index, int rate);
    }

    private long given;

    TestPort(int rate, Wave wave) {
        this.rate = rate;
        this.wave = wave;
    }

    static TestPort constant(int rate, int value) {
        return new TestPort(rate, (index, r) -> (short) value);
    }

    static TestPort sine(int rate, double hz) {
        return new TestPort(rate, (index, r) -> (short) (8000 * Math.sin(2 * Math.PI * hz * index / r)));
    }

    static TestPort ear(int rate) {
        return new TestPort(rate, null);
    }

    @Override
    public int rate() {
        return rate;
    }

    @Override
    public boolean isSource() {
        return wave != null;
    }

    @Override
    public boolean isSink() {
        return true;
    }

    @Override
    public boolean pull(short[] frame, int samples) {
        if (!sounds) {
            return false;
        }
        for (int i = 0; i < samples; i++) {
            frame[i] = wave.at(given++, rate);
        }
        return true;
    }

    @Override
    public void push(short[] frame, int samples, boolean sound) {
        System.arraycopy(frame, 0, last, 0, samples);
        lastSamples = samples;
        lastSound = sound;
        for (int i = 0; i < samples; i++) {
            history[(int) ((heard + i) % history.length)] = frame[i];
        }
        heard += samples;
    }

    /** Returns the last samples heard, oldest first. */
    short[] recent(int count) {
        short[] out = new short[count];
        for (int i = 0; i < count; i++) {
            out[i] = history[(int) ((heard - count + i) % history.length)];
        }
        return out;
    }

    boolean isSilent() {
        for (int i = 0; i < lastSamples; i++) {
            if (last[i] != 0) {
                return false;
            }
        }
        return true;
    }

    void forget() {
        heard = 0;
        Arrays.fill(history, (short) 0);
    }

    @Override
    public void onRemoved() {
        removals++;
    }
}
