package io.earshot.sdk.classic;

import io.earshot.api.CallQuality;
import io.earshot.api.audio.AudioBridge;
import io.earshot.api.audio.MediaFeed;
import io.earshot.api.audio.MediaQueue;
import io.earshot.api.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

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
    private final Map<ClassicLine, Course> courses = new ConcurrentHashMap<>();

    /** How the packets of one call came. */
    static final class Course {
        private final Optional<MediaQueue> queue;
        private final Map<Long, Integer> gaps = new TreeMap<>();
        private long before = -1;
        private int sequence = -1;
        private int received;
        private int misplaced;
        private int unread;
        private long trips;
        private long tripSum;
        private long longestTrip;

        Course(Optional<MediaQueue> queue) {
            this.queue = queue;
        }

        /** Takes a packet, with when it came in nanoseconds. */
        synchronized void take(byte[] packet, long now) {
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
        synchronized void roundTrip(Duration time) {
            if (!time.isZero()) {
                trips++;
                tripSum += time.toMillis();
                longestTrip = Math.max(longestTrip, time.toMillis());
            }
        }

        /** Returns the lines that tell of it. */
        synchronized List<String> report(CallQuality quality) {
            List<String> lines = new java.util.ArrayList<>();
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
        Course course = new Course(Optional.of(queue));
        courses.put(line, course);
        line.call().audio().feed(MediaFeed.PCM.withForm(MediaFeed.Form.RTP), MediaFeed.Side.INCOMING, queue);
        phone.parts().workers().execute(() -> listen(line, course, queue));
    }

    private void listen(ClassicLine line, Course course, MediaQueue queue) {
        try {
            while (courses.get(line) == course) {
                queue.poll(TURN).ifPresent(packet -> course.take(packet.bytes(), ticker.now()));
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    void onQuality(ClassicLine line, CallQuality quality) {
        Optional.ofNullable(courses.get(line)).ifPresent(course -> course.roundTrip(quality.roundTrip()));
    }

    /** The call is over: what was measured is told. */
    void onFinished(ClassicLine line, CallQuality quality) {
        Optional.ofNullable(courses.remove(line)).ifPresent(course -> {
            course.queue.ifPresent(MediaQueue::close);
            course.roundTrip(quality.roundTrip());
            course.report(quality).forEach(text -> phone.send(Notification.event("EVENT", text)));
        });
    }
}
