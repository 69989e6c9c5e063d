package io.earshot.sip.transaction;

import io.earshot.api.id.IdSource;
import io.earshot.api.transport.spi.Flow;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.SipMethod;
import io.earshot.sip.message.Via;
import io.earshot.sip.transaction.TransactionLayer.Output;
import java.util.List;
import java.util.Optional;

/** The client transactions of a layer: RFC 3261 §17.1 and §18.1. */
final class ClientSide {
    private static final int BRANCH_BITS = 80;

    private final TransactionTable table;
    private final Settlement settlement;
    private final Counters counters;
    private final Timers timers;
    private final IdSource ids;
    private final boolean asking;

    ClientSide(TransactionTable table, Settlement settlement, Counters counters, Timers timers, IdSource ids, boolean asking) {
        this.table = table;
        this.settlement = settlement;
        this.counters = counters;
        this.timers = timers;
        this.ids = ids;
        this.asking = asking;
    }

    TransactionId send(Request request, Hop hop, long now) {
        Request sent = withVia(request, hop);
        Machine machine = request.method().equals(SipMethod.INVITE)
            ? new InviteClientTransaction(sent, hop.reliable(), timers, now)
            : new NonInviteClientTransaction(sent, hop.reliable(), timers, now);
        Transaction.Client tx = new Transaction.Client(table.nextId(), sent, hop, machine);
        table.add(tx);
        settlement.settle(tx, now);
        return tx.id;
    }

    /** Puts our Via on top: a fresh branch, the hop's sent-by, and rport where that is wanted (RFC 3581 §3). */
    Request withVia(Request request, Hop hop) {
        String branch = Via.MAGIC_COOKIE + ids.token(BRANCH_BITS);
        Via bare = Via.of(hop.via(), hop.sentByHost(), hop.sentByPort(), branch);
        Via via = asking ? bare.withRport() : bare;
        if (hop.protocol().equals("TLS")) {
            via = via.withParameters(via.parameters().with("alias")); // RFC 5923 §5: we take requests over this connection
        }
        return request.toBuilder().prepend(HeaderName.VIA, via).build();
    }

    Optional<TransactionId> cancel(TransactionId invite, List<String> reasons, long now) {
        if (!(table.get(invite).orElse(null) instanceof Transaction.Client tx)) {
            return Optional.empty();
        }
        if (!(tx.machine() instanceof InviteClientTransaction machine)) {
            throw new IllegalArgumentException("only an INVITE can be cancelled, not " + tx.request.method().name());
        }
        if (tx.cancel.isEmpty() && machine.isPending()) {
            tx.cancel = Optional.of(table.nextId());
            tx.reasons = List.copyOf(reasons);
            machine.cancel(now);
            settlement.settle(tx, now);
        }
        return machine.isPending() ? tx.cancel : Optional.empty();
    }

    void onResponse(Response response, Flow flow, long now) {
        Optional<Transaction.Client> found = table.client(ClientKey.of(response));
        if (found.isEmpty()) {
            stray(response, flow);
            return;
        }
        Transaction.Client tx = found.get();
        Via ours = tx.request.via();
        Via theirs = response.via();
        if (!ours.host().equalsIgnoreCase(theirs.host()) || ours.port() != theirs.port()) {
            counters.misroutedResponses++;
            return;
        }
        boolean taken = tx.machine() instanceof InviteClientTransaction invite
            ? invite.onResponse(response, now)
            : ((NonInviteClientTransaction) tx.machine()).onResponse(response, now);
        if (!taken) {
            stray(response, flow);
        }
        settlement.settle(tx, now);
    }

    private void stray(Response response, Flow flow) {
        counters.strayResponses++;
        settlement.outputs.add(new Output.StrayResponse(response, flow));
    }
}
