package io.earshot.sdk.classic;

import io.earshot.api.Call;
import io.earshot.api.audio.PcmSink;
import io.earshot.sdk.internal.loop.LineQueue;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What peers say, packet by packet, for a program that fetches it (API_GetMedia): 20 ms each of 16 bit PCM at 8 kHz, the lower byte first.
 * When 900 wait because nobody fetches them, all are dropped, and it ends after a while. For any thread.
 */
final class ClassicEar {
    private static final int MOST = 900;
    private static final int RATE = 8_000;
    private static final int SAMPLES = RATE / 50;
    private static final int MOST_OVERFLOWS = 3;

    private final ClassicPhone phone;
    private final LineQueue<byte[]> packets = new LineQueue<>(MOST + 1);
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger overflows = new AtomicInteger();
    private final AtomicBoolean open = new AtomicBoolean();
    private final Map<Integer, PcmSink> sinks = new ConcurrentHashMap<>();

    ClassicEar(ClassicPhone phone) {
        this.phone = phone;
    }

    /** Returns the next packet, waiting this long for it at most; none when none came. The first time it begins to listen. */
    byte[] next(long millis) {
        overflows.set(0);
        begin();
        try {
            List<byte[]> got = packets.takeOne(millis);
            got.forEach(packet -> waiting.decrementAndGet());
            return got.isEmpty() ? new byte[0] : got.get(0);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return new byte[0];
        }
    }

    /** Listens from now on. */
    void begin() {
        if (open.compareAndSet(false, true)) {
            phone.parts().lines().all().forEach(this::onConnected);
        }
    }

    void onConnected(ClassicLine line) {
        if (open.get() && line.call().state() == Call.State.ESTABLISHED) {
            sinks.computeIfAbsent(line.number(), number -> {
                PcmSink sink = line.call().audio().output(RATE);
                phone.parts().workers().execute(() -> listen(number, sink));
                return sink;
            });
        }
    }

    private void listen(int line, PcmSink sink) {
        short[] samples = new short[SAMPLES];
        int filled = 0;
        try {
            for (int count = sink.read(samples, 0, SAMPLES); count > 0; count = sink.read(samples, filled, SAMPLES - filled)) {
                filled += count;
                if (filled == SAMPLES) {
                    add(bytes(samples));
                    filled = 0;
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        sinks.remove(line, sink);
    }

    private static byte[] bytes(short[] samples) {
        byte[] bytes = new byte[2 * samples.length];
        for (int i = 0; i < samples.length; i++) {
            bytes[2 * i] = (byte) samples[i];
            bytes[2 * i + 1] = (byte) (samples[i] >> 8);
        }
        return bytes;
    }

    private void add(byte[] packet) {
        if (!open.get()) {
            return;
        }
        packets.add(packet);
        if (waiting.incrementAndGet() > MOST) {
            waiting.addAndGet(-packets.clear());
            if (overflows.incrementAndGet() >= MOST_OVERFLOWS) {
                end();
            }
        }
    }

    void onFinished(ClassicLine line) {
        PcmSink sink = sinks.remove(line.number());
        if (sink != null) {
            sink.close();
        }
    }

    /** Listens no longer. */
    boolean end() {
        boolean was = open.getAndSet(false);
        List.copyOf(sinks.values()).forEach(PcmSink::close);
        sinks.clear();
        waiting.addAndGet(-packets.clear());
        return was;
    }
}
