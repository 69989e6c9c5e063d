package io.earshot.sip.ua;

import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.OtherUri;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.ResponseBuilder;
import io.earshot.sip.message.SipMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What every request must pass before anybody acts on it (RFC 3261 §8.2.1 to §8.2.3). {@code Max-Forwards: 0} is no defect here: it
 * forbids to forward a request, which proxies answer with 483, and not to take it (§16.3, §11).
 */
final class UasChecks {
    private final Context context;

    UasChecks(Context context) {
        this.context = context;
    }

    /** Returns how to refuse the request, or empty when it is fine. */
    Optional<Response> refusal(ServerRequest request) {
        return method(request)
            .or(() -> scheme(request))
            .or(() -> contact(request))
            .or(() -> extensions(request))
            .or(() -> content(request))
            .or(() -> accepted(request));
    }

    private Optional<Response> method(ServerRequest request) {
        SipMethod method = request.request().method();
        if (context.extensions.allows(method)) {
            return Optional.empty();
        }
        int status = context.extensions.isKnown(method) ? 405 : 501;
        return Optional.of(reply(request, status).set(HeaderName.ALLOW, context.extensions.allow()).build());
    }

    private Optional<Response> scheme(ServerRequest request) {
        return request.request().requestUri() instanceof OtherUri ? Optional.of(reply(request, 416).build()) : Optional.empty();
    }

    /** An INVITE without Contact leaves us nowhere to send requests to (§8.1.1.8). */
    private Optional<Response> contact(ServerRequest request) {
        Request received = request.request();
        return received.method().equals(SipMethod.INVITE) && received.contacts().isEmpty() && received.to().tag().isEmpty()
            ? Optional.of(reply(request, 400).reasonPhrase("Missing Contact").build()) : Optional.empty();
    }

    private Optional<Response> extensions(ServerRequest request) {
        List<String> unknown = new ArrayList<>();
        for (String tag : request.request().tokens(HeaderName.REQUIRE)) {
            if (!context.extensions.supports(tag)) {
                unknown.add(tag);
            }
        }
        return unknown.isEmpty() ? Optional.empty()
            : Optional.of(reply(request, 420).set(HeaderName.UNSUPPORTED, String.join(", ", unknown)).build());
    }

    private Optional<Response> content(ServerRequest request) {
        Request received = request.request();
        boolean optional = received.value(HeaderName.CONTENT_DISPOSITION).orElse("").toLowerCase(Locale.ROOT).contains("handling=optional");
        if (received.bodyLength() == 0 || optional) {
            return Optional.empty();
        }
        for (String encoding : received.tokens(HeaderName.CONTENT_ENCODING)) {
            if (!encoding.equalsIgnoreCase(Capabilities.ACCEPT_ENCODING)) {
                return Optional.of(reply(request, 415).set(HeaderName.ACCEPT_ENCODING, Capabilities.ACCEPT_ENCODING).build());
            }
        }
        boolean readable = !received.method().equals(SipMethod.INVITE) || Bodies.isReadable(received);
        return readable ? Optional.empty() : Optional.of(reply(request, 415).set(HeaderName.ACCEPT, Capabilities.ACCEPT_IN_CALLS).build());
    }

    /** The answer to a call is a session description, which the caller has to be able to read (§20.1, §21.4.7). */
    private Optional<Response> accepted(ServerRequest request) {
        Request received = request.request();
        List<String> ranges = received.method().equals(SipMethod.INVITE) && received.to().tag().isEmpty()
            ? received.values(HeaderName.ACCEPT) : List.of();
        boolean readable = ranges.stream().map(range -> range.split(";", 2)[0].replaceAll("\\s", "").toLowerCase(Locale.ROOT))
            .anyMatch(range -> range.isEmpty() || range.equals("*/*") || range.equals("application/*") || range.equals("application/sdp")
                || range.startsWith("multipart/"));
        return ranges.isEmpty() || readable ? Optional.empty()
            : Optional.of(reply(request, 406).set(HeaderName.ACCEPT, Capabilities.ACCEPT_IN_CALLS).build());
    }

    private ResponseBuilder reply(ServerRequest request, int status) {
        return context.reply(request, status, context.token());
    }
}
