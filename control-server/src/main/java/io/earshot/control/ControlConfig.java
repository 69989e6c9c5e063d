package io.earshot.control;

import java.net.InetAddress;
import java.util.Optional;

/**
 * Where and how the server listens. Ports: 0 for none, {@link #ANY} for a free one.
 *
 * @param bind the address of all listeners; one that is not loopback needs a token
 * @param udpPort for commands as datagrams; when it is taken, another one is used
 * @param tcpPort for TCP, HTTP and WebSocket alike
 * @param windowsPort for TCP with the answers of the Windows service
 * @param notifyPort where on 127.0.0.1 notifications go until a command has come by UDP
 * @param outOfBand the parameter canuseudpnotifications: 0 never, 1 when nobody is connected, 2 always, else always and from that port
 * @param polling the parameter: -1 to 3
 * @param sessionMinutes the parameter httpsessiontimeout, 0 for no time-out
 * @param tls encrypts the TCP ports for who begins with TLS; other machines have to then, and cannot send datagrams
 */
public record ControlConfig(InetAddress bind, int udpPort, int tcpPort, int windowsPort, int notifyPort, int outOfBand, int polling,
        int sessionMinutes, Access access, ControlLimits limits, Optional<ControlTls> tls) {
    /** A free port. */
    public static final int ANY = -1;
    /** The usual port for commands. */
    public static final int PORT = 19_422;
    /** The usual port for notifications. */
    public static final int NOTIFY_PORT = 19_421;
    /** The port of the Windows service. */
    public static final int WINDOWS_PORT = 18_620;
    /** The documented standard: UDP 19422 on this machine and nothing else. */
    public static final ControlConfig DEFAULT = new ControlConfig(InetAddress.getLoopbackAddress(), PORT, 0, 0, NOTIFY_PORT, 1, -1, 60,
            Access.LOCAL, ControlLimits.DEFAULT, Optional.empty());
    private static final int MOST = 65_535;

    public ControlConfig {
        if (!bind.isLoopbackAddress() && access.token().isEmpty()) {
            throw new IllegalArgumentException("controlbind=" + bind.getHostAddress()
                    + " lets other machines in: set controltoken to a secret of at least 16 characters, or bind 127.0.0.1");
        }
        port("wpapiudplistenport", udpPort);
        port("wpapilistenport", tcpPort);
        port("wpapiwindowsport", windowsPort);
        port("wpapiconnectport", notifyPort);
        if (polling < -1 || polling > 3 || sessionMinutes < 0 || outOfBand < 0 || outOfBand > MOST) {
            throw new IllegalArgumentException("polling is from -1 to 3, httpsessiontimeout from 0, "
                    + "canuseudpnotifications from 0 to 65535");
        }
    }

    private static void port(String name, int port) {
        if (port < ANY || port > MOST) {
            throw new IllegalArgumentException("parameter " + name + "=" + port + ": a port from 1 to 65535, or 0 for none, is wanted");
        }
    }

    /** Returns the same with other ports. */
    public ControlConfig withPorts(int udp, int tcp, int windows) {
        return new ControlConfig(bind, udp, tcp, windows, notifyPort, outOfBand, polling, sessionMinutes, access, limits, tls);
    }

    /** Returns the same with another target of notifications. */
    public ControlConfig withNotifications(int port, int useOutOfBand, int pollingMode) {
        return new ControlConfig(bind, udpPort, tcpPort, windowsPort, port, useOutOfBand, pollingMode, sessionMinutes, access, limits, tls);
    }

    /** Returns the same at another address, for others. */
    public ControlConfig withAccess(InetAddress address, Access who) {
        return new ControlConfig(address, udpPort, tcpPort, windowsPort, notifyPort, outOfBand, polling, sessionMinutes, who, limits, tls);
    }

    /** Returns the same with another session time-out. */
    public ControlConfig withSession(int minutes) {
        return new ControlConfig(bind, udpPort, tcpPort, windowsPort, notifyPort, outOfBand, polling, minutes, access, limits, tls);
    }

    /** Returns the same with other limits. */
    public ControlConfig withLimits(ControlLimits other) {
        return new ControlConfig(bind, udpPort, tcpPort, windowsPort, notifyPort, outOfBand, polling, sessionMinutes, access, other, tls);
    }

    /** Returns the same with encryption. */
    public ControlConfig withTls(ControlTls encryption) {
        return new ControlConfig(bind, udpPort, tcpPort, windowsPort, notifyPort, outOfBand, polling, sessionMinutes, access, limits,
                Optional.of(encryption));
    }
}
