package io.earshot.transport.tls;

import io.earshot.api.id.IdSource;
import io.earshot.api.proxy.ProxyConfig;
import io.earshot.api.proxy.spi.ProxiedNames;
import io.earshot.api.proxy.spi.ProxyHandshake;
import io.earshot.api.transport.spi.IoLoop;
import io.earshot.transport.common.ProxyTalk;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;

/** The way of a connection of ours to its peer: straight, or through a proxy. Confined to the loop. */
final class Road {
    private final ProxyConfig proxy;
    private final InetSocketAddress peer;
    private final IoLoop loop;
    private final Traveller traveller;
    private Optional<ProxyHandshake> handshake = Optional.empty();
    private Optional<ProxyTalk> talk = Optional.empty();

    /** The connection; it says what becomes of its socket. */
    interface Traveller extends ProxyTalk.Line {
        /** Connects to this address. */
        void dial(InetSocketAddress first);
    }

    Road(ProxyConfig proxy, InetSocketAddress peer, IoLoop loop, Traveller traveller) {
        this.proxy = proxy;
        this.peer = peer;
        this.loop = loop;
        this.traveller = traveller;
    }

    /** Finds out where to begin; {@link Traveller#dial} follows, now or later. */
    void begin() {
        if (proxy.kind() == ProxyConfig.Kind.NONE) {
            traveller.dial(peer);
            return;
        }
        try {
            loop.workers().execute(this::find);
        } catch (RejectedExecutionException e) {
            traveller.failed("the engine is shutting down");
        }
    }

    /** On a worker. */
    private void find() {
        try {
            ProxyTalk.Way way = ProxyTalk.find(proxy, ProxiedNames.target(peer), peer.getPort(), IdSource.secure());
            loop.execute(() -> {
                handshake = way.handshake();
                traveller.dial(way.first());
            });
        } catch (UnknownHostException unknown) {
            loop.execute(() -> traveller.failed(unknown.getMessage()));
        }
    }

    /** The socket is connected. Returns whether that is all; otherwise {@link Traveller#open} follows. */
    boolean arrived() {
        if (handshake.isEmpty()) {
            return true;
        }
        ProxyTalk next = new ProxyTalk(handshake.get(), traveller);
        talk = Optional.of(next);
        next.connected();
        return false;
    }

    void received(ByteBuffer data) {
        talk.ifPresent(one -> one.received(data));
    }

    void ended() {
        talk.ifPresent(ProxyTalk::ended);
    }
}
