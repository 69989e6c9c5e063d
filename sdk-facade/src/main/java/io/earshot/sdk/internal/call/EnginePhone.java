package io.earshot.sdk.internal.call;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.Account;
import io.earshot.api.AccountConfig;
import io.earshot.api.Call;
import io.earshot.api.CallOptions;
import io.earshot.api.CallRecord;
import io.earshot.api.Failure;
import io.earshot.api.IncomingCall;
import io.earshot.api.Phone;
import io.earshot.api.PhoneEvent;
import io.earshot.api.PhoneNetwork;
import io.earshot.api.VoipException;
import io.earshot.api.audio.AudioBridge;
import io.earshot.api.audio.AudioDevices;
import io.earshot.api.audio.CallSounds;
import io.earshot.api.audio.Recordings;
import io.earshot.api.calls.CallRules;
import io.earshot.api.codec.CodecPreferences;
import io.earshot.api.raw.RawSip;
import io.earshot.sdk.internal.chat.OutboxStore;
import io.earshot.sdk.internal.loop.Promise;
import io.earshot.sdk.internal.loop.Published;
import io.earshot.sdk.internal.loop.SerialExecutor;
import io.earshot.sdk.internal.loop.Threads;
import io.earshot.sdk.internal.net.LocalNetworks;
import io.earshot.sdk.internal.registry.Providers;
import io.earshot.sip.ua.AccountId;
import io.earshot.sip.ua.EndCause;
import io.earshot.sip.ua.SessionId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The phone: accounts and calls, and which engine event belongs to which of them. */
public final class EnginePhone implements Phone {
    private static final Logger LOG = LoggerFactory.getLogger(EnginePhone.class);

    private final EngineRuntime runtime;
    private final EngineContext context;
    private final CallStarter starter;
    private final EventDesk desk;
    private final CallTransfers transfers;
    private final IncomingTransfers incoming;
    private final ChatRoom chat;
    private final RuleBook rules;
    private final RawDoor raw;
    private final CallTones tones;
    private final EventRouter router;
    private final EngineRecordings recordings;
    private final List<Consumer<PhoneEvent>> listeners = new CopyOnWriteArrayList<>();
    private final Published<Optional<Consumer<? super IncomingCall>>> handler = new Published<>(Optional.empty());
    private final NetworkMonitor network;
    private final AtomicBoolean closed = new AtomicBoolean();

    // Confined to the signalling loop.
    private final Map<AccountId, EngineAccount> accounts = new HashMap<>();
    private final List<EngineAccount> accountOrder = new ArrayList<>();
    private final Map<SessionId, CallSession> sessions = new HashMap<>();
    private final Set<CallSession> calls = new LinkedHashSet<>();
    private boolean shut;

    private EnginePhone(EngineRuntime runtime, Optional<OutboxStore> store) {
        this.runtime = runtime;
        this.context = runtime.context();
        this.starter = new CallStarter(context, this);
        this.transfers = new CallTransfers(context);
        this.incoming = new IncomingTransfers(context, this, starter);
        this.rules = new RuleBook(context, this);
        this.raw = new RawDoor(context);
        this.tones = new CallTones(context);
        this.router = new EventRouter(context, this, starter, raw);
        this.recordings = new EngineRecordings(context, runtime.uploaders());
        this.desk = new EventDesk(context, id -> Optional.ofNullable(accounts.get(id)), this::tell);
        this.chat = new ChatRoom(context, this, store);
        this.network = new NetworkMonitor(context.settings().networkCheckNanos(), LocalNetworks::addresses, context.loop().workers(),
                context.loop()::execute, context.wallClock(), this::onNetworkChanged);
        context.loop().execute(() -> {
            context.signalling().add(network);
            context.signalling().lifeSigns().looksBy(network::look);
        });
        context.router().notices(text -> tell(new PhoneEvent.Notice(text)));
        runtime.outlets().attach(context, network, calls::isEmpty, text -> tell(new PhoneEvent.Notice(text)));
    }

    EventDesk desk() {
        return desk;
    }

    /**
     * Opens sockets and starts loops.
     *
     * @throws VoipException when a port is in use or a provider is missing
     */
    public static EnginePhone open(PhoneSettings settings, Providers providers, Threads threads) {
        Published<Optional<EnginePhone>> phone = new Published<>(Optional.empty());
        // The phone is there before a socket is, so that no event comes too early.
        Optional<OutboxStore> store = settings.dataFolder().map(EnginePhone::store);
        try {
            EngineRuntime.start(settings, providers, threads, runtime -> phone.set(Optional.of(new EnginePhone(runtime, store))),
                    event -> phone.get().orElseThrow().router.on(event));
        } catch (VoipException refused) {
            store.ifPresent(EnginePhone::closed);
            throw refused;
        }
        EnginePhone opened = phone.get().orElseThrow();
        try {
            opened.recordings.begin();
        } catch (VoipException refused) {
            opened.close();
            throw refused;
        }
        opened.context.loop().execute(opened.chat::begin);
        return opened;
    }

    private static OutboxStore store(Path folder) {
        try {
            return OutboxStore.open(folder);
        } catch (IOException refused) {
            throw new VoipException(new Failure.LocalResource("The data folder " + folder + " cannot be used: " + refused.getMessage()
                    + "; choose another with dataFolder(path)."), refused);
        }
    }

    private static void closed(OutboxStore store) {
        try {
            store.close();
        } catch (IOException late) {
            LOG.info("Closing the store of messages met {}", late.toString());
        }
    }

    // ---- the program's side

    @Override
    public Account register(AccountConfig config) {
        EngineAccount account = add(config);
        try {
            account.register();
            return account;
        } catch (VoipException refused) {
            account.close();
            throw refused;
        }
    }

    @Override
    public CompletableFuture<Account> registerAsync(AccountConfig config) {
        EngineAccount account = add(config);
        return account.registerAsync().<Account>thenApply(done -> account).whenComplete((done, refused) -> {
            if (refused != null) {
                account.close();
            }
        });
    }

    @Override
    public Account addAccount(AccountConfig config) {
        return add(config);
    }

    private EngineAccount add(AccountConfig config) {
        requireNonNull(config, "config");
        open();
        EngineAccount account = new EngineAccount(context, this, config);
        return onLoop(() -> {
            accounts.put(account.attach(), account);
            accountOrder.add(account);
            return account;
        });
    }

    @Override
    public List<Account> accounts() {
        return onLoop(() -> List.copyOf(accountOrder));
    }

    @Override
    public List<Call> calls() {
        return onLoop(() -> calls.stream().<Call>map(CallSession::handle).toList());
    }

    @Override
    public PhoneNetwork network() {
        return new EngineNetwork(context, network);
    }

    @Override
    public AudioBridge bridge() {
        return context.room();
    }

    @Override
    public AudioDevices audioDevices() {
        return context.room().devices();
    }

    @Override
    public void onEvent(Consumer<? super PhoneEvent> listener) {
        listeners.add(SerialExecutor.inOrder(context.callbacks(), requireNonNull(listener, "listener")));
    }

    @Override
    public void onCall(Consumer<? super IncomingCall> taker) {
        handler.set(Optional.of(requireNonNull(taker, "handler")));
    }

    @Override
    public CallRules callRules() {
        return rules.wanted();
    }

    @Override
    public void callRules(CallRules changed) {
        rules.wanted(changed);
    }

    @Override
    public CodecPreferences codecs() {
        return context.codecs().preferences();
    }

    @Override
    public void codecs(CodecPreferences preferences) {
        requireNonNull(preferences, "preferences");
        context.codecs().preferences(preferences);
    }

    @Override
    public CallSounds callSounds() {
        return tones.wanted();
    }

    @Override
    public void callSounds(CallSounds sounds) {
        tones.wanted(sounds);
    }

    @Override
    public Recordings recordings() {
        return recordings;
    }

    @Override
    public RawSip raw() {
        return raw;
    }

    @Override
    public List<String> listeningOn() {
        return onLoop(() -> context.signalling().addresses());
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        Promise<Boolean> idle = new Promise<>(context.callbacks());
        context.loop().execute(() -> {
            shut = true;
            List.copyOf(calls).forEach(CallSession::hangup);
            context.signalling().engine().shutdown(context.now());
            context.signalling().add(now -> {
                if (context.signalling().engine().isSettled()) {
                    idle.complete(true);
                }
                return io.earshot.api.time.Ticker.NEVER;
            });
        });
        await(idle.future(), context.settings().closeTimeout(), "Peers did not confirm");
        List<CompletableFuture<CallRecord>> ends = onLoop(() -> {
            accountOrder.forEach(account -> account.abandon("The phone was closed."));
            chat.abandon();
            raw.close();
            List<CallSession> left = List.copyOf(calls);
            left.forEach(session -> session.end(new EndCause.LocalHangup()));
            return left.stream().map(session -> session.handle().ended()).toList();
        });
        await(CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new)), Duration.ofSeconds(1), "The last events were not taken");
        chat.close();
        await(recordings.close(), context.settings().closeTimeout(), "An upload did not end");
        await(context.loop().submit(() -> context.router().close()).thenCompose(closing -> closing), Duration.ofSeconds(1),
                "The router did not take its ports back");
        runtime.close();
    }

    private static void await(CompletableFuture<?> future, Duration most, String otherwise) {
        try {
            future.get(most.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            LOG.info("{} within {} ms; closing all the same", otherwise, most.toMillis());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException failed) {
            LOG.info("Closing met {}", failed.getCause().toString());
        }
    }

    EngineCall dial(EngineAccount account, RuleBook.Plan plan, CallOptions options) {
        open();
        return starter.dial(account, plan, options);
    }

    boolean isClosed() {
        return closed.get();
    }

    private void open() {
        if (closed.get()) {
            throw new VoipException(new Failure.Cancelled("The phone is closed."));
        }
    }

    private <T> T onLoop(java.util.function.Supplier<T> question) {
        try {
            return context.loop().submit(question).join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof VoipException known ? known : failed;
        }
    }

    // ---- the signalling loop's side

    Optional<Consumer<? super IncomingCall>> handler() {
        return handler.get();
    }

    CallTransfers transfers() {
        return transfers;
    }

    IncomingTransfers incoming() {
        return incoming;
    }

    Optional<CallSession> session(SessionId id) {
        return Optional.ofNullable(sessions.get(id));
    }

    ChatRoom chat() {
        return chat;
    }

    /** Returns an account that is not closed; on the loop. */
    Optional<EngineAccount> account(AccountId id) {
        return Optional.ofNullable(accounts.get(id));
    }

    /** Returns the accounts that are not closed, the oldest first; on the loop. */
    List<EngineAccount> openAccounts() {
        return accountOrder;
    }

    /** Returns the account of an address of record; on the loop. */
    Optional<EngineAccount> account(String address) {
        return accountOrder.stream().filter(account -> account.address().equals(address)).findFirst();
    }

    /** Returns the number of a call as programs know it; on the loop. */
    OptionalLong callNumber(Optional<SessionId> id) {
        return id.map(sessions::get).map(session -> OptionalLong.of(session.handle().id())).orElse(OptionalLong.empty());
    }

    RuleBook rules() {
        return rules;
    }

    /** Returns the calls that are not over; on the loop. */
    Set<CallSession> live() {
        return calls;
    }

    /** Tells whether nothing new may begin; on the loop. */
    boolean isShut() {
        return shut;
    }

    void add(CallSession session) {
        calls.add(session);
    }

    void know(SessionId id, CallSession session) {
        sessions.put(id, session);
    }

    void forget(SessionId id) {
        sessions.remove(id);
    }

    void forget(CallSession session) {
        calls.remove(session);
    }

    void forget(EngineAccount account) {
        context.loop().execute(() -> {
            calls.stream().filter(session -> session.handle().account() == account).toList().forEach(CallSession::hangup);
            if (accounts.remove(account.id()) != null) {
                accountOrder.remove(account);
                context.signalling().engine().removeAccount(account.id(), context.now());
                account.abandon("The account was closed.");
            }
        });
    }

    String userOf(EngineCall call) {
        return ((EngineAccount) call.account()).user();
    }

    void tell(PhoneEvent event) {
        if (event instanceof PhoneEvent.InCall inCall) {
            desk.onCall(inCall);
            tones.on(inCall.call(), inCall.event());
            recordings.on((EngineCall) inCall.call(), inCall.event());
        }
        runtime.outlets().tunnel().ifPresent(door -> door.onEvent(event, context.now()));
        listeners.forEach(listener -> listener.accept(event));
    }

    /** Tells whether anybody listens to the events of this phone. */
    boolean isHeard() {
        return !listeners.isEmpty();
    }

    private void onNetworkChanged() {
        context.signalling().engine().onNetworkChanged(context.now());
        context.nats().forget();
        accountOrder.forEach(account -> account.port().open());
        List.copyOf(calls).forEach(CallSession::onNetworkChanged);
        tell(new PhoneEvent.NetworkChanged(network.isOnline(), network.addresses()));
    }
}
