package io.earshot.sip.ua;

import io.earshot.api.dns.spi.DnsAnswer;
import io.earshot.api.id.IdSource;
import io.earshot.api.transport.spi.Flow;
import io.earshot.sip.message.NameAddr;
import io.earshot.sip.message.SipMethod;
import io.earshot.sip.message.Uri;
import io.earshot.sip.sdp.SessionDescription;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A SIP user agent without I/O: the one object a signalling loop drives. Confined to one thread.
 *
 * <p>After every call, drain {@link #poll()} until it returns {@link EngineOutput.Wait}, and call {@link #onTime} by that deadline.
 * {@code now} is in ns of one {@link io.earshot.api.time.Ticker}.
 *
 * <p>Commands on a call answer whether they applied: {@code false} means that the call is over, or is not in the state for it, because
 * what the network did got there first. They throw only for arguments that are wrong in themselves. Ids of things that are gone are
 * harmless.
 */
public final class SipEngine {
    private final Context context;
    private final Accounts accounts;
    private final Sessions sessions;
    private final Queries queries;
    private final Messages messages;
    private final Infos infos;
    private final Dispatcher dispatcher;
    private final Updates updates;
    private final Subscriptions subscriptions;
    private final Watchers watchers;
    private final Publications publications;
    private final Transfers transfers;
    private final RawRequests raw;
    private final CallExtras extras;
    private final Admission admission;

    /**
     * Makes an engine.
     *
     * @param ids confined to the engine's thread
     */
    public SipEngine(EngineConfig config, IdSource ids, LocalAddresses addresses) {
        context = new Context(config, ids, addresses);
        config.calls().declare(context.extensions);
        accounts = new Accounts(context);
        sessions = new Sessions(context, accounts);
        queries = new Queries(context, accounts, sessions);
        admission = new Admission(accounts);
        dispatcher = new Dispatcher(context, sessions, queries, admission);
        updates = new Updates(sessions, dispatcher);
        subscriptions = new Subscriptions(context, accounts, dispatcher::pump);
        watchers = new Watchers(context, accounts, dispatcher::pump);
        publications = new Publications(context, accounts, dispatcher::pump);
        transfers = new Transfers(context, sessions, accounts, dispatcher::pump);
        messages = new Messages(context, accounts, sessions, dispatcher::pump);
        infos = new Infos(context, sessions, dispatcher::pump);
        raw = new RawRequests(context, accounts, sessions, dispatcher::pump);
        extras = new CallExtras(accounts, sessions, dispatcher::pump);
    }

    // ---- inputs

    /** Takes bytes that came in: one message, or a piece of a stream. They are copied where they are kept. */
    public void onReceived(Flow flow, ByteBuffer data, long now) {
        run("received", now, () -> dispatcher.onReceived(flow, data, now));
    }

    /** Takes that a send to this peer failed. {@code reason} is a sentence a human can act on. */
    public void onSendFailed(String protocol, InetSocketAddress peer, String reason, long now) {
        run("send failed", now, () -> {
            context.layer.onTransportError(protocol, peer, reason, now);
            List.copyOf(context.races).forEach(race -> race.onFailed(protocol, peer, reason, now));
        });
    }

    /** Takes that there is a connection, as {@link EngineOutput.Connect} asked for. */
    public void onConnected(String protocol, InetSocketAddress peer, long now) {
        run("connected", now, () -> List.copyOf(context.races).forEach(race -> race.onConnected(protocol, peer, now)));
    }

    /** Takes that a connection ended. */
    public void onFlowClosed(Flow flow, String reason, long now) {
        run("flow closed", now, () -> {
            dispatcher.onFlowClosed(flow);
            context.pongs.onFlowClosed(flow);
            context.layer.onTransportError(flow, reason, now);
            accounts.onFlowClosed(flow, now);
        });
    }

    /**
     * Takes that the network is another one: a local address came or went, or the machine woke up. Connections of addresses that are gone
     * are closed, what was learnt of servers is forgotten, and every account that is registered or tries to be registers anew, at once,
     * its old binding removed. The Contact of live calls follows with the next {@link #reoffer}, which is the owner's to call.
     */
    public void onNetworkChanged(long now) {
        run("network changed", now, () -> {
            context.flows.closeStale();
            context.outages.clear();
            context.stickiness.clear();
            context.resolver.expire(now);
            accounts.onNetworkChanged(now);
        });
    }

    /** Takes the answer to {@link EngineOutput.Query}. One that comes too late is ignored. */
    public void onDnsAnswer(long queryId, DnsAnswer answer, long now) {
        run("DNS answer", now, () -> context.resolver.onAnswer(queryId, answer, now));
    }

    /** Does what is due. Calling it early is harmless. */
    public void onTime(long now) {
        run("time", now, () -> {
            context.layer.onTime(now);
            context.resolver.onTime(now);
        });
    }

    /** Returns the next thing to do; {@link EngineOutput.Wait} when there is nothing left. */
    public EngineOutput poll() {
        return context.pollOutput().orElseGet(() -> new EngineOutput.Wait(dispatcher.deadline()));
    }

    /** Takes the names of servers that {@link FinalCodecEvent.Stumbled} has told of, the oldest first; of many the last 256 count. */
    public void emptyAcks(Collection<String> servers) {
        context.finalCodecs.recall(servers);
    }

    // ---- accounts

    /** Adds an account; it can call at once, and is called when registered or known to the peer. */
    public AccountId addAccount(AccountSettings settings, long now) {
        return accounts.add(settings);
    }

    /** Registers, and keeps registered. While registered it refreshes at once. {@code false} if there is no such account. */
    public boolean register(AccountId account, long now) {
        return apply(account, now, known -> known.registration().register(now));
    }

    /** Registers as if never before, with another Call-ID; what is under way is left alone. {@code false} if there is no such account. */
    public boolean registerAnew(AccountId account, long now) {
        return apply(account, now, known -> known.registration().registerAnew(now));
    }

    /**
     * Takes that our router passes on to our UDP port what comes to this address of its own, as it was asked to: the Contact of an account
     * names it to peers that are not in a private network themselves, whatever the registrar sees. Empty: it no longer does. Who is
     * registered is so anew. {@code false} if there is no such account.
     */
    public boolean reachedAt(AccountId account, InetSocketAddress local, Optional<InetSocketAddress> external, long now) {
        return apply(account, now, known -> {
            if (known.reachedAt(local, external) && known.registration().isWanted()) {
                known.registration().register(now);
            }
        });
    }

    /**
     * Takes whether the NAT in front of us is known to be symmetric, or known to be none such: with
     * {@link io.earshot.api.ServersView#BEHIND_SYMMETRIC_NAT} and its like that decides whether the Contact of an account follows what
     * its registrar sees. Who is registered is so anew where it does so no longer, or again. {@code false} if there is no such account.
     */
    public boolean behindNat(AccountId account, boolean symmetric, long now) {
        return apply(account, now, known -> {
            if (known.behind(symmetric) && known.registration().isWanted()) {
                known.registration().register(now);
            }
        });
    }

    /** Removes the binding (Expires: 0) and stops registering. {@code false} if there is no such account. */
    public boolean unregister(AccountId account, long now) {
        return apply(account, now, known -> known.unregister(now));
    }

    /** Un-registers and forgets an account. Its calls go on. */
    public void removeAccount(AccountId account, long now) {
        subscriptions.leave(account, now);
        watchers.leave(account, now);
        publications.leave(account, now);
        accounts.remove(account, now);
        dispatcher.pump(now);
    }

    // ---- calls

    /**
     * Calls somebody. What goes wrong, an unknown account or too many calls included, comes as {@link SipEvent.Ended}.
     */
    public SessionId invite(AccountId account, InviteRequest request, long now) {
        SessionId session = sessions.invite(account, request, now);
        dispatcher.pump(now);
        return session;
    }

    /**
     * Tells the caller that it rings (180), or how it goes on (181 to 199).
     *
     * @param status 101 to 199
     * @param sdp early media: the preview of the answer, or nothing
     */
    public boolean ring(SessionId session, int status, Optional<SessionDescription> sdp, long now) {
        return apply(session, now, phase -> phase.ring(status, sdp, now));
    }

    /**
     * Answers an incoming call with 200.
     *
     * @param sdp the answer to the offer of {@link SipEvent.IncomingCall}; our offer when there was none
     */
    public boolean answer(SessionId session, SessionDescription sdp, long now) {
        return answer(session, sdp, List.of(), now);
    }

    /**
     * Answers an incoming call with 200 and further headers, otherwise as {@link #answer(SessionId, SessionDescription, long)}.
     *
     * @param headers in order
     */
    public boolean answer(SessionId session, SessionDescription sdp, List<ExtraHeader> headers, long now) {
        return apply(session, now, phase -> phase.answer(sdp, headers, now));
    }

    /**
     * Refuses an incoming call.
     *
     * @param status 400 to 699
     * @param headers for instance Retry-After, Warning or Reason
     */
    public boolean reject(SessionId session, int status, List<ExtraHeader> headers, long now) {
        return apply(session, now, phase -> phase.reject(status, headers, now));
    }

    /** Sends an incoming call elsewhere with 302. */
    public boolean redirect(SessionId session, List<NameAddr> contacts, long now) {
        return apply(session, now, phase -> phase.redirect(contacts, now));
    }

    /**
     * Ends a call, whatever its state: CANCEL for one we make, 480 for one that comes in, BYE for one that is answered.
     * {@link SipEvent.Ended} follows at once; what is left to do with the peer the engine does by itself.
     */
    public boolean hangup(SessionId session, long now) {
        return apply(session, now, phase -> {
            phase.hangup(now);
            return true;
        });
    }

    /**
     * Offers a new session in an established call (re-INVITE), as hold, resume and codec changes do. One offer is under way at a time: a
     * further one waits, and replaces one that waits already.
     */
    public boolean reoffer(SessionId session, SessionDescription offer, long now) {
        return apply(session, now, phase -> phase.reoffer(Optional.of(offer), now));
    }

    /** Asks the peer for an offer in an established call (re-INVITE without one); {@link SipEvent.OfferReceived} follows. */
    public boolean requestOffer(SessionId session, long now) {
        return apply(session, now, phase -> phase.reoffer(Optional.empty(), now));
    }

    /**
     * Replies to {@link SipEvent.OfferReceived} with an answer, to {@link SipEvent.OfferRequested} with an offer.
     */
    public boolean acceptOffer(SessionId session, SessionDescription answer, long now) {
        return apply(session, now, phase -> phase.acceptOffer(answer, now));
    }

    /**
     * Refuses what {@link SipEvent.OfferReceived} or {@link SipEvent.OfferRequested} brought; the session stays as it was. An offer that
     * came in a 2xx cannot be refused so: the call is hung up then.
     *
     * @param status 400 to 699, usually 488
     */
    public boolean rejectOffer(SessionId session, int status, long now) {
        return apply(session, now, phase -> phase.rejectOffer(status, now));
    }

    /** Returns what changes a call without another INVITE: UPDATE. */
    public Updates updates() {
        return updates;
    }

    // ---- events

    /** Returns what we watch: presence, lines, voice mail, registrations and other event packages. */
    public Subscriptions subscriptions() {
        return subscriptions;
    }

    /** Returns who watches us. */
    public Watchers watchers() {
        return watchers;
    }

    /** Returns what we tell a server to tell others. */
    public Publications publications() {
        return publications;
    }

    /** Returns what transfers calls, and takes transfers. */
    public Transfers transfers() {
        return transfers;
    }

    // ---- doors

    /** Returns the door to requests that the engine has no meaning for. */
    public RawRequests raw() {
        return raw;
    }

    /** Returns the door to what calls say beside their state: headers of ours, reasons. */
    public CallExtras extras() {
        return extras;
    }

    /** Returns what keeps strangers out. */
    public Admission admission() {
        return admission;
    }

    // ---- others

    /** Returns what sends and takes instant messages. */
    public Messages messages() {
        return messages;
    }

    /** Returns what sends and takes INFO: keys, Info Packages. */
    public Infos infos() {
        return infos;
    }

    /** Asks somebody for capabilities (RFC 3261 §11). */
    public QueryId options(AccountId account, Uri target, long now) {
        QueryId query = queries.ask(account, SipMethod.OPTIONS, target, now);
        dispatcher.pump(now);
        return query;
    }

    /**
     * Asks a server for a sign of life by a NOTIFY of no subscription, {@code Event: keep-alive}. The outcome is told as that of
     * {@link #options} is; a refusal is an answer.
     */
    public QueryId notifyAlive(AccountId account, Uri target, long now) {
        QueryId query = queries.ask(account, SipMethod.NOTIFY, target, now);
        dispatcher.pump(now);
        return query;
    }

    /**
     * Finds where a call to somebody would go first (RFC 3263), without sending anything: for offers whose addresses depend on the way.
     * {@link SipEvent.Located} tells. What DNS said is remembered, so that calling right after asks no more.
     */
    public QueryId locate(AccountId account, Uri target, long now) {
        QueryId query = queries.locate(account, target, now);
        dispatcher.pump(now);
        return query;
    }

    /**
     * Ends everything: calls are hung up, bindings removed; new calls are refused with 503. Drive on until {@link #isIdle()} or for as
     * long as one likes to wait.
     */
    public void shutdown(long now) {
        sessions.shutdown(now);
        subscriptions.shutdown(now);
        watchers.shutdown(now);
        publications.shutdown(now);
        accounts.shutdown(now);
        dispatcher.pump(now);
    }

    /**
     * Tells whether everything that was under way has its outcome: no call, registration, request or look-up waits for anybody. What may
     * be left only answers retransmissions, and nobody has to wait for it.
     */
    public boolean isSettled() {
        return sessions.isSettled() && accounts.isIdle() && eventsIdle() && context.requests.isSettled() && context.resolver.isIdle();
    }

    /** Tells whether nothing is under way: no call, registration, transaction or query. */
    public boolean isIdle() {
        return sessions.isIdle() && accounts.isIdle() && eventsIdle() && context.requests.isIdle() && context.acks.size() == 0
            && context.resolver.isIdle() && context.layer.size() == 0
            && transfers.isIdle();
    }

    private boolean eventsIdle() {
        return subscriptions.isIdle() && watchers.isIdle() && publications.isIdle();
    }

    /** Returns how much of what is under way, for logs. */
    @Override
    public String toString() {
        return "SipEngine[" + sessions + ", " + subscriptions + ", " + watchers + ", " + publications
            + ", " + context.requests + ", acks=" + context.acks.size()
            + ", transactions=" + context.layer.size() + ", timers=" + context.agenda.size() + "]";
    }

    private boolean apply(SessionId session, long now, Predicate<Phase> command) {
        boolean applied = sessions.apply(session, command);
        dispatcher.pump(now);
        return applied;
    }

    private boolean apply(AccountId account, long now, Consumer<Account> command) {
        Optional<Account> known = accounts.get(account);
        known.ifPresent(command);
        dispatcher.pump(now);
        return known.isPresent();
    }

    /** Handles one input. A defect of ours in doing so costs this input and nothing else. */
    private void run(String what, long now, Runnable input) {
        dispatcher.guarded(what, input);
        dispatcher.pump(now);
    }
}
