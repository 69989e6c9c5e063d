package io.earshot.testkit.server;

import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.NameAddr;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.ResponseBuilder;
import io.earshot.sip.message.SipUri;
import io.earshot.sip.message.Uri;
import io.earshot.sip.transaction.Hop;
import java.util.List;
import java.util.Optional;

/** Decides where a request goes: RFC 3261 §16.5 and §16.6 steps 6 and 7. */
final class Targets {
    private final ServerSettings settings;
    private final Identity identity;
    private final LocationStore locations;
    private final Hops hops;
    private final Replies replies;

    /** What came of it. */
    sealed interface Outcome { }

    /** Forward to all of these at once; there is at least one. */
    record Found(List<Target> targets) implements Outcome { }

    /** There is nowhere to go: answer this. */
    record Answer(Response response) implements Outcome { }

    /** One way to go, and the Request-URI to go with. */
    record Target(Uri uri, Hop hop) { }

    Targets(ServerSettings settings, Identity identity, LocationStore locations, Hops hops, Replies replies) {
        this.settings = settings;
        this.identity = identity;
        this.locations = locations;
        this.hops = hops;
        this.replies = replies;
    }

    Outcome of(Request request, long now) {
        List<NameAddr> routes = request.routes();
        if (!routes.isEmpty()) {
            return one(request, hops.to(routes.get(0).uri()));
        }
        if (!(request.requestUri() instanceof SipUri uri)) {
            return answer(request, 416);
        }
        Optional<Binding> contact = locations.byContact(uri, now);
        if (contact.isPresent()) { // a contact, as inside a dialog: its own way may lead through a NAT
            return one(request, hops.to(contact.get()));
        }
        return identity.owns(uri) ? user(request, uri.decodedUser().orElse(""), now) : one(request, hops.to(uri));
    }

    private Outcome one(Request request, Optional<Hop> hop) {
        return hop.isPresent() ? new Found(List.of(new Target(request.requestUri(), hop.get()))) : answer(request, 404);
    }

    private Outcome user(Request request, String user, long now) {
        ServerSettings.Scripted script = settings.scripted().get(user);
        if (script != null) {
            ResponseBuilder answer = replies.to(request, script.status());
            return new Answer((script.header().isEmpty() ? answer : answer.set(HeaderName.of(script.header()), script.value())).build());
        }
        if (!settings.users().containsKey(user)) {
            return answer(request, 404);
        }
        List<Target> targets = locations.of(user, now).stream()
            .flatMap(binding -> hops.to(binding).map(hop -> new Target(binding.contact(), hop)).stream()).toList();
        return targets.isEmpty() ? answer(request, 480) : new Found(targets);
    }

    private Outcome answer(Request request, int status) {
        return new Answer(replies.to(request, status).build());
    }
}
