package io.earshot.sdk.internal.media;

import io.earshot.api.audio.PcmSource;
import io.earshot.api.audio.Playback;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads raw sound from a stream, on a worker, as fast as it is played. */
final class StreamPlayer implements Playback {
    private static final Logger LOG = LoggerFactory.getLogger(StreamPlayer.class);
    private static final int BLOCK_BYTES = 3200;

    private final InputStream in;
    private final PcmSource out;
    private final CompletableFuture<Boolean> done = new CompletableFuture<>();

    private StreamPlayer(InputStream in, PcmSource out) {
        this.in = in;
        this.out = out;
    }

    static StreamPlayer start(MediaRoom room, InputStream in, PcmSource out) {
        StreamPlayer player = new StreamPlayer(in, out);
        room.loop().workers().execute(player::run);
        return player;
    }

    private void run() {
        try (in) {
            byte[] bytes = new byte[BLOCK_BYTES];
            short[] pcm = new short[BLOCK_BYTES / 2];
            for (int got = in.readNBytes(bytes, 0, BLOCK_BYTES); got > 1; got = in.readNBytes(bytes, 0, BLOCK_BYTES)) {
                for (int i = 0; i < got / 2; i++) {
                    pcm[i] = (short) (bytes[2 * i] & 0xFF | bytes[2 * i + 1] << 8);
                }
                out.write(pcm, 0, got / 2);
            }
            out.mark().thenAccept(played -> {
                out.close();
                done.complete(played);
            });
        } catch (IOException broken) {
            LOG.warn("The stream that plays to a call broke: {}", broken.toString());
            close();
        } catch (IllegalStateException closed) {
            done.complete(false);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            close();
        }
    }

    @Override
    public CompletableFuture<Boolean> done() {
        return done.copy();
    }

    @Override
    public String name() {
        return out.name();
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
    public int sampleRate() {
        return out.sampleRate();
    }

    @Override
    public void close() {
        out.close();
        done.complete(false);
    }
}
