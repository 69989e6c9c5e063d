package io.earshot.sip.ua;

import io.earshot.sip.dialog.Dialog;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.NameAddr;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.SipMessage;
import java.util.List;
import java.util.Optional;

/** Who the peer is, as it changes during a call: by From within the dialog (RFC 4916), by P-Asserted-Identity (RFC 3325 §9.1). */
final class Identities {
    private Identities() {
    }

    /** Reads the INVITE that began a call, which told our user already who calls. */
    static void start(Dialog dialog, SipMessage invite) {
        asserted(invite).ifPresent(dialog::assertIdentity);
    }

    /** Reads a request within the dialog or a 2xx to one of ours, and tells our user when the peer is somebody else now. */
    static void learn(Session session, Dialog dialog, SipMessage message) {
        NameAddr before = dialog.identity();
        if (message instanceof Request request) {
            dialog.identify(request.from());
        }
        asserted(message).ifPresent(dialog::assertIdentity);
        NameAddr after = dialog.identity();
        if (!before.uri().equals(after.uri()) || !before.displayName().equals(after.displayName())) {
            session.emit(new SipEvent.RemoteChanged(session.id(), after));
        }
    }

    private static Optional<NameAddr> asserted(SipMessage message) {
        List<NameAddr> all = message.addresses(HeaderName.P_ASSERTED_IDENTITY);
        return all.stream().findFirst().map(NameAddr::withoutTag);
    }
}
