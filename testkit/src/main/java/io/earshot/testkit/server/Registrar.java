package io.earshot.testkit.server;

import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.Flow;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.NameAddr;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.ResponseBuilder;
import io.earshot.sip.message.SipUri;
import io.earshot.sip.message.Via;
import io.earshot.testkit.Addresses;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Answers REGISTER (RFC 3261 §10.3): all of a request's contacts are taken, or none. */
final class Registrar {
    private static final int BINDINGS_PER_USER = 10;
    private static final int DEFAULT_PORT = 5060;

    private final ServerSettings settings;
    private final Identity identity;
    private final Gate gate;
    private final LocationStore locations;
    private final Replies replies;

    Registrar(ServerSettings settings, Identity identity, Gate gate, LocationStore locations, Replies replies) {
        this.settings = settings;
        this.identity = identity;
        this.gate = gate;
        this.locations = locations;
        this.replies = replies;
    }

    Response answer(Request register, Flow flow, long now) {
        boolean ours = identity.owns(register.requestUri()) && identity.owns(register.to().uri());
        String user = register.to().uri() instanceof SipUri uri ? uri.decodedUser().orElse("") : "";
        if (!ours || !settings.users().containsKey(user)) {
            return replies.to(register, 404).build();
        }
        if (settings.proxying().challengeRegistrations()
                && gate.check(register, false, register.to().uri(), now) instanceof Gate.Refused refused) {
            return refused.response();
        }
        return register.isWildcardContact() ? removeAll(register, user, now) : update(register, user, flow, now);
    }

    private Response removeAll(Request register, String user, long now) {
        if (register.expires().orElse(-1) != 0) {
            return replies.to(register, 400).build();
        }
        List<Binding> bindings = locations.of(user, now);
        if (bindings.stream().anyMatch(binding -> isOutOfOrder(binding, register))) {
            return replies.to(register, 500).build();
        }
        bindings.forEach(locations::remove);
        return listing(register, user, now);
    }

    private Response update(Request register, String user, Flow flow, long now) {
        List<Binding> wanted = new ArrayList<>();
        for (NameAddr contact : register.contacts()) {
            if (!(contact.uri() instanceof SipUri uri)) {
                return replies.to(register, 400).build();
            }
            long seconds = lifetime(contact, register);
            if (seconds > 0 && seconds < settings.lifetimes().least()) {
                return replies.to(register, 423).set(HeaderName.MIN_EXPIRES, settings.lifetimes().least()).build();
            }
            if (locations.find(user, uri).filter(known -> isOutOfOrder(known, register)).isPresent()) {
                return replies.to(register, 500).build();
            }
            wanted.add(binding(user, uri, register, flow, now + seconds * Ticker.SECOND));
        }
        if (locations.of(user, now).size() + wanted.size() > 2 * BINDINGS_PER_USER) {
            return replies.to(register, 403).build();
        }
        for (Binding binding : wanted) {
            if (binding.expiresAt() > now) {
                locations.put(binding);
            } else {
                locations.find(user, binding.contact()).ifPresent(locations::remove);
            }
        }
        return listing(register, user, now);
    }

    private long lifetime(NameAddr contact, Request register) {
        String parameter = contact.parameters().get("expires").orElse("");
        boolean number = !parameter.isEmpty() && parameter.length() < 10 && parameter.chars().allMatch(c -> c >= '0' && c <= '9');
        long asked = number ? Long.parseLong(parameter) : register.expires().orElse(settings.lifetimes().usual());
        return Math.min(asked, settings.lifetimes().most());
    }

    private static boolean isOutOfOrder(Binding known, Request register) {
        return known.callId().equals(register.callId()) && register.cseq().number() <= known.cseq();
    }

    private Binding binding(String user, SipUri contact, Request register, Flow flow, long expiresAt) {
        String protocol = contact.transport().map(name -> name.toUpperCase(Locale.ROOT)).orElse(flow.protocol());
        boolean sameWay = protocol.equals(flow.protocol());
        Optional<InetAddress> address = Addresses.parse(contact.host());
        boolean behindNat = address.isEmpty() || sameWay && isTranslated(register.via());
        InetSocketAddress peer = behindNat ? flow.remote()
            : new InetSocketAddress(address.get(), contact.port() < 0 ? DEFAULT_PORT : contact.port());
        Optional<Flow> connection = sameWay && !protocol.equals("UDP") ? Optional.of(flow) : Optional.empty();
        return new Binding(user, contact, register.callId(), register.cseq().number(), expiresAt, protocol, peer, connection);
    }

    /** The layer has stamped the top Via: what differs from what the sender wrote was changed on the way. */
    private static boolean isTranslated(Via via) {
        boolean otherPort = via.rport().isPresent() && via.rport().getAsInt() != (via.port() < 0 ? DEFAULT_PORT : via.port());
        boolean otherHost = via.received().isPresent() && !Addresses.parse(via.received().get()).equals(Addresses.parse(via.host()));
        return otherPort || otherHost;
    }

    private Response listing(Request register, String user, long now) {
        ResponseBuilder ok = replies.to(register, 200);
        for (Binding binding : locations.of(user, now)) {
            long seconds = (binding.expiresAt() - now + Ticker.SECOND - 1) / Ticker.SECOND;
            ok.add(HeaderName.CONTACT, NameAddr.of(binding.contact()).withParameter("expires", Long.toString(seconds)));
        }
        return ok.build();
    }
}
