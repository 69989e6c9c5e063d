package io.earshot.api.proxy.spi;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.id.IdSource;
import io.earshot.api.proxy.ProxyConfig;
import java.nio.ByteBuffer;

/**
 * What is said to a proxy before a connection through it can be used. Bytes only: whoever owns the socket sends and receives. Lives for one
 * connection to one server, with all attempts that it takes. For one thread.
 */
public interface ProxyHandshake {
    /** What to do after something came from the proxy. */
    enum Verdict {
        /** Wait for more. */
        MORE,
        /** Send {@link #reply}, then wait. */
        REPLY,
        /** The way is open. What is left in the buffer comes from the server. */
        OPEN,
        /** Connect to the proxy once more and send {@link #begin}: it wants a login. */
        AGAIN,
        /** It does not work out; {@link #reason} says why. */
        FAILED
    }

    /** Returns what to send as soon as the proxy is connected to. */
    ByteBuffer begin();

    /** Takes bytes from the proxy. */
    Verdict received(ByteBuffer data);

    /** Returns what to send after {@link Verdict#REPLY}. */
    ByteBuffer reply();

    /** Returns a sentence after {@link Verdict#FAILED}. */
    String reason();

    /**
     * Makes one.
     *
     * @param proxy of the kind HTTP or SOCKS5
     * @param host the server's name or IP address; names are left to the proxy to look up
     * @param ids for the login
     * @throws IllegalArgumentException for another kind
     */
    static ProxyHandshake of(ProxyConfig proxy, String host, int port, IdSource ids) {
        requireNonNull(host, "host");
        requireNonNull(ids, "ids");
        return switch (requireNonNull(proxy, "proxy").kind()) {
            case HTTP -> new HttpConnect(proxy, host, port, ids);
            case SOCKS5 -> new Socks5(proxy, Socks5.CONNECT, host, port);
            default -> throw new IllegalArgumentException("there is nothing to say to a proxy of the kind " + proxy.kind());
        };
    }
}
