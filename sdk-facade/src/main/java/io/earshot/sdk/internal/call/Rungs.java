package io.earshot.sdk.internal.call;

import io.earshot.api.AccountConfig;
import io.earshot.sip.message.SipUri;
import java.util.List;
import java.util.Optional;

/** The other transports over which an account's own server can be tried, best first: TCP, then TLS. */
final class Rungs {
    private static final int SIP = 5060;

    private Rungs() {
    }

    /** Returns them as servers that stand in for the first; none where a transport is prescribed. */
    static List<SipUri> of(AccountConfig config) {
        if (!config.failOver().transports() || !Addresses.webSockets(config).isEmpty()) {
            return List.of();
        }
        SipUri home = Addresses.host(config.address(), "account address");
        SipUri server = config.outboundProxy().or(config::registrar).map(host -> Addresses.host(host, "server")).orElse(home);
        if (isBound(home) || isBound(server)) {
            return List.of();
        }
        String host = server.host().indexOf(':') >= 0 && !server.host().startsWith("[") ? "[" + server.host() + "]" : server.host();
        Optional<Integer> port = Optional.of(server.port()).filter(one -> one > 0);
        return List.of(Addresses.host(host + port.map(one -> ":" + one).orElse("") + ";transport=tcp", "server"),
                Addresses.host(host + port.map(one -> ":" + (one < 65_535 ? one + 1 : SIP + 1)).orElse("") + ";transport=tls", "server"));
    }

    private static boolean isBound(SipUri uri) {
        return uri.scheme().equalsIgnoreCase("sips") || uri.transport().isPresent();
    }
}
