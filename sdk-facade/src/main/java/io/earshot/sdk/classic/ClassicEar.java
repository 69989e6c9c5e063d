package io.earshot.sdk.classic;

import io.earshot.api.Call;
import io.earshot.api.audio.MediaFeed;
import io.earshot.api.audio.MediaQueue;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What peers say, packet by packet, for a program that fetches it (API_GetMedia): 20 ms each of 16 bit PCM at 8 kHz, the lower byte first.
 * When 900 wait because nobody fetches them, all are dropped, and after the third time it ends (B-173). For any thread.
 */
final class ClassicEar {
    private static final String OPEN = "API_GetMedia";
    private static final int MOST = 900;
    /** Who has not asked for so long does not listen any more. */
    static final int PATIENCE_SECONDS = 60;
    private static final MediaFeed FORM = MediaFeed.PCM.withForm(MediaFeed.Form.PCM_8000);

    private final ClassicPhone phone;
    /** What is open, under {@link #OPEN}. */
    private final Map<String, Open> open = new ConcurrentHashMap<>();

    /** What exists while somebody listens: packets, the calls that they come of, the seconds since one was fetched. */
    private record Open(MediaQueue packets, Map<Call, AutoCloseable> feeds, AtomicInteger idle) { }

    ClassicEar(ClassicPhone phone) {
        this.phone = phone;
    }

    /** Returns the next packet, waiting this long for it at most; none when none came. The first time it begins to listen. */
    byte[] next(long millis) {
        begin();
        Open now = open.get(OPEN);
        if (now == null) {
            return new byte[0];
        }
        now.idle.set(0);
        try {
            return now.packets.poll(Duration.ofMillis(Math.max(0, millis))).map(MediaQueue.MediaPacket::bytes).orElse(new byte[0]);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return new byte[0];
        }
    }

    /** Listens from now on. */
    void begin() {
        if (!open.containsKey(OPEN)) {
            phone.running().ifPresent(on -> open.computeIfAbsent(OPEN, key ->
                    new Open(on.phone().bridge().mediaQueue(MOST), new ConcurrentHashMap<>(), new AtomicInteger())));
            phone.parts().lines().all().forEach(this::onConnected);
        }
    }

    void onConnected(ClassicLine line) {
        if (line.call().state() == Call.State.ESTABLISHED) {
            Optional.ofNullable(open.get(OPEN)).ifPresent(now -> now.feeds.computeIfAbsent(line.call(), call ->
                    call.audio().feed(FORM, MediaFeed.Side.INCOMING, now.packets)));
        }
    }

    /** A second has gone by: what nobody fetches ends. */
    void onSecond() {
        Open now = open.get(OPEN);
        if (now != null && now.idle.incrementAndGet() >= PATIENCE_SECONDS) {
            end();
        }
    }

    /** A feed ends with its call. */
    void onFinished(ClassicLine line) {
        Optional.ofNullable(open.get(OPEN)).ifPresent(now -> now.feeds.remove(line.call()));
    }

    boolean isOpen() {
        return open.containsKey(OPEN);
    }

    /** Listens no longer. */
    boolean end() {
        Optional<Open> was = Optional.ofNullable(open.remove(OPEN));
        was.ifPresent(now -> now.packets.close());
        return was.isPresent();
    }
}
