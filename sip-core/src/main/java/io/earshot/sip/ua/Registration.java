package io.earshot.sip.ua;

import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.Flow;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.NameAddr;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.SipMethod;
import io.earshot.sip.message.SipUri;
import io.earshot.sip.transaction.Hop;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** One account's binding at its registrar: made, refreshed before it ends, made anew after failures, removed (RFC 3261 §10.2). */
final class Registration {
    private static final int MAX_MOVES = 2;
    private static final long LONGEST_EXPIRY = 86_400;
    private static final long LEAST_INTERVAL = 5 * Ticker.SECOND;

    private enum Goal { NONE, BOUND, UNBOUND }

    /** What the registrar holds: our Contact, and the way there. */
    private record Binding(SipUri contact, Hop hop) { }

    private final Context context;
    private final Account account;
    private final String callId;
    private final String localTag;
    private final RetryPolicy retries;
    private final KeepAlive keepAlive;
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
    /** Whether the user asked anew, and is to hear the outcome even if it is what was told before. */
    private boolean asked;
    private RegistrationState told = new RegistrationState.Unregistered();

    Registration(Context context, Account account) {
        this.context = context;
        this.account = account;
        this.callId = context.token();
        this.localTag = context.token();
        this.retries = new RetryPolicy(context, account.webSocket());
        this.keepAlive = new KeepAlive(context);
        reset();
    }

    private void reset() {
        expires = account.settings().expiresSeconds();
        registrar = account.settings().registrar().withoutUser();
        redirects = new Redirects(context.config.maxRedirects(), registrar);
        moves = 0;
    }

    void register(long now) {
        goal = Goal.BOUND;
        asked = true;
        retries.succeeded();
        if (attempt.isEmpty()) {
            reset();
            bind(now);
        }
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

    /** Tells whether a flow comes from this account's server. */
    boolean isAt(Flow flow) {
        return binding.filter(known -> known.hop().peer().getAddress().equals(flow.remote().getAddress())).isPresent();
    }

    void onFlowClosed(Flow flow, long now) {
        boolean ours = binding.filter(known -> known.hop().protocol().equals(flow.protocol()) && known.hop().peer().equals(flow.remote()))
            .isPresent();
        if (ours && goal == Goal.BOUND && attempt.isEmpty() && mendedAt <= now) {
            account.webSocket().lost();
            // At once, but not for ever with a server that closes each connection; WebSocket has times of its own.
            mendedAt = account.webSocket().isUsed() ? now + retries.pause() : Math.max(now, mendedAt + LEAST_INTERVAL);
            context.agenda.cancel(timer);
            timer = context.agenda.at(mendedAt, this::bind);
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
        if (binding.isEmpty()) {
            goal = Goal.NONE;
            tell(new RegistrationState.Unregistered());
            return;
        }
        tell(new RegistrationState.Unregistering());
        send(new Attempt(true), 0, now);
    }

    private void send(Attempt next, long seconds, long now) {
        attempt = Optional.of(next);
        AccountSettings settings = account.settings();
        Request template = Outgoing.outside(context, settings, SipMethod.REGISTER, registrar, settings.identity(), callId, localTag)
            .set(HeaderName.EXPIRES, Long.toString(seconds))
            .set(HeaderName.ALLOW, context.extensions.allow())
            .build();
        context.requests.send(new ClientRequest.Plan(template, Outgoing.nextHop(settings, registrar), Optional.of(account), next::contacts,
            () -> ++sequence), next, now);
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

    private void bound(SipUri contact, Hop hop, Response response, long now) {
        binding = Optional.of(new Binding(contact, hop));
        account.webSocket().use(hop);
        long granted = granted(contact, response);
        if (granted == 0) {
            binding = Optional.empty();
            failed(new Failure.ProtocolError("The registrar accepted the registration and ended it at once"), now);
            return;
        }
        retries.succeeded();
        if (learn(hop, response) && moves++ < MAX_MOVES) {
            bind(now);
            return;
        }
        tell(new RegistrationState.Registered(contact, granted));
        long life = Context.seconds(granted);
        long delay = Math.min(context.between(life / 2, life / 10 * 9), Math.max(life - 5 * Ticker.SECOND, life / 2));
        timer = context.agenda.at(now + delay, then -> {
            moves = 0;
            bind(then);
        });
        keepAlive.start(hop, now);
    }

    /** Takes the address that the registrar saw us at (RFC 3581); tells whether our Contact changes by it. */
    private boolean learn(Hop hop, Response response) {
        if (!context.config.learnPublicAddress()) {
            return false;
        }
        return ViaEcho.seen(response.via()).flatMap(seen -> context.local(hop.protocol(), hop.peer())
            .filter(local -> counts(hop.protocol(), local, seen))
            .map(local -> account.learn(hop.protocol(), local, seen, hop.peer()))).orElse(false);
    }

    /**
     * Over connections, what the registrar sees is our end of this one: of use where nobody can connect to us, as there is a NAT between,
     * or, over TLS, as user agents have no certificates (RFC 3261 §26.3.1).
     */
    private static boolean counts(String protocol, InetSocketAddress local, InetSocketAddress seen) {
        return protocol.equals("UDP") || protocol.equals("TLS") || protocol.equals("TCP") && !local.getAddress().equals(seen.getAddress());
    }

    /** What was granted to our Contact, or to all, or as asked. */
    private long granted(SipUri contact, Response response) {
        for (NameAddr entry : response.contacts()) {
            if (contact.equivalent(entry.uri())) {
                OptionalLong own = entry.parameters().get("expires").map(Failures::leadingNumber).orElse(OptionalLong.empty());
                return Math.min(LONGEST_EXPIRY, own.orElse(response.expires().orElse(expires)));
            }
        }
        return Math.min(LONGEST_EXPIRY, response.expires().orElse(expires));
    }

    private void refused(Response response, long now) {
        OptionalLong least = response.seconds(HeaderName.MIN_EXPIRES);
        if (response.status() == 423 && least.isPresent() && least.getAsLong() > expires) {
            expires = least.getAsLong();
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
        registrar = account.settings().registrar().withoutUser();
        redirects = new Redirects(context.config.maxRedirects(), registrar);
        OptionalLong delay = retries.delayAfter(failure);
        if (delay.isEmpty()) {
            goal = Goal.NONE;
            tell(new RegistrationState.Failed(failure));
            return;
        }
        long retryAt = now + delay.getAsLong();
        tell(new RegistrationState.Waiting(failure, retryAt));
        timer = context.agenda.at(retryAt, this::bind);
    }

    /** One REGISTER. */
    private final class Attempt implements ClientRequest.Handler {
        private final boolean removal;
        private Optional<SipUri> contact = Optional.empty();

        private Attempt(boolean removal) {
            this.removal = removal;
        }

        /** Our present Contact, and the end of an earlier one. */
        private List<NameAddr> contacts(Hop hop) {
            List<NameAddr> contacts = new ArrayList<>();
            SipUri present = context.contact(Optional.of(account), account.settings().contactUser(), hop);
            if (!removal) {
                contact = Optional.of(present);
                contacts.add(NameAddr.of(present));
            }
            binding.filter(old -> removal || !old.contact().equals(present))
                .ifPresent(old -> contacts.add(NameAddr.of(old.contact()).withParameter("expires", "0")));
            return contacts;
        }

        @Override
        public void onFinal(ClientRequest request, Response response, long now) {
            attempt = Optional.empty();
            if (removal || goal != Goal.BOUND) {
                if (!removal && response.isSuccess()) {
                    binding = Optional.of(new Binding(contact.orElseThrow(), request.hop().orElseThrow()));
                }
                turned(now);
            } else if (response.isSuccess()) {
                bound(contact.orElseThrow(), request.hop().orElseThrow(), response, now);
            } else {
                refused(response, now);
            }
        }

        @Override
        public void onFailure(ClientRequest request, Failure failure, long now) {
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
                reset();
                bind(now);
            } else {
                unbind(now);
            }
        }
    }
}
