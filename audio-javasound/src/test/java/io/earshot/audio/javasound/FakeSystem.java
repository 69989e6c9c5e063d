package io.earshot.audio.javasound;

import io.earshot.api.audio.spi.AudioBackend.AudioDevice;
import io.earshot.api.audio.spi.AudioBackend.PcmFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;

/** One card that does the formats it is told to; what passes its lines is in the hands of the test. */
final class FakeSystem implements SoundSystem {
    static final AudioDevice CARD = new AudioDevice("card", "Card", true, true);

    private final Predicate<PcmFormat> able;
    final List<PcmFormat> asked = new ArrayList<>();
    final FakeLine line = new FakeLine();
    int bufferMillis;
    int raised;

    FakeSystem(Predicate<PcmFormat> able) {
        this.able = able;
    }

    @Override
    public List<AudioDevice> devices() {
        return List.of(CARD);
    }

    @Override
    public void raiseLevels() {
        raised++;
    }

    @Override
    public Line openInput(AudioDevice device, PcmFormat format, int bufferMillis) throws IOException {
        asked.add(format);
        this.bufferMillis = bufferMillis;
        if (!able.test(format)) {
            throw new IOException("no " + format.sampleRate());
        }
        return line;
    }

    @Override
    public Line openOutput(AudioDevice device, PcmFormat format, int bufferMillis) throws IOException {
        return openInput(device, format, bufferMillis);
    }

    /** Each transfer takes one turn that the test gives; what was transferred is told. */
    static final class FakeLine implements Line {
        private final BlockingQueue<byte[]> turns = new LinkedBlockingQueue<>();
        private final BlockingQueue<byte[]> done = new LinkedBlockingQueue<>();
        private static final byte[] END = new byte[0];

        /** Lets one block through: a microphone gives these bytes, a speaker takes as many. */
        void turn(byte[] bytes) {
            turns.add(bytes);
        }

        /** Pulls the plug. */
        void end() {
            turns.add(END);
        }

        /** Returns what the next finished transfer carried. */
        byte[] finished() throws InterruptedException {
            return done.take();
        }

        @Override
        public int transfer(byte[] bytes, int offset, int length) {
            try {
                byte[] turn = turns.take();
                if (turn.length > 0) {
                    System.arraycopy(turn, 0, bytes, offset, Math.min(turn.length, length));
                }
                byte[] copy = new byte[turn == END ? 0 : length];
                System.arraycopy(bytes, offset, copy, 0, copy.length);
                done.add(copy);
                return copy.length;
            } catch (InterruptedException stop) {
                return 0;
            }
        }

        /** A speaker's turn: takes what there is. */
        void play() {
            turns.add(new byte[1]);
        }

        @Override
        public boolean isReady(int length) {
            return !turns.isEmpty();
        }

        @Override
        public void close() {
            turns.add(END);
        }
    }
}
