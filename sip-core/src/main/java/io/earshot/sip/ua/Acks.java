package io.earshot.sip.ua;

import io.earshot.sip.dialog.Dialog;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.RequestBuilder;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.SipMethod;
import io.earshot.sip.resolve.Target;
import io.earshot.sip.sdp.SessionDescription;
import io.earshot.sip.transaction.Hop;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The ACKs for 2xx (RFC 3261 §13.2.2.4). Each is made once and sent again for each repetition of its 2xx, for 64 T1, whoever else has
 * forgotten the call by then: winners, losing forks, cancelled and hung up calls.
 */
final class Acks {
    private record Key(String callId, String localTag, String remoteTag, long sequence) {
        static Key of(Response success) {
            return new Key(success.callId(), success.from().tag().orElse(""), success.to().tag().orElse(""), success.cseq().number());
        }
    }

    private final Context context;
    private final Map<Key, Ack> sent = new HashMap<>();

    Acks(Context context) {
        this.context = context;
    }

    /** Sends the ACK again if this 2xx has been acknowledged before. */
    boolean repeat(Response success) {
        Ack ack = sent.get(Key.of(success));
        if (ack != null) {
            ack.repeat();
        }
        return ack != null;
    }

    /**
     * Acknowledges a 2xx.
     *
     * @param account whose call it is
     * @param invite the INVITE as it was sent: its credentials go into the ACK (§22.1)
     * @param answer the answer if the 2xx brought an offer
     */
    void send(Dialog dialog, Request invite, Response success, Optional<Account> account, Optional<SessionDescription> answer, long now) {
        RequestBuilder builder = dialog.ack(success.cseq().number()).toBuilder();
        for (HeaderName name : List.of(HeaderName.AUTHORIZATION, HeaderName.PROXY_AUTHORIZATION)) {
            for (String value : invite.values(name)) {
                builder.add(name, value);
            }
        }
        Optional<WebSocketWay> way = account.map(Account::webSocket).filter(WebSocketWay::isUsed);
        Ack ack = new Ack(Bodies.write(builder, answer).build(), way);
        Key key = Key.of(success);
        sent.put(key, ack);
        if (way.isPresent()) {
            way.get().find(ack, now);
        } else {
            context.find(dialog.nextHop(), ack, now);
        }
        context.agenda.at(now + context.lifetime(), then -> sent.remove(key));
    }

    int size() {
        return sent.size();
    }

    /** Tells whether this response is a 2xx to an INVITE, which wants an ACK. */
    static boolean wanted(Response response) {
        return response.isSuccess() && response.cseq().method().equals(SipMethod.INVITE);
    }

    private final class Ack implements Context.Finder {
        private final Optional<WebSocketWay> webSocket;
        private final Request request;
        private Request sent;
        private Optional<Hop> hop = Optional.empty();
        /** The way over UDP where the ACK went by TCP for its length (RFC 3261 §18.1.1). */
        private Optional<Hop> otherwise = Optional.empty();

        private Ack(Request request, Optional<WebSocketWay> webSocket) {
            this.request = request;
            this.webSocket = webSocket;
            this.sent = request;
        }

        @Override
        public void found(List<Target> targets, long now) {
            List<Target> ways = context.stickiness.order(request.callId(), targets, now).stream()
                .filter(target -> context.hop(target).isPresent()).toList();
            if (!ways.isEmpty()) {
                List<Target> routed = LongRequests.route(context, ways, 0, way -> request.toBytes().length, now);
                hop = context.hop(routed.get(0)).map(found -> webSocket.map(way -> way.dress(found)).orElse(found));
                otherwise = routed.get(0).equals(ways.get(0)) ? Optional.empty() : context.hop(ways.get(0));
                sent = context.layer.sendStateless(request, hop.orElseThrow());
            }
        }

        @Override
        public void notFound(String reason, long now) {
            // the peer repeats its 2xx for nothing and hangs up; no one here can help it
        }

        private void repeat() {
            if (otherwise.isPresent()) { // the 2xx comes again, so TCP has not brought the ACK there
                hop = otherwise;
                otherwise = Optional.empty();
                sent = context.layer.sendStateless(request, hop.get());
            } else {
                hop.ifPresent(way -> context.layer.resend(sent, way));
            }
        }
    }
}
