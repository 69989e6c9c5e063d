package io.earshot.control.net;

import io.earshot.control.ControlConfig;
import io.earshot.control.desk.Desk;
import io.earshot.control.text.RequestReader;
import io.earshot.control.web.Guard;
import io.earshot.control.web.RestDoor;

/**
 * The ports that were opened.
 *
 * @param udp 0 when there is none, like the others
 */
public record Listeners(int udp, int tcp, int windows) {
    /**
     * Opens what a configuration asks for.
     *
     * @throws java.io.UncheckedIOException with a sentence when a port cannot be opened
     */
    public static Listeners open(Sockets sockets, ControlConfig config, Desk desk) {
        Hub hub = new Hub(desk, new Guard(config.access()), new RestDoor(desk), new RequestReader(desk.functions()), config,
                new Meter.Total(config.limits().pendingBytes()));
        int tcp = config.tcpPort() == 0 ? 0 : sockets.tcp(hub, config.tcpPort(), false);
        int windows = config.windowsPort() == 0 ? 0 : sockets.tcp(hub, config.windowsPort(), true);
        return new Listeners(datagrams(sockets, hub), tcp, windows);
    }

    private static int datagrams(Sockets sockets, Hub hub) {
        ControlConfig config = hub.config();
        boolean ownPort = config.outOfBand() > 2;
        if (config.udpPort() == 0 && config.outOfBand() == 0) {
            return 0;
        }
        DatagramDoor door = new DatagramDoor(hub);
        int port = sockets.udp(hub, door, config.udpPort() == 0 && ownPort ? config.outOfBand() : config.udpPort());
        sockets.loop().execute(() -> {
            hub.desk().subscribe(door);
            hub.desk().onNotifyPort(door::notifyPort);
        });
        return config.udpPort() == 0 ? 0 : port;
    }
}
