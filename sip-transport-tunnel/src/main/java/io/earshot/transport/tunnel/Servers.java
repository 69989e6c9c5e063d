package io.earshot.transport.tunnel;

import io.earshot.transport.tunnel.core.Outside;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** A gateway's TCP connections to servers, on Netty's thread. */
final class Servers {
    private static final int CONNECT_TIMEOUT_MS = 5_000;
    private static final WriteBufferWaterMark WATER_MARKS = new WriteBufferWaterMark(64_000, 256_000);

    private final EventLoop thread;
    private final InetAddress bind;

    Servers(EventLoop thread, InetAddress bind) {
        this.thread = thread;
        this.bind = bind;
    }

    Outside.Stream connect(InetSocketAddress peer, Outside.StreamReceiver receiver) {
        Bootstrap bootstrap = new Bootstrap().group(thread).channel(NioSocketChannel.class).option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.SO_KEEPALIVE, true).option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARKS)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MS).handler(new Ear(receiver));
        Channel channel = (bind.isAnyLocalAddress() ? bootstrap.connect(peer) : bootstrap.connect(peer, new InetSocketAddress(bind, 0)))
            .addListener(done -> {
                if (!done.isSuccess()) {
                    receiver.closed();
                }
            }).channel();
        return new Connection(channel);
    }

    private static final class Ear extends SimpleChannelInboundHandler<ByteBuf> {
        private final Outside.StreamReceiver receiver;

        Ear(Outside.StreamReceiver receiver) {
            super(ByteBuf.class);
            this.receiver = receiver;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            receiver.opened((InetSocketAddress) context.channel().localAddress());
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
            receiver.received(bytes.nioBuffer());
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            receiver.closed();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable broken) {
            context.close();
        }
    }

    private record Connection(Channel channel) implements Outside.Stream {
        @Override
        public boolean send(ByteBuffer part) {
            if (!channel.isActive() || !channel.isWritable()) {
                return false;
            }
            channel.writeAndFlush(Unpooled.copiedBuffer(part));
            return true;
        }

        @Override
        public void close() {
            channel.close();
        }
    }
}
