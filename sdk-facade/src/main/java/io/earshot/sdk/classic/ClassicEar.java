package io.earshot.sdk.classic;

import io.earshot.api.Call;
import io.earshot.api.audio.MediaFeed;
import io.earshot.api.audio.MediaQueue;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What peers say, packet by packet, for a program that fetches it (API_GetMedia): 20 ms each of 16 bit PCM at 8 kHz, the lower byte first.
 * When 900 wait because nobody fetches them, all are dropped, and after the third time it ends (B-173). For any thread.
 */
final class ClassicEar {
    private static final int MOST = 900;
    private static final int MOST_OVERFLOWS = 3;
    private static final MediaFeed FORM = MediaFeed.PCM.withForm(MediaFeed.Form.PCM_8000);

    private final ClassicPhone phone;
    private final AtomicReference<Optional<Open>> open = new AtomicReference<>(Optional.empty());

    /** What exists while somebody listens: the packets, the calls that they come of, and how many were dropped when one was fetched last. */
    private record Open(MediaQueue packets, Map<Call, AutoCloseable> feeds, AtomicReference<Long> dropped) { }

    ClassicEar(ClassicPhone phone) {
        this.phone = phone;
    }

    /** Returns the next packet, waiting this long for it at most; none when none came. The first time it begins to listen. */
    byte[] next(long millis) {
        begin();
        Optional<Open> now = open.get();
        if (now.isEmpty()) {
            return new byte[0];
        }
        MediaQueue packets = now.get().packets;
        now.get().dropped.set(packets.dropped());
        try {
            return packets.poll(Duration.ofMillis(Math.max(0, millis))).map(MediaQueue.MediaPacket::bytes).orElse(new byte[0]);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return new byte[0];
        }
    }

    /** Listens from now on. */
    void begin() {
        if (open.get().isEmpty()) {
            phone.running().ifPresent(on -> {
                Open fresh = new Open(on.phone().bridge().mediaQueue(MOST), new ConcurrentHashMap<>(), new AtomicReference<>(0L));
                if (open.compareAndSet(Optional.empty(), Optional.of(fresh))) {
                    phone.parts().lines().all().forEach(this::onConnected);
                } else {
                    fresh.packets.close();
                }
            });
        }
    }

    void onConnected(ClassicLine line) {
        if (line.call().state() == Call.State.ESTABLISHED) {
            open.get().ifPresent(now -> now.feeds.computeIfAbsent(line.call(), call ->
                    call.audio().feed(FORM, MediaFeed.Side.INCOMING, now.packets)));
        }
    }

    /** A second has gone by: what nobody fetches ends. */
    void onSecond() {
        boolean unwanted = open.get().filter(now -> now.packets.dropped() - now.dropped.get() >= MOST_OVERFLOWS * MOST).isPresent();
        if (unwanted) {
            end();
        }
    }

    /** A feed ends with its call. */
    void onFinished(ClassicLine line) {
        open.get().ifPresent(now -> now.feeds.remove(line.call()));
    }

    /** Listens no longer. */
    boolean end() {
        Optional<Open> was = open.getAndSet(Optional.empty());
        was.ifPresent(now -> now.packets.close());
        return was.isPresent();
    }
}
