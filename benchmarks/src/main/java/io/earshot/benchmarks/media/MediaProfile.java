package io.earshot.benchmarks.media;

import io.earshot.benchmarks.media.MediaLoad.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where the media loop of a phone spends its time and memory, by Java Flight Recorder: what {@link MediaLoad} does in its steady state,
 * the loop's thread only. Without thread-local buffers every allocation is an event of its own, so that nothing is estimated.
 *
 * <p>The kind of calls is {@code calls}, {@code recorded}, {@code encrypted} (SDES), {@code opus}, {@code fed} (two feeds to a program),
 * {@code file} (each hears one), {@code conference} or {@code opus_conference}. What the JDK's selector makes for the numbers of sockets
 * above 127 is told apart; with {@code -XX:AutoBoxCacheMax=20000} it makes none.
 *
 * <pre>java -Xmx2g -XX:-UseTLAB -cp … io.earshot.benchmarks.media.MediaProfile [KIND [count]]</pre>
 */
public final class MediaProfile {
    private static final int WARM_UP_SECONDS = 30;
    private static final int SECONDS = 20;
    private static final int TURNS_A_SECOND = 50;
    private static final int ROWS = 14;
    private static final String LOOP = "media-load";
    private static final String SELECTORS = "java.lang.Integer by Integer.valueOf for EventLoop.turn";
    private static final List<String> ALLOCATIONS = List.of("jdk.ObjectAllocationInNewTLAB", "jdk.ObjectAllocationOutsideTLAB");
    private static final List<String> WAITS = List.of("jdk.JavaMonitorEnter", "jdk.ThreadPark", "jdk.JavaMonitorWait");
    private static final List<String> SAMPLES = List.of("jdk.ExecutionSample", "jdk.NativeMethodSample");

    private final Map<String, Long> bytes = new HashMap<>();
    private final Map<String, Long> ofTheSelector = new HashMap<>();
    private final Map<String, Long> samples = new HashMap<>();
    private final Map<String, Long> waits = new HashMap<>();

    private int calls;

    private MediaProfile() {
    }

    /** Prints the tables. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Kind kind = arguments.length == 0 ? Kind.CALLS : Kind.valueOf(arguments[0].toUpperCase(Locale.ROOT));
        int count = arguments.length < 2 ? 100 : Integer.parseInt(arguments[1]);
        MediaProfile profile = new MediaProfile();
        int turns = profile.record(kind, count);
        System.out.printf(Locale.ROOT, "%s, %d calls, %d of %d turns took place, JDK %s%n", kind.name().toLowerCase(Locale.ROOT),
            profile.calls, turns, SECONDS * TURNS_A_SECOND, Runtime.version());
        double each = 1.0 / turns / profile.calls;
        table("Bytes of ours allocated for a call and turn", profile.bytes, each, "%.2f");
        table("Bytes of the JDK's selector for a call and turn", profile.ofTheSelector, each, "%.2f");
        table("Share of the loop's CPU samples, %", profile.samples,
            100.0 / Math.max(1, profile.samples.values().stream().mapToLong(Long::longValue).sum()), "%.1f");
        table("Waits for a lock, times", profile.waits, 1, "%.0f");
    }

    /** First what is allocated and waited for, then where the time goes: a recorder that samples the thread allocates on it. */
    private int record(Kind kind, int count) throws IOException, InterruptedException {
        try (MediaLoad load = new MediaLoad()) {
            load.start(kind, count);
            calls = load.onLoop();
            pause(WARM_UP_SECONDS);
            load.punctuality().take();
            try (Recording recording = new Recording()) {
                ALLOCATIONS.forEach(each -> recording.enable(each).withStackTrace());
                WAITS.forEach(each -> recording.enable(each).withStackTrace().withThreshold(Duration.ZERO));
                run(recording);
            }
            int turns = load.punctuality().take().turns();
            try (Recording recording = new Recording()) {
                SAMPLES.forEach(each -> recording.enable(each).withPeriod(Duration.ofMillis(10)));
                run(recording);
            }
            return turns;
        }
    }

    private void run(Recording recording) throws IOException, InterruptedException {
        Path file = Files.createTempFile("media-profile", ".jfr");
        try {
            recording.start();
            pause(SECONDS);
            recording.stop();
            recording.dump(file);
            read(file);
        } finally {
            Files.delete(file);
        }
    }

    private static void pause(int seconds) throws InterruptedException {
        new CountDownLatch(1).await(seconds, TimeUnit.SECONDS);
    }

    private void read(Path file) throws IOException {
        try (RecordingFile events = new RecordingFile(file)) {
            while (events.hasMoreEvents()) {
                RecordedEvent event = events.readEvent();
                String name = event.getEventType().getName();
                RecordedThread thread = event.hasField("sampledThread") ? event.getThread("sampledThread") : event.getThread();
                if (thread == null || !LOOP.equals(thread.getJavaName())) {
                    continue;
                }
                if (ALLOCATIONS.contains(name)) {
                    String what = event.getClass("objectClass").getName() + " by " + place(event);
                    Map<String, Long> whose = SELECTORS.equals(what) ? ofTheSelector : bytes;
                    whose.merge(what, event.getLong("allocationSize"), Long::sum);
                } else if (WAITS.contains(name)) {
                    waits.merge(place(event), 1L, Long::sum);
                } else if (SAMPLES.contains(name) && !isIdle(event)) {
                    samples.merge(place(event), 1L, Long::sum);
                }
            }
        }
    }

    /** Sleeping in the selector is no work. */
    private static boolean isIdle(RecordedEvent event) {
        return event.getStackTrace() == null || "sun.nio.ch.EPoll.wait".equals(name(event.getStackTrace().getFrames().get(0)));
    }

    /** The method that did it, and the first of ours that it did it for. */
    private static String place(RecordedEvent event) {
        if (event.getStackTrace() == null) {
            return "?";
        }
        List<RecordedFrame> frames = event.getStackTrace().getFrames();
        String top = name(frames.get(0));
        for (RecordedFrame frame : frames) {
            String name = name(frame);
            if (name.startsWith("io.earshot")) {
                return name.equals(top) ? simple(name) : simple(top) + " for " + simple(name);
            }
        }
        return simple(top);
    }

    private static String name(RecordedFrame frame) {
        return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
    }

    private static String simple(String method) {
        int type = method.lastIndexOf('.', method.lastIndexOf('.') - 1);
        return method.substring(type + 1);
    }

    private static void table(String title, Map<String, Long> rows, double factor, String form) {
        System.out.printf(Locale.ROOT, "%n%s: " + form + " in all%n", title,
            factor * rows.values().stream().mapToLong(Long::longValue).sum());
        rows.entrySet().stream().sorted(Map.Entry.<String, Long>comparingByValue().reversed()).limit(ROWS)
            .forEach(row -> System.out.printf(Locale.ROOT, "  " + form + "  %s%n", factor * row.getValue(), row.getKey()));
    }
}
