package io.earshot.transport.common;

import io.earshot.api.id.IdSource;
import io.earshot.api.proxy.ProxyConfig;
import io.earshot.api.proxy.spi.ProxyHandshake;
import io.earshot.api.proxy.spi.SystemProxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The first words of a connection, to a proxy, until its way through is open. Whoever owns the socket says what happens, and does what the
 * {@link Line} is told. For one thread.
 */
public final class ProxyTalk {
    private final ProxyHandshake handshake;
    private final Line line;
    private boolean settled;

    /** The socket to the proxy. */
    public interface Line {
        /** Sends to the proxy. */
        void send(ByteBuffer data);

        /** The way is open. @param rest what the server said already, valid until this returns */
        void open(ByteBuffer rest);

        /** The socket is to be closed, and another one connected, for a new talk with the same handshake. */
        void again();

        /** There is no way. @param reason a sentence */
        void failed(String reason);
    }

    /**
     * Where a connection begins.
     *
     * @param first whom to connect to
     * @param handshake what to say there; empty if that is the server itself
     */
    public record Way(InetSocketAddress first, Optional<ProxyHandshake> handshake) { }

    /** Makes the talk of one socket. */
    public ProxyTalk(ProxyHandshake handshake, Line line) {
        this.handshake = handshake;
        this.line = line;
    }

    /**
     * Finds the way to a server. Blocks, as names are looked up: that of the proxy, and without a proxy that of the server.
     *
     * @throws UnknownHostException the message says which name has no address
     */
    public static Way find(ProxyConfig wanted, String host, int port, IdSource ids) throws UnknownHostException {
        ProxyConfig proxy = SystemProxy.choose(wanted, host, port);
        boolean direct = proxy.kind() == ProxyConfig.Kind.NONE;
        String first = direct ? host : proxy.host();
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(first), direct ? port : proxy.port());
            return new Way(address, direct ? Optional.empty() : Optional.of(ProxyHandshake.of(proxy, host, port, ids)));
        } catch (UnknownHostException none) {
            UnknownHostException told = new UnknownHostException((direct ? "the server " : "the proxy ") + first
                + " is not known here: DNS has no address of it");
            told.initCause(none);
            throw told;
        }
    }

    /** The socket is connected. */
    public void connected() {
        line.send(handshake.begin());
    }

    /** Something came from the proxy. */
    public void received(ByteBuffer data) {
        if (settled) {
            return;
        }
        switch (handshake.received(data)) {
            case MORE -> { }
            case REPLY -> {
                line.send(handshake.reply());
                if (data.hasRemaining()) {
                    received(data);
                }
            }
            case OPEN -> {
                settled = true;
                line.open(data);
            }
            case AGAIN -> {
                settled = true;
                line.again();
            }
            case FAILED -> fail(handshake.reason());
            default -> throw new IllegalStateException();
        }
    }

    /** The proxy has ended the connection. */
    public void ended() {
        fail("the proxy ended the connection");
    }

    /** The talk does not go on, for the reason given. */
    public void fail(String reason) {
        if (!settled) {
            settled = true;
            line.failed(reason);
        }
    }
}
