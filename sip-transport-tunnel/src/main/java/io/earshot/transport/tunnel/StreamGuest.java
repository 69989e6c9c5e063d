package io.earshot.transport.tunnel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;

/** One connection to a {@link StreamDoor}: SOCKS5 with name and password (RFC 1928, RFC 1929), CONNECT to IP addresses only. */
final class StreamGuest extends SimpleChannelInboundHandler<ByteBuf> {
    private static final int VERSION = 5;
    private static final int PASSWORD = 2;
    private static final int REFUSED = 0xFF;
    private static final int CONNECT = 1;
    private static final int IPV4 = 1;
    private static final int IPV6 = 4;
    private static final int NO_WAY = 4;
    private static final int NOT_SUPPORTED = 7;
    private static final int LONGEST = 600;

    private enum State { METHODS, LOGIN, REQUEST, CONNECTING, OPEN, OVER }

    private final StreamDoor door;
    private final ByteBuf pending = Unpooled.buffer();
    private State state = State.METHODS;
    private ChannelHandlerContext context;
    private int channel = -1;

    StreamGuest(StreamDoor door) {
        super(ByteBuf.class);
        this.door = door;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ignored, ByteBuf bytes) {
        if (state == State.OPEN) {
            pass(bytes);
            return;
        }
        pending.writeBytes(bytes);
        while (step()) {
            pending.discardReadBytes();
        }
        if (pending.readableBytes() > LONGEST) {
            refuse(REFUSED);
        }
    }

    private void pass(ByteBuf bytes) {
        if (bytes.isReadable() && !door.send(channel, ByteBufUtil.getBytes(bytes))) {
            context.close();
        }
    }

    /** Takes one message of SOCKS, if it is whole. */
    private boolean step() {
        int length = switch (state) {
            case METHODS -> at(1) < 0 ? 2 : 2 + at(1);
            case LOGIN -> at(1) < 0 || at(2 + at(1)) < 0 ? LONGEST : 3 + at(1) + at(2 + at(1));
            case REQUEST -> at(3) == IPV6 ? 22 : 10;
            default -> LONGEST;
        };
        if (pending.readableBytes() < length) {
            return false;
        }
        switch (state) {
            case METHODS -> methods(pending.readSlice(length));
            case LOGIN -> login(pending.readSlice(length));
            default -> request(pending.readSlice(length));
        }
        return true;
    }

    private int at(int index) {
        return index < pending.readableBytes() ? pending.getUnsignedByte(pending.readerIndex() + index) : -1;
    }

    private void methods(ByteBuf in) {
        boolean offered = in.getByte(0) == VERSION && in.indexOf(2, in.readableBytes(), (byte) PASSWORD) >= 0;
        state = offered ? State.LOGIN : State.OVER;
        answer(VERSION, offered ? PASSWORD : REFUSED);
    }

    private void login(ByteBuf in) {
        in.skipBytes(1);
        String name = in.readCharSequence(in.readUnsignedByte(), StandardCharsets.UTF_8).toString();
        String secret = in.readCharSequence(in.readUnsignedByte(), StandardCharsets.UTF_8).toString();
        boolean known = door.knows(name, secret);
        state = known ? State.REQUEST : State.OVER;
        answer(1, known ? 0 : 1);
    }

    private void request(ByteBuf in) {
        int kind = in.getByte(3);
        if (in.getByte(0) != VERSION || in.getByte(1) != CONNECT || kind != IPV4 && kind != IPV6) {
            refuse(NOT_SUPPORTED);
            return;
        }
        byte[] ip = new byte[kind == IPV4 ? 4 : 16];
        in.skipBytes(4).readBytes(ip);
        state = State.CONNECTING;
        try {
            channel = door.connect(this, new InetSocketAddress(InetAddress.getByAddress(ip), in.readUnsignedShort()));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible); // 4 and 16 bytes are addresses
        }
    }

    private void answer(int... bytes) {
        ByteBuf out = Unpooled.buffer();
        for (int each : bytes) {
            out.writeByte(each);
        }
        ChannelFutureListener then = state == State.OVER ? ChannelFutureListener.CLOSE : written -> { };
        context.writeAndFlush(out).addListener(then);
    }

    private void refuse(int why) {
        state = State.OVER;
        pending.clear();
        answer(VERSION, why, 0, IPV4, 0, 0, 0, 0, 0, 0);
    }

    // ---- what the door tells

    void opened() {
        state = State.OPEN;
        answer(VERSION, 0, 0, IPV4, 0, 0, 0, 0, 0, 0);
        pass(pending);
        pending.clear();
    }

    boolean take(ByteBuf bytes) {
        boolean writable = context.channel().isWritable();
        context.writeAndFlush(bytes);
        return writable;
    }

    /** The connection from the gateway is gone, or could not be had. */
    void gone() {
        if (state == State.CONNECTING) {
            refuse(NO_WAY);
        } else {
            context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ended) {
        door.leave(channel);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext failed, Throwable broken) {
        failed.close();
    }
}
