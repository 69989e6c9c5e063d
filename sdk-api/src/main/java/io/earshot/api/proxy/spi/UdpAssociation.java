package io.earshot.api.proxy.spi;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.proxy.ProxyConfig;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * Asks a SOCKS5 proxy to carry datagrams (RFC 1928 §4, UDP ASSOCIATE): what is said over the TCP connection, for whose life the proxy does
 * so. The datagrams themselves are written and read by {@link SocksDatagrams}. Bytes only; for one connection and one thread.
 */
public final class UdpAssociation implements ProxyHandshake {
    private final ProxyConfig proxy;
    private final Socks5 talk;

    /**
     * Makes one. The proxy is told no address that our datagrams come from: a NAT may stand between.
     *
     * @param proxy of the kind SOCKS5
     * @throws IllegalArgumentException for another kind
     */
    public UdpAssociation(ProxyConfig proxy) {
        if (requireNonNull(proxy, "proxy").kind() != ProxyConfig.Kind.SOCKS5) {
            throw new IllegalArgumentException("a proxy of the kind " + proxy.kind() + " carries no datagrams");
        }
        this.proxy = proxy;
        this.talk = new Socks5(proxy, Socks5.ASSOCIATE, "0.0.0.0", 0);
    }

    @Override
    public ByteBuffer begin() {
        return talk.begin();
    }

    @Override
    public Verdict received(ByteBuffer data) {
        Verdict verdict = talk.received(requireNonNull(data, "data"));
        return verdict == Verdict.OPEN && talk.bound().getPort() == 0 ? Verdict.FAILED : verdict;
    }

    @Override
    public ByteBuffer reply() {
        return talk.reply();
    }

    @Override
    public String reason() {
        return talk.reason().isEmpty() ? "the SOCKS proxy " + proxy.host() + ": it names no port for UDP" : talk.reason();
    }

    /**
     * Returns where datagrams go to, after {@link Verdict#OPEN}.
     *
     * @param server the address of the proxy itself, which counts where it names none
     * @return not looked up yet if the proxy gave a name
     */
    public InetSocketAddress relay(InetSocketAddress server) {
        requireNonNull(server, "server");
        InetSocketAddress bound = talk.bound();
        boolean nowhere = !bound.isUnresolved() && bound.getAddress().isAnyLocalAddress();
        return nowhere ? new InetSocketAddress(server.getAddress(), bound.getPort()) : bound;
    }
}
