package io.earshot.transport.tunnel.core;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Cuts bytes, in whatever pieces they come, into frames. What makes no sense ends it: {@link #isBroken} from then on, and no more frames.
 * Keeps at most one frame and what came with it.
 */
final class FrameReader {
    static final int HELLO = 1;
    static final int CHALLENGE = 2;
    static final int PROOF = 3;
    static final int WELCOME = 4;
    static final int REFUSED = 5;
    static final int OPEN = 6;
    static final int OPENED = 7;
    static final int CLOSE = 8;
    static final int DATA = 9;
    static final int PING = 10;
    static final int PONG = 11;
    static final int SEALED = 12;
    static final int CONNECT = 13;
    static final int STREAM = 14;
    static final int MOST_TEXT = 500;
    private static final int MOST_KEY = 64;
    private static final int FIRST = 2_048;

    private ByteBuffer pending = ByteBuffer.allocate(FIRST).limit(0);
    private int most = 0xFFFF;
    private boolean broken;

    /** Sets how long a frame may be, in bytes. */
    void limit(int bytes) {
        most = bytes;
    }

    boolean isBroken() {
        return broken;
    }

    /** Takes bytes; take all frames from {@link #next} after it. */
    void feed(ByteBuffer data) {
        if (broken) {
            return;
        }
        int needed = pending.remaining() + data.remaining();
        if (pending.capacity() < needed || pending.capacity() > 16 * FIRST && needed < FIRST) {
            ByteBuffer other = ByteBuffer.allocate(Math.max(FIRST, needed));
            pending = other.put(pending).put(data).flip();
        } else {
            pending.compact().put(data).flip();
        }
    }

    /** Returns the next whole frame. Its payload lives until the next {@link #feed}. */
    Optional<Frame> next() {
        if (broken || pending.remaining() < FrameWriter.HEADER) {
            return Optional.empty();
        }
        int length = pending.getShort(pending.position() + 1) & 0xFFFF;
        if (length > most) {
            broken = true;
            return Optional.empty();
        }
        if (pending.remaining() < FrameWriter.HEADER + length) {
            return Optional.empty();
        }
        int type = pending.get(pending.position()) & 0xFF;
        ByteBuffer body = pending.slice(pending.position() + FrameWriter.HEADER, length);
        pending.position(pending.position() + FrameWriter.HEADER + length);
        try {
            Optional<Frame> frame = parse(type, body);
            broken = frame.isEmpty() || body.hasRemaining();
            return broken ? Optional.empty() : frame;
        } catch (BufferUnderflowException tooShort) {
            broken = true;
            return Optional.empty();
        }
    }

    private static Optional<Frame> parse(int type, ByteBuffer in) {
        return switch (type) {
            case HELLO -> hello(in);
            case CHALLENGE -> Optional.of(new Frame.Challenge(bytes(in, Frame.NONCE), key(in)));
            case PROOF -> Optional.of(new Frame.Proof(bytes(in, Frame.MAC), bytes(in, in.hasRemaining() ? Frame.NONCE : 0)));
            case WELCOME -> Optional.of(new Frame.Welcome(bytes(in, Frame.MAC), bytes(in, Frame.NONCE), in.get() != 0,
                in.getShort() & 0xFFFF));
            case REFUSED -> why(in).map(why -> new Frame.Refused(why, text(in, Math.min(MOST_TEXT, in.remaining()))));
            case OPEN -> Optional.of(new Frame.Open(in.getShort() & 0xFFFF, in.get() & 0xFF, in.getShort() & 0xFFFF));
            case OPENED -> {
                int channel = in.getShort() & 0xFFFF;
                yield address(in).map(where -> new Frame.Opened(channel, where));
            }
            case CLOSE -> {
                int channel = in.getShort() & 0xFFFF;
                yield why(in).map(why -> new Frame.Close(channel, why));
            }
            case DATA -> data(in);
            case PING -> Optional.of(new Frame.Ping(in.getLong()));
            case PONG -> Optional.of(new Frame.Pong(in.getLong()));
            case SEALED -> {
                ByteBuffer box = in.slice();
                in.position(in.limit());
                yield Optional.of(new Frame.Sealed(box));
            }
            case CONNECT -> {
                int channel = in.getShort() & 0xFFFF;
                yield address(in).map(peer -> new Frame.Connect(channel, peer));
            }
            case STREAM -> {
                int channel = in.getShort() & 0xFFFF;
                ByteBuffer part = in.slice();
                in.position(in.limit());
                yield part.hasRemaining() ? Optional.of(new Frame.Stream(channel, part)) : Optional.empty();
            }
            default -> Optional.empty();
        };
    }

    private static Optional<Frame> hello(ByteBuffer in) {
        int version = in.get() & 0xFF;
        byte[] nonce = bytes(in, Frame.NONCE);
        byte[] key = key(in);
        return Optional.of(new Frame.Hello(version, nonce, key, text(in, in.get() & 0xFF)));
    }

    private static Optional<Frame> data(ByteBuffer in) {
        int channel = in.getShort() & 0xFFFF;
        Optional<InetSocketAddress> peer = address(in);
        if (peer.isEmpty() || in.remaining() > Frame.MOST_DATA) {
            return Optional.empty();
        }
        ByteBuffer payload = in.slice();
        in.position(in.limit());
        return Optional.of(new Frame.Data(channel, peer.get(), payload));
    }

    private static Optional<Frame.Refusal> why(ByteBuffer in) {
        int code = in.get() & 0xFF;
        Frame.Refusal[] all = Frame.Refusal.values();
        return code < all.length ? Optional.of(all[code]) : Optional.empty();
    }

    private static byte[] key(ByteBuffer in) {
        int length = in.get() & 0xFF;
        if (length > MOST_KEY) {
            throw new BufferUnderflowException();
        }
        return bytes(in, length);
    }

    private static String text(ByteBuffer in, int length) {
        return new String(bytes(in, length), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(ByteBuffer in, int length) {
        if (in.remaining() < length) {
            throw new BufferUnderflowException(); // before memory is taken
        }
        byte[] out = new byte[length];
        in.get(out);
        return out;
    }

    private static Optional<InetSocketAddress> address(ByteBuffer in) {
        int family = in.get();
        if (family != 4 && family != 6) {
            return Optional.empty();
        }
        byte[] ip = bytes(in, family == 4 ? 4 : 16);
        int port = in.getShort() & 0xFFFF;
        try {
            return Optional.of(new InetSocketAddress(InetAddress.getByAddress(ip), port));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(Arrays.toString(ip), impossible); // 4 and 16 bytes are addresses
        }
    }
}
