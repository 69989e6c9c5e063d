package io.earshot.sip.dialog;

import static java.util.Objects.requireNonNull;

import io.earshot.sip.message.CSeq;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.NameAddr;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.RequestBuilder;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.SipMessage;
import io.earshot.sip.message.SipMethod;
import io.earshot.sip.message.Uri;
import java.util.List;

/**
 * One end of a dialog (RFC 3261 §12): tags, sequence numbers both ways, remote target and route set. Not for use by several threads.
 *
 * <p>Made {@link #calling by the caller} from a response or {@link #called by the callee} from the INVITE. Early until
 * {@link #confirm} or {@link #confirmed()} says otherwise.
 */
public final class Dialog {
    private static final long NONE = -1;
    private static final String MAX_FORWARDS = "70";

    private final DialogId id;
    private NameAddr local;
    private NameAddr remote;
    private NameAddr identity;
    private RouteSet routes;
    private Uri remoteTarget;
    private long localSequence;
    private long remoteSequence;
    private boolean confirmed;

    private Dialog(DialogId id, NameAddr local, NameAddr remote, RouteSet routes, Uri remoteTarget) {
        this.id = id;
        this.local = local;
        this.remote = remote;
        this.identity = remote.withoutTag();
        this.routes = routes;
        this.remoteTarget = remoteTarget;
    }

    /**
     * Returns the caller's end, early (RFC 3261 §12.1.2).
     *
     * @param request the request as it was sent
     * @param response a response to it with To tag, status above 100
     */
    public static Dialog calling(Request request, Response response) {
        DialogId id = new DialogId(request.callId(), request.from().tag().orElse(""), response.to().tag().orElse(""));
        Dialog dialog = new Dialog(id, request.from(), response.to(), RouteSet.recorded(response), request.requestUri());
        dialog.localSequence = request.cseq().number();
        dialog.remoteSequence = NONE;
        dialog.refreshTarget(response);
        return dialog;
    }

    /**
     * Returns the callee's end, early (RFC 3261 §12.1.1).
     *
     * @param request the INVITE as it came, with a Contact
     * @param localTag the tag we put into To
     */
    public static Dialog called(Request request, String localTag) {
        DialogId id = new DialogId(request.callId(), requireNonNull(localTag, "localTag"), request.from().tag().orElse(""));
        Dialog dialog = new Dialog(id, request.to().withTag(localTag), request.from(), RouteSet.recorded(request), request.from().uri());
        dialog.localSequence = NONE;
        dialog.remoteSequence = request.cseq().number();
        dialog.refreshTarget(request);
        return dialog;
    }

    /** Returns the name of this dialog at our end. */
    public DialogId id() {
        return id;
    }

    /** Returns where requests to the peer are addressed: its last Contact. */
    public Uri remoteTarget() {
        return remoteTarget;
    }

    /** Returns where requests to the peer are sent: the first route or the remote target. */
    public Uri nextHop() {
        return routes.nextHop(remoteTarget);
    }

    /** Returns the peer's identity with its tag. */
    public NameAddr remote() {
        return remote;
    }

    /** Returns who the peer is, without a tag: what it said last, or was said of it. */
    public NameAddr identity() {
        return identity;
    }

    /** Takes the From of a request of the peer's: with another URI the peer is somebody else now (RFC 4916 §4.4). */
    public void identify(NameAddr from) {
        if (!from.uri().equals(remote.uri())) {
            remote = id.remoteTag().isEmpty() ? from.withoutTag() : from.withoutTag().withTag(id.remoteTag());
            identity = from.withoutTag();
        }
    }

    /** Takes what a network says of the peer (RFC 3325); requests are addressed as before. */
    public void assertIdentity(NameAddr asserted) {
        identity = asserted.withoutTag();
    }

    /** Makes us somebody else, as the next request tells the peer (RFC 4916 §4.4.1). */
    public void become(NameAddr identity) {
        local = id.localTag().isEmpty() ? identity.withoutTag() : identity.withoutTag().withTag(id.localTag());
    }

    /** Tells whether a 2xx has been sent or received. */
    public boolean isConfirmed() {
        return confirmed;
    }

    /** Makes the callee's dialog confirmed: its 2xx is sent. */
    public void confirmed() {
        confirmed = true;
    }

    /** Makes the caller's dialog confirmed by a 2xx, whose Record-Route replaces that of the provisional ones (RFC 3261 §13.2.2.4). */
    public void confirm(Response success) {
        if (!confirmed) {
            routes = RouteSet.recorded(success);
            confirmed = true;
        }
        refreshTarget(success);
    }

    /** Takes the Contact of a target refresh request or of its 2xx as the new remote target (RFC 3261 §12.2); none leaves it. */
    public void refreshTarget(SipMessage message) {
        List<NameAddr> contacts = message.contacts();
        if (!contacts.isEmpty()) {
            remoteTarget = contacts.get(0).uri();
        }
    }

    /** Returns a fresh local sequence number, for the next request (RFC 3261 §12.2.1.1). */
    public long nextSequence() {
        localSequence = localSequence == NONE ? 1 : localSequence + 1;
        return localSequence;
    }

    /** Takes notice of a sequence number that was used for this dialog elsewhere: the INVITE sent again with credentials. */
    public void usedSequence(long number) {
        localSequence = Math.max(localSequence, number);
    }

    /**
     * Checks and takes the sequence number of a request from the peer (RFC 3261 §12.2.2). Not for ACK and CANCEL, which repeat one.
     *
     * @return false if it is not higher than the last, and the request must be answered with 500
     */
    public boolean takeSequence(Request request) {
        long number = request.cseq().number();
        if (remoteSequence != NONE && number <= remoteSequence) {
            return false;
        }
        remoteSequence = number;
        return true;
    }

    /** Takes back the sequence number of the request that made this dialog, which is yet to be {@link #takeSequence taken}. */
    public void expectAgain(Request request) {
        if (remoteSequence == request.cseq().number()) {
            remoteSequence = NONE;
        }
    }

    /** Returns a request within this dialog, complete but for Via, Contact and the right CSeq number. */
    public Request request(SipMethod method) {
        return request(method, 1);
    }

    /** Returns the ACK for a 2xx to the INVITE of this sequence number, complete but for Via. */
    public Request ack(long inviteSequence) {
        return request(SipMethod.ACK, inviteSequence);
    }

    private Request request(SipMethod method, long sequence) {
        RequestBuilder builder = Request.builder(method, routes.requestUri(remoteTarget));
        for (NameAddr route : routes.headers(remoteTarget)) {
            builder.add(HeaderName.ROUTE, route);
        }
        return builder.set(HeaderName.MAX_FORWARDS, MAX_FORWARDS)
            .set(HeaderName.FROM, local)
            .set(HeaderName.TO, remote)
            .set(HeaderName.CALL_ID, id.callId())
            .set(HeaderName.CSEQ, new CSeq(sequence, method))
            .build();
    }
}
