package io.earshot.api.audio;

import java.time.Duration;
import java.util.Optional;

/**
 * Packets of one or more {@link MediaFeed}s, in the order in which they came. When it is full, everything in it is dropped, so that a
 * reader who fell behind goes on with what is heard now. Safe for use by any thread.
 */
public interface MediaQueue extends AutoCloseable {
    /** Takes the next packet, waiting so long; zero does not wait. Empty when there is none, or the queue was closed. */
    Optional<MediaPacket> poll(Duration timeout) throws InterruptedException;

    /** Returns how many packets were dropped. */
    long dropped();

    /** Takes no more packets and wakes who waits; feeds into it end. Twice is harmless. */
    @Override
    void close();

    /**
     * A packet.
     *
     * @param side whose sound
     * @param bytes header and sound; the receiver's own
     */
    record MediaPacket(MediaFeed.Side side, byte[] bytes) { }
}
