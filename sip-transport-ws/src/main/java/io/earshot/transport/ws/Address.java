package io.earshot.transport.ws;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * Whom to shake hands with.
 *
 * @param uri what the HTTP request is made from
 */
record Address(URI uri) {
    /** Returns the name that the server's certificate must be for. */
    String host() {
        String host = uri.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /**
     * Understands the host of a {@code send}: a name, an IP address, or a whole WebSocket URI, with path and query.
     *
     * @throws URISyntaxException if it is none of these
     */
    static Address of(String protocol, String host, InetSocketAddress peer) throws URISyntaxException {
        String scheme = protocol.equals(WssTransportProvider.PROTOCOL) ? "wss" : "ws";
        if (host.indexOf("://") < 0) {
            String bare = host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
            return new Address(new URI(scheme + "://" + bare + ":" + peer.getPort() + "/"));
        }
        URI given = new URI(host);
        if (given.getHost() == null) {
            throw new URISyntaxException(host, "there is no host in it");
        }
        String path = given.getRawPath() == null || given.getRawPath().isEmpty() ? "/" : given.getRawPath();
        String query = given.getRawQuery() == null ? "" : "?" + given.getRawQuery();
        String port = given.getPort() < 0 ? "" : ":" + given.getPort();
        return new Address(new URI(scheme + "://" + given.getHost() + port + path + query));
    }
}
