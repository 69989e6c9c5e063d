package io.earshot.sip.dialog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.sip.message.CSeq;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.RequestBuilder;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.SipMethod;
import io.earshot.sip.message.SipUri;
import io.earshot.sip.message.Uri;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rfc3261")
class DialogTest {
    private static RequestBuilder invite(long sequence) {
        return Request.builder(SipMethod.INVITE, Uri.parse("sip:bob@10.0.0.2"))
            .set(HeaderName.FROM, "<sip:alice@a.example>;tag=alice-tag")
            .set(HeaderName.TO, "<sip:bob@b.example>")
            .set(HeaderName.CALL_ID, "call")
            .set(HeaderName.CSEQ, new CSeq(sequence, SipMethod.INVITE))
            .set(HeaderName.CONTACT, "<sip:alice@10.0.0.1>");
    }

    private static Response response(int status, String... recordRoutes) {
        Request request = invite(7).build();
        return Response.to(request, status)
            .set(HeaderName.TO, request.to().withTag("bob-tag"))
            .set(HeaderName.CONTACT, "<sip:bob@10.0.0.9>")
            .setAll(HeaderName.RECORD_ROUTE, List.of(recordRoutes)).build();
    }

    private static List<String> routes(Request request) {
        return request.routes().stream().map(Object::toString).toList();
    }

    @Test
    void theCallerReversesRecordRoute() {
        Dialog dialog = Dialog.calling(invite(7).build(), response(200, "<sip:p2;lr>", "<sip:p1;lr>"));
        Request bye = dialog.request(SipMethod.BYE);
        assertEquals(List.of("<sip:p1;lr>", "<sip:p2;lr>"), routes(bye));
        assertEquals("sip:bob@10.0.0.9", bye.requestUri().toString());
        assertEquals("sip:p1;lr", dialog.nextHop().toString());
        assertEquals(new DialogId("call", "alice-tag", "bob-tag"), dialog.id());
        assertEquals(8, dialog.nextSequence());
        assertEquals("alice-tag", bye.from().tag().orElseThrow());
        assertEquals("bob-tag", bye.to().tag().orElseThrow());
    }

    @Test
    void theCalleeKeepsRecordRouteAsItIs() {
        Request request = invite(7).setAll(HeaderName.RECORD_ROUTE, List.of("<sip:p2;lr>", "<sip:p1;lr>")).build();
        Dialog dialog = Dialog.called(request, "bob-tag");
        assertEquals(List.of("<sip:p2;lr>", "<sip:p1;lr>"), routes(dialog.request(SipMethod.BYE)));
        assertEquals("sip:alice@10.0.0.1", dialog.remoteTarget().toString());
        assertEquals(new DialogId("call", "bob-tag", "alice-tag"), dialog.id());
        assertEquals(1, dialog.nextSequence());
    }

    @Test
    void aStrictRouterTakesTheRequestUri() {
        Dialog dialog = Dialog.calling(invite(7).build(), response(200, "<sip:p2;lr>", "<sip:p1>"));
        Request bye = dialog.request(SipMethod.BYE);
        assertEquals("sip:p1", bye.requestUri().toString());
        assertEquals(List.of("<sip:p2;lr>", "<sip:bob@10.0.0.9>"), routes(bye));
        assertEquals("sip:p1", dialog.nextHop().toString());
    }

    @Test
    void withoutRoutesTheTargetIsTheNextHop() {
        Dialog dialog = Dialog.calling(invite(7).build(), response(200));
        assertEquals("sip:bob@10.0.0.9", dialog.nextHop().toString());
        assertTrue(routes(dialog.request(SipMethod.BYE)).isEmpty());
    }

    @Test
    void the2xxReplacesTheRoutesOfProvisionalsAndNothingDoesSoLater() {
        Dialog dialog = Dialog.calling(invite(7).build(), response(180, "<sip:early;lr>"));
        assertFalse(dialog.isConfirmed());
        dialog.confirm(response(200, "<sip:final;lr>"));
        assertTrue(dialog.isConfirmed());
        assertEquals(List.of("<sip:final;lr>"), routes(dialog.request(SipMethod.BYE)));
        dialog.confirm(response(200, "<sip:other;lr>"));
        assertEquals(List.of("<sip:final;lr>"), routes(dialog.request(SipMethod.BYE)));
    }

    @Test
    void sequenceNumbersOfThePeerMustRise() {
        Dialog dialog = Dialog.called(invite(7).build(), "bob-tag");
        assertFalse(dialog.takeSequence(invite(7).build()));
        assertFalse(dialog.takeSequence(invite(6).build()));
        assertTrue(dialog.takeSequence(invite(100).build()));
        assertFalse(dialog.takeSequence(invite(99).build()));
        Dialog caller = Dialog.calling(invite(7).build(), response(200));
        assertTrue(caller.takeSequence(invite(0).build()), "the first may be any");
    }

    @Test
    void theAckHasTheNumberOfItsInvite() {
        Dialog dialog = Dialog.calling(invite(7).build(), response(200));
        dialog.nextSequence();
        assertEquals(new CSeq(7, SipMethod.ACK), dialog.ack(7).cseq());
        dialog.usedSequence(20);
        assertEquals(21, dialog.nextSequence());
    }

    @Test
    void anOutboundProxyIsALooseRoute() {
        RouteSet routes = RouteSet.through((SipUri) Uri.parse("sip:proxy.example:5070"));
        Uri target = Uri.parse("sip:bob@b.example");
        assertEquals("[<sip:proxy.example:5070;lr>]", routes.headers(target).toString());
        assertEquals(target, routes.requestUri(target));
        assertEquals("sip:proxy.example:5070;lr", routes.nextHop(target).toString());
    }
}
