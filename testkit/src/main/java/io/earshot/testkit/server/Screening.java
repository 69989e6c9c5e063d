package io.earshot.testkit.server;

import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.SipMethod;
import io.earshot.sip.message.SipUri;
import java.util.List;
import java.util.Set;

/** What is looked at before a request is forwarded: RFC 3261 §16.3, and the credentials of our own users. */
final class Screening {
    /** Requests of our users that need credentials; never those inside a dialog, whose INVITE was asked. */
    private static final Set<SipMethod> CHALLENGED = Set.of(SipMethod.INVITE, SipMethod.MESSAGE, SipMethod.SUBSCRIBE, SipMethod.PUBLISH,
        SipMethod.REFER);

    private final ServerSettings settings;
    private final Identity identity;
    private final Gate gate;
    private final Replies replies;

    /** What came of it. */
    sealed interface Outcome { }

    /** Forward this. */
    record Admitted(Request request) implements Outcome { }

    /** Answer this. */
    record Answer(Response response) implements Outcome { }

    Screening(ServerSettings settings, Identity identity, Gate gate, Replies replies) {
        this.settings = settings;
        this.identity = identity;
        this.gate = gate;
        this.replies = replies;
    }

    Outcome check(Request request, long now) {
        if (request.method().equals(SipMethod.OPTIONS) && isForUs(request)) {
            return new Answer(replies.to(request, 200).set(HeaderName.ALLOW, "REGISTER, OPTIONS").build());
        }
        if (request.maxForwards().orElse(70) == 0) {
            return new Answer(replies.to(request, 483).build());
        }
        if (!(request.requestUri() instanceof SipUri)) {
            return new Answer(replies.to(request, 416).build());
        }
        List<String> required = request.tokens(HeaderName.PROXY_REQUIRE);
        if (!required.isEmpty()) {
            return new Answer(replies.to(request, 420).set(HeaderName.UNSUPPORTED, String.join(", ", required)).build());
        }
        boolean challenged = settings.proxying().challengeCalls() && CHALLENGED.contains(request.method())
            && request.to().tag().isEmpty() && identity.owns(request.from().uri());
        return challenged ? authenticated(request, now) : new Admitted(request);
    }

    private boolean isForUs(Request request) {
        return request.routes().isEmpty() && request.requestUri() instanceof SipUri uri && uri.user().isEmpty() && identity.owns(uri);
    }

    /** Credentials that were for us go no further; those for others do. */
    private Outcome authenticated(Request request, long now) {
        Gate.Outcome outcome = gate.check(request, true, request.from().uri(), now);
        if (outcome instanceof Gate.Refused refused) {
            return new Answer(refused.response());
        }
        String used = ((Gate.Passed) outcome).header();
        List<String> others = request.values(HeaderName.PROXY_AUTHORIZATION).stream().filter(value -> !value.equals(used)).toList();
        return new Admitted(request.toBuilder().setAll(HeaderName.PROXY_AUTHORIZATION, others).build());
    }
}
