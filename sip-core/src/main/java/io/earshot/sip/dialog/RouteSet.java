package io.earshot.sip.dialog;

import io.earshot.sip.message.NameAddr;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.SipUri;
import io.earshot.sip.message.Uri;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The proxies that a request goes through, first one first (RFC 3261 §12.2.1.1), strict routers of RFC 2543 included.
 *
 * @param routes the route set; immutable
 */
public record RouteSet(List<NameAddr> routes) {
    /** No proxies: requests go to the target itself. */
    public static final RouteSet EMPTY = new RouteSet(List.of());

    public RouteSet {
        routes = List.copyOf(routes);
    }

    /** Returns the route set of the caller: Record-Route of the response, in reverse (RFC 3261 §12.1.2). */
    public static RouteSet recorded(Response response) {
        List<NameAddr> reversed = new ArrayList<>(response.recordRoutes());
        Collections.reverse(reversed);
        return new RouteSet(reversed);
    }

    /** Returns the route set of the callee: Record-Route of the request, in order (RFC 3261 §12.1.1). */
    public static RouteSet recorded(Request request) {
        return new RouteSet(request.recordRoutes());
    }

    /** Returns a route set of one loose router, such as an outbound proxy (RFC 3261 §8.1.2). */
    public static RouteSet through(SipUri proxy) {
        SipUri loose = proxy.isLooseRouter() ? proxy : proxy.withParameter("lr");
        return new RouteSet(List.of(NameAddr.of(loose)));
    }

    /** Returns the Request-URI for this target: itself, unless the first route is a strict router. */
    public Uri requestUri(Uri target) {
        return strict() ? routes.get(0).uri() : target;
    }

    /** Returns the Route headers for this target. */
    public List<NameAddr> headers(Uri target) {
        if (!strict()) {
            return routes;
        }
        List<NameAddr> shifted = new ArrayList<>(routes.subList(1, routes.size()));
        shifted.add(NameAddr.of(target));
        return shifted;
    }

    /** Returns where to send: the first route, or the target when there is none. */
    public Uri nextHop(Uri target) {
        return routes.isEmpty() ? target : routes.get(0).uri();
    }

    private boolean strict() {
        return !routes.isEmpty() && routes.get(0).uri() instanceof SipUri first && !first.isLooseRouter();
    }
}
