package io.earshot.sip.ua;

import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.NameAddr;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.SipUri;
import java.util.List;
import java.util.stream.Stream;

/** RFC 3261 §8.1.1.8 and §12.1.1: who is asked for by {@code sips:} is to be reached by {@code sips:}. */
final class Security {
    private Security() {
    }

    /** Tells whether a request demands TLS on each hop. */
    static boolean isDemanded(Request request) {
        Stream<NameAddr> route = request.values(HeaderName.ROUTE).isEmpty() ? Stream.of() : request.routes().stream().limit(1);
        return request.requestUri() instanceof SipUri uri && uri.isSecure()
            || route.anyMatch(first -> first.uri() instanceof SipUri uri && uri.isSecure());
    }

    /** Returns a Contact as {@code sips:}; the transport is implied then (RFC 3261 §26.2.2). */
    static SipUri secured(SipUri contact) {
        return contact.withSecure(true).withoutParameter("transport");
    }

    /** Returns Contacts as {@code sips:} if a request demands it. */
    static List<NameAddr> contacts(Request request, List<NameAddr> contacts) {
        return isDemanded(request) ? contacts.stream().map(Security::secured).toList() : contacts;
    }

    /** Returns the response to a request, its Contact as {@code sips:} if the request demands it. */
    static Response response(Request request, Response response) {
        boolean ours = response.status() < 300 && !response.values(HeaderName.CONTACT).isEmpty();
        if (!ours || !isDemanded(request)) {
            return response;
        }
        var builder = response.toBuilder().remove(HeaderName.CONTACT);
        response.contacts().forEach(contact -> builder.add(HeaderName.CONTACT, secured(contact)));
        return builder.build();
    }

    private static NameAddr secured(NameAddr contact) {
        boolean plain = contact.uri() instanceof SipUri uri && !uri.isSecure();
        return plain ? contact.withUri(secured((SipUri) contact.uri())) : contact;
    }
}
