package io.earshot.sip.ua;

import io.earshot.sip.dialog.Dialog;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.SipMessage;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One call: its name, its account, what it is at the moment, and that it ends just once. */
final class Session {
    private final SessionId id;
    private final Optional<Account> account;
    private final String contactUser;
    private final Sessions sessions;
    private Phase phase;
    private boolean over;
    private List<String> peerTakes = List.of();

    Session(SessionId id, Optional<Account> account, String contactUser, Sessions sessions) {
        this.id = id;
        this.account = account;
        this.contactUser = contactUser;
        this.sessions = sessions;
    }

    SessionId id() {
        return id;
    }

    Optional<Account> account() {
        return account;
    }

    /** Returns the user part of our Contact in this call. */
    String contactUser() {
        return contactUser;
    }

    Phase phase() {
        return phase;
    }

    void become(Phase next) {
        phase = next;
    }

    /** Takes the Info Packages that the peer names (RFC 6086 §5.2). */
    void hears(SipMessage message) {
        if (message.has(HeaderName.RECV_INFO)) {
            peerTakes = message.values(HeaderName.RECV_INFO).stream().flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip).toList();
        }
    }

    /** Tells whether the peer understands an Info Package. */
    boolean peerTakes(String infoPackage) {
        return peerTakes.stream().anyMatch(infoPackage::equalsIgnoreCase);
    }

    boolean isOver() {
        return over;
    }

    /** Tells the user, unless the call is over. */
    void emit(SipEvent event) {
        if (!over) {
            sessions.context().emit(event);
        }
    }

    /** Ends the call for the user, the first time; what remains to be done with the peer goes on without him. */
    void end(EndCause cause) {
        if (!over) {
            sessions.context().emit(new SipEvent.Ended(id, cause));
            over = true;
            sessions.remove(this);
        }
    }

    /** Lets requests within this dialog find the call. */
    void listen(Dialog dialog) {
        sessions.bind(dialog, this);
    }

    /** From now on requests within this dialog get 481. */
    void forget(Dialog dialog) {
        sessions.unbind(dialog);
    }
}
