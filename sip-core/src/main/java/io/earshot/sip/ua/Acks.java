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
     */
    void send(Dialog dialog, Request invite, Response success, Optional<Account> account, long now) {
        send(dialog, invite, success, account, Optional.empty(), now);
    }

    /** Likewise, a 2xx that has brought an offer. */
    void answer(Dialog dialog, Request invite, Response success, Optional<Account> account, Optional<SessionDescription> answer, long now) {
        Request empty = empty(dialog, invite, success);
        send(dialog, new Ack(Bodies.write(empty.toBuilder(), answer).build(), way(account), Optional.empty()), success, now);
    }

    /** Likewise, and names the codec, which the peer may not like. */
    void send(Dialog dialog, Request invite, Response success, Optional<Account> account, Optional<FinalCodecs.Trial> codec, long now) {
        Request empty = empty(dialog, invite, success);
        Request full = Bodies.write(empty.toBuilder(), codec.map(FinalCodecs.Trial::description)).build();
        Optional<Doubt> doubt = codec.filter(FinalCodecs.Trial::isOurs).map(trial -> new Doubt(trial, empty));
        send(dialog, new Ack(full, way(account), doubt), success, now);
    }

    private static Request empty(Dialog dialog, Request invite, Response success) {
        RequestBuilder builder = dialog.ack(success.cseq().number()).toBuilder();
        for (HeaderName name : List.of(HeaderName.AUTHORIZATION, HeaderName.PROXY_AUTHORIZATION)) {
            for (String value : invite.values(name)) {
                builder.add(name, value);
            }
        }
        return builder.build();
    }

    private static Optional<WebSocketWay> way(Optional<Account> account) {
        return account.map(Account::webSocket).filter(WebSocketWay::isUsed);
    }

    private void send(Dialog dialog, Ack ack, Response success, long now) {
        Key key = Key.of(success);
        sent.put(key, ack);
        if (ack.webSocket.isPresent()) {
            ack.webSocket.get().find(ack, now);
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

    /** What to send instead when the 2xx keeps coming. */
    private record Doubt(FinalCodecs.Trial trial, Request instead) { }

    private final class Ack implements Context.Finder {
        private final Optional<WebSocketWay> webSocket;
        private final Request request;
        private Request sent;
        private Optional<Hop> hop = Optional.empty();
        /** The way over UDP where the ACK went by TCP for its length (RFC 3261 §18.1.1). */
        private Optional<Hop> otherwise = Optional.empty();

        private Optional<Doubt> doubt;
        private int repetitions;

        private Ack(Request request, Optional<WebSocketWay> webSocket, Optional<Doubt> doubt) {
            this.request = request;
            this.doubt = doubt;
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
            repetitions++;
            if (doubt.isPresent() && hop.isPresent() && repetitions >= FinalCodecs.REPETITIONS) {
                doubt.get().trial().stumbles();
                sent = context.layer.sendStateless(doubt.get().instead(), hop.get());
                doubt = Optional.empty();
                otherwise = Optional.empty();
            } else if (otherwise.isPresent()) { // the 2xx comes again, so TCP has not brought the ACK there
                hop = otherwise;
                otherwise = Optional.empty();
                sent = context.layer.sendStateless(request, hop.get());
            } else {
                hop.ifPresent(way -> context.layer.resend(sent, way));
            }
        }
    }
}
