package io.earshot.ice.agent;

import static java.util.Objects.requireNonNull;

import io.earshot.ice.turn.TurnConfig;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * How an agent works.
 *
 * @param stun STUN servers, resolved; the first of the right address family counts, the others are its spares
 * @param turn TURN servers, best first
 * @param policy which candidates are used
 * @param lite whether we only answer checks; for servers on public addresses
 * @param components 1 with RTP and RTCP on one port, else 2
 * @param timing limits of time
 */
public record IceConfig(List<InetSocketAddress> stun, List<TurnConfig> turn, Policy policy, boolean lite, int components, Timing timing) {
    /** Which candidates are used. */
    public enum Policy {
        /** All. */
        ALL,
        /** Host candidates are used but not told, so that the peer does not learn addresses of our network. */
        HIDE_HOSTS,
        /** Relayed ones only. */
        RELAY_ONLY
    }

    /**
     * Limits of time.
     *
     * @param gathering how long an offer or answer waits for candidates; later ones are still used
     * @param pacing the time between two new checks, 5 ms at least (Ta)
     * @param patience how long an agent without a path waits for one to turn up (RFC 8863)
     * @param consent how often consent is asked for, jittered by a fifth; zero for keepalives only
     * @param consentLost how long the peer may be silent before sending ends
     */
    public record Timing(Duration gathering, Duration pacing, Duration patience, Duration consent, Duration consentLost) {
        /** 500 ms, 50 ms, 39.5 s, 5 s, 30 s. */
        public static final Timing STANDARD = new Timing(Duration.ofMillis(500), Duration.ofMillis(50), Duration.ofMillis(39_500),
            Duration.ofSeconds(5), Duration.ofSeconds(30));

        /** Checks the values. */
        public Timing {
            if (pacing.toMillis() < 5 || gathering.isNegative() || patience.isNegative() || consent.isNegative()
                    || consentLost.compareTo(consent) <= 0) {
                throw new IllegalArgumentException("timing of ICE: pacing at least 5 ms, nothing negative, consentLost above consent");
            }
        }
    }

    /** Checks the values. */
    public IceConfig {
        stun = List.copyOf(stun);
        turn = List.copyOf(turn);
        requireNonNull(policy);
        requireNonNull(timing);
        if (components < 1 || components > 2) {
            throw new IllegalArgumentException("components must be 1 or 2, not " + components);
        }
        if (stun.stream().anyMatch(InetSocketAddress::isUnresolved)) {
            throw new IllegalArgumentException("STUN servers must be resolved before they are used: " + stun);
        }
    }

    /** Host candidates only, RTP and RTCP on one port. */
    public static IceConfig defaults() {
        return new IceConfig(List.of(), List.of(), Policy.ALL, false, 1, Timing.STANDARD);
    }

    /** Returns this with STUN servers. */
    public IceConfig withStun(InetSocketAddress... servers) {
        return new IceConfig(List.of(servers), turn, policy, lite, components, timing);
    }

    /** Returns this with TURN servers. */
    public IceConfig withTurn(TurnConfig... servers) {
        return new IceConfig(stun, List.of(servers), policy, lite, components, timing);
    }

    /** Returns this with a policy. */
    public IceConfig withPolicy(Policy other) {
        return new IceConfig(stun, turn, other, lite, components, timing);
    }

    /** Returns this as a lite agent. */
    public IceConfig asLite() {
        return new IceConfig(stun, turn, policy, true, components, timing);
    }

    /** Returns this with 1 or 2 components. */
    public IceConfig withComponents(int count) {
        return new IceConfig(stun, turn, policy, lite, count, timing);
    }

    /** Returns this with other limits of time. */
    public IceConfig withTiming(Timing other) {
        return new IceConfig(stun, turn, policy, lite, components, other);
    }
}
