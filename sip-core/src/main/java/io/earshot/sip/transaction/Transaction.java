package io.earshot.sip.transaction;

import static io.earshot.api.time.Ticker.NEVER;

import io.earshot.sip.message.Request;
import java.util.List;
import java.util.Optional;

/** A state machine with its place in the layer: its name, its way to the peer, and what finds it. */
abstract sealed class Transaction {
    final TransactionId id;
    Hop hop;
    /** When {@link Agenda} has it; nobody else writes this. */
    long deadline = NEVER;
    /** Whether the user was told of a failure; once is enough. */
    boolean failed;

    private Transaction(TransactionId id, Hop hop) {
        this.id = id;
        this.hop = hop;
    }

    abstract Machine machine();

    /** Tells whether the user knows this transaction; some are the layer's own business. */
    boolean isVisible() {
        return true;
    }

    static final class Client extends Transaction {
        final ClientKey key;
        final Request request;
        private final Machine machine;
        /** The CANCEL of this INVITE, which may still wait for a provisional response. */
        Optional<TransactionId> cancel = Optional.empty();
        /** The Reason values of the CANCEL. */
        List<String> reasons = List.of();
        /** Whether that CANCEL has its own transaction, or will never have one. */
        boolean cancelStarted;

        Client(TransactionId id, Request request, Hop hop, Machine machine) {
            super(id, hop);
            this.request = request;
            this.key = ClientKey.of(request);
            this.machine = machine;
        }

        @Override
        Machine machine() {
            return machine;
        }
    }

    /** How much a server transaction still has to do. */
    enum Stage {
        /** It has no final response yet. */
        WORKING,
        /** It is an INVITE that was rejected, and whose ACK is awaited. */
        UNACKNOWLEDGED,
        /** It absorbs repetitions. */
        LINGERING
    }

    static final class Server extends Transaction {
        final ServerKey key;
        final Optional<MergeKey> merge;
        private final Machine machine;
        private final boolean visible;
        private Optional<Hop> fallback;
        /** As what {@link TransactionTable} counts it; nobody else writes this. */
        Stage stage = Stage.WORKING;
        /** The To tag of the last response that had one. */
        Optional<String> toTag = Optional.empty();

        Server(TransactionId id, Arrival arrival, Optional<MergeKey> merge, Machine machine, boolean visible) {
            super(id, arrival.reply());
            this.key = ServerKey.of(arrival.request());
            this.merge = merge;
            this.fallback = arrival.fallback();
            this.machine = machine;
            this.visible = visible;
        }

        @Override
        Machine machine() {
            return machine;
        }

        @Override
        boolean isVisible() {
            return visible;
        }

        /** The connection is lost: takes the other way if there is one (RFC 3261 §18.2.2). */
        boolean takeFallback() {
            boolean taken = fallback.isPresent();
            hop = fallback.orElse(hop);
            fallback = Optional.empty();
            return taken;
        }
    }
}
