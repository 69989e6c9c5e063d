package io.earshot.testkit;

import io.earshot.api.time.Ticker;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The time-stamped record of everything that was sent, delivered and dropped. The same seed gives the same text, byte for byte.
 *
 * <p>A line is a time in seconds and one of
 * <pre>
 * alice &gt; bob INVITE sip:bob@biloxi.example      alice sent it
 * bob &lt; alice INVITE sip:bob@biloxi.example      bob received it
 * alice x bob INVITE sip:bob@biloxi.example (loss)  it was dropped, and why
 * alice ! TIMEOUT                                   a note
 * </pre>
 *
 * <p>Tests look for lines in order, each given by how it starts:
 * <pre>{@code
 * transcript.assertContains("alice > bob INVITE", "alice < bob 180", "alice < bob 200", "alice > bob ACK");
 * }</pre>
 */
public final class Transcript {
    /** Lines kept when nothing else was asked for. */
    public static final int DEFAULT_CAPACITY = 1_000_000;

    private final List<Entry> entries = new ArrayList<>();
    private final int capacity;
    private long omitted;

    /** Makes an empty transcript that keeps {@link #DEFAULT_CAPACITY} lines. */
    public Transcript() {
        this(DEFAULT_CAPACITY);
    }

    /**
     * Makes an empty transcript.
     *
     * @param capacity the lines kept; what comes later is only counted
     */
    public Transcript(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be positive, not " + capacity);
        }
        this.capacity = capacity;
    }

    /** What a line tells. */
    public enum Kind {
        /** Handed to the network by its sender. */
        SENT('>'),
        /** Handed to its receiver. */
        DELIVERED('<'),
        /** Lost on the way. */
        DROPPED('x'),
        /** Anything worth noting that is no packet. */
        NOTE('!');

        private final char mark;

        Kind(char mark) {
            this.mark = mark;
        }
    }

    /**
     * One line.
     *
     * @param time nanoseconds
     * @param who the sender; of a delivery the receiver
     * @param peer the other one; empty for a note
     * @param text the packet's label, or the note
     * @param detail why it was dropped; otherwise empty
     */
    public record Entry(long time, Kind kind, String who, String peer, String text, String detail) {
        /** Returns the line without its time. */
        public String line() {
            return who + ' ' + kind.mark + ' ' + (peer.isEmpty() ? "" : peer + ' ') + text + (detail.isEmpty() ? "" : " (" + detail + ')');
        }

        /** Returns the line, its time in seconds with six decimals in front. */
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%d.%06d %s", time / Ticker.SECOND, time % Ticker.SECOND / 1_000, line());
        }

        private boolean matches(String start) {
            String line = line();
            return line.startsWith(start)
                && (line.length() == start.length() || start.endsWith(" ") || line.charAt(start.length()) == ' ');
        }
    }

    /** Adds a line. */
    public void add(Entry entry) {
        if (entries.size() < capacity) {
            entries.add(entry);
        } else {
            omitted++;
        }
    }

    /** Adds a note, such as an event that a user agent reported. */
    public void note(long time, String who, String text) {
        add(new Entry(time, Kind.NOTE, who, "", text, ""));
    }

    /** Returns the lines so far, in order of time. */
    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** Counts the lines that start like this, as {@code "alice > bob INVITE"}. */
    public long count(String start) {
        return entries.stream().filter(entry -> entry.matches(start)).count();
    }

    /**
     * Checks that there are such lines, in this order; others may be in between.
     *
     * @param starts how each line starts after its time, up to a space or its end
     * @throws AssertionError which names the first that is missing and shows the transcript
     */
    public void assertContains(String... starts) {
        int next = 0;
        for (Entry entry : entries) {
            if (next < starts.length && entry.matches(starts[next])) {
                next++;
            }
        }
        if (next < starts.length) {
            String after = next == 0 ? "" : " after \"" + starts[next - 1] + '"';
            throw new AssertionError("no line \"" + starts[next] + '"' + after + " in the transcript:\n" + this);
        }
    }

    /**
     * Checks that no line starts like this.
     *
     * @throws AssertionError which shows the transcript
     */
    public void assertLacks(String start) {
        if (count(start) > 0) {
            throw new AssertionError("there is a line \"" + start + "\" in the transcript:\n" + this);
        }
    }

    /**
     * Checks that the two tell the same, times included.
     *
     * @throws AssertionError which shows the first difference
     */
    public void assertSame(Transcript other) {
        firstDifference(other).ifPresent(difference -> {
            throw new AssertionError("the transcripts differ: " + difference);
        });
    }

    /** Returns where the two differ first, with the lines of both and the one before; empty when they are the same. */
    public Optional<String> firstDifference(Transcript other) {
        int common = Math.min(entries.size(), other.entries.size());
        for (int i = 0; i < common; i++) {
            if (!entries.get(i).equals(other.entries.get(i))) {
                return Optional.of(difference(i, entries.get(i).toString(), other.entries.get(i).toString()));
            }
        }
        if (entries.size() != other.entries.size()) {
            return Optional.of(difference(common, lineOrEnd(common), other.lineOrEnd(common)));
        }
        return omitted == other.omitted ? Optional.empty()
            : Optional.of(omitted + " lines were omitted at the end of one, " + other.omitted + " of the other");
    }

    private String lineOrEnd(int index) {
        return index < entries.size() ? entries.get(index).toString() : "(end)";
    }

    private String difference(int index, String mine, String theirs) {
        String before = index == 0 ? "" : "\n  both:   " + entries.get(index - 1);
        return "line " + (index + 1) + before + "\n  first:  " + mine + "\n  second: " + theirs;
    }

    /** Returns the SHA-256 of the text in hexadecimal: enough to compare runs that are too long to keep. */
    public String fingerprint() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            entries.forEach(entry -> digest.update((entry + "\n").getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Returns all lines, each ended by a line feed. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        entries.forEach(entry -> out.append(entry).append('\n'));
        return omitted == 0 ? out.toString() : out.append("… and ").append(omitted).append(" more\n").toString();
    }
}
