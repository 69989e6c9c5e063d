package io.earshot.ice.agent;

import io.earshot.api.id.IdSource;
import io.earshot.ice.turn.TurnConfig;
import io.earshot.rtp.route.RouteConfig;
import io.earshot.rtp.route.RouteFinder;
import io.earshot.rtp.route.RouteFinderProvider;

/** Offers {@link IceAgent} to a phone that does not name this module. */
public final class IceRouteProvider implements RouteFinderProvider {
    /** For {@link java.util.ServiceLoader}. */
    public IceRouteProvider() {
    }

    @Override
    public RouteFinder open(RouteConfig config, boolean controlling, IdSource ids) {
        IceConfig.Timing standard = IceConfig.Timing.STANDARD;
        IceConfig ice = IceConfig.defaults().withStun(config.stun().toArray(java.net.InetSocketAddress[]::new))
            .withTurn(config.relays().stream().map(relay -> TurnConfig.udp(relay.server(), relay.user(), relay.password())
                    .withTransport(TurnConfig.Transport.valueOf(relay.transport().name())))
                .toArray(TurnConfig[]::new))
            .withPolicy(config.relayOnly() ? IceConfig.Policy.RELAY_ONLY : IceConfig.Policy.ALL)
            .withTiming(new IceConfig.Timing(config.gathering(), standard.pacing(), standard.patience(), standard.consent(),
                standard.consentLost()));
        return new IceRoute(new IceAgent(ice, controlling, ids));
    }
}
