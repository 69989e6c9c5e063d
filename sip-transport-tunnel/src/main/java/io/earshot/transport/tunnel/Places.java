package io.earshot.transport.tunnel;

import io.earshot.api.tunnel.TunnelGatewayConfig;
import io.earshot.transport.tunnel.core.Destinations;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a gateway's datagrams go.
 *
 * @param signalling where SIP may go
 * @param media where else RTP may go
 * @param seen the address that they come from
 */
record Places(Destinations signalling, Destinations media, InetAddress seen) {
    private static final Pattern PLACE = Pattern.compile("(?:\\[([^\\]]+)\\]|([^:/\\[\\]]+)|([0-9A-Fa-f:]*:[0-9A-Fa-f:.]*))"
        + "(?:/([0-9]{1,3}))?(?::([0-9]{1,5}))?");
    private static final int ANY_PORT = 9;

    /** Looks names up; blocks. */
    static Places of(TunnelGatewayConfig config) throws IOException {
        Destinations signalling = new Destinations();
        InetAddress example = all(config.to(), signalling);
        Destinations media = new Destinations();
        all(config.mediaTo(), media);
        return new Places(signalling, media, seen(config, example));
    }

    private static InetAddress all(List<String> places, Destinations into) throws IOException {
        InetAddress last = InetAddress.getLoopbackAddress();
        for (String place : places) {
            last = add(place, into);
        }
        return last;
    }

    private static InetAddress add(String place, Destinations into) throws IOException {
        Matcher parts = PLACE.matcher(place.strip());
        if (!parts.matches()) {
            throw malformed(place);
        }
        String host = parts.group(1) != null ? parts.group(1) : parts.group(2) != null ? parts.group(2) : parts.group(3);
        int port = parts.group(5) == null ? 0 : Integer.parseInt(parts.group(5));
        if (port > 65_535) {
            throw malformed(place);
        }
        InetAddress[] all = lookUp(host, place);
        for (InetAddress address : all) {
            int most = 8 * address.getAddress().length;
            int bits = parts.group(4) == null ? most : Integer.parseInt(parts.group(4));
            if (bits > most) {
                throw malformed(place);
            }
            into.add(address, bits, port);
        }
        return all[0];
    }

    private static InetAddress[] lookUp(String host, String place) throws IOException {
        try {
            return InetAddress.getAllByName(host);
        } catch (UnknownHostException none) {
            throw new IOException("the tunnel gateway may send to '" + place + "', but no such host is known here", none);
        }
    }

    private static IOException malformed(String place) {
        return new IOException("'" + place + "' is no place a tunnel gateway can send to: write host, host:port or 192.0.2.0/24");
    }

    private static InetAddress seen(TunnelGatewayConfig config, InetAddress example) throws IOException {
        if (config.announced().isPresent()) {
            return config.announced().get();
        }
        if (!config.outside().isAnyLocalAddress()) {
            return config.outside();
        }
        try (DatagramChannel probe = DatagramChannel.open()) {
            probe.connect(new InetSocketAddress(example, ANY_PORT));
            return ((InetSocketAddress) probe.getLocalAddress()).getAddress();
        }
    }
}
