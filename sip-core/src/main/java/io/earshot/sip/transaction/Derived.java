package io.earshot.sip.transaction;

import io.earshot.sip.message.CSeq;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.RequestBuilder;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.ResponseBuilder;
import io.earshot.sip.message.SipMethod;
import java.util.List;

/** The messages the transaction layer makes by itself. */
final class Derived {
    private static final int MAX_FORWARDS = 70;

    private Derived() { }

    /** Makes the ACK for a rejection of this INVITE (RFC 3261 §17.1.1.3). */
    static Request ack(Request invite, Response rejection) {
        return follow(invite, SipMethod.ACK).set(HeaderName.TO, rejection.to()).build();
    }

    /** Makes the CANCEL of this INVITE (RFC 3261 §9.1), with its reasons (RFC 3326). */
    static Request cancel(Request invite, List<String> reasons) {
        return follow(invite, SipMethod.CANCEL).set(HeaderName.TO, invite.to()).setAll(HeaderName.REASON, reasons).build();
    }

    private static RequestBuilder follow(Request invite, SipMethod method) {
        return Request.builder(method, invite.requestUri())
            .set(HeaderName.VIA, invite.via())
            .set(HeaderName.MAX_FORWARDS, MAX_FORWARDS)
            .setAll(HeaderName.ROUTE, invite.values(HeaderName.ROUTE))
            .set(HeaderName.FROM, invite.from())
            .set(HeaderName.CALL_ID, invite.callId())
            .set(HeaderName.CSEQ, new CSeq(invite.cseq().number(), method));
    }

    /** Makes the 100 the layer sends in place of a silent user (RFC 3261 §8.2.6.1): no To tag, the Timestamp returned. */
    static Response trying(Request request) {
        return Response.to(request, 100).build();
    }

    /** Makes a final response whose To has this tag, unless the request has one already. */
    static ResponseBuilder reply(Request request, int status, String tag) {
        ResponseBuilder out = Response.to(request, status);
        if (request.to().tag().isEmpty()) {
            out.set(HeaderName.TO, request.to().withTag(tag));
        }
        return out;
    }
}
