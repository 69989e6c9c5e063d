package io.earshot.sdk.internal.call;

import io.earshot.api.dns.spi.DnsResolver;
import io.earshot.api.proxy.ProxyConfig;
import io.earshot.api.proxy.spi.SystemProxy;
import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.MediaTransportProvider;
import io.earshot.api.transport.spi.SipTransportProvider;
import io.earshot.api.tunnel.TunnelUse;
import io.earshot.api.tunnel.spi.TunnelProvider;
import io.earshot.sdk.internal.net.ProxiedDns;
import io.earshot.sdk.internal.net.UdpMediaTransport;
import io.earshot.sdk.internal.socks.SocksDoor;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * How what a phone sends leaves the machine: directly, through a SOCKS proxy, through a tunnel.
 *
 * @param proxy what connections go through; what it is may depend on the server
 * @param socks what datagrams go through where the proxy carries them
 * @param tunnel what everything goes through, or may go through
 */
record Outlets(ProxyConfig proxy, Optional<SocksDoor> socks, Optional<TunnelDoor> tunnel) {
    /** Opens them. A phone that has all go through a tunnel leaves proxies to that. */
    static Outlets open(PhoneSettings settings, Optional<TunnelProvider> tunnels, Executor workers) {
        boolean always = settings.tunnel().filter(one -> one.use() == TunnelUse.ALWAYS).isPresent();
        ProxyConfig proxy = always ? ProxyConfig.NONE : settings.network().proxy();
        MediaTransportProvider plain = new UdpMediaTransport();
        Optional<SocksDoor> socks = SocksDoor.of(proxy, plain, Ticker.system());
        MediaTransportProvider direct = socks.isPresent() ? socks.get() : plain;
        Optional<TunnelDoor> tunnel = settings.tunnel()
                .map(config -> TunnelDoor.open(settings, config, tunnels, direct, workers, socks.isPresent()));
        tunnel.ifPresent(door -> socks.ifPresent(one -> one.standIn(door.whenUp(plain))));
        return new Outlets(proxy, socks, tunnel);
    }

    /** Returns the transports of a phone that has these. */
    List<SipTransportProvider> transports(List<SipTransportProvider> usual) {
        List<SipTransportProvider> behind = socks.map(door -> door.transports(usual)).orElse(usual);
        return tunnel.map(door -> door.transports(behind)).orElse(behind);
    }

    /** Returns what sound goes by. */
    MediaTransportProvider media() {
        return tunnel.<MediaTransportProvider>map(door -> door).or(() -> socks).orElseGet(UdpMediaTransport::new);
    }

    /** Returns what looks names up: this one, and the proxy what it does not know. */
    DnsResolver names(DnsResolver own, Ticker ticker) {
        return SystemProxy.choose(proxy, "192.0.2.1", 443).kind() == ProxyConfig.Kind.NONE ? own : new ProxiedDns(own, ticker);
    }

    /** Tells them whose they are. */
    void attach(EngineContext context, NetworkMonitor network, BooleanSupplier idle, Consumer<String> notice) {
        socks.ifPresent(door -> door.attach(new SocksDoor.Owner(network::check, notice)));
        tunnel.ifPresent(door -> {
            context.loop().execute(() -> context.signalling().add(door));
            door.attach(new TunnelDoor.Owner(context.loop()::execute, network::check, idle, notice));
        });
    }
}
