package io.earshot.benchmarks.media;

import io.earshot.api.time.Ticker;
import io.earshot.benchmarks.media.MediaLoad.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * How many two-way calls the media loop of a phone carries, sockets included: calls send each other tones over UDP on the loopback
 * interface, so that each call costs one packet sent and one received every 20 ms, and the kernel's part of both counts too. A turn of
 * 20 ms is met when it is done before the next one is to begin. The parties of a conference are calls to a loop of their own, which is
 * not measured, on the other core if there is one; a third each
 * speaks PCMU, G.722 at 16 kHz and Speex at 32 kHz, or Opus at 48 kHz instead.
 *
 * <pre>java -Xmx2g -cp … io.earshot.benchmarks.media.MediaCapacity [calls|recorded|encrypted|opus|fed|file|conference|opus_conference
 * [count …]]</pre>
 *
 * <p>Without arguments it takes three and a half minutes and says at the end what follows from the rows.
 */
public final class MediaCapacity {
    private static final int FIRST_SECONDS = 12;
    private static final int WARM_UP_SECONDS = 6;
    private static final int LONG_WARM_UP_SECONDS = 15;
    private static final int SECONDS = 12;
    private static final int PARTIES = 50;
    private static final double FRAME_MICROS = 20_000;
    private static final double LINEAR = 1.25;

    private MediaCapacity() {
    }

    private record Row(Kind kind, int calls, double micros, long missed) { }

    /** Prints the tables. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.out.println("processors: " + Runtime.getRuntime().availableProcessors() + ", JDK " + Runtime.version());
        warmUp();
        System.out.println("| what | calls | CPU for a call and turn, us | of one core | bytes for a call and turn | turns met | "
            + "99.9 % done after | left out | lost |");
        System.out.println("|---|--:|--:|--:|--:|--:|--:|--:|--:|");
        List<Row> rows = new ArrayList<>();
        List<Kind> kinds = arguments.length == 0 ? List.of(Kind.CALLS, Kind.RECORDED, Kind.CONFERENCE)
            : List.of(Kind.valueOf(arguments[0].toUpperCase(Locale.ROOT)));
        for (Kind kind : kinds) {
            int[] usual = switch (kind) {
                case CALLS -> new int[] {10, 100, 250, 500, 750, 1000};
                case RECORDED, ENCRYPTED, OPUS, FED, FILE -> new int[] {100, 500};
                case CONFERENCE, OPUS_CONFERENCE -> new int[] {PARTIES};
            };
            int[] counts = arguments.length < 2 ? usual : Arrays.stream(arguments).skip(1).mapToInt(Integer::parseInt).toArray();
            for (int count : counts) {
                rows.add(measure(kind, count));
            }
        }
        conclude(rows);
    }

    /** The compiler's work is no call's. */
    private static void warmUp() throws IOException, InterruptedException {
        try (MediaLoad load = new MediaLoad()) {
            load.start(Kind.RECORDED, 60);
            pause(FIRST_SECONDS);
        }
    }

    private static Row measure(Kind kind, int count) throws IOException, InterruptedException {
        boolean conference = kind == Kind.CONFERENCE || kind == Kind.OPUS_CONFERENCE;
        Ticker ticker = Ticker.system();
        try (MediaLoad load = new MediaLoad()) {
            load.start(kind, count);
            pause(conference ? LONG_WARM_UP_SECONDS : WARM_UP_SECONDS);
            load.punctuality().take();
            long before = load.skippedFrames();
            long from = ticker.now();
            pause(SECONDS);
            Punctuality.Seen seen = load.punctuality().take();
            double elapsed = ticker.now() - from;
            long left = load.skippedFrames() - before;
            double each = (double) seen.turns() * count;
            System.out.printf(Locale.ROOT, "| %s | %d | %.2f | %.0f %% | %.1f | %d of %d | %.1f ms | %d | %.3f %% |%n",
                kind.name().toLowerCase(Locale.ROOT), count, seen.cpuNanos() / 1e3 / each, 100 * seen.cpuNanos() / elapsed,
                seen.bytes() / each, seen.turns() - seen.overruns(), seen.turns() + left, seen.p999Millis(), left, load.lost());
            if (conference) {
                ConferenceEar ear = load.listen();
                System.out.printf(Locale.ROOT, "conference of %d parties at three rates: each one's own voice is at least %.0f dB below "
                    + "the mean of the others in what it hears; %d samples clipped%n", count, ear.ownBelowOthers(), ear.clipped());
            }
            return new Row(kind, count, seen.cpuNanos() / 1e3 / each, seen.overruns() + left);
        }
    }

    /** Says what the rows of plain calls come to. */
    private static void conclude(List<Row> rows) {
        List<Row> calls = rows.stream().filter(row -> row.kind() == Kind.CALLS).toList();
        if (calls.isEmpty()) {
            return;
        }
        int met = calls.stream().filter(row -> row.missed() == 0).mapToInt(Row::calls).max().orElse(0);
        Row last = calls.get(calls.size() - 1);
        System.out.printf(Locale.ROOT, "every turn met up to %d calls; a core is full with %.0f at the CPU time of the last row%n", met,
            FRAME_MICROS / last.micros());
        Row least = calls.stream().filter(row -> row.calls() >= 100).min((a, b) -> Double.compare(a.micros(), b.micros())).orElse(last);
        boolean linear = calls.stream().filter(row -> row.calls() >= 100 && (met == 0 || row.calls() <= met))
            .allMatch(row -> row.micros() <= LINEAR * least.micros());
        System.out.printf(Locale.ROOT, "CPU for a call from 100 calls up to there: %s (within %.0f %% of the least)%n",
            linear ? "linear" : "not linear", 100 * (LINEAR - 1));
    }

    private static void pause(int seconds) throws InterruptedException {
        new CountDownLatch(1).await(seconds, TimeUnit.SECONDS);
    }
}
