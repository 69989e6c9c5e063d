package io.earshot.benchmarks.media;

import io.earshot.benchmarks.media.MediaLoad.Kind;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * How many two-way calls the media loop of a phone carries, sockets included: calls send each other tones over UDP on the loopback
 * interface, so that each call costs one packet sent and one received every 20 ms, and the kernel's part of both counts too. A turn of
 * 20 ms is met when it is done before the next one is to begin.
 *
 * <pre>java -Xmx2g -cp … io.earshot.benchmarks.media.MediaCapacity [calls|recorded|conference [count …]]</pre>
 */
public final class MediaCapacity {
    private static final int WARM_UP_SECONDS = 10;
    private static final int SECONDS = 15;

    private MediaCapacity() {
    }

    /** Prints the tables. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.out.println("what | calls | us of CPU per call and turn | bytes per call and turn | turns | overruns | 99.9 % of turns done "
            + "after ms | frames left out | packets lost %");
        List<Kind> kinds = arguments.length == 0 ? List.of(Kind.values()) : List.of(Kind.valueOf(arguments[0].toUpperCase(Locale.ROOT)));
        for (Kind kind : kinds) {
            int[] usual = kind == Kind.CONFERENCE ? new int[] {100} : new int[] {10, 100, 250, 500, 1000, 1500, 2000};
            int[] counts = arguments.length < 2 ? usual : Arrays.stream(arguments).skip(1).mapToInt(Integer::parseInt).toArray();
            for (int count : counts) {
                measure(kind, count);
            }
        }
    }

    private static void measure(Kind kind, int count) throws IOException, InterruptedException {
        try (MediaLoad load = new MediaLoad()) {
            load.start(kind, count);
            pause(WARM_UP_SECONDS);
            load.punctuality().take();
            long before = load.skippedFrames();
            pause(SECONDS);
            Punctuality.Seen seen = load.punctuality().take();
            long left = load.skippedFrames() - before;
            double each = (SECONDS * 50.0 - left) * count;
            System.out.printf(Locale.ROOT, "%s | %d | %.2f | %.1f | %d | %d | %.1f | %d | %.3f%n", kind.name().toLowerCase(Locale.ROOT),
                count, seen.cpuNanos() / 1e3 / each, seen.bytes() / each, seen.turns(), seen.overruns(), seen.p999Millis(),
                left, load.lost());
        }
    }

    private static void pause(int seconds) throws InterruptedException {
        new CountDownLatch(1).await(seconds, TimeUnit.SECONDS);
    }
}
