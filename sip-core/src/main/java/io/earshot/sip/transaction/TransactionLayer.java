package io.earshot.sip.transaction;

import static java.util.Objects.requireNonNull;

import io.earshot.api.id.IdSource;
import io.earshot.api.transport.spi.Flow;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.SipMessage;
import io.earshot.sip.message.SipMethod;
import io.earshot.sip.transaction.Transaction.Server;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * Every transaction of one element, driven by its owner. Sans-IO, confined to one thread.
 *
 * <p>After every input drain {@link #poll()} until {@link Output.Wait}, and call {@link #onTime} by its deadline. Messages given to
 * {@link #onMessage} must have passed {@link SipMessage#check()}. For each transaction {@link Output.Terminated} comes exactly once, and
 * is the last that is told of it; {@link Output.Failed} comes at most once.
 *
 * <p>The choice of a congestion controlled transport for long requests (RFC 3261 §18.1.1) is the owner's, as it chooses the hop.
 */
public final class TransactionLayer {
    /** Everything this layer asks of its owner. */
    public sealed interface Output {
        /** Send this message over this hop. */
        record Transmit(SipMessage message, Hop hop) implements Output { }

        /**
         * A new request, its top Via stamped with where it really came from. Answer with {@link TransactionLayer#respond}.
         *
         * @param flow what it came over
         * @param reply how the layer is going to send the responses
         */
        record RequestReceived(TransactionId id, Request request, Flow flow, Hop reply) implements Output { }

        /** The peer cancels an INVITE not yet answered finally; the CANCEL has its 200 already. Answer the INVITE with 487. */
        record CancelReceived(TransactionId invite, Request cancel) implements Output { }

        /** An ACK for a 2xx, or for nothing we know. */
        record AckReceived(Request ack, Flow flow) implements Output { }

        /** A response to a request of ours: every provisional one and one final one; for INVITE each 2xx, repeated or forked. */
        record ResponseReceived(TransactionId id, Response response) implements Output { }

        /** A response no transaction waits for: a late fork, a repetition long after, or a forgery. */
        record StrayResponse(Response response, Flow flow) implements Output { }

        /**
         * A transaction failed. A client transaction is over, also if it had its final response and just the ACK could not be sent. A
         * server transaction lives on after {@code TRANSPORT} to absorb repetitions (RFC 6026 §7.1).
         */
        record Failed(TransactionId id, Failure cause, String reason) implements Output { }

        /** A transaction is over: forget its name. */
        record Terminated(TransactionId id) implements Output { }

        /** All is told; call {@link TransactionLayer#onTime} by then, or whenever there is an input. */
        record Wait(long deadline) implements Output { }
    }

    private final TransactionTable table = new TransactionTable();
    private final Counters counters = new Counters();
    private final Settlement settlement;
    private final ClientSide clients;
    private final ServerSide servers;

    /**
     * Makes a layer without transactions.
     *
     * @param ids where branches and tags come from
     */
    public TransactionLayer(Timers timers, TransactionLimits limits, IdSource ids) {
        this(timers, limits, ids, true);
    }

    /**
     * Makes a layer without transactions.
     *
     * @param ids where branches and tags come from
     * @param asking whether servers are asked to answer to the port that a request came from, and to name it (RFC 3581)
     */
    public TransactionLayer(Timers timers, TransactionLimits limits, IdSource ids, boolean asking) {
        requireNonNull(timers, "timers");
        requireNonNull(limits, "limits");
        requireNonNull(ids, "ids");
        settlement = new Settlement(table, timers, counters, limits);
        clients = new ClientSide(table, settlement, counters, timers, ids, asking);
        servers = new ServerSide(table, settlement, counters, timers, limits, ids);
    }

    /**
     * Starts a client transaction. The layer puts the Via on top: above those of a forwarded request, alone for one of our own.
     *
     * @throws IllegalArgumentException for an ACK ({@link #sendStateless}) or a CANCEL ({@link #cancel})
     */
    public TransactionId send(Request request, Hop hop, long now) {
        SipMethod method = request.method();
        if (method.equals(SipMethod.ACK) || method.equals(SipMethod.CANCEL)) {
            throw new IllegalArgumentException(method.name() + " does not start a client transaction of its own");
        }
        return clients.send(request, requireNonNull(hop), now);
    }

    /**
     * Cancels an INVITE (RFC 3261 §9.1): at once if a provisional response came, otherwise when the first one comes. Should no final
     * response to the INVITE follow within 64*T1, it fails with {@code TIMEOUT}.
     *
     * @return the transaction of the CANCEL, the same each time; empty if the INVITE has its final response or is over. If that
     *     response comes before the CANCEL could be sent, the CANCEL's transaction just terminates
     * @throws IllegalArgumentException if this is no INVITE
     */
    public Optional<TransactionId> cancel(TransactionId invite, long now) {
        return cancel(invite, List.of(), now);
    }

    /**
     * Cancels an INVITE and says why, otherwise as {@link #cancel(TransactionId, long)}.
     *
     * @param reasons values of the Reason header (RFC 3326), without line breaks
     */
    public Optional<TransactionId> cancel(TransactionId invite, List<String> reasons, long now) {
        return clients.cancel(invite, reasons, now);
    }

    /**
     * Sends a request outside any transaction, with a Via of its own: the ACK for a 2xx.
     *
     * @return the request as sent, for {@link #resend} when the 2xx is repeated
     */
    public Request sendStateless(Request request, Hop hop) {
        Request sent = clients.withVia(request, hop);
        resend(sent, hop);
        return sent;
    }

    /** Sends a message as it is, outside any transaction. */
    public void resend(SipMessage message, Hop hop) {
        settlement.outputs.add(new Output.Transmit(requireNonNull(message), requireNonNull(hop)));
    }

    /**
     * Answers a request; the layer finds the way back. Dropped without harm: an answer to a transaction that is over, a second final
     * answer, and what RFC 4320 forbids for non-INVITE requests (1xx other than 100, an early 100, 408, anything after 64*T1). A 2xx to
     * INVITE may be given again, to repeat it ({@link SuccessRetransmission}).
     *
     * @throws IllegalArgumentException if this is a client transaction
     */
    public void respond(TransactionId server, Response response, long now) {
        servers.respond(server, requireNonNull(response), now);
    }

    /**
     * A message came in.
     *
     * @param flow what it came over
     * @param reliable whether that transport retransmits by itself
     */
    public void onMessage(SipMessage message, Flow flow, boolean reliable, long now) {
        if (message instanceof Request request) {
            servers.onRequest(request, flow, reliable, now);
        } else if (message instanceof Response response) {
            clients.onResponse(response, flow, now);
        }
    }

    /** A connection was lost, and with it whatever was to go or come over it. */
    public void onTransportError(Flow flow, String reason, long now) {
        counters.transportErrors++;
        for (Transaction tx : table.talkingTo(flow.protocol(), flow.remote())) {
            if (tx.hop.flow().isEmpty() || tx.hop.flow().get().equals(flow)) {
                fail(tx, reason, now);
            }
        }
    }

    /** Something sent to this peer did not get through. */
    public void onTransportError(String protocol, InetSocketAddress peer, String reason, long now) {
        counters.transportErrors++;
        for (Transaction tx : table.talkingTo(protocol, peer)) {
            fail(tx, reason, now);
        }
    }

    private void fail(Transaction tx, String reason, long now) {
        if (tx instanceof Server server && table.reroute(server)) {
            return;
        }
        tx.machine().onTransportError(reason);
        settlement.settle(tx, now);
    }

    /** Tells the time. Afterwards the deadline of {@link Output.Wait} is later than {@code now}. */
    public void onTime(long now) {
        while (settlement.agenda.next() <= now) {
            Transaction tx = settlement.agenda.take();
            tx.machine().onTime(now);
            settlement.settle(tx, now);
        }
    }

    /** Returns the next output; {@link Output.Wait} once there is no other. */
    public Output poll() {
        Output next = settlement.outputs.poll();
        return next != null ? next : new Output.Wait(settlement.agenda.next());
    }

    /** Returns how many transactions live, both kinds. */
    public int size() {
        return table.size();
    }

    /** Returns how many entries the indexes over the transactions have; 0 whenever {@link #size} is. */
    int indexSize() {
        return table.indexSize();
    }

    /** Returns what was met so far that is not ordinary. */
    public TransactionCounters counters() {
        return counters.snapshot();
    }
}
