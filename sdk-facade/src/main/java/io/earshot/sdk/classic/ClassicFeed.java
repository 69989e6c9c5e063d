package io.earshot.sdk.classic;

import io.earshot.api.audio.PcmSource;
import io.earshot.sdk.internal.loop.SerialExecutor;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Sound of the program on its way to a peer, in order; the pace is that of the call. 16 bit PCM, the lower byte first. For any thread. */
final class ClassicFeed {
    private static final int CHUNK = 3200;
    private static final int NO_BYTE = -1;

    private final PcmSource source;
    private final int most;
    private final Executor order;
    private final Consumer<String> failed;
    private final AtomicBoolean closed = new AtomicBoolean();
    /** The first half of a sample whose other half comes with the next bytes; used in order. */
    private final AtomicInteger half = new AtomicInteger(NO_BYTE);

    /**
     * Makes one.
     *
     * @param most samples that may wait; when there are more, they are dropped for newer ones
     */
    ClassicFeed(PcmSource source, int most, Executor workers, Consumer<String> failed) {
        this.source = source;
        this.most = most;
        this.order = new SerialExecutor(workers);
        this.failed = failed;
    }

    void write(byte[] pcm, int length) {
        byte[] copy = java.util.Arrays.copyOf(pcm, length);
        order.execute(() -> send(copy, length));
    }

    void write(InputStream in) {
        order.execute(() -> {
            try (in) {
                byte[] chunk = new byte[CHUNK];
                for (int count = in.read(chunk); count >= 0 && !closed.get(); count = in.read(chunk)) {
                    send(chunk, count);
                }
            } catch (IOException broken) {
                failed.accept(String.valueOf(broken.getMessage()));
            }
        });
    }

    private void send(byte[] bytes, int count) {
        short[] samples = new short[count / 2 + 1];
        int n = 0;
        int low = half.get();
        for (int i = 0; i < count; i++) {
            if (low == NO_BYTE) {
                low = bytes[i] & 0xFF;
            } else {
                samples[n++] = (short) (bytes[i] << 8 | low);
                low = NO_BYTE;
            }
        }
        half.set(low);
        try {
            if (closed.get()) {
                return;
            }
            if (most == Integer.MAX_VALUE) {
                source.write(samples, 0, n);
            } else {
                hurry(samples, n);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException over) {
            closed.set(true);
        }
    }

    /** The newest of what is there goes on its way; nothing waits for room. */
    private void hurry(short[] samples, int count) {
        int late = Math.max(0, count - most);
        if (source.queued() + count - late > most) {
            source.clear();
        }
        source.offer(samples, late, count - late);
    }

    /** Drops what waits. */
    void close() {
        closed.set(true);
        source.close();
    }
}
