package io.earshot.sip.transaction;

import static io.earshot.api.time.Ticker.NEVER;

import io.earshot.sip.message.Request;
import io.earshot.sip.transaction.TransactionLayer.Output;
import java.util.ArrayDeque;
import java.util.Queue;

/** Turns the steps of one machine into outputs of the layer, and keeps table and agenda true. */
final class Settlement {
    final Queue<Output> outputs = new ArrayDeque<>();
    final Agenda agenda = new Agenda();
    private final TransactionTable table;
    private final Timers timers;
    private final Counters counters;
    private final TransactionLimits limits;

    Settlement(TransactionTable table, Timers timers, Counters counters, TransactionLimits limits) {
        this.table = table;
        this.timers = timers;
        this.counters = counters;
        this.limits = limits;
    }

    /** To be called after every input to the transaction's machine. */
    void settle(Transaction tx, long now) {
        Step step = tx.machine().poll();
        while (!(step instanceof Step.Wait)) {
            apply(step, tx, now);
            step = tx.machine().poll();
        }
        dropUselessCancel(tx);
        if (tx.machine().isTerminated()) {
            end(tx);
        } else {
            agenda.schedule(tx, ((Step.Wait) step).deadline());
            if (tx instanceof Transaction.Server server) {
                rest(server, now);
            }
        }
    }

    /** Sees to it that what is answered costs no more than its share. */
    private void rest(Transaction.Server tx, long now) {
        if (tx.machine().isLingering()) {
            table.rest(tx, Transaction.Stage.LINGERING, limits.maxLingering()).ifPresent(oldest -> {
                counters.forgotten++;
                end(oldest);
            });
        } else if (tx.machine() instanceof InviteServerTransaction invite && invite.isUnacknowledged()) {
            table.rest(tx, Transaction.Stage.UNACKNOWLEDGED, limits.maxUnacknowledged()).ifPresent(oldest -> {
                counters.hushed++;
                ((InviteServerTransaction) oldest.machine()).hush();
                settle(oldest, now);
            });
        }
    }

    private void apply(Step step, Transaction tx, long now) {
        if (step instanceof Step.Transmit out) {
            outputs.add(new Output.Transmit(out.message(), tx.hop));
        } else if (step instanceof Step.Deliver in) {
            outputs.add(new Output.ResponseReceived(tx.id, in.response()));
        } else if (step instanceof Step.SendCancel) {
            startCancel((Transaction.Client) tx, now);
        } else if (step instanceof Step.Fail fail && tx.isVisible() && !tx.failed) {
            tx.failed = true;
            outputs.add(new Output.Failed(tx.id, fail.cause(), fail.reason()));
        }
    }

    private void startCancel(Transaction.Client invite, long now) {
        Request cancel = Derived.cancel(invite.request, invite.reasons);
        Machine machine = new NonInviteClientTransaction(cancel, invite.hop.reliable(), timers, now);
        Transaction.Client tx = new Transaction.Client(invite.cancel.orElseThrow(), cancel, invite.hop, machine);
        invite.cancelStarted = true;
        table.add(tx);
        settle(tx, now);
    }

    /** A CANCEL that waited for a provisional response, while a final one came instead, will never be sent. */
    private void dropUselessCancel(Transaction tx) {
        if (tx instanceof Transaction.Client client && client.cancel.isPresent() && !client.cancelStarted
                && client.machine() instanceof InviteClientTransaction invite && !invite.isPending()) {
            client.cancelStarted = true;
            outputs.add(new Output.Terminated(client.cancel.get()));
        }
    }

    private void end(Transaction tx) {
        agenda.schedule(tx, NEVER);
        table.remove(tx);
        if (tx.isVisible()) {
            outputs.add(new Output.Terminated(tx.id));
        }
    }
}
