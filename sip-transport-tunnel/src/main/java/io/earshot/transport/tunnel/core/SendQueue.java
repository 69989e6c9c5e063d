package io.earshot.transport.tunnel.core;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What waits to go into the carrier. Control and signalling come first and are never reordered; audio that has waited too long is dropped,
 * the oldest first, for it would be late and make all behind it late. Bounded in bytes.
 */
final class SendQueue {
    private final long mostAge;
    private final int mostSignalling;
    private final int mostMedia;
    private final Deque<byte[]> first = new ArrayDeque<>();
    private final Deque<Timed> media = new ArrayDeque<>();
    private int firstBytes;
    private int mediaBytes;
    private long late;
    private long overflowed;

    private record Timed(byte[] frame, long since) { }

    /**
     * Makes one.
     *
     * @param mostAge of audio, in ns
     * @param mostSignalling bytes of signalling that wait
     * @param mostMedia bytes of audio that wait
     */
    SendQueue(long mostAge, int mostSignalling, int mostMedia) {
        this.mostAge = mostAge;
        this.mostSignalling = mostSignalling;
        this.mostMedia = mostMedia;
    }

    /** Adds a frame that must come through. */
    void control(byte[] frame) {
        first.add(frame);
        firstBytes += frame.length;
    }

    /** Adds signalling, if there is room: the peer sends it again otherwise. */
    boolean signalling(byte[] frame) {
        if (firstBytes + frame.length > mostSignalling) {
            overflowed++;
            return false;
        }
        control(frame);
        return true;
    }

    /** Adds audio, in place of the oldest if there is no room. */
    void media(byte[] frame, long now) {
        media.add(new Timed(frame, now));
        mediaBytes += frame.length;
        while (mediaBytes > mostMedia) {
            drop();
        }
        age(now);
    }

    private void drop() {
        mediaBytes -= media.remove().frame.length;
        late++;
    }

    private void age(long now) {
        while (!media.isEmpty() && now - media.peek().since > mostAge) {
            drop();
        }
    }

    /** Forgets what was for a connection that is gone: all that is control, and all audio. */
    void clear() {
        first.clear();
        firstBytes = 0;
        late += media.size();
        media.clear();
        mediaBytes = 0;
    }

    boolean isEmpty() {
        return first.isEmpty() && media.isEmpty();
    }

    boolean hasSignalling() {
        return !first.isEmpty();
    }

    /**
     * Returns as many frames as fit, without those of audio that is late; none if nothing waits.
     *
     * @param most bytes; one frame is returned however long it is
     * @param audio whether audio may go now
     */
    ByteBuffer take(long now, int most, boolean audio) {
        age(now);
        int size = 0;
        Deque<byte[]> chosen = new ArrayDeque<>();
        while (!first.isEmpty() && (chosen.isEmpty() || size + first.peek().length <= most)) {
            byte[] frame = first.remove();
            firstBytes -= frame.length;
            size += frame.length;
            chosen.add(frame);
        }
        while (audio && first.isEmpty() && !media.isEmpty() && (chosen.isEmpty() || size + media.peek().frame.length <= most)) {
            byte[] frame = media.remove().frame;
            mediaBytes -= frame.length;
            size += frame.length;
            chosen.add(frame);
        }
        ByteBuffer out = ByteBuffer.allocate(size);
        chosen.forEach(out::put);
        return out.flip();
    }

    /** Returns how many packets of audio were dropped as late. */
    long late() {
        return late;
    }

    /** Returns how many messages found no room. */
    long overflowed() {
        return overflowed;
    }
}
