package io.earshot.ice.agent;

import io.earshot.api.id.IdSource;
import io.earshot.ice.nat.NatDiscovery;
import io.earshot.ice.portmap.RouterPorts;
import io.earshot.ice.turn.TurnConfig;
import io.earshot.rtp.route.NatProbe;
import io.earshot.rtp.route.PortMapper;
import io.earshot.rtp.route.RouteConfig;
import io.earshot.rtp.route.RouteFinder;
import io.earshot.rtp.route.RouteFinderProvider;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Offers {@link IceAgent} to a phone that does not name this module. */
public final class IceRouteProvider implements RouteFinderProvider {
    /** For {@link java.util.ServiceLoader}. */
    public IceRouteProvider() {
    }

    @Override
    public RouteFinder open(RouteConfig config, boolean controlling, IdSource ids) {
        IceConfig.Timing standard = IceConfig.Timing.STANDARD;
        IceConfig ice = IceConfig.defaults().withComponents(2).withStun(config.stun().toArray(InetSocketAddress[]::new))
            .withTurn(config.relays().stream().map(relay -> TurnConfig.udp(relay.server(), relay.user(), relay.password())
                    .withTransport(TurnConfig.Transport.valueOf(relay.transport().name())).withFamily(TurnConfig.Family.BOTH))
                .toArray(TurnConfig[]::new))
            .withPolicy(config.relayOnly() ? IceConfig.Policy.RELAY_ONLY : IceConfig.Policy.ALL)
            .withTiming(new IceConfig.Timing(config.gathering(), standard.pacing(), standard.patience(), standard.consent(),
                standard.consentLost()));
        return new IceRoute(new IceAgent(ice, controlling, ids), config.relayOnly());
    }

    @Override
    public Optional<PortMapper> ports(InetAddress local, Optional<InetAddress> gateway, IdSource ids) {
        return Optional.of(new RouterPorts(local, gateway, ids));
    }

    @Override
    public Optional<NatProbe> probe(InetSocketAddress local, List<InetSocketAddress> servers, Duration budget, IdSource ids, long now) {
        return Optional.of(new ServerProbe(new NatDiscovery(local, servers, budget, ids, now)));
    }
}
