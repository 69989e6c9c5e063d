package io.earshot.sip.ua;

import io.earshot.api.time.Ticker;
import io.earshot.sip.auth.Credentials;
import io.earshot.sip.auth.DigestServer;
import io.earshot.sip.auth.SignedRequest;
import io.earshot.sip.auth.UserStore;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.NameAddr;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.ResponseBuilder;
import io.earshot.sip.message.SipMethod;
import io.earshot.sip.message.Via;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A registrar on a {@link Lan} of which a test sees and bends everything. */
final class Registrar {
    final Script script;
    final Map<String, Long> bindings = new LinkedHashMap<>();
    Optional<DigestServer> digest = Optional.empty();
    long granted = Long.MAX_VALUE;
    long least;
    /** Where requests seem to come from; the truth when empty. */
    Optional<InetSocketAddress> natted = Optional.empty();
    /** A final response in place of the usual one, when it gives one. */
    Function<Request, Optional<Response>> whim = request -> Optional.empty();
    private final Map<String, Response> answered = new HashMap<>();

    Registrar(Lan lan, String ip) {
        script = lan.script("registrar", ip);
        script.onRequest = this::onRequest;
    }

    Registrar withUser(String user, String password) {
        digest = Optional.of(new DigestServer(DigestServer.Settings.of("example.org").withNonceLife(600 * Ticker.SECOND),
            UserStore.of(List.of(Credentials.password(user, "example.org", password))), script.lan.newIds()));
        return this;
    }

    List<Request> registers() {
        return script.requests(SipMethod.REGISTER);
    }

    private void onRequest(Request request) {
        if (request.method().equals(SipMethod.REGISTER)) {
            Response response = answered.computeIfAbsent(request.via().branch().orElse(""), branch -> stamped(request, respond(request)));
            script.send(response);
        }
    }

    private Response stamped(Request request, Response response) {
        InetSocketAddress seen = natted.orElse(Lan.address(request.via().host(), request.via().port()));
        Via via = response.via().withReceived(seen.getAddress().getHostAddress()).withRport(seen.getPort());
        return response.toBuilder().set(HeaderName.VIA, via).build();
    }

    private Response respond(Request request) {
        Optional<Response> own = whim.apply(request);
        if (own.isPresent()) {
            return own.get();
        }
        if (digest.isPresent()) {
            Optional<DigestServer.Verdict> verdict = request.value(HeaderName.AUTHORIZATION).map(value -> verify(value, request));
            if (!(verdict.orElse(null) instanceof DigestServer.Accepted)) {
                boolean stale = verdict.orElse(null) instanceof DigestServer.Stale;
                ResponseBuilder challenge = script.reply(request, 401, "reg").remove(HeaderName.CONTACT);
                digest.get().challenges(stale, script.lan.now).forEach(value -> challenge.add(HeaderName.WWW_AUTHENTICATE, value));
                return challenge.build();
            }
        }
        long wanted = request.expires().orElse(3600);
        if (wanted > 0 && wanted < least) {
            return script.reply(request, 423, "reg").set(HeaderName.MIN_EXPIRES, Long.toString(least)).build();
        }
        for (NameAddr contact : request.contacts()) {
            long expires = Math.min(granted, contact.parameters().get("expires").map(Long::parseLong).orElse(wanted));
            if (expires == 0) {
                bindings.remove(contact.uri().toString());
            } else {
                bindings.put(contact.uri().toString(), expires);
            }
        }
        ResponseBuilder ok = script.reply(request, 200, "reg").remove(HeaderName.CONTACT);
        bindings.forEach((uri, expires) -> ok.add(HeaderName.CONTACT, "<" + uri + ">;expires=" + expires));
        return ok.build();
    }

    private DigestServer.Verdict verify(String value, Request request) {
        return digest.orElseThrow().verify(value,
            new SignedRequest(request.method().name(), request.requestUri().toString(), request.body()), script.lan.now);
    }
}
