package io.earshot.control.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;
import java.util.Queue;

/**
 * Cuts a stream of bytes into requests: from BOFCOMMAND to EOFCOMMAND, else line by line. A line that never ends is a request too, once
 * nothing has come for a while (the classic programs send some without a line break). Sans-IO: who owns it says what time it is.
 */
public final class Framer {
    /** After so much silence, in nanoseconds, what has come is a request. */
    public static final long SILENCE = 300_000_000L;
    /** Stands for no deadline. */
    public static final long NEVER = Long.MAX_VALUE;
    private static final byte[] BEGIN = CapsuleReader.BEGIN.getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = CapsuleReader.END.getBytes(StandardCharsets.US_ASCII);
    private static final int FIRST_SIZE = 256;

    private final int largest;
    private final long patience;
    private final Queue<String> requests = new ArrayDeque<>();
    private byte[] pending = new byte[FIRST_SIZE];
    private int size;
    private boolean capsule;
    private long lastByte;
    private long firstByte;
    private boolean overflown;

    /**
     * Makes one.
     *
     * @param largest bytes of a request
     * @param patience nanoseconds in which a BOFCOMMAND must come to its end
     */
    public Framer(int largest, long patience) {
        this.largest = largest;
        this.patience = patience;
    }

    /** Takes bytes. */
    public void feed(byte[] bytes, int length, long now) {
        for (int i = 0; i < length && !overflown; i++) {
            feed(bytes[i], now);
        }
        lastByte = now;
    }

    private void feed(byte b, long now) {
        boolean lineEnd = b == '\r' || b == '\n';
        if (size == 0) {
            if (lineEnd || b == ' ' || b == '\t' || b == 0) {
                return;
            }
            firstByte = now;
        }
        if (lineEnd && !capsule) {
            cut();
            return;
        }
        if (size >= largest) {
            overflown = true;
            clear();
            return;
        }
        if (size == pending.length) {
            pending = Arrays.copyOf(pending, Math.min(largest, 2 * size));
        }
        pending[size++] = b;
        if (size == BEGIN.length) {
            capsule = endsWith(BEGIN);
        } else if (capsule && endsWith(END)) {
            cut();
        }
    }

    private boolean endsWith(byte[] word) {
        return size >= word.length && pending[size - 1] == word[word.length - 1]
                && Arrays.equals(pending, size - word.length, size, word, 0, word.length);
    }

    private void cut() {
        requests.add(new String(pending, 0, size, StandardCharsets.UTF_8));
        clear();
    }

    private void clear() {
        size = 0;
        capsule = false;
        pending = pending.length > FIRST_SIZE ? new byte[FIRST_SIZE] : pending;
    }

    /** Returns the next request. */
    public Optional<String> poll() {
        return Optional.ofNullable(requests.poll());
    }

    /** Tells whether a request was larger than allowed; nothing is taken any more. */
    public boolean isOverflown() {
        return overflown;
    }

    /** Returns when {@link #onTime} wants to be called. */
    public long deadline() {
        return size == 0 ? NEVER : capsule ? firstByte + patience : lastByte + SILENCE;
    }

    /** Takes what has come for a request when it is time; a BOFCOMMAND without its end is handed on as it is, for the reader to refuse. */
    public void onTime(long now) {
        if (size > 0 && now >= deadline()) {
            cut();
        }
    }

    /** Takes what has come for a request, as no more will come. */
    public void end() {
        if (size > 0) {
            cut();
        }
    }
}
