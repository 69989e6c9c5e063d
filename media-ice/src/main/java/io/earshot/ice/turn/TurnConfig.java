package io.earshot.ice.turn;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * A relay and how to use it. Printing it reveals no password.
 *
 * @param server its address, resolved
 * @param transport how it is reached; what is relayed is UDP always
 * @param user user name, empty for a server that asks for none
 * @param password its password
 * @param family which relayed addresses are wanted
 * @param lifetime the lifetime to ask for, 2 minutes to 1 hour
 */
public record TurnConfig(InetSocketAddress server, Transport transport, String user, String password, Family family,
        Duration lifetime) {
    /** How a server is reached; TLS is put on by the owner of the connection. */
    public enum Transport { UDP, TCP, TLS }

    /** Address families of relayed addresses. */
    public enum Family { IPV4, IPV6, BOTH }

    /** Checks the values. */
    public TurnConfig {
        requireNonNull(server);
        requireNonNull(transport);
        requireNonNull(user);
        requireNonNull(password);
        requireNonNull(family);
        if (server.isUnresolved()) {
            throw new IllegalArgumentException("the TURN server " + server.getHostString() + " must be resolved before it is used");
        }
        if (lifetime.compareTo(Duration.ofMinutes(2)) < 0 || lifetime.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("the lifetime of a TURN allocation must be 2 minutes to 1 hour, not " + lifetime);
        }
    }

    /** A server over UDP, IPv4, with a lifetime of 10 minutes. */
    public static TurnConfig udp(InetSocketAddress server, String user, String password) {
        return new TurnConfig(server, Transport.UDP, user, password, Family.IPV4, Duration.ofMinutes(10));
    }

    /** Returns this over another transport. */
    public TurnConfig withTransport(Transport other) {
        return new TurnConfig(server, other, user, password, family, lifetime);
    }

    /** Returns this for other address families. */
    public TurnConfig withFamily(Family other) {
        return new TurnConfig(server, transport, user, password, other, lifetime);
    }

    @Override
    public String toString() {
        return "TurnConfig[" + server + " " + transport + " " + user + " " + family + "]";
    }
}
