package io.earshot.sdk.classic;

import io.earshot.api.CallQuality;
import io.earshot.api.audio.AudioBridge;
import io.earshot.api.audio.MediaFeed;
import io.earshot.api.audio.MediaQueue;
import io.earshot.api.time.Ticker;
import io.earshot.sdk.internal.loop.SerialExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * The quality test ({@code aqtest}, B-161): how the packets of a call came, told when it is over. Put two accounts of one phone, or two
 * phones, on either side of what is to be measured. For any thread.
 */
final class ClassicMeasurement {
    static final List<ClassicParameter> ROWS = ParameterGroup.QUALITY.rows(
            ClassicParameter.number("aqtest", 0, 1, 0, "1 measures how the packets of every call come, and tells it at its end").live());

    private static final int HEADER = 12;
    private static final int QUEUE = 1_000;
    private static final long STEP_MILLIS = 10;
    private static final Duration TURN = Duration.ofSeconds(1);

    private final ClassicPhone phone;
    private final Ticker ticker;
    private final Map<ClassicLine, Running> courses = new ConcurrentHashMap<>();

    /** How the packets of one call came. Confined to the tasks of its order. */
    static final class Course {
        private final Map<Long, Integer> gaps = new TreeMap<>();
        private long before = -1;
        private int sequence = -1;
        private int received;
        private int misplaced;
        private int unread;
        private long trips;
        private long tripSum;
        private long longestTrip;

        /** Takes a packet, with when it came in nanoseconds. */
        void take(byte[] packet, long now) {
            if (packet.length < HEADER || (packet[0] & 0xC0) != 0x80) {
                unread++;
                return;
            }
            int number = (packet[2] & 0xFF) << 8 | packet[3] & 0xFF;
            received++;
            misplaced += sequence >= 0 && (short) (number - sequence) <= 0 ? 1 : 0;
            sequence = sequence < 0 || (short) (number - sequence) > 0 ? number : sequence;
            if (before >= 0) {
                long step = Math.round((now - before) / (double) (STEP_MILLIS * Ticker.MILLISECOND)) * STEP_MILLIS;
                gaps.merge(step, 1, Integer::sum);
            }
            before = now;
        }

        /** Takes a round trip that reports have shown; zero is none. */
        void roundTrip(Duration time) {
            if (!time.isZero()) {
                trips++;
                tripSum += time.toMillis();
                longestTrip = Math.max(longestTrip, time.toMillis());
            }
        }

        /** Returns the lines that tell of it. */
        List<String> report(CallQuality quality) {
            List<String> lines = new ArrayList<>();
            long expected = received + quality.packetsLost();
            lines.add("aqstat display begin");
            lines.add("aqstats: avg delay: " + (trips == 0 ? 0 : tripSum / trips) + " msec, max delay: " + longestTrip + " msec, loss: "
                    + percent(quality.packetsLost(), expected) + "%, cseqproblems: " + percent(misplaced, received) + "%, expected: "
                    + expected + ", recv: " + received + ", cseqerr: " + misplaced + ", err: " + unread);
            gaps.forEach((gap, count) -> lines.add("recv in " + gap + " msec: " + count + " packets"));
            return lines;
        }

        private static long percent(long part, long whole) {
            return whole == 0 ? 0 : Math.round(100.0 * part / whole);
        }
    }

    /** A measurement under way: what is measured, where packets wait, and the order of what is done to it. */
    private record Running(Course course, MediaQueue packets, Executor order) { }

    ClassicMeasurement(ClassicPhone phone, Ticker ticker) {
        this.phone = phone;
        this.ticker = ticker;
    }

    void onConnected(ClassicLine line) {
        if (phone.parameters().number("aqtest") == 1) {
            phone.running().ifPresent(on -> phone.guard(() -> begin(line, on.phone().bridge())));
        }
    }

    private void begin(ClassicLine line, AudioBridge bridge) {
        MediaQueue queue = bridge.mediaQueue(QUEUE);
        Running running = new Running(new Course(), queue, new SerialExecutor(phone.parts().workers()));
        courses.put(line, running);
        line.call().audio().feed(MediaFeed.PCM.withForm(MediaFeed.Form.RTP), MediaFeed.Side.INCOMING, queue);
        phone.parts().workers().execute(() -> listen(line, running));
    }

    private void listen(ClassicLine line, Running running) {
        try {
            while (courses.get(line) == running) {
                running.packets.poll(TURN).ifPresent(packet -> {
                    long now = ticker.now();
                    running.order.execute(() -> running.course.take(packet.bytes(), now));
                });
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    void onQuality(ClassicLine line, CallQuality quality) {
        Optional.ofNullable(courses.get(line)).ifPresent(running ->
                running.order.execute(() -> running.course.roundTrip(quality.roundTrip())));
    }

    /** The call is over: what was measured is told. */
    void onFinished(ClassicLine line, CallQuality quality) {
        Optional.ofNullable(courses.remove(line)).ifPresent(running -> {
            running.packets.close();
            running.order.execute(() -> {
                running.course.roundTrip(quality.roundTrip());
                running.course.report(quality).forEach(text -> phone.send(Notification.event("EVENT", text)));
            });
        });
    }
}
