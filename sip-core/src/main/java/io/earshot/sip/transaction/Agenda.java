package io.earshot.sip.transaction;

import static io.earshot.api.time.Ticker.NEVER;

import java.util.Comparator;
import java.util.TreeSet;

/** Who wants to be woken when: O(log n) for each change. Equal deadlines come in the order the transactions were made. */
final class Agenda {
    private final TreeSet<Transaction> waiting = new TreeSet<>(
        Comparator.comparingLong((Transaction tx) -> tx.deadline).thenComparingLong(tx -> tx.id.number()));

    /** Sets when this transaction is to be woken; {@link io.earshot.api.time.Ticker#NEVER} for not at all. */
    void schedule(Transaction tx, long deadline) {
        if (tx.deadline == deadline) {
            return;
        }
        if (tx.deadline != NEVER) {
            waiting.remove(tx);
        }
        tx.deadline = deadline;
        if (deadline != NEVER) {
            waiting.add(tx);
        }
    }

    /** Returns the soonest deadline. */
    long next() {
        return waiting.isEmpty() ? NEVER : waiting.first().deadline;
    }

    /** Takes the transaction with the soonest deadline off; there must be one. */
    Transaction take() {
        Transaction first = waiting.first();
        schedule(first, NEVER);
        return first;
    }
}
