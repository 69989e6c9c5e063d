package io.earshot.benchmarks.playout;

import io.earshot.api.time.Ticker;
import io.earshot.codec.g711.G711Provider;
import io.earshot.api.codec.spi.AudioCodec;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.api.codec.spi.FormatParameters;
import io.earshot.benchmarks.playout.plain.Concealment;
import io.earshot.rtp.audio.AudioReceiver;
import io.earshot.rtp.audio.PayloadFormat;
import io.earshot.rtp.jitter.JitterConfig;
import io.earshot.rtp.packet.RtpPacket;
import java.util.List;

/** A receive path under test: µ-law packets in, ticks of 20 ms out. */
interface Player {
    CodecDescriptor PCMU = new G711Provider().codecs().get(0);
    int TICK = 160;

    void packet(RtpPacket packet, int index, long now);

    void read(long now, short[] pcm, int offset);

    /** Returns the milliseconds made up, taken out and put in. */
    double[] changes();

    static AudioCodec codec() {
        return new G711Provider().open(PCMU, FormatParameters.NONE, FormatParameters.NONE);
    }

    /** What calls use now. */
    static Player adaptive() {
        return adaptive(JitterConfig.DEFAULT);
    }

    /** The same with a bound on the delay that it aims at, in milliseconds. */
    static Player bounded(int most) {
        return adaptive(JitterConfig.DEFAULT.withDelays(JitterConfig.DEFAULT.minDelay(), most * Ticker.MILLISECOND));
    }

    private static Player adaptive(JitterConfig config) {
        AudioReceiver receiver = new AudioReceiver(config, 20, List.of(new PayloadFormat(0, PCMU, codec())));
        return new Player() {
            @Override
            public void packet(RtpPacket packet, int index, long now) {
                receiver.onPacket(packet, now);
            }

            @Override
            public void read(long now, short[] pcm, int offset) {
                receiver.read(now, pcm, offset);
            }

            @Override
            public double[] changes() {
                var counts = receiver.statistics();
                return new double[] {counts.concealed(), counts.shortened(), counts.lengthened()};
            }
        };
    }

    /** What calls used at first. */
    static Player plain() {
        var receiver = new io.earshot.benchmarks.playout.plain.AudioReceiver(io.earshot.benchmarks.playout.plain.JitterConfig.DEFAULT, 20,
            List.of(new io.earshot.benchmarks.playout.plain.PayloadFormat(0, PCMU, codec())));
        return new Player() {
            @Override
            public void packet(RtpPacket packet, int index, long now) {
                receiver.onPacket(packet, now);
            }

            @Override
            public void read(long now, short[] pcm, int offset) {
                receiver.read(now, pcm, offset);
            }

            @Override
            public double[] changes() {
                return new double[] {receiver.statistics().concealed(), 20.0 * receiver.jitterStatistics().skipped(),
                    20.0 * receiver.jitterStatistics().expanded()};
            }
        };
    }

    /** Each packet 60 ms behind the arrival of the first, concealed as the plain path does. */
    static Player fixed() {
        AudioCodec codec = codec();
        Concealment concealment = new Concealment(8000, 1);
        byte[][] held = new byte[1 << 16][];
        return new Player() {
            private long start = -1;
            private int next;
            private int made;

            @Override
            public void packet(RtpPacket packet, int index, long now) {
                if (start < 0) {
                    start = now + 60 * Ticker.MILLISECOND;
                    next = index;
                }
                byte[] payload = new byte[packet.payloadLength()];
                System.arraycopy(packet.buffer(), packet.payloadOffset(), payload, 0, payload.length);
                held[index] = payload;
            }

            @Override
            public void read(long now, short[] pcm, int offset) {
                if (start < 0 || now < start) {
                    return;
                }
                byte[] payload = held[next++];
                if (payload == null) {
                    concealment.conceal(pcm, offset, TICK);
                    made += 20;
                } else {
                    codec.decode(payload, 0, payload.length, pcm, offset);
                    concealment.received(pcm, offset, TICK);
                }
            }

            @Override
            public double[] changes() {
                return new double[] {made, 0, 0};
            }
        };
    }
}
