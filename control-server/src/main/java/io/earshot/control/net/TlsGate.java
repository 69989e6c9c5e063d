package io.earshot.control.net;

import io.earshot.control.ControlTls;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslHandler;
import java.util.List;
import java.util.concurrent.Executor;

/** Looks at the first byte of a connection: no text and no HTTP begins as TLS does. Who comes without it may have to go. */
final class TlsGate extends ByteToMessageDecoder {
    /** RFC 8446 §5.1: the content type of a handshake. */
    private static final int HANDSHAKE = 0x16;

    private final ControlTls tls;
    private final Executor workers;
    private final boolean needed;

    /**
     * Makes one.
     *
     * @param workers where the arithmetic of a handshake is done
     * @param needed whether who comes without TLS is sent away
     */
    TlsGate(ControlTls tls, Executor workers, boolean needed) {
        this.tls = tls;
        this.workers = workers;
        this.needed = needed;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (in.getUnsignedByte(in.readerIndex()) == HANDSHAKE) {
            context.pipeline().addAfter(context.name(), null, new SslHandler(tls.engine(), workers));
        } else if (needed) {
            System.getLogger(TlsGate.class.getName()).log(System.Logger.Level.WARNING,
                    "Closed a connection from {0}: other machines have to use TLS here", context.channel().remoteAddress());
            in.skipBytes(in.readableBytes());
            context.close();
            return;
        }
        context.pipeline().remove(this);
    }
}
