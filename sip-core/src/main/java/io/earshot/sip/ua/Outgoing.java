package io.earshot.sip.ua;

import io.earshot.sip.dialog.Dialog;
import io.earshot.sip.dialog.RouteSet;
import io.earshot.sip.message.CSeq;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.NameAddr;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.RequestBuilder;
import io.earshot.sip.message.SipMethod;
import io.earshot.sip.message.SipUri;
import io.earshot.sip.message.Uri;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Requests of ours, complete but for what {@link ClientRequest} adds. */
final class Outgoing {
    private Outgoing() {
    }

    static RequestBuilder inDialog(Context context, Dialog dialog, SipMethod method) {
        return sign(context, dialog.request(method).toBuilder());
    }

    /** A request outside dialogs (RFC 3261 §8.1.1), through the account's outbound proxy. */
    static RequestBuilder outside(Context context, AccountSettings account, SipMethod method, Uri target, NameAddr to, String callId,
            String localTag) {
        RouteSet routes = routes(account);
        Uri here = account.failOver().translate(target);
        RequestBuilder builder = Request.builder(method, bare(routes.requestUri(here)));
        for (NameAddr route : routes.headers(here)) {
            builder.add(HeaderName.ROUTE, route);
        }
        builder.set(HeaderName.MAX_FORWARDS, "70")
            .set(HeaderName.FROM, account.identity().withTag(localTag))
            .set(HeaderName.TO, to)
            .set(HeaderName.CALL_ID, callId)
            .set(HeaderName.CSEQ, new CSeq(1, method));
        account.extras().headers().forEach(header -> builder.add(header.name(), header.value()));
        return sign(context, builder);
    }

    /**
     * Returns where a request outside dialogs goes; what is no SIP URI goes to the account's own server. The account's transport is for
     * finding the way only and does not appear on the wire.
     */
    static Uri nextHop(AccountSettings account, Uri target) {
        SipUri next = routes(account).nextHop(account.failOver().translate(target)) instanceof SipUri sip ? sip : account.registrar();
        boolean open = next.transport().isEmpty() && !next.isSecure();
        return account.transport().filter(transport -> open).map(transport -> next.withParameter("transport", transport)).orElse(next);
    }

    private static RouteSet routes(AccountSettings account) {
        Optional<SipUri> proxy = account.outboundProxy();
        List<SipUri> service = account.registration().serviceRoute();
        if (service.isEmpty()) {
            return proxy.map(RouteSet::through).orElse(RouteSet.EMPTY);
        }
        List<NameAddr> routes = new ArrayList<>();
        proxy.filter(first -> !isSame(first, service.get(0))).ifPresent(first -> routes.addAll(RouteSet.through(first).routes()));
        service.forEach(uri -> routes.add(NameAddr.of(uri)));
        return new RouteSet(routes); // RFC 3608 §6.1
    }

    private static boolean isSame(SipUri one, SipUri other) {
        return one.host().equalsIgnoreCase(other.host()) && one.port() == other.port();
    }

    /** What follows '?' in a URI is for the one who makes the request, not for the wire (RFC 3261 §19.1.1). */
    private static Uri bare(Uri uri) {
        return uri instanceof SipUri sip ? sip.withoutHeaders() : uri;
    }

    private static RequestBuilder sign(Context context, RequestBuilder builder) {
        if (!context.config.userAgent().isEmpty()) {
            builder.set(HeaderName.USER_AGENT, context.config.userAgent());
        }
        return builder;
    }
}
