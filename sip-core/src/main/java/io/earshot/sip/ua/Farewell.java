package io.earshot.sip.ua;

import io.earshot.sip.dialog.Dialog;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.SipMethod;
import java.util.Optional;

/** Ends dialogs with nobody left to tell: BYE, and ACK with BYE for answers that come too late. */
final class Farewell {
    static final ClientRequest.Handler NOBODY = new ClientRequest.Handler() {
        @Override
        public void onFinal(ClientRequest request, Response response, long now) {
            // whatever the answer: after BYE the dialog is over (RFC 3261 §15.1.1), PRACK asks for nothing
        }

        @Override
        public void onFailure(ClientRequest request, Failure failure, long now) {
            // likewise
        }
    };

    private Farewell() {
    }

    static void bye(Context context, Dialog dialog, Optional<Account> account, long now) {
        Request bye = Outgoing.inDialog(context, dialog, SipMethod.BYE).build();
        context.requests.send(new ClientRequest.Plan(bye, dialog.nextHop(), account, ClientRequest.Contacts.NONE, dialog::nextSequence),
            NOBODY, now);
    }

    /** Ends a dialog of a call, with what its user wants to be said at the end. */
    static void bye(Context context, Dialog dialog, Session session, long now) {
        Request bye = session.decorateLast(Outgoing.inDialog(context, dialog, SipMethod.BYE)).build();
        context.requests.send(new ClientRequest.Plan(bye, dialog.nextHop(), session.account(), ClientRequest.Contacts.NONE,
            dialog::nextSequence), NOBODY, now);
    }

    /** Acknowledges a 2xx that is not wanted, and hangs up on it. */
    static void decline(Context context, Request invite, Response success, Optional<Account> account, long now) {
        Dialog dialog = Dialog.calling(invite, success);
        dialog.confirm(success);
        context.acks.send(dialog, invite, success, account, now);
        bye(context, dialog, account, now);
    }
}
