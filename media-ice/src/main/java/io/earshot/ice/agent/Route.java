package io.earshot.ice.agent;

import java.net.InetSocketAddress;

/** What we send from: a socket, or a relay that is reached from it. */
record Route(int component, InetSocketAddress base, int relay) {
    static final int DIRECT = -1;

    boolean relayed() {
        return relay != DIRECT;
    }
}
