package io.earshot.sip.ua;

import io.earshot.sip.message.Response;
import io.earshot.sip.transaction.TransactionId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Every request of ours that is under way, by its present transaction. */
final class Requests {
    private final Context context;
    private final Map<TransactionId, ClientRequest> active = new HashMap<>();
    private int searching;

    Requests(Context context) {
        this.context = context;
    }

    /** Sends a request; the handler hears of it from the pump, never from within this call. */
    ClientRequest send(ClientRequest.Plan plan, ClientRequest.Handler handler, long now) {
        ClientRequest request = new ClientRequest(context, plan, handler);
        request.start(now);
        return request;
    }

    void put(TransactionId transaction, ClientRequest request) {
        active.put(transaction, request);
    }

    void searching(int change) {
        searching += change;
    }

    void onResponse(TransactionId transaction, Response response, long now) {
        Optional.ofNullable(active.get(transaction)).ifPresent(request -> request.onResponse(transaction, response, now));
    }

    void onTimeout(TransactionId transaction, long now) {
        Optional.ofNullable(active.get(transaction)).ifPresent(request -> request.onTimeout(transaction, now));
    }

    void onTransportError(TransactionId transaction, String reason, long now) {
        Optional.ofNullable(active.get(transaction)).ifPresent(request -> request.onTransportError(transaction, reason, now));
    }

    void onTerminated(TransactionId transaction) {
        active.remove(transaction);
    }

    /** Tells whether each request has its outcome; its transaction may live on. */
    boolean isSettled() {
        return searching == 0 && active.values().stream().noneMatch(ClientRequest::isPending);
    }

    boolean isIdle() {
        return active.isEmpty() && searching == 0;
    }

    @Override
    public String toString() {
        return "requests=" + active.size() + ", searching=" + searching;
    }
}
