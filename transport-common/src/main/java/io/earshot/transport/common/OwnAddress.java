package io.earshot.transport.common;

import io.earshot.api.proxy.ProxyConfig;
import io.earshot.api.proxy.spi.ProxiedNames;
import io.earshot.api.proxy.spi.SystemProxy;
import io.earshot.api.transport.spi.IoLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;

/**
 * Which address of ours a peer sees, as far as this machine knows. Where there may be no route to the peer because everything goes through
 * a proxy, it is the address that leads to the proxy. Confined to the loop.
 */
public final class OwnAddress {
    /** An address of documentation (RFC 5737): the way there is the usual way out. */
    private static final InetSocketAddress ANYWHERE = new InetSocketAddress("192.0.2.1", 9);

    private final Routes routes;
    private final InetSocketAddress bound;
    private Optional<InetSocketAddress> proxy = Optional.empty();

    /** Makes one for the address bound to; the proxy's name is looked up on the loop's workers. */
    public OwnAddress(Routes routes, InetSocketAddress bound, ProxyConfig through, IoLoop loop) {
        this.routes = routes;
        this.bound = bound;
        if (through.kind() != ProxyConfig.Kind.NONE) {
            try {
                loop.workers().execute(() -> find(through, loop));
            } catch (RejectedExecutionException closing) {
                proxy = Optional.empty();
            }
        }
    }

    private void find(ProxyConfig through, IoLoop loop) {
        ProxyConfig known = SystemProxy.choose(through, ANYWHERE.getHostString(), ANYWHERE.getPort());
        if (known.kind() != ProxyConfig.Kind.NONE) {
            try {
                InetSocketAddress found = new InetSocketAddress(InetAddress.getByName(known.host()), known.port());
                loop.execute(() -> proxy = Optional.of(found));
            } catch (UnknownHostException unknown) {
                System.getLogger(OwnAddress.class.getName()).log(System.Logger.Level.DEBUG, "the proxy {0} is not known", known.host());
            }
        }
    }

    /** Returns the address bound to as a peer sees it. */
    public InetSocketAddress towards(InetSocketAddress peer) {
        if (proxy.isPresent()) {
            return routes.towards(proxy.get(), bound);
        }
        boolean nobody = !peer.isUnresolved() && ProxiedNames.name(peer.getAddress()).isPresent();
        return routes.towards(nobody ? ANYWHERE : peer, bound);
    }
}
