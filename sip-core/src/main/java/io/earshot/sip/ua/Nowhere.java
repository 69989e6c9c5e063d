package io.earshot.sip.ua;

import io.earshot.api.transport.spi.Flow;
import io.earshot.sip.message.NameAddr;
import io.earshot.sip.message.SipMessage;
import io.earshot.sip.message.SipUri;
import io.earshot.sip.message.Uri;
import io.earshot.sip.resolve.Target;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The names under {@code .invalid}, and the addresses of documentation, that WebSocket clients put into Contact (RFC 7118 §5): nobody can
 * look them up, but the connection that one came over leads to it. A name stays with its connection until that ends, unless the same
 * machine comes back over another one.
 */
final class Nowhere {
    private static final int MAX_NAMES = 10_000;

    private final Map<String, Flow> flows = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Flow> eldest) {
            return size() > MAX_NAMES;
        }
    };

    /** Takes note of what a message says about its sender. */
    void learn(SipMessage message, Flow flow) {
        if (!flow.protocol().equals("WS") && !flow.protocol().equals("WSS")) {
            return;
        }
        for (NameAddr contact : message.contacts()) {
            name(contact.uri()).ifPresent(host -> {
                Flow known = flows.get(host);
                if (known == null || known.remote().getAddress().equals(flow.remote().getAddress())) {
                    flows.put(host, flow);
                }
            });
        }
    }

    void closed(Flow flow) {
        flows.values().removeIf(flow::equals);
    }

    /** Returns where a request to such a name goes; empty for names of the other kind. */
    Optional<Target> target(Uri uri) {
        return name(uri).flatMap(host -> Optional.ofNullable(flows.get(host))
            .map(flow -> new Target(flow.protocol(), flow.remote(), Context.host(flow.remote()))));
    }

    private static Optional<String> name(Uri uri) {
        if (!(uri instanceof SipUri sip)) {
            return Optional.empty();
        }
        String host = sip.host().toLowerCase(Locale.ROOT);
        return host.endsWith(".invalid") || host.startsWith("192.0.2.") ? Optional.of(host) : Optional.empty();
    }
}
