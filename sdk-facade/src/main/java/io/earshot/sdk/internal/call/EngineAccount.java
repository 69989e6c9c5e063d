package io.earshot.sdk.internal.call;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.Account;
import io.earshot.api.AccountConfig;
import io.earshot.api.Call;
import io.earshot.api.CallOptions;
import io.earshot.api.Failure;
import io.earshot.api.IncomingCall;
import io.earshot.api.IncomingTransfer;
import io.earshot.api.PhoneEvent;
import io.earshot.api.RegistrationDetails;
import io.earshot.api.RegistrationState;
import io.earshot.api.TransferRules;
import io.earshot.api.VoipException;
import io.earshot.api.chat.Messages;
import io.earshot.sdk.internal.loop.Promise;
import io.earshot.sdk.internal.loop.Published;
import io.earshot.sip.ua.AccountId;
import io.earshot.sip.ua.CallPolicy;
import io.earshot.sip.ua.RegistrationFacts;
import io.earshot.sip.ua.SipEngine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** An account: the handle that programs hold, and what the signalling loop keeps of it. */
final class EngineAccount implements Account {
    private final EngineContext context;
    private final EnginePhone phone;
    private final AccountConfig config;
    private final String user;
    private final Optional<String> instance;
    private final int first;
    private final Published<RegistrationDetails> details = new Published<>(RegistrationDetails.NONE);
    private final Published<RegistrationState> state = new Published<>(new RegistrationState.Unregistered());
    private final Published<Optional<Consumer<? super IncomingCall>>> handler = new Published<>(Optional.empty());
    private final AtomicBoolean closed = new AtomicBoolean();
    private final EnginePresence presence;
    private final EngineWatches watches;

    private final Published<Optional<Consumer<? super IncomingTransfer>>> transferHandler = new Published<>(Optional.empty());
    private final Published<TransferRules> rules = new Published<>(TransferRules.DEFAULT);
    private final EngineMessages messages;
    private final EngineOptions options;
    private final AccountPort port;

    // Confined to the signalling loop.
    private AccountId id;
    private final List<Promise<Void>> registering = new ArrayList<>(1);
    private final List<Promise<Void>> unregistering = new ArrayList<>(1);
    /** Whether the engine is to hold a registration, and so has news for us to come. */
    private boolean wanted;

    EngineAccount(EngineContext context, EnginePhone phone, AccountConfig config) {
        this.context = context;
        this.phone = phone;
        this.config = config;
        this.user = Addresses.authUser(config);
        this.presence = new EnginePresence(phone.desk(), this);
        this.watches = new EngineWatches(phone.desk(), this);
        this.messages = new EngineMessages(context, phone, this);
        this.options = new EngineOptions(context, phone, this);
        this.port = new AccountPort(context, this);
        this.instance = InstanceName.of(config.registration());
        Addresses.settings(config, instance);
        this.first = context.transports().first(config);
    }

    @Override
    public EnginePresence presence() {
        return presence;
    }

    @Override
    public EngineWatches watches() {
        return watches;
    }

    EngineContext context() {
        return context;
    }

    /** Adds it to the engine; on the loop. */
    AccountId attach() {
        CallPolicy calls = ServerSettings.policy(config, context.settings().calls(), context.routes().trickles(config.nat()));
        id = context.signalling().engine().addAccount(Addresses.settings(config, instance, Optional.of(calls), first), context.now());
        port.open();
        return id;
    }

    AccountId id() {
        return id;
    }

    AccountPort port() {
        return port;
    }

    EngineMessages chat() {
        return messages;
    }

    boolean isClosed() {
        return closed.get();
    }

    /**
     * Refuses what a closed account cannot do.
     *
     * @throws VoipException when it is closed
     */
    void checkOpen() {
        if (closed.get() || phone.isClosed()) {
            throw new VoipException(new Failure.Cancelled(closed.get() ? "The account is closed." : "The phone is closed."));
        }
    }

    @Override
    public Messages messages() {
        return messages;
    }

    @Override
    public EngineOptions options() {
        return options;
    }

    String user() {
        return user;
    }

    Optional<Consumer<? super IncomingCall>> handler() {
        return handler.get();
    }

    Optional<Consumer<? super IncomingTransfer>> transferHandler() {
        return transferHandler.get();
    }

    TransferRules rules() {
        return rules.get();
    }

    CallTransfers transfers() {
        return phone.transfers();
    }

    @Override
    public void onTransfer(Consumer<? super IncomingTransfer> taker) {
        transferHandler.set(Optional.of(requireNonNull(taker, "handler")));
    }

    @Override
    public void transferRules(TransferRules wanted) {
        rules.set(requireNonNull(wanted, "rules"));
    }

    @Override
    public AccountConfig config() {
        return config;
    }

    @Override
    public String address() {
        return config.address();
    }

    @Override
    public RegistrationState state() {
        return state.get();
    }

    @Override
    public RegistrationDetails details() {
        return details.get();
    }

    /** The registrar told more; on the loop. */
    void onDetails(RegistrationFacts facts, int server) {
        context.transports().keep(config, server);
        details.set(ServerSettings.details(facts));
    }

    @Override
    public Call dial(String target, CallOptions options) {
        RuleBook.Plan plan = phone.rules().plan(target, this);
        requireNonNull(options, "options");
        if (closed.get()) {
            throw new VoipException(new Failure.Cancelled("The account is closed."));
        }
        return phone.dial(this, plan, options);
    }

    @Override
    public Call redial() {
        return dial(phone.rules().lastDialled());
    }

    @Override
    public void onCall(Consumer<? super IncomingCall> taker) {
        handler.set(Optional.of(requireNonNull(taker, "handler")));
    }

    @Override
    public void register() {
        startRegistering().await();
    }

    @Override
    public CompletableFuture<Void> registerAsync() {
        return startRegistering().future();
    }

    @Override
    public CompletableFuture<Void> registerAnew() {
        return startRegistering(engine -> engine.registerAnew(id, context.now())).future();
    }

    Promise<Void> startRegistering() {
        return startRegistering(engine -> engine.register(id, context.now()));
    }

    private Promise<Void> startRegistering(Predicate<SipEngine> begin) {
        Promise<Void> promise = new Promise<>(context.callbacks());
        context.loop().execute(() -> {
            if (closed.get() || phone.isShut() || !begin.test(context.signalling().engine())) {
                promise.fail(new Failure.Cancelled(phone.isShut() ? "The phone is closed." : "The account is closed."));
                return;
            }
            wanted = true;
            registering.add(promise);
        });
        return promise;
    }

    @Override
    public void unregister() {
        startUnregistering().await();
    }

    @Override
    public CompletableFuture<Void> unregisterAsync() {
        return startUnregistering().future();
    }

    private Promise<Void> startUnregistering() {
        Promise<Void> promise = new Promise<>(context.callbacks());
        context.loop().execute(() -> {
            if (!wanted || phone.isShut() || !context.signalling().engine().unregister(id, context.now())) {
                promise.complete(null);
                return;
            }
            unregistering.add(promise);
        });
        return promise;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            phone.forget(this);
        }
    }

    /** The registration moved; on the loop. */
    void onState(io.earshot.sip.ua.RegistrationState moved) {
        RegistrationState now = convert(moved);
        if (moved instanceof io.earshot.sip.ua.RegistrationState.Unregistering) {
            return;
        }
        state.set(now);
        if (moved instanceof io.earshot.sip.ua.RegistrationState.Registered at) {
            options.registered(at.contact());
            settle(registering, Optional.empty());
            settle(unregistering, Optional.of(new Failure.Cancelled("The account was registered again.")));
            phone.chat().wake(this, Optional.empty());
        } else if (now instanceof RegistrationState.Failed failed) {
            wanted = !failed.retryIn().isZero();
            settle(registering, Optional.of(failed.failure()));
            settle(unregistering, Optional.of(failed.failure()));
        } else if (now instanceof RegistrationState.Unregistered) {
            wanted = false;
            settle(unregistering, Optional.empty());
            settle(registering, Optional.of(new Failure.Cancelled("The account was un-registered.")));
        }
        phone.tell(new PhoneEvent.RegistrationChanged(this, now));
    }

    /** Ends what waits for an outcome that will not come, and says that we are not registered any more; on the loop. */
    void abandon(String why) {
        wanted = false;
        port.close();
        settle(registering, Optional.of(new Failure.Cancelled(why)));
        settle(unregistering, Optional.empty());
        if (!(state.get() instanceof RegistrationState.Unregistered)) {
            state.set(new RegistrationState.Unregistered());
            phone.tell(new PhoneEvent.RegistrationChanged(this, state.get()));
        }
    }

    private RegistrationState convert(io.earshot.sip.ua.RegistrationState moved) {
        if (moved instanceof io.earshot.sip.ua.RegistrationState.Registered registered) {
            return new RegistrationState.Registered(Duration.ofSeconds(registered.expiresSeconds()));
        }
        if (moved instanceof io.earshot.sip.ua.RegistrationState.Waiting waiting) {
            return new RegistrationState.Failed(Failures.of(waiting.cause(), config.address(), user),
                    Duration.ofNanos(Math.max(0, waiting.retryAt() - context.now())));
        }
        if (moved instanceof io.earshot.sip.ua.RegistrationState.Failed failed) {
            return new RegistrationState.Failed(Failures.of(failed.cause(), config.address(), user), Duration.ZERO);
        }
        return moved instanceof io.earshot.sip.ua.RegistrationState.Registering ? new RegistrationState.Registering()
                : new RegistrationState.Unregistered();
    }

    private static void settle(List<Promise<Void>> waiting, Optional<Failure> failure) {
        List<Promise<Void>> all = List.copyOf(waiting);
        waiting.clear();
        all.forEach(promise -> failure.ifPresentOrElse(promise::fail, () -> promise.complete(null)));
    }

    @Override
    public String toString() {
        return config.toString();
    }
}
