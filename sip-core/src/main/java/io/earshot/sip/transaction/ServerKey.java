package io.earshot.sip.transaction;

import io.earshot.sip.message.Request;
import io.earshot.sip.message.SipMethod;
import io.earshot.sip.message.Via;
import java.util.Comparator;
import java.util.Locale;

/**
 * What makes two requests belong to one server transaction (RFC 3261 §17.2.3).
 *
 * @param method the method of the transaction: INVITE for an ACK
 * @param branch the branch; empty if the peer is of RFC 2543
 * @param sentBy host and port of the top Via, in lower case
 * @param legacy for RFC 2543 peers everything else that has to be equal; empty otherwise
 */
record ServerKey(SipMethod method, String branch, String sentBy, String legacy) implements Comparable<ServerKey> {
    private static final Comparator<ServerKey> ORDER = Comparator.comparing(ServerKey::branch).thenComparing(ServerKey::sentBy)
        .thenComparing(ServerKey::legacy).thenComparing(key -> key.method.name());

    /** Returns the key of the transaction this request starts or, unless it is an ACK, repeats. */
    static ServerKey of(Request request) {
        return of(request, request.method(), request.to().tag().orElse(""));
    }

    /** Returns the key under which a transaction of this method would have to be, for this CANCEL to cancel it (§9.2). */
    static ServerKey cancelled(Request cancel, SipMethod method) {
        return of(cancel, method, cancel.to().tag().orElse(""));
    }

    /** Returns the key of the INVITE transaction this ACK acknowledges a rejection in. */
    static ServerKey acknowledged(Request ack) {
        return of(ack, SipMethod.INVITE, ack.to().tag().orElse(""));
    }

    /** As {@link #acknowledged}, if the INVITE had no To tag yet while the ACK has: a difference for RFC 2543 peers only. */
    static ServerKey acknowledgedInitial(Request ack) {
        return of(ack, SipMethod.INVITE, "");
    }

    /** An order keeps hash tables fast when a hostile peer chooses branches with equal hash codes. */
    @Override
    public int compareTo(ServerKey other) {
        return ORDER.compare(this, other);
    }

    boolean isLegacy() {
        return branch.isEmpty();
    }

    private static ServerKey of(Request request, SipMethod method, String toTag) {
        Via via = request.via();
        String sentBy = via.host().toLowerCase(Locale.ROOT) + ':' + via.port();
        if (via.hasMagicCookie()) {
            return new ServerKey(method, via.branch().orElseThrow().toLowerCase(Locale.ROOT), sentBy, "");
        }
        // Line breaks separate the parts, because none of them can contain one.
        String legacy = String.join("\n", request.requestUri().toString(), toTag, request.from().tag().orElse(""), request.callId(),
            Long.toString(request.cseq().number()), via.transport(), via.branch().orElse(""));
        return new ServerKey(method, "", sentBy, legacy);
    }
}
