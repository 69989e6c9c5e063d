package io.earshot.transport.tunnel;

import io.earshot.api.id.IdSource;
import io.earshot.api.tunnel.TunnelConfig;
import io.earshot.transport.common.ProxyTalk;
import io.earshot.transport.common.Reasons;
import io.earshot.transport.common.TlsEngines;
import io.earshot.transport.common.TlsReasons;
import io.earshot.transport.netty.ProxyHandler;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Makes connections to the gateway, through the proxy if there is one, with TLS if it is wanted. Confined to Netty's thread. */
final class Dialer {
    private static final int CONNECT_TIMEOUT_MS = 5_000;
    private static final int PROXY_PATIENCE_MS = 5_000;
    /** So little that what waits in this machine is not late when it gets out. */
    private static final int SEND_BUFFER = 16_384;
    private static final WriteBufferWaterMark WATER_MARKS = new WriteBufferWaterMark(2_048, 8_192);

    private final TunnelConfig config;
    private final Optional<TlsEngines> tls;
    private final EventLoop thread;
    private final Executor workers;
    private final IdSource ids;

    /** Waits for a connection; on Netty's thread. */
    interface Outcome {
        void connected(Channel channel);

        void failed(String reason);
    }

    Dialer(TunnelConfig config, Optional<TlsEngines> tls, EventLoop thread, Executor workers, IdSource ids) {
        this.config = config;
        this.tls = tls;
        this.thread = thread;
        this.workers = workers;
        this.ids = ids;
    }

    TunnelConfig config() {
        return config;
    }

    /** Begins to connect. */
    void dial(Outcome outcome) {
        CompletableFuture.supplyAsync(this::way, workers).whenCompleteAsync((way, failure) -> {
            if (failure != null) {
                Throwable cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
                outcome.failed(cause instanceof UnknownHostException ? cause.getMessage() : Troubles.of(failure, host()));
            } else {
                connect(way, outcome);
            }
        }, thread);
    }

    String host() {
        return config.gateway().getHost().replaceAll("[\\[\\]]", "");
    }

    /** Looks names up; blocks. */
    private ProxyTalk.Way way() {
        try {
            return ProxyTalk.find(config.proxy(), host(), config.port(), ids);
        } catch (UnknownHostException none) {
            throw new CompletionException(none.getMessage(), none);
        }
    }

    private void connect(ProxyTalk.Way way, Outcome outcome) {
        Bootstrap bootstrap = new Bootstrap().group(thread).channel(NioSocketChannel.class).option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.SO_SNDBUF, SEND_BUFFER).option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARKS)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MS).handler(new ChannelInitializer<SocketChannel>() {
                @Override
                protected void initChannel(SocketChannel channel) {
                    way.handshake().ifPresent(one -> {
                        ProxyHandler proxy = new ProxyHandler(one, new Dealing(way, outcome));
                        channel.pipeline().addLast("proxy", proxy);
                        thread.schedule(() -> proxy.giveUp("the proxy did not answer in time"), PROXY_PATIENCE_MS, TimeUnit.MILLISECONDS);
                    });
                }
            });
        ChannelFuture attempt = bootstrap.connect(way.first());
        attempt.addListener(done -> {
            if (!done.isSuccess()) {
                outcome.failed(Troubles.of(done.cause(), way.first().getHostString() + ":" + way.first().getPort()));
            } else if (way.handshake().isEmpty()) {
                secure(attempt.channel(), outcome);
            }
        });
    }

    /** What becomes of the talk with the proxy. */
    private final class Dealing implements ProxyHandler.Outcome {
        private final ProxyTalk.Way way;
        private final Outcome outcome;

        Dealing(ProxyTalk.Way way, Outcome outcome) {
            this.way = way;
            this.outcome = outcome;
        }

        @Override
        public void open(Channel channel) {
            secure(channel, outcome);
        }

        @Override
        public void again() {
            connect(way, outcome);
        }

        @Override
        public void failed(String reason) {
            outcome.failed(reason);
        }
    }

    private void secure(Channel channel, Outcome outcome) {
        if (tls.isEmpty()) {
            outcome.connected(channel);
            return;
        }
        SslHandler handler;
        try {
            handler = new SslHandler(tls.get().client(host(), config.port()), workers);
        } catch (IOException impossible) {
            channel.close();
            outcome.failed(Reasons.detail(impossible));
            return;
        }
        handler.setHandshakeTimeout(CONNECT_TIMEOUT_MS, TimeUnit.MILLISECONDS);
        handler.handshakeFuture().addListener(done -> {
            if (done.isSuccess()) {
                outcome.connected(channel);
            } else {
                channel.close();
                outcome.failed(new TlsReasons(host(), tls.get().hasIdentity(), "write http:// for a gateway without it")
                    .of(done.cause(), false));
            }
        });
        channel.pipeline().addLast(handler, new ChannelInboundHandlerAdapter() {
            @Override
            public void exceptionCaught(ChannelHandlerContext context, Throwable told) {
                context.close(); // the handshake tells of it, or else the end of the connection
            }
        });
    }
}
