package io.earshot.testkit.server;

import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.NameAddr;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.RequestBuilder;
import io.earshot.sip.message.SipUri;
import io.earshot.sip.message.Uri;
import io.earshot.sip.transaction.Hop;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;

/** Route and Record-Route: RFC 3261 §16.4, §16.6 steps 4 and 6; a pair of Record-Routes between two transports (RFC 5658). */
final class Routing {
    private final Identity identity;

    Routing(Identity identity) {
        this.identity = identity;
    }

    /** Takes this server out of the routes; undoes what a strict router before us did. */
    Request arrived(Request request) {
        Request current = request;
        List<NameAddr> routes = request.routes();
        if (!routes.isEmpty() && request.requestUri() instanceof SipUri uri && uri.isLooseRouter() && identity.isSelf(uri)) {
            current = request.toBuilder().requestUri(routes.get(routes.size() - 1).uri())
                .setAll(HeaderName.ROUTE, routes.subList(0, routes.size() - 1)).build();
        }
        int own = 0;
        List<NameAddr> left = current.routes();
        while (own < left.size() && (identity.isSelf(left.get(own).uri()) || isDomainRoute(left.get(own).uri()))) {
            own++;
        }
        return own == 0 ? current : current.toBuilder().setAll(HeaderName.ROUTE, left.subList(own, left.size())).build();
    }

    /** A pre-loaded route that names our domain, without a user. */
    private boolean isDomainRoute(Uri uri) {
        return uri instanceof SipUri sip && sip.user().isEmpty() && identity.owns(sip);
    }

    /** Makes room for a strict router behind us, which wants to find itself in the Request-URI. */
    Request departing(Request request) {
        List<NameAddr> routes = request.routes();
        if (routes.isEmpty() || routes.get(0).uri() instanceof SipUri next && next.isLooseRouter()) {
            return request;
        }
        RequestBuilder strict = request.toBuilder().removeFirst(HeaderName.ROUTE).requestUri(routes.get(0).uri());
        return strict.add(HeaderName.ROUTE, NameAddr.of(request.requestUri())).build();
    }

    void record(RequestBuilder request, String protocolIn, InetSocketAddress from, Hop out) {
        if (!protocolIn.equals(out.protocol())) {
            request.prepend(HeaderName.RECORD_ROUTE, self(protocolIn, from));
        }
        request.prepend(HeaderName.RECORD_ROUTE, self(out.protocol(), out.peer()));
    }

    private NameAddr self(String protocol, InetSocketAddress peer) {
        InetSocketAddress local = identity.towards(protocol, peer);
        SipUri uri = SipUri.ofHost(local.getAddress().getHostAddress()).withPort(local.getPort());
        SipUri typed = protocol.equals("UDP") ? uri : uri.withParameter("transport", protocol.toLowerCase(Locale.ROOT));
        return NameAddr.of(typed.withParameter("lr"));
    }
}
