package io.earshot.sdk.classic;

import io.earshot.api.Account;
import io.earshot.api.Call;
import io.earshot.api.CallEvent;
import io.earshot.api.CallOptions;
import io.earshot.api.IncomingCall;
import io.earshot.api.Phone;
import io.earshot.api.PhoneEvent;
import io.earshot.api.RegistrationState;
import io.earshot.api.VoipException;
import io.earshot.api.calls.CallReason;
import io.earshot.sdk.classic.Notification.Endpoint;
import io.earshot.sdk.classic.Notification.Flags;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * A phone with classic parameters, functions and notifications. Safe for use by any thread; functions return at once, their outcome comes
 * as notifications, and none of them throws.
 */
public final class ClassicPhone implements AutoCloseable {
    /** Stands for the current line, or the best. */
    private static final int CURRENT = -1;
    private static final int REGISTRATION_NOT_NEEDED = 1;
    private static final int UNREGISTERED = 6;
    private static final int HELD_HERE = 2;
    private static final int HELD_THERE = 3;
    private static final int HELD_BOTH = 4;
    /** Stands for all lines. */
    private static final int ALL = -2;

    private final ClassicParameters parameters;
    private final ClassicConfig config;
    private final Consumer<Notification> sink;
    private final ClassicOnline network;
    private final Map<Integer, ClassicLine> lines = new ConcurrentHashMap<>();
    /** Who holds which line, as the hold field of a STATUS line says it; a line that nobody holds is not in it. */
    private final Map<Integer, Integer> held = new ConcurrentHashMap<>();
    /** SIP headers of every call. */
    private final Map<String, String> extra = new ConcurrentHashMap<>();
    private final AtomicInteger current = new AtomicInteger(1);
    private final AtomicInteger registered = new AtomicInteger();
    private final AtomicBoolean autoCalled = new AtomicBoolean();
    private final ClassicChat chat;
    private final ClassicTexts texts;
    private final CompletableFuture<Running> running = new CompletableFuture<>();
    private final ClassicTransfers transfers;

    /** What exists once the phone is open. */
    private record Running(Phone phone, Account account, ClassicSound sound, ClassicPresence presence) { }

    /**
     * Makes a phone that is not started.
     *
     * @param sink takes notifications in order; must not block for long
     */
    public ClassicPhone(ClassicParameters parameters, Consumer<Notification> sink) {
        this.parameters = parameters;
        this.config = ClassicConfig.of(parameters);
        this.sink = sink;
        this.transfers = new ClassicTransfers(this, ClassicTransfers.Settings.of(parameters));
        this.chat = new ClassicChat(ClassicChat.Settings.of(parameters), this::send);
        this.texts = new ClassicTexts(this, chat, parameters);
        this.network = new ClassicOnline(this::send);
    }

    /**
     * Opens sockets, registers and calls as the parameters say.
     *
     * @return whether it started; if not, an ERROR notification has said why
     */
    public boolean start() {
        send(Notification.start("api"));
        try {
            running.complete(open(ClassicConfig.apply(parameters, Phone.builder()).open()));
        } catch (VoipException | IllegalArgumentException refused) {
            error(refused);
            return false;
        }
        ClassicNetwork.warning(parameters).ifPresent(text -> send(Notification.event("WARNING", text)));
        send(Notification.start("sip"));
        send(Notification.status("Initialized"));
        if (config.register()) {
            register();
        } else {
            registered.set(REGISTRATION_NOT_NEEDED);
            running.join().presence.begin();
            autoCall();
        }
        return true;
    }

    private Running open(Phone phone) {
        try {
            phone.onEvent(this::onEvent);
            phone.callRules(ClassicRules.of(parameters));
            Account account = phone.addAccount(ClassicRules.identify(parameters, config.account()));
            ClassicSound sound = new ClassicSound(phone, config.sound());
            account.onCall(this::onIncoming);
            account.transferRules(ClassicTransfers.rules(parameters));
            account.options().keepAlive(ClassicHabits.optionsInterval(parameters));
            if (parameters.isOn("capabilityrequest")) {
                account.options().ask(config.account().address());
            }
            return new Running(phone, account, sound, new ClassicPresence(account, config.presence(), this::send));
        } catch (VoipException | IllegalArgumentException refused) {
            phone.close();
            throw refused;
        }
    }

    /** Registers the account. */
    public boolean register() {
        send(Notification.status("Register..."));
        send(Notification.event("EVENT", "Connecting..."));
        return with(on -> on.account.registerAsync());
    }

    /** Removes the registration. */
    public boolean unregister() {
        return with(on -> on.account.unregisterAsync());
    }

    /**
     * Calls somebody.
     *
     * @param line -1 for the best
     * @param peer a number, user or address; empty calls the last one again
     */
    public boolean call(int line, String peer) {
        send(Notification.status("Starting call to " + peer));
        send(Notification.event("EVENT", "call [earshot]"));
        return with(on -> {
            Call call = peer.isBlank() ? on.account.redial() : on.account.dial(texts.callee(peer), options());
            send(Notification.status("Call"));
            send(Notification.status("Call Initiated"));
            adopt(line, call, Optional.empty());
        });
    }

    /** Returns what sends texts and keys. */
    public ClassicTexts texts() {
        return texts;
    }

    /** Ends calls: -1 the current one, -2 all. */
    public boolean hangup(int line) {
        send(Notification.status("Hangup"));
        send(Notification.event("EVENT", "hangup [earshot]"));
        return each(line, one -> {
            if (!transfers.onHangup(one)) {
                one.call().hangup();
            }
        });
    }

    /** Ends calls as {@link #hangup(int)} does and tells peers why. */
    public boolean hangup(int line, String reason) {
        return reason.isBlank() ? hangup(line) : each(line, one -> one.call().hangup(new CallReason("SIP", 0, reason)));
    }

    /** Sends a call that rings here elsewhere. */
    public boolean forward(int line, String peer) {
        return each(ringing(line), one -> transfers.forward(one, peer));
    }

    /**
     * Sets the SIP headers of everything sent in a call, or with -2 in all calls from now on.
     *
     * @param headers lines {@code Name: value}
     */
    public boolean setSipHeader(int line, String headers) {
        return guard(() -> {
            Map<String, String> wanted = ClassicRules.headers(headers);
            if (line < 0) {
                extra.clear();
                extra.putAll(wanted);
            }
            lines.values().stream().filter(one -> line < 0 || one.number() == line).forEach(one -> one.call().headers(wanted));
        });
    }

    /** Returns a header of the peer's last message in a call; a text that begins with {@code ERROR:} when there is none. */
    public String sipHeader(int line, String name) {
        ClassicLine one = lines.get(line == CURRENT ? best() : line);
        return one == null ? "ERROR: no such line" : one.call().details().header(name).orElse("ERROR: no such header");
    }

    /** Returns the users whose calls are refused, separated by commas. */
    public String blacklist() {
        return running.isDone() ? String.join(",", running.join().phone.callRules().screening().blacklist()) : "";
    }

    private CallOptions options() {
        CallOptions options = config.calls().options();
        for (Map.Entry<String, String> header : extra.entrySet()) {
            options = options.withHeader(header.getKey(), header.getValue());
        }
        return options;
    }

    /** Answers a call that rings here. */
    public boolean accept(int line) {
        send(Notification.status("Accept"));
        return each(ringing(line), one -> one.incoming().ifPresent(call -> call.answerAsync(config.calls().options())));
    }

    /** Refuses a call that rings here. */
    public boolean reject(int line) {
        return each(ringing(line), one -> one.incoming().ifPresent(call -> call.reject(486)));
    }

    /** Returns what is known of the network. */
    public ClassicOnline network() {
        return network;
    }

    /** Looks at the network at once and registers anew (B-189). */
    public boolean checkConnection() {
        return with(on -> on.phone.network().check());
    }

    /** Puts calls on hold, or takes them off. */
    public boolean hold(int line, boolean state) {
        return each(line, one -> {
            CompletableFuture<Void> done = state ? one.call().holdAsync() : one.call().resumeAsync();
            done.whenComplete((ok, refused) -> {
                if (refused != null) {
                    error(refused);
                }
            });
        });
    }

    /** Runs one of the functions of presence, busy lamps and voice mail; empty when the command is none of them. */
    Optional<Boolean> presence(ClassicCommand command) {
        AtomicBoolean known = new AtomicBoolean();
        AtomicBoolean done = new AtomicBoolean();
        boolean ran = with(on -> on.presence.run(command).ifPresent(result -> {
            known.set(true);
            done.set(result);
        }));
        return !ran ? Optional.of(false) : known.get() ? Optional.of(done.get()) : Optional.empty();
    }

    /**
     * Makes the peer of a call talk to somebody else, in the way of parameter {@code transfertype}.
     *
     * @param line -1 for the current one
     * @param peer whom; empty connects the peers of the two calls there are
     */
    public boolean transfer(int line, String peer) {
        send(Notification.event("EVENT", "transfer [earshot]"));
        return each(line, one -> transfers.start(one, peer, List.copyOf(lines.values())));
    }

    /**
     * Mixes calls.
     *
     * @param peer somebody to call and add; empty mixes the calls there are
     */
    public boolean conference(String peer) {
        return with(on -> transfers.conference(List.copyOf(lines.values()), peer));
    }

    /** Calls somebody on a line of its own, for a transfer or a conference. */
    Call consult(String peer) {
        Call call = running.join().account.dial(peer, config.calls().options());
        adopt(CURRENT, call, Optional.empty());
        return call;
    }

    /** Gives a call that began by itself a line. */
    void adopt(Call call) {
        adopt(CURRENT, call, Optional.empty());
    }

    /** Returns the numbers of the lines that have calls, in order. */
    public List<Integer> lines() {
        return lines.keySet().stream().sorted().toList();
    }

    /** Ends calls and the registration, waits for peers a moment, and stops. Twice is harmless. */
    @Override
    public void close() {
        if (running.isDone()) {
            running.join().phone.close();
            unregistered();
        }
        send(Notification.stop());
    }

    // ---- what happens

    private void onEvent(PhoneEvent event) {
        if (event instanceof PhoneEvent.RegistrationChanged changed) {
            onRegistration(changed.state());
        } else if (event instanceof PhoneEvent.InPresence news) {
            running.thenAccept(on -> on.presence.on(news.event()));
        } else if (event instanceof PhoneEvent.InChat message) {
            chat.on(message.event());
        } else if (event instanceof PhoneEvent.NetworkChanged changed) {
            network.changed(changed, lines.isEmpty());
        } else if (event instanceof PhoneEvent.Notice notice) {
            send(Notification.event("WARNING", notice.text()));
        } else if (event instanceof PhoneEvent.CallHandled rule && parameters.number("hideautocall") == 0) {
            send(Notification.event("EVENT", rule.rule()));
            adopt(CURRENT, rule.call(), Optional.empty());
        }
    }

    private void onRegistration(RegistrationState state) {
        network.registration(state);
        if (state instanceof RegistrationState.Registering) {
            registered.set(4);
            send(Notification.status("Registering..."));
            registrationLine("Registering");
        } else if (state instanceof RegistrationState.Registered) {
            registered.set(2);
            send(Notification.status("Registered."));
            send(Notification.event("EVENT", "Authenticated successfully."));
            registrationLine("Registered");
            with(on -> on.presence.begin());
            autoCall();
        } else if (state instanceof RegistrationState.Failed failed) {
            registered.set(7);
            send(Notification.status(ReasonText.ofRegistration(failed.failure())));
            send(Notification.event("ERROR", failed.failure().sentence()));
            autoCall();
        } else {
            unregistered();
        }
    }

    /** Says so once: the event and the end of closing both know it. */
    private void unregistered() {
        if (registered.get() > REGISTRATION_NOT_NEEDED && registered.getAndSet(UNREGISTERED) != UNREGISTERED) {
            send(Notification.status("Unregistered"));
        }
    }

    private void registrationLine(String text) {
        String user = ClassicLine.userOf(config.account().address());
        Endpoint server = new Endpoint(user, user, 1, ClassicLine.hostOf(config.account().address()), "");
        send(Notification.status(0, text, server, flags(), 0));
    }

    private void autoCall() {
        if (config.callTo().isPresent() && autoCalled.compareAndSet(false, true)) {
            call(CURRENT, config.callTo().get());
        }
    }

    private void onIncoming(IncomingCall incoming) {
        adopt(CURRENT, incoming.call(), Optional.of(incoming));
        if (config.calls().autoAccept()) {
            guard(() -> incoming.answerAsync(config.calls().options()));
        }
    }

    private void adopt(int wanted, Call call, Optional<IncomingCall> incoming) {
        int number = free(wanted);
        ClassicLine line = new ClassicLine(this, number, call, incoming);
        while (lines.putIfAbsent(number, line) != null) {
            number = free(CURRENT);
            line = new ClassicLine(this, number, call, incoming);
        }
        if (current.getAndSet(number) != number) {
            send(Notification.line(number));
        }
        ClassicLine taken = line;
        call.onEvent(event -> {
            remember(taken.number(), event);
            taken.on(event);
        });
    }

    private void remember(int line, CallEvent event) {
        if (event instanceof CallEvent.Held now) {
            held.merge(line, now.by() == CallEvent.Side.LOCAL ? HELD_HERE : HELD_THERE, (old, more) -> old.equals(more) ? old : HELD_BOTH);
        } else if (event instanceof CallEvent.Resumed now) {
            int other = now.by() == CallEvent.Side.LOCAL ? HELD_THERE : HELD_HERE;
            held.computeIfPresent(line, (number, old) -> old == HELD_BOTH || old == other ? other : null);
        }
    }

    private int free(int wanted) {
        boolean usable = wanted >= 1 && !lines.containsKey(wanted);
        OptionalInt first = IntStream.iterate(1, n -> n + 1).filter(n -> !lines.containsKey(n)).findFirst();
        return usable ? wanted : first.orElseThrow();
    }

    void onConnected(ClassicLine line) {
        running.join().sound.connect(line.call());
        long longest = config.calls().longest().toMillis();
        line.call().ended().orTimeout(longest, TimeUnit.MILLISECONDS).exceptionally(late -> {
            send(Notification.event("WARNING", "max speech time expired on line " + line.number()));
            line.call().hangup();
            return null;
        });
    }

    void onFinished(ClassicLine line) {
        lines.remove(line.number(), line);
        network.idle(lines.isEmpty());
        held.remove(line.number());
        lines.keySet().stream().max(Comparator.naturalOrder()).ifPresent(current::set);
    }

    /** Returns 0 for a call that nobody holds, 2 for one that we hold, 3 for one that the peer holds, 4 for both. */
    int hold(ClassicLine line) {
        return held.getOrDefault(line.number(), 0);
    }

    Flags flags() {
        int inCall = lines.values().stream().map(line -> line.call().state())
                .mapToInt(state -> state == Call.State.ESTABLISHED ? 2 : state == Call.State.ENDED ? 0 : 1).max().orElse(0);
        return new Flags(network.isOnline(), registered.get(), inCall);
    }

    void send(Notification notification) {
        if (config.events() >= notification.level()) {
            sink.accept(notification);
        }
    }

    // ---- helpers

    /** Does something with the engine, once it is started. */
    boolean with(BiConsumer<Phone, Account> action) {
        return with(on -> action.accept(on.phone, on.account));
    }

    private boolean with(Consumer<Running> action) {
        if (!running.isDone()) {
            send(Notification.event("ERROR", "The phone is not started."));
            return false;
        }
        return guard(() -> action.accept(running.join()));
    }

    /** Does something with the calls of a line: -1 the current one, -2 all. */
    boolean each(int line, Consumer<ClassicLine> action) {
        List<ClassicLine> chosen = line == ALL ? List.copyOf(lines.values())
                : Optional.ofNullable(lines.get(line == CURRENT ? best() : line)).stream().toList();
        boolean all = !chosen.isEmpty();
        if (!all) {
            send(Notification.event("ERROR", "There is no such call" + (line > 0 ? " on line " + line : "") + "."));
        }
        for (ClassicLine one : chosen) {
            all &= guard(() -> action.accept(one));
        }
        return all;
    }

    /** The current line, or the only one that has a call (B-027). */
    private int best() {
        int now = current.get();
        return lines.containsKey(now) || lines.size() != 1 ? now : lines.keySet().iterator().next();
    }

    /** For -1, a line that rings here. */
    private int ringing(int line) {
        return line != CURRENT ? line : lines.values().stream()
                .filter(one -> one.incoming().isPresent() && one.call().state() == Call.State.RINGING)
                .mapToInt(ClassicLine::number).findFirst().orElse(CURRENT);
    }

    private boolean guard(Runnable action) {
        try {
            action.run();
            return true;
        } catch (VoipException | IllegalArgumentException | IllegalStateException refused) {
            error(refused);
            return false;
        }
    }

    void error(Throwable refused) {
        Throwable cause = refused.getCause() instanceof VoipException inner ? inner : refused;
        send(Notification.event("ERROR", String.valueOf(cause.getMessage())));
    }
}
