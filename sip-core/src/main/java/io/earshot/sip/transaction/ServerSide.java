package io.earshot.sip.transaction;

import static io.earshot.api.time.Ticker.SECOND;

import io.earshot.api.id.IdSource;
import io.earshot.api.transport.spi.Flow;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.SipMethod;
import io.earshot.sip.transaction.TransactionLayer.Output;
import java.util.List;
import java.util.Optional;

/** The server transactions of a layer: RFC 3261 §17.2, §18.2, §9.2, §8.2.2.2. */
final class ServerSide {
    /** Whose transactions a CANCEL may match besides an INVITE's; it has no effect on them, but is answered 200 (§9.2). */
    private static final List<SipMethod> NOT_CANCELLABLE = List.of(SipMethod.BYE, SipMethod.OPTIONS, SipMethod.REGISTER, SipMethod.PRACK,
        SipMethod.UPDATE, SipMethod.INFO, SipMethod.MESSAGE, SipMethod.SUBSCRIBE, SipMethod.NOTIFY, SipMethod.REFER, SipMethod.PUBLISH);
    private static final int TAG_BITS = 64;

    private final TransactionTable table;
    private final Settlement settlement;
    private final Counters counters;
    private final Timers timers;
    private final TransactionLimits limits;
    private final IdSource ids;
    private final int tagSalt;
    private long refusalSecond = -1;
    private int refusals;

    ServerSide(TransactionTable table, Settlement settlement, Counters counters, Timers timers, TransactionLimits limits, IdSource ids) {
        this.table = table;
        this.settlement = settlement;
        this.counters = counters;
        this.timers = timers;
        this.limits = limits;
        this.ids = ids;
        this.tagSalt = ids.nextInt();
    }

    void onRequest(Request request, Flow flow, boolean reliable, long now) {
        if (request.method().equals(SipMethod.ACK)) {
            onAck(request, flow, reliable, now);
            return;
        }
        Optional<Transaction.Server> known = table.server(ServerKey.of(request));
        if (known.isPresent()) {
            Transaction.Server tx = known.get();
            if (tx.machine() instanceof InviteServerTransaction invite) {
                invite.onRetransmission();
            } else {
                ((NonInviteServerTransaction) tx.machine()).onRetransmission();
            }
            settlement.settle(tx, now);
            return;
        }
        Arrival arrival = Arrival.of(request, flow, reliable);
        if (request.method().equals(SipMethod.CANCEL)) {
            onCancel(arrival, now);
        } else if (isFull(request)) {
            refuse(arrival, now);
        } else {
            accept(arrival, now);
        }
    }

    private void accept(Arrival arrival, long now) {
        Optional<MergeKey> merge = limits.detectMerged() ? MergeKey.of(arrival.request()) : Optional.empty();
        if (merge.filter(table::isMerged).isPresent()) {
            counters.merged++;
            Transaction.Server tx = start(arrival, Optional.empty(), false, now);
            respond(tx, Derived.reply(arrival.request(), 482, ids.token(TAG_BITS)).build(), now);
            return;
        }
        Transaction.Server tx = start(arrival, merge, true, now);
        settlement.outputs.add(new Output.RequestReceived(tx.id, arrival.request(), arrival.flow(), tx.hop));
        settlement.settle(tx, now);
    }

    private Transaction.Server start(Arrival arrival, Optional<MergeKey> merge, boolean visible, long now) {
        Request request = arrival.request();
        boolean reliable = arrival.reply().reliable();
        Machine machine = request.method().equals(SipMethod.INVITE)
            ? new InviteServerTransaction(request, reliable, timers, now)
            : new NonInviteServerTransaction(request, reliable, timers, now);
        Transaction.Server tx = new Transaction.Server(table.nextId(), arrival, merge, machine, visible);
        table.add(tx);
        return tx;
    }

    /** The user's answer; one for a transaction that is over is dropped. */
    void respond(TransactionId id, Response response, long now) {
        Transaction tx = table.get(id).orElse(null);
        if (tx instanceof Transaction.Client) {
            throw new IllegalArgumentException(id + " is a client transaction");
        }
        if (tx instanceof Transaction.Server server) {
            respond(server, response, now);
        }
    }

    private void respond(Transaction.Server tx, Response response, long now) {
        response.to().tag().ifPresent(tag -> tx.toTag = Optional.of(tag));
        if (tx.machine() instanceof InviteServerTransaction invite) {
            invite.respond(response, now);
        } else {
            ((NonInviteServerTransaction) tx.machine()).respond(response, now);
        }
        settlement.settle(tx, now);
    }

    private void onAck(Request ack, Flow flow, boolean reliable, long now) {
        Optional<Transaction.Server> found = table.server(ServerKey.acknowledged(ack))
            .or(() -> table.server(ServerKey.acknowledgedInitial(ack)))
            .filter(tx -> !tx.key.isLegacy() || tx.toTag.equals(ack.to().tag()));
        if (found.isPresent()) {
            boolean absorbed = ((InviteServerTransaction) found.get().machine()).onAck(now);
            settlement.settle(found.get(), now);
            if (absorbed) {
                return;
            }
        }
        settlement.outputs.add(new Output.AckReceived(Arrival.of(ack, flow, reliable).request(), flow));
    }

    /** Answers a CANCEL, whatever it cancels, and passes it up if that makes a difference. */
    private void onCancel(Arrival arrival, long now) {
        Request cancel = arrival.request();
        Optional<Transaction.Server> target = cancelled(cancel);
        if (target.isEmpty()) {
            counters.unmatchedCancels++;
            transmit(Derived.reply(cancel, 481, statelessTag(cancel)).build(), arrival);
            return;
        }
        // Its own transaction, even when the table is full: there is at most one for each INVITE.
        Transaction.Server tx = start(arrival, Optional.empty(), false, now);
        String tag = target.get().toTag.orElseGet(() -> ids.token(TAG_BITS));
        respond(tx, Derived.reply(cancel, 200, tag).build(), now);
        if (target.get().isVisible() && target.get().machine() instanceof InviteServerTransaction invite && invite.isPending()) {
            settlement.outputs.add(new Output.CancelReceived(target.get().id, cancel));
        }
    }

    private Optional<Transaction.Server> cancelled(Request cancel) {
        Optional<Transaction.Server> invite = table.server(ServerKey.cancelled(cancel, SipMethod.INVITE));
        if (invite.isPresent()) {
            return invite;
        }
        return NOT_CANCELLABLE.stream().flatMap(method -> table.server(ServerKey.cancelled(cancel, method)).stream()).findFirst();
    }

    private boolean isFull(Request request) {
        int reserved = request.to().tag().isPresent() ? 0 : limits.reservedForDialogs();
        return table.workingCount() >= limits.maxServerTransactions() - reserved;
    }

    /** Refuses without keeping anything (§8.2.7, §21.5.4), and not too often. */
    private void refuse(Arrival arrival, long now) {
        if (now / SECOND != refusalSecond) {
            refusalSecond = now / SECOND;
            refusals = 0;
        }
        if (refusals >= limits.maxRefusalsPerSecond()) {
            counters.dropped++;
            return;
        }
        refusals++;
        counters.refused++;
        transmit(Derived.reply(arrival.request(), 503, statelessTag(arrival.request()))
            .set(HeaderName.RETRY_AFTER, limits.retryAfterSeconds()).build(), arrival);
    }

    private void transmit(Response response, Arrival arrival) {
        settlement.outputs.add(new Output.Transmit(response, arrival.reply()));
    }

    /** A tag that a repeated request gets again although nothing was kept (§8.2.7). */
    private String statelessTag(Request request) {
        int hash = 31 * ServerKey.of(request).hashCode() + tagSalt;
        return "s" + Integer.toHexString(hash);
    }
}
