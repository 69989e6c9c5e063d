package io.earshot.ice.turn;

import io.earshot.ice.stun.Stun;
import java.util.Arrays;
import java.util.Optional;

/** Cuts a stream from a TURN or STUN server into messages: RFC 8489 §6.2.2, RFC 8656 §3.1. Holds at most one message. */
final class TurnFramer {
    private byte[] held = new byte[2048];
    private int length;
    private boolean broken;

    /** Takes bytes of the stream; {@link #next} must have been drained before. */
    void add(byte[] data, int offset, int count) {
        if (broken) {
            return;
        }
        if (length + count > held.length) {
            held = Arrays.copyOf(held, Math.max(held.length * 2, length + count));
        }
        System.arraycopy(data, offset, held, length, count);
        length += count;
    }

    /** Returns the next whole message, ChannelData without its padding. */
    Optional<byte[]> next() {
        if (broken || length < 4) {
            return Optional.empty();
        }
        boolean channel = ChannelData.looksLike(held, 0, length);
        if (!channel && ((held[0] & 0xC0) != 0 || (held[3] & 3) != 0)) {
            broken = true;
            return Optional.empty();
        }
        int size = ChannelData.declared(held, 0) + (channel ? 4 : Stun.HEADER);
        int padded = size + 3 & ~3;
        if (length < padded) {
            return Optional.empty();
        }
        byte[] message = Arrays.copyOf(held, size);
        System.arraycopy(held, padded, held, 0, length - padded);
        length -= padded;
        return Optional.of(message);
    }

    /** Tells whether the stream carried something else, so that it is of no more use. */
    boolean broken() {
        return broken;
    }
}
