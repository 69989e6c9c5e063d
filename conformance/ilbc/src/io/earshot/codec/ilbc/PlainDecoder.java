package io.earshot.codec.ilbc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Decodes files of frames without the enhancer, as ffmpeg does: {@code PlainDecoder MODE IN OUT [MODE IN OUT …]}. */
public final class PlainDecoder {
    private PlainDecoder() {
    }

    /** Entry point. */
    public static void main(String[] args) throws IOException {
        for (int i = 0; i < args.length; i += 3) {
            IlbcMode mode = args[i].equals("20") ? IlbcMode.MILLIS_20 : IlbcMode.MILLIS_30;
            byte[] frames = Files.readAllBytes(Path.of(args[i + 1]));
            FrameDecoder decoder = new FrameDecoder(mode, new Enhancer(mode) {
                @Override
                int delay() {
                    return 0;
                }

                @Override
                int enhance(float[] residual, float[] out, boolean lost) {
                    return 40;
                }
            });
            ByteBuffer out = ByteBuffer.allocate(frames.length / mode.bytes * mode.samples * 2).order(ByteOrder.LITTLE_ENDIAN);
            short[] pcm = new short[mode.samples];
            for (int at = 0; at + mode.bytes <= frames.length; at += mode.bytes) {
                decoder.decode(frames, at, pcm, 0);
                for (short sample : pcm) {
                    out.putShort(sample);
                }
            }
            Files.write(Path.of(args[i + 2]), out.array());
        }
    }
}
