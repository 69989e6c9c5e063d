package io.earshot.api;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.check.Check;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How the sound of calls finds its way through NATs (ICE, RFC 8445). Needs the module {@code io.earshot:media-ice}; without it sound goes
 * where the SDP says, and follows a peer that sends from elsewhere. Immutable; the {@code with} methods return changed copies.
 *
 * @param ice when candidates are told to peers
 * @param stunServers servers that tell how others see us, {@code host} or {@code host:port}
 * @param relays servers that pass sound on where there is no direct way (TURN, RFC 8656), best first
 * @param relayOnly whether sound takes relays only, so that peers do not learn our addresses
 * @param gathering how long an offer or an answer waits for what servers say, 0 to 10 s
 * @param publicAddress when the SDP names the address at which the STUN servers see us, in calls without ICE; not with {@code relayOnly}
 * @param trickle whether candidates come and go one by one, as they are found (RFC 8838, RFC 8840)
 * @param near what is done with the network that this machine is in
 */
public record Nat(Ice ice, List<String> stunServers, List<Relay> relays, boolean relayOnly, Duration gathering,
        PublicAddress publicAddress, Trickle trickle, NearNetwork near) {
    /**
     * Peers that offer ICE get an answer with it; no servers; 500 ms; our own address in the SDP; candidates one by one with peers that
     * have shown that they take them.
     */
    public static final Nat DEFAULT = new Nat(Ice.WHEN_OFFERED, List.of(), List.of(), false, Duration.ofMillis(500), PublicAddress.NEVER,
            Trickle.WHEN_KNOWN, NearNetwork.DEFAULT);

    /** When candidates are told. */
    public enum Ice {
        /** Never. */
        NEVER,
        /** To peers that told theirs. */
        WHEN_OFFERED,
        /** In our offers too. */
        OFFERED
    }

    /** Whether candidates come and go one by one, by INFO, so that offers and answers need not wait for servers. */
    public enum Trickle {
        /** Never: ours are all in the offer or answer, and so have to be the peer's. */
        NEVER,
        /**
         * With peers that say that they take them; our offers do not wait for servers either where the peer said so before, in a call or
         * when it was asked for its capabilities.
         */
        WHEN_KNOWN,
        /**
         * Our offers never wait. A peer that does not take what comes later gets it in an offer of its own if the call has no way
         * otherwise.
         */
        ALWAYS
    }

    /** When the SDP of a call without ICE names the address at which STUN servers see us. Of no use behind a symmetric NAT. */
    public enum PublicAddress {
        /** Never: our own address, and the peer is to follow where the sound comes from. */
        NEVER,
        /**
         * Beyond private networks, where the servers are known to agree on what they see, and the router gives our ports the same number
         * outside. What kind of router it is is asked when the phone starts, and when the network changes ({@link PhoneNetwork#natReport}).
         */
        WHERE_PORTS_ARE_KEPT,
        /** Beyond private networks, unless the servers are known to disagree on what they see, as behind a symmetric NAT. */
        UNLESS_SYMMETRIC,
        /** Unless the next hop of the signalling is in a private network, such as ours. */
        BEYOND_PRIVATE_NETWORKS,
        /** In each call. */
        ALWAYS
    }

    /**
     * A relay. What it relays is UDP, whatever way it is reached.
     *
     * @param server {@code host} or {@code host:port}; the port is 3478, over TLS 5349, where it is not said
     * @param user our name there
     * @param password our password there
     * @param transport how it is reached
     */
    public record Relay(String server, String user, String password, Transport transport) {
        /** How a relay is reached: UDP is the fastest, the others get through firewalls. */
        public enum Transport { UDP, TCP, TLS }

        public Relay {
            Check.filled(server, "server");
            requireNonNull(user, "user");
            requireNonNull(password, "password");
            requireNonNull(transport, "transport");
        }

        /** Makes one that is reached over UDP. */
        public Relay(String server, String user, String password) {
            this(server, user, password, Transport.UDP);
        }

        /**
         * Reads {@code turn:host}, {@code turn:host:port?transport=tcp} or {@code turns:host} (RFC 7065); without a scheme it is UDP.
         *
         * @throws IllegalArgumentException for another transport than UDP, TCP and TLS over TCP
         */
        public static Relay of(String uri, String user, String password) {
            return RelayUri.read(Check.filled(uri, "uri"), requireNonNull(user, "user"), requireNonNull(password, "password"));
        }

        /** Prints no secret. */
        @Override
        public String toString() {
            return "Relay[" + user + " at " + server + " by " + transport + ']';
        }
    }

    public Nat {
        requireNonNull(ice, "ice");
        stunServers = Check.lines(stunServers, "stunServers");
        relays = Check.list(relays, "relays");
        Check.range(gathering, Duration.ZERO, Duration.ofSeconds(10), "gathering");
        requireNonNull(publicAddress, "publicAddress");
        requireNonNull(trickle, "trickle");
        requireNonNull(near, "near");
    }

    /** Returns a copy that tells candidates so. */
    public Nat withIce(Ice when) {
        return new Nat(when, stunServers, relays, relayOnly, gathering, publicAddress, trickle, near);
    }

    /** Returns a copy that asks these servers. */
    public Nat withStunServers(String... servers) {
        return new Nat(ice, Check.list(servers, "servers"), relays, relayOnly, gathering, publicAddress, trickle, near);
    }

    /** Returns a copy with one more relay, {@code host}, {@code host:port} or a URI as {@link Relay#of} takes it. */
    public Nat withRelay(String server, String user, String password) {
        List<Relay> more = new ArrayList<>(relays);
        more.add(Relay.of(Check.filled(server, "server"), user, password));
        return new Nat(ice, stunServers, more, relayOnly, gathering, publicAddress, trickle, near);
    }

    /** Returns a copy whose sound takes relays only. */
    public Nat withRelayOnly() {
        return new Nat(ice, stunServers, relays, true, gathering, publicAddress, trickle, near);
    }

    /** Returns a copy that waits this long for servers, 0 to 10 s. */
    public Nat withGathering(Duration most) {
        return new Nat(ice, stunServers, relays, relayOnly, most, publicAddress, trickle, near);
    }

    /** Returns a copy that names the address at which STUN servers see us in calls without ICE. */
    public Nat withPublicAddress(PublicAddress when) {
        return new Nat(ice, stunServers, relays, relayOnly, gathering, when, trickle, near);
    }

    /** Returns a copy that tells and takes candidates one by one so. */
    public Nat withTrickle(Trickle when) {
        return new Nat(ice, stunServers, relays, relayOnly, gathering, publicAddress, when, near);
    }

    /** Returns a copy that does this with the network that this machine is in. */
    public Nat withNear(NearNetwork network) {
        return new Nat(ice, stunServers, relays, relayOnly, gathering, publicAddress, trickle, network);
    }

    /**
     * Returns a copy that asks the router of our network for ports (PCP, NAT-PMP, UPnP IGD), for signalling over UDP and for each call, as
     * {@link NearNetwork#portMapping} says; not with {@link #relayOnly}.
     */
    public Nat withPortMapping() {
        return withNear(near.withPortMapping(true));
    }
}
