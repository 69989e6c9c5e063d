package io.earshot.sdk.internal.media;

import io.earshot.api.audio.RecordingConfig.Sync;
import io.earshot.files.RecordingWriter;
import java.util.Optional;

/** The loop's side of a recording: one sink, or two that are kept in step. Confined to the media loop. */
final class RecordingSides {
    private static final int NOISE_MASK = 15;

    private final RecordingWriter writer;
    private final int rate;
    private final Sync sync;
    private final Side left = new Side(this::left);
    private final Optional<Side> right;
    private final short[] heard = new short[Bridge.MAX_FRAME];
    private final short[] noise = new short[Bridge.MAX_FRAME];
    private int seed = 1;
    private boolean leftSounded;
    private boolean rightSounded;

    RecordingSides(RecordingWriter writer, int rate, int channels, Sync sync) {
        this.writer = writer;
        this.rate = rate;
        this.sync = sync;
        right = channels == 2 ? Optional.of(new Side(this::right)) : Optional.empty();
    }

    BridgePort left() {
        return left;
    }

    Optional<BridgePort> right() {
        return right.map(BridgePort.class::cast);
    }

    private void left(short[] frame, int samples, boolean sound) {
        leftSounded |= sound;
        short[] taken = orNoise(frame, samples, sound);
        if (right.isPresent()) {
            // The bridge pushes to ports in the order in which they were added: left, then right.
            System.arraycopy(taken, 0, heard, 0, samples);
        } else if (sync != Sync.BOTH_SIDES || leftSounded) {
            writer.offer(taken, 0, samples);
        }
    }

    private void right(short[] frame, int samples, boolean sound) {
        rightSounded |= sound;
        if (sync != Sync.BOTH_SIDES || leftSounded && rightSounded) {
            writer.offerStereo(heard, 0, orNoise(frame, samples, sound), 0, samples);
        }
    }

    /** A linear congruential generator is noise enough at -70 dB. */
    private short[] orNoise(short[] frame, int samples, boolean sound) {
        if (sound || sync != Sync.NOISE) {
            return frame;
        }
        for (int i = 0; i < samples; i++) {
            seed = seed * 1_103_515_245 + 12_345;
            noise[i] = (short) ((seed >> 16 & NOISE_MASK) - NOISE_MASK / 2);
        }
        return noise;
    }

    /** Takes frames. */
    @FunctionalInterface
    private interface Frames {
        void take(short[] frame, int samples, boolean sound);
    }

    /** One sink. */
    private final class Side implements BridgePort {
        private final Frames frames;

        Side(Frames frames) {
            this.frames = frames;
        }

        @Override
        public int rate() {
            return rate;
        }

        @Override
        public boolean isSource() {
            return false;
        }

        @Override
        public boolean isSink() {
            return true;
        }

        @Override
        public void push(short[] frame, int samples, boolean sound) {
            frames.take(frame, samples, sound);
        }

        @Override
        public void onRemoved() {
            writer.close();
        }
    }
}
