package io.earshot.sdk.internal.media;

import io.earshot.api.audio.VoiceReport;
import io.earshot.sdk.internal.loop.Published;
import java.util.Arrays;

/** A call in the bridge: gives what the peer says, takes what the peer hears. Silent until its stream is attached. */
final class CallPort implements BridgePort {
    private static final int RATE_BEFORE_MEDIA = 8000;

    private final Monitor monitor = new Monitor();
    private final Published<Integer> sourceRate = new Published<>(RATE_BEFORE_MEDIA);
    private final PacketTaps taps = new PacketTaps();
    private MediaStream stream;
    private boolean incomingMuted;
    private boolean outgoingMuted;
    private boolean sendsSilence = true;
    private double incomingGain = 1;
    private double outgoingGain = 1;
    private final Volume incoming = new Volume(1, 1);
    private final Volume outgoing = new Volume(1, 1);
    private final Waiting waiting = new Waiting();
    private final VoiceEar ear = new VoiceEar();
    private final ToneEar tones = new ToneEar();

    void attach(MediaStream running) {
        stream = running;
        if (running != null) {
            running.show(taps);
        }
        sourceRate.set(rate());
    }

    /** Returns what the peer said since the last report. */
    VoiceReport voice() {
        return ear.report(rate());
    }

    /** Returns what listens for tones in what the peer says. */
    ToneEar tones() {
        return tones;
    }

    /** Returns the rate of what the peer says now, for any thread. */
    int publishedRate() {
        return sourceRate.get();
    }

    /** Returns who sees the packets. */
    PacketTaps taps() {
        return taps;
    }

    void muteIncoming(boolean muted) {
        incomingMuted = muted;
        incoming.set(muted ? 0 : incomingGain);
    }

    void muteOutgoing(boolean muted) {
        outgoingMuted = muted;
        outgoing.set(muted ? 0 : outgoingGain);
    }

    void sendSilence(boolean on) {
        sendsSilence = on;
    }

    void incomingGain(double factor) {
        incomingGain = factor;
        muteIncoming(incomingMuted);
    }

    void outgoingGain(double factor) {
        outgoingGain = factor;
        muteOutgoing(outgoingMuted);
    }

    /** Returns the sink of what the peer hears while we hold it. */
    BridgePort waiting() {
        return waiting;
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
        boolean received = stream != null && stream.read(frame);
        if (received) {
            tones.hear(frame, rate() / 1000 * MediaEngine.FRAME_MILLIS, rate());
        }
        boolean heard = received && !incoming.isSilent();
        if (heard && !incoming.isUnity()) {
            incoming.apply(frame, frame, rate() / 1000 * MediaEngine.FRAME_MILLIS);
        }
        incoming.settle();
        if (heard) {
            ear.hear(frame, rate() / 1000 * MediaEngine.FRAME_MILLIS, rate());
        }
        return heard;
    }

    @Override
    public void push(short[] frame, int samples, boolean sound) {
        boolean held = isHeld();
        boolean silent = stream == null || (held ? !waiting.take(frame, samples) : !sound || outgoing.isSilent());
        if (silent) {
            Arrays.fill(frame, 0, samples, (short) 0);
        } else if (!held && !outgoing.isUnity()) {
            outgoing.apply(frame, frame, samples);
        }
        outgoing.settle();
        waiting.sound &= held;
        boolean keys = stream != null && stream.speak(frame, samples);
        monitor.take(frame, samples, keys || !silent);
        if (stream != null && (sendsSilence || keys || !silent)) {
            stream.write(frame, samples);
        } else if (stream != null) {
            stream.skip();
        }
    }

    private boolean isHeld() {
        return stream != null && stream.isHeld();
    }

    /** Takes what a held peer hears instead of the conversation; it is sent with the next frame. */
    private final class Waiting implements BridgePort {
        /** Made with the first frame that comes here. */
        private short[] frame = new short[0];
        private int filled;
        private boolean sound;

        /** Gives the frame that came last, once. */
        boolean take(short[] out, int samples) {
            boolean there = sound && filled == samples;
            if (there) {
                System.arraycopy(frame, 0, out, 0, samples);
            }
            sound = false;
            return there;
        }

        @Override
        public int rate() {
            return CallPort.this.sinkRate();
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
        public boolean isListening() {
            return isHeld();
        }

        @Override
        public void push(short[] pushed, int samples, boolean heard) {
            if (frame.length == 0) {
                frame = new short[Bridge.MAX_FRAME];
            }
            System.arraycopy(pushed, 0, frame, 0, samples);
            filled = samples;
            sound = heard;
        }
    }

    /** Repeats what was pushed last. */
    private final class Monitor implements BridgePort {
        /** Made with the first sound. */
        private short[] last = new short[0];
        private boolean sound;
        private int lastRate = RATE_BEFORE_MEDIA;

        void take(short[] frame, int samples, boolean heard) {
            sound = heard;
            lastRate = sinkRate();
            if (heard) {
                if (last.length == 0) {
                    last = new short[Bridge.MAX_FRAME];
                }
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
