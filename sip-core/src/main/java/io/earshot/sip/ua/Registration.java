package io.earshot.sip.ua;

import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.Flow;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.NameAddr;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.SipMethod;
import io.earshot.sip.message.SipUri;
import io.earshot.sip.resolve.Target;
import io.earshot.sip.transaction.Hop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One account's binding at its registrar: made, refreshed before it ends, made anew after failures, at another server when one fails, when
 * the network is another one or the NAT's mapping is; removed (RFC 3261 §10.2).
 */
final class Registration {
    private static final int MAX_MOVES = 2;
    private static final long LONGEST_EXPIRY = 86_400;
    private static final long LEAST_INTERVAL = 5 * Ticker.SECOND;

    private enum Goal { NONE, BOUND, UNBOUND }

    /** What the registrar holds: our Contact, and the way there. */
    private record Binding(SipUri contact, Hop hop) { }

    private final Context context;
    private final Account account;
    private String callId;
    private final String localTag;
    private final RetryPolicy retries;
    private final KeepAlive keepAlive;
    private final RegisterContact writer;
    private Goal goal = Goal.NONE;
    private long sequence;
    private long expires;
    private SipUri registrar;
    private Redirects redirects;
    private Optional<Attempt> attempt = Optional.empty();
    private Optional<Binding> binding = Optional.empty();
    private Agenda.Entry timer = Agenda.Entry.NONE;
    private int moves;
    private long mendedAt = -LEAST_INTERVAL;
    /** The server of this attempt, and how many were tried without success since the last. */
    private int server;
    private int tried;
    /** Until when we stay with a server that is not the best; {@link Ticker#NEVER} at the best. */
    private long awayUntil = Ticker.NEVER;
    private boolean first = true;
    /** Whether a connection that ended under a refresh was forgiven once. */
    private boolean forgiven;
    /** Whether the user asked anew, and is to hear the outcome even if it is what was told before. */
    private boolean asked;
    /** Whether the way to the server was lost, so that what else the server keeps for us has to be renewed. */
    private boolean revived;
    private RegistrationState told = new RegistrationState.Unregistered();

    Registration(Context context, Account account) {
        this.context = context;
        this.account = account;
        this.callId = context.token();
        this.localTag = context.token();
        this.retries = new RetryPolicy(context, account.webSocket());
        this.keepAlive = new KeepAlive(context, this::renew);
        this.writer = new RegisterContact(context, account);
        reset(account.server());
    }

    private void reset(int next) {
        server = next;
        tried = 1;
        expires = account.settings().expiresSeconds();
        goHome();
        moves = 0;
    }

    /** Forgets where a 3xx sent us. */
    private void goHome() {
        registrar = account.settingsAt(server).registrar().withoutUser();
        redirects = new Redirects(context.config.maxRedirects(), registrar);
    }

    void register(long now) {
        goal = Goal.BOUND;
        asked = true;
        retries.succeeded();
        if (attempt.isEmpty()) {
            reset(account.server());
            bind(now);
        }
    }

    /** Registers as if never before, with another Call-ID; what is under way does not count any more. */
    void registerAnew(long now) {
        drop();
        callId = context.token();
        register(now);
    }

    private void drop() {
        attempt.flatMap(Attempt::request).ifPresent(ClientRequest::abandon);
        attempt = Optional.empty();
    }

    void unregister(long now) {
        if (goal == Goal.NONE) {
            return;
        }
        goal = Goal.UNBOUND;
        context.agenda.cancel(timer);
        keepAlive.stop();
        if (attempt.isEmpty()) {
            unbind(now);
        }
    }

    boolean isIdle() {
        return attempt.isEmpty() && goal == Goal.NONE;
    }

    boolean isWanted() {
        return goal == Goal.BOUND;
    }

    /** Tells whether nothing has come of registering yet. */
    boolean isFirst() {
        return first;
    }

    boolean isAt(InetAddress server) {
        return binding.filter(known -> known.hop().peer().getAddress().equals(server)).isPresent();
    }

    /** Tells whether what comes unasked over a flow may concern us: from our server, or from anybody when we have none. */
    boolean trusts(Flow flow) {
        return binding.isEmpty() || account.isAt(flow.remote().getAddress());
    }

    // ---- what makes it register anew before its time

    void onFlowClosed(Flow flow, long now) {
        boolean ours = binding.filter(known -> known.hop().protocol().equals(flow.protocol()) && known.hop().peer().equals(flow.remote()))
            .isPresent();
        if (ours) {
            revived |= goal == Goal.BOUND;
            account.webSocket().lost();
            renew(now);
        }
    }

    /** Our addresses are others now, or the ways to the servers are. */
    void onNetworkChanged(long now) {
        if (goal == Goal.BOUND) {
            drop();
            account.forgetMapping();
            revived = true;
            retries.succeeded();
            renew(now);
        }
    }

    /** A server says with any answer where it sees us: somewhere else than when we registered is a new mapping of a NAT's (RFC 3581). */
    void onEcho(Hop hop, Response response, long now) {
        if (attempt.isEmpty() && !hop.reliable() && isOver(hop)
                && !response.cseq().method().equals(SipMethod.REGISTER)) {
            Optional<InetSocketAddress> known = account.expected(hop);
            Optional<InetSocketAddress> seen = ViaEcho.seen(response.via());
            if (seen.isPresent() && known.isPresent() && !seen.equals(known)) {
                renew(now);
            }
        }
    }

    /** A request of the account's brought nothing: if it went to our server, the registration is in doubt too. */
    void onSilence(Hop hop, Failure failure, long now) {
        boolean silent = failure instanceof Failure.TimedOut || failure instanceof Failure.TransportFailed;
        if (hop != null && silent && attempt.isEmpty() && isOver(hop)) {
            renew(now);
        }
    }

    /**
     * A call could not be made over these settings of the account's: goes to the next server, and registers there.
     *
     * @return whether there is one, or the account has moved already
     */
    boolean moveOn(AccountSettings used, Failure failure) {
        if (account.servers() < 2 || !isOfServer(failure)) {
            return false;
        }
        if (used.registrar().equals(account.settings().registrar()) && used.outboundProxy().equals(account.settings().outboundProxy())) {
            account.use((account.server() + 1) % account.servers());
        }
        return true;
    }

    private boolean isOver(Hop hop) {
        return binding.filter(known -> known.hop().protocol().equals(hop.protocol()) && known.hop().peer().equals(hop.peer())).isPresent();
    }

    /** Registers at once, but not for ever with a server that closes each connection. */
    private void renew(long now) {
        if (goal == Goal.BOUND && attempt.isEmpty() && mendedAt <= now) {
            // WebSocket has times of its own.
            mendedAt = account.webSocket().isUsed() ? now + retries.pause() : Math.max(now, mendedAt + LEAST_INTERVAL);
            context.agenda.cancel(timer);
            timer = context.agenda.at(mendedAt, then -> again(account.server(), then));
        }
    }

    /** Registers, with what was learnt before the last outcome forgotten. */
    private void again(int at, long now) {
        if (attempt.isEmpty()) {
            server = at;
            tried = 1;
            moves = 0;
            goHome();
            bind(now);
        }
    }

    // ---- the two requests

    private void bind(long now) {
        context.agenda.cancel(timer);
        if (!(told instanceof RegistrationState.Registered)) {
            tell(new RegistrationState.Registering());
        }
        send(new Attempt(false), expires, now);
    }

    private void unbind(long now) {
        if (binding.isEmpty() || !habits().leave()) {
            binding = Optional.empty();
            goal = Goal.NONE;
            account.forgetFacts();
            tell(new RegistrationState.Unregistered());
            return;
        }
        tell(new RegistrationState.Unregistering());
        send(new Attempt(true), 0, now);
    }

    private void send(Attempt next, long seconds, long now) {
        attempt = Optional.of(next);
        AccountSettings settings = account.settingsAt(server);
        Request template = Outgoing.outside(context, settings, SipMethod.REGISTER, registrar, settings.identity(), callId, localTag)
            .set(HeaderName.EXPIRES, Long.toString(seconds))
            .set(HeaderName.ALLOW, context.extensions.allow())
            .set(HeaderName.SUPPORTED, writer.supported())
            .build();
        next.request = Optional.of(context.requests.send(new ClientRequest.Plan(template, Outgoing.nextHop(settings, registrar),
            Optional.of(account), next::contacts, () -> ++sequence), next, now));
    }

    private void tell(RegistrationState state) {
        boolean outcome = state instanceof RegistrationState.Registered;
        if (!state.equals(told) || asked && outcome) {
            asked &= !outcome;
            told = state;
            context.emit(new SipEvent.RegistrationChanged(account.id(), state));
        }
    }

    // ---- outcomes

    private void bound(Attempt done, Response response, long now) {
        SipUri contact = done.contact.orElseThrow();
        Hop hop = done.request.flatMap(ClientRequest::hop).orElseThrow();
        binding = Optional.of(new Binding(contact, hop));
        account.webSocket().use(hop);
        long granted = granted(contact, response);
        if (granted == 0) {
            binding = Optional.empty();
            failed(new Failure.ProtocolError("The registrar accepted the registration and ended it at once"), now);
            return;
        }
        retries.worked();
        first = false;
        forgiven = false;
        tried = 1;
        account.use(server);
        stay(done.request.orElseThrow(), now);
        RegistrationFacts facts = RegistrationFacts.read(registrar, response, entry(contact, response));
        if (account.learn(facts)) {
            context.emit(new SipEvent.RegistrationLearned(account.id(), facts, server));
        }
        boolean moved = learn(hop, response) || !writer.uri(hop).equals(contact); // our router may have told of a port meanwhile
        if (moved && moves++ < MAX_MOVES) {
            bind(now);
            return;
        }
        if (revived || !(told instanceof RegistrationState.Registered)) {
            revived = false;
            context.agenda.at(now, then -> context.revivals.tell(account, then));
        }
        tell(new RegistrationState.Registered(contact, granted));
        long life = Context.seconds(granted);
        long delay = Math.min(context.between(life / 2, life / 10 * 9), Math.max(life - 5 * Ticker.SECOND, life / 2));
        boolean back = awayUntil < now + delay;
        timer = context.agenda.at(back ? awayUntil : now + delay, then -> again(then >= awayUntil ? 0 : account.server(), then));
        keepAlive.start(hop, facts.flowTimer(), facts.outbound(), now);
        account.registered(server, hop, facts.outbound(), now);
    }

    /** Stays with this server: for good when it is the best one, for a while when it stands in for that. */
    private void stay(ClientRequest request, long now) {
        long away = now + account.settings().failOver().returnAfter();
        Optional<Target> target = request.target();
        long until = target.isEmpty() ? Ticker.NEVER
            : context.stickiness.registered(target.get(), request.isAtBest() ? Ticker.NEVER : away, now);
        if (server == 0) {
            awayUntil = until;
        } else if (awayUntil == Ticker.NEVER || awayUntil <= now) {
            awayUntil = away;
        }
    }

    /** Takes the address that the registrar saw us at (RFC 3581); tells whether our Contact changes by it. */
    private boolean learn(Hop hop, Response response) {
        return ViaEcho.seen(response.via()).flatMap(seen -> context.local(hop.protocol(), hop.peer())
            .filter(local -> ViaEcho.counts(hop.protocol(), local, seen) && account.isSeenTruly(local.getAddress(),
                hop.peer().getAddress()))
            .map(local -> account.learn(hop.protocol(), local, seen, hop.peer()))).orElse(false);
    }

    private ServerHabits habits() {
        return account.settings().registration().habits();
    }

    private static Optional<NameAddr> entry(SipUri contact, Response response) {
        return response.contacts().stream().filter(entry -> contact.equivalent(entry.uri())).findFirst();
    }

    /** What was granted to our Contact, or to all, or as asked. */
    private long granted(SipUri contact, Response response) {
        if (habits().expiry() == ServerHabits.Expiry.OURS) {
            return expires;
        }
        if (habits().expiry() == ServerHabits.Expiry.HEADER && response.expires().isPresent()) {
            return Math.min(LONGEST_EXPIRY, response.expires().getAsLong());
        }
        OptionalLong own = entry(contact, response).flatMap(entry -> entry.parameters().get("expires")).map(Failures::leadingNumber)
            .orElse(OptionalLong.empty());
        return Math.min(LONGEST_EXPIRY, own.orElse(response.expires().orElse(expires)));
    }

    private void refused(Response response, long now) {
        OptionalLong least = response.seconds(HeaderName.MIN_EXPIRES);
        if (response.status() == 423 && least.isPresent() && least.getAsLong() > expires) {
            expires = least.getAsLong();
            bind(now);
            return;
        }
        if (writer.yields(response.status())) {
            bind(now);
            return;
        }
        redirects.add(response);
        Optional<SipUri> elsewhere = response.status() < 400 ? redirects.next() : Optional.empty();
        if (elsewhere.isPresent()) {
            registrar = elsewhere.get();
            bind(now);
        } else {
            failed(Failures.of(response), now);
        }
    }

    private void failed(Failure failure, long now) {
        keepAlive.stop();
        boolean quick = !forgiven && !account.webSocket().isUsed() && told instanceof RegistrationState.Registered;
        if (failure instanceof Failure.TransportFailed && quick) {
            forgiven = true;
            timer = context.agenda.at(Math.max(now, mendedAt), then -> again(account.server(), then));
            mendedAt = Math.max(now, mendedAt) + LEAST_INTERVAL;
            return;
        }
        if (isOfServer(failure) && tried < account.servers()) {
            tried++;
            server = (server + 1) % account.servers();
            goHome();
            bind(now);
            return;
        }
        tried = 1;
        first = false;
        server = 0;
        goHome();
        OptionalLong delay = retries.delayAfter(failure);
        if (delay.isEmpty()) {
            goal = Goal.NONE;
            account.forgetFacts();
            tell(new RegistrationState.Failed(failure));
            return;
        }
        long retryAt = now + delay.getAsLong();
        tell(new RegistrationState.Waiting(failure, retryAt));
        timer = context.agenda.at(retryAt, this::bind);
    }

    /** Tells whether another server may do better. */
    private static boolean isOfServer(Failure failure) {
        return failure instanceof Failure.Rejected refusal ? refusal.status() == 408 || refusal.status() >= 500 && refusal.status() < 600
            : !(failure instanceof Failure.AuthenticationFailed) && !(failure instanceof Failure.Redirected);
    }

    /** One REGISTER. */
    private final class Attempt implements ClientRequest.Handler {
        private final boolean removal;
        private Optional<SipUri> contact = Optional.empty();
        private Optional<ClientRequest> request = Optional.empty();

        private Attempt(boolean removal) {
            this.removal = removal;
        }

        Optional<ClientRequest> request() {
            return request;
        }

        private boolean replaces() {
            return habits().replace() && !writer.isBoundToFlow();
        }

        /** Our present Contact, and the end of an earlier one. */
        private List<NameAddr> contacts(Hop hop) {
            List<NameAddr> contacts = new ArrayList<>();
            SipUri present = writer.uri(hop);
            if (!removal) {
                contact = Optional.of(present);
                contacts.add(writer.entry(present));
                contacts.addAll(account.settings().registration().others());
            }
            // By instance and reg-id the registrar knows itself that a new Contact is in place of the old (RFC 5626 §6).
            binding.filter(old -> removal || replaces() && !old.contact().equals(present)).ifPresent(old ->
                contacts.add((removal ? writer.entry(old.contact()) : NameAddr.of(old.contact())).withParameter("expires", "0")));
            if (removal) {
                account.settings().registration().others().forEach(other -> contacts.add(other.withParameter("expires", "0")));
            }
            return contacts;
        }

        /** Tells whether this still counts; it does not when the network has changed meanwhile. */
        private boolean isCurrent() {
            return attempt.filter(now -> now == this).isPresent();
        }

        @Override
        public void onFinal(ClientRequest request, Response response, long now) {
            if (!isCurrent()) {
                return;
            }
            attempt = Optional.empty();
            if (removal || goal != Goal.BOUND) {
                if (!removal && response.isSuccess()) {
                    binding = Optional.of(new Binding(contact.orElseThrow(), request.hop().orElseThrow()));
                }
                turned(now);
            } else if (response.isSuccess()) {
                bound(this, response, now);
            } else {
                refused(response, now);
            }
        }

        @Override
        public void onFailure(ClientRequest request, Failure failure, long now) {
            if (!isCurrent()) {
                return;
            }
            attempt = Optional.empty();
            if (removal || goal != Goal.BOUND) {
                turned(now);
            } else {
                failed(failure, now);
            }
        }

        /** The removal is done, well or not; or the user wanted something else meanwhile. */
        private void turned(long now) {
            if (removal) {
                binding = Optional.empty();
            }
            if (goal == Goal.BOUND) {
                reset(account.server());
                bind(now);
            } else {
                unbind(now);
            }
        }
    }
}
