package io.earshot.transport.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;
import java.util.Queue;

/** Bytes that a socket has not taken yet, up to a limit. */
final class OutQueue {
    private final int limit;
    private final Queue<ByteBuffer> waiting = new ArrayDeque<>();
    private int size;

    OutQueue(int limit) {
        this.limit = limit;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Keeps a copy of what is left in the buffer; {@code false} if there is no room for it. */
    boolean add(ByteBuffer bytes) {
        if (bytes.remaining() > limit - size) {
            return false;
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        waiting.add(ByteBuffer.wrap(copy));
        size += copy.length;
        return true;
    }

    /** Removes and returns the oldest entry; to be called when there is one. */
    ByteBuffer take() {
        ByteBuffer oldest = waiting.remove();
        size -= oldest.remaining();
        return oldest;
    }

    /** Writes what the channel takes; tells whether it took anything. */
    boolean writeTo(WritableByteChannel channel) throws IOException {
        boolean progress = false;
        for (ByteBuffer next = waiting.peek(); next != null; next = waiting.peek()) {
            int written = channel.write(next);
            size -= written;
            progress |= written > 0;
            if (next.hasRemaining()) {
                break;
            }
            waiting.remove();
        }
        return progress;
    }

    void clear() {
        waiting.clear();
        size = 0;
    }
}
