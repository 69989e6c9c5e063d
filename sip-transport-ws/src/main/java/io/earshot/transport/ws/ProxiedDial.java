package io.earshot.transport.ws;

import io.earshot.api.id.IdSource;
import io.earshot.api.proxy.ProxyConfig;
import io.earshot.api.proxy.spi.ProxiedNames;
import io.earshot.api.transport.spi.IoLoop;
import io.earshot.transport.common.ProxyTalk;
import io.earshot.transport.common.Reasons;
import io.earshot.transport.netty.ProxyHandler;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import java.net.UnknownHostException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/** Connects one link through a proxy. Confined to the loop, except where it says otherwise. */
final class ProxiedDial {
    private final ProxyConfig proxy;
    private final IoLoop loop;
    private final Sockets sockets;
    private final Link link;
    private final Consumer<ChannelPipeline> pipeline;

    /** Makes one. @param pipeline brings the handlers of the connection in, on Netty's thread */
    ProxiedDial(ProxyConfig proxy, IoLoop loop, Sockets sockets, Link link, Consumer<ChannelPipeline> pipeline) {
        this.proxy = proxy;
        this.loop = loop;
        this.sockets = sockets;
        this.link = link;
        this.pipeline = pipeline;
    }

    void begin() {
        try {
            loop.workers().execute(() -> {
                try {
                    ProxyTalk.Way way = ProxyTalk.find(proxy, ProxiedNames.target(link.remote()), link.remote().getPort(),
                        IdSource.secure());
                    loop.execute(() -> connect(way));
                } catch (UnknownHostException unknown) {
                    loop.execute(() -> link.gone(unknown.getMessage()));
                }
            });
        } catch (RejectedExecutionException closing) {
            loop.execute(() -> link.gone("the engine is shutting down"));
        }
    }

    private void connect(ProxyTalk.Way way) {
        if (!link.isConnecting()) {
            return;
        }
        link.connecting(sockets.connect(way.first(), entry -> way.handshake().ifPresentOrElse(
            handshake -> entry.addLast(new ProxyHandler(handshake, new Talk(way))),
            () -> pipeline.accept(entry)), cause -> loop.execute(() -> link.gone(Reasons.connecting(cause)))));
    }

    /** What becomes of the talk with the proxy. */
    private final class Talk implements ProxyHandler.Outcome {
        private final ProxyTalk.Way way;

        Talk(ProxyTalk.Way way) {
            this.way = way;
        }

        @Override
        public void open(Channel channel) {
            pipeline.accept(channel.pipeline());
        }

        @Override
        public void again() {
            loop.execute(() -> connect(way));
        }

        @Override
        public void failed(String reason) {
            loop.execute(() -> link.gone(reason));
        }
    }
}
