package io.earshot.sip.ua;

import io.earshot.sip.dialog.Dialog;
import io.earshot.sip.message.Builder;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.SipMessage;
import io.earshot.sip.transaction.TransactionId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** One call: its name, its account, what it is at the moment, and that it ends just once. */
final class Session {
    private final SessionId id;
    private final Optional<Account> account;
    private final String contactUser;
    private final Sessions sessions;
    private Phase phase;
    private Optional<Relation> relation = Optional.empty();
    private Consumer<SipEvent.SessionEvent> follower = event -> { };
    private boolean referred;
    private boolean over;
    private List<String> peerTakes = List.of();
    private boolean met;

    /**
     * What an incoming call says about another of ours.
     *
     * @param replaces whether it takes its place (RFC 3891) rather than joins it (RFC 3911)
     */
    record Relation(boolean replaces, Session other) { }
    private List<ExtraHeader> headers = List.of();
    private List<ExtraHeader> farewell = List.of();

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

    /** Returns which extensions this call uses. */
    CallPolicy policy() {
        return CallPolicy.of(sessions.context(), account);
    }

    /** Returns the Supported header of this call. */
    String supported() {
        return sessions.context().extensions.supported(policy());
    }

    /** Returns the Recv-Info header of this call. */
    String recvInfo() {
        return sessions.context().extensions.recvInfo(policy());
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

    /** The peer sent a request within the dialog, so that it knows that there is one. */
    void meets() {
        met = true;
    }

    /** Tells whether the peer is known to know of the dialog (RFC 8840 §4.3.1). */
    boolean hasMet() {
        return met;
    }

    boolean isOver() {
        return over;
    }

    void relate(Optional<Relation> to) {
        relation = to;
    }

    Optional<Relation> relation() {
        return relation;
    }

    /** Tells, once, that no REFER has come in this call before: the events of later ones need names (RFC 3515 §2.4.6). */
    boolean isFirstRefer() {
        boolean first = !referred;
        referred = true;
        return first;
    }

    /** Lets somebody else hear what the user hears of this call. */
    void follow(Consumer<SipEvent.SessionEvent> listener) {
        follower = listener;
    }

    /** The call is answered: what it replaces is hung up. */
    void takeOver(long now) {
        relation.filter(Relation::replaces).map(Relation::other).filter(old -> !old.isOver()).ifPresent(old -> {
            old.end(new EndCause.Replaced(id));
            old.phase().hangup(now);
        });
    }

    /** Sets the headers that everything we send in this call has from now on. */
    void headers(List<ExtraHeader> wanted) {
        headers = List.copyOf(wanted);
    }

    /** Sets the headers that only the message that ends the call has. */
    void farewell(List<ExtraHeader> wanted) {
        farewell = List.copyOf(wanted);
    }

    /** Adds the headers of the whole call. */
    <B extends Builder<B>> B decorate(B message) {
        headers.forEach(header -> message.add(header.name(), header.value()));
        return message;
    }

    /** Adds the headers of the whole call, and those of its end. */
    <B extends Builder<B>> B decorateLast(B message) {
        farewell.forEach(header -> message.add(header.name(), header.value()));
        return decorate(message);
    }

    /** Returns why the call is ended, for a CANCEL, which must have no other headers of ours (RFC 3261 §9.1). */
    List<String> reasons() {
        return farewell.stream().filter(header -> header.name().equals(HeaderName.REASON)).map(ExtraHeader::value).toList();
    }

    /** Tells the user, unless the call is over. */
    void emit(SipEvent event) {
        if (!over) {
            sessions.context().emit(event);
            if (event instanceof SipEvent.SessionEvent ours) {
                follower.accept(ours);
            }
        }
    }

    /** Ends the call for the user, the first time; what remains to be done with the peer goes on without him. */
    void end(EndCause cause) {
        if (!over) {
            SipEvent.Ended ended = new SipEvent.Ended(id, cause);
            sessions.context().emit(ended);
            follower.accept(ended);
            over = true;
            sessions.remove(this);
        }
    }

    /** Lets requests within this dialog find the call. */
    void listen(Dialog dialog) {
        sessions.bind(dialog, this);
    }

    /** An INVITE of this call is refused: what else comes of its transaction concerns nobody. */
    void forget(TransactionId invite) {
        sessions.forget(invite);
    }

    /** From now on requests within this dialog get 481. */
    void forget(Dialog dialog) {
        sessions.unbind(dialog);
    }
}
