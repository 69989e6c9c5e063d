package io.earshot.transport.tunnel.core;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** One connection's bytes, either way, with or without encryption. What it waits for or drops is the {@link SendQueue}'s affair. */
final class Line {
    /** Bytes handed to the carrier at once. */
    private static final int BATCH = 16_000;
    /** Whoever asks and takes no answers is left. */
    private static final int MOST_URGENT = 64_000;

    private final FrameReader outer = new FrameReader();
    private final FrameReader inner = new FrameReader();
    private final Deque<byte[]> urgent = new ArrayDeque<>();
    private Optional<Seal> outgoing = Optional.empty();
    private Optional<Seal> incoming = Optional.empty();
    private int urgentBytes;
    private boolean forged;

    /** Sets how long a frame may be that comes, in bytes, before encryption. */
    void limit(int bytes) {
        outer.limit(bytes);
    }

    /** All that goes out after this is encrypted. */
    void sealOutgoing(Optional<Seal> seal) {
        outgoing = seal;
    }

    /** All that comes in after this has to be encrypted. */
    void sealIncoming(Optional<Seal> seal) {
        incoming = seal;
    }

    boolean isBroken() {
        return outer.isBroken() || inner.isBroken() || forged || urgentBytes > MOST_URGENT;
    }

    void feed(ByteBuffer data) {
        outer.feed(data);
    }

    /** Returns the next frame, decrypted. */
    Optional<Frame> next() {
        while (!isBroken()) {
            Optional<Frame> open = inner.next();
            if (open.isPresent()) {
                forged = open.get() instanceof Frame.Sealed;
                return forged ? Optional.empty() : open;
            }
            Optional<Frame> frame = outer.next();
            if (frame.isEmpty() || incoming.isEmpty()) {
                forged = frame.isPresent() && frame.get() instanceof Frame.Sealed;
                return forged ? Optional.empty() : frame;
            }
            // Where encryption was agreed upon nothing else counts.
            Optional<byte[]> plain = frame.get() instanceof Frame.Sealed sealed ? incoming.get().open(sealed.box()) : Optional.empty();
            forged = plain.isEmpty();
            plain.ifPresent(bytes -> inner.feed(ByteBuffer.wrap(bytes)));
        }
        return Optional.empty();
    }

    /** Queues a frame before all others. */
    void urgent(Frame frame) {
        byte[] bytes = FrameWriter.write(frame);
        urgent.add(bytes);
        urgentBytes += bytes.length;
    }

    /** Returns bytes for the carrier; none if nothing waits that may go. */
    ByteBuffer take(SendQueue queue, long now, boolean open, boolean audio) {
        ByteBuffer plain;
        if (!urgent.isEmpty()) {
            ByteBuffer out = ByteBuffer.allocate(urgentBytes);
            urgent.forEach(out::put);
            urgent.clear();
            urgentBytes = 0;
            plain = out.flip();
        } else {
            plain = open ? queue.take(now, BATCH, audio) : ByteBuffer.allocate(0);
        }
        if (outgoing.isEmpty() || !plain.hasRemaining()) {
            return plain;
        }
        return ByteBuffer.wrap(FrameWriter.write(new Frame.Sealed(ByteBuffer.wrap(outgoing.get().seal(plain)))));
    }
}
