package io.earshot.transport.tunnel;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** The web servers in front of a gateway, which say whom a request comes from; nobody else is believed. */
final class Fronts {
    private static final String FORWARDED = "X-Forwarded-For";

    private final Set<InetAddress> known;

    Fronts(List<InetAddress> known) {
        this.known = Set.copyOf(known);
    }

    boolean contains(InetAddress address) {
        return known.contains(address);
    }

    /** Returns whom a request comes from: the last address named that is no front itself, as those before it can be invented. */
    InetAddress origin(InetAddress peer, HttpHeaders headers) {
        if (!contains(peer)) {
            return peer;
        }
        List<String> named = new ArrayList<>();
        headers.getAll(FORWARDED).forEach(line -> named.addAll(List.of(line.split(",", -1))));
        Collections.reverse(named);
        InetAddress nearest = peer;
        for (String each : named) {
            InetAddress address = NetUtil.createInetAddressFromIpAddressString(each.strip());
            if (address == null) {
                return nearest;
            }
            nearest = address;
            if (!contains(address)) {
                return address;
            }
        }
        return nearest;
    }
}
