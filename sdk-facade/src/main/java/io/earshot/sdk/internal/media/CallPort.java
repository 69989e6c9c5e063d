package io.earshot.sdk.internal.media;

import io.earshot.sdk.internal.loop.Published;
import java.util.Arrays;

/** A call in the bridge: gives what the peer says, takes what the peer hears. Silent until its stream is attached. */
final class CallPort implements BridgePort {
    private static final int RATE_BEFORE_MEDIA = 8000;

    private final Monitor monitor = new Monitor();
    private final Published<Integer> sourceRate = new Published<>(RATE_BEFORE_MEDIA);
    private MediaStream stream;
    private boolean incomingMuted;
    private boolean outgoingMuted;

    void attach(MediaStream running) {
        stream = running;
        sourceRate.set(rate());
    }

    /** Returns the rate of what the peer says now, for any thread. */
    int publishedRate() {
        return sourceRate.get();
    }

    void muteIncoming(boolean muted) {
        incomingMuted = muted;
    }

    void muteOutgoing(boolean muted) {
        outgoingMuted = muted;
    }

    /** Returns a source of what the peer hears, for recordings and listeners; one frame behind. */
    BridgePort monitor() {
        return monitor;
    }

    @Override
    public int rate() {
        return stream == null ? RATE_BEFORE_MEDIA : stream.receiveRate();
    }

    @Override
    public int sinkRate() {
        return stream == null ? RATE_BEFORE_MEDIA : stream.sendRate();
    }

    @Override
    public boolean isSource() {
        return true;
    }

    @Override
    public boolean isSink() {
        return true;
    }

    @Override
    public boolean pull(short[] frame, int samples) {
        boolean heard = stream != null && stream.read(frame);
        return heard && !incomingMuted;
    }

    @Override
    public void push(short[] frame, int samples, boolean sound) {
        boolean silent = outgoingMuted || !sound || stream == null || stream.isHeld();
        if (silent) {
            Arrays.fill(frame, 0, samples, (short) 0);
        }
        monitor.take(frame, samples, !silent);
        if (stream != null) {
            stream.write(frame, samples);
        }
    }

    /** Repeats what was pushed last. */
    private final class Monitor implements BridgePort {
        private final short[] last = new short[Bridge.MAX_FRAME];
        private boolean sound;
        private int lastRate = RATE_BEFORE_MEDIA;

        void take(short[] frame, int samples, boolean heard) {
            sound = heard;
            lastRate = sinkRate();
            if (heard) {
                System.arraycopy(frame, 0, last, 0, samples);
            }
        }

        @Override
        public int rate() {
            return lastRate;
        }

        @Override
        public boolean isSource() {
            return true;
        }

        @Override
        public boolean isSink() {
            return false;
        }

        @Override
        public boolean pull(short[] frame, int samples) {
            if (sound) {
                System.arraycopy(last, 0, frame, 0, samples);
            }
            return sound;
        }
    }
}
