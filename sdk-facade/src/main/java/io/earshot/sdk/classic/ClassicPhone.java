package io.earshot.sdk.classic;

import io.earshot.api.Account;
import io.earshot.api.Phone;
import io.earshot.api.PhoneEvent;
import io.earshot.api.VoipException;
import io.earshot.api.codec.CodecPreferences;
import io.earshot.sdk.internal.loop.Lazy;
import io.earshot.sdk.internal.loop.Published;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A phone with classic parameters, functions and notifications. Safe for use by any thread; functions return at once, their outcome comes
 * as notifications, and none of them throws. It can be stopped and started again. What it can do is in its parts, by topic;
 * {@link ClassicFunctions} has all of it by name.
 */
public final class ClassicPhone implements AutoCloseable {
    /** Stands for the current line, or the best. */
    static final int CURRENT = -1;
    /** Stands for all lines. */
    static final int ALL = -2;

    private static final int FULL_LOG = 5;
    private static final Logger LOG = LoggerFactory.getLogger("webphone");

    private final Consumer<Notification> sink;
    private final ClassicMailbox mailbox;
    private final Published<Settings> settings;
    private final Published<Lazy<Running>> engine = new Published<>(new Lazy<>(this::open));
    private final ClassicParts parts;
    private final AtomicBoolean announced = new AtomicBoolean();

    /** The parameters, and what they mean. */
    private record Settings(ClassicParameters parameters, ClassicConfig config) {
        static Settings of(ClassicParameters parameters) {
            return new Settings(parameters, ClassicConfig.of(parameters));
        }
    }

    /** What exists while the phone is open. */
    record Running(Phone phone, Published<Account> account, ClassicSound sound, Published<ClassicPresence> presence,
            AtomicBoolean begun) { }

    /**
     * Makes a phone that is not started.
     *
     * @param sink takes notifications in order; must not block for long
     */
    public ClassicPhone(ClassicParameters parameters, Consumer<Notification> sink) {
        ClassicMachine.prepare(parameters);
        this.settings = new Published<>(Settings.of(parameters));
        this.sink = sink;
        this.mailbox = new ClassicMailbox(this);
        this.parts = new ClassicParts(this);
    }

    /**
     * Opens sockets, registers and calls as the parameters say. Starting twice is harmless.
     *
     * @return whether it started; if not, an ERROR notification has said why
     */
    public boolean start() {
        announce();
        Running on;
        try {
            on = engine.get().get();
        } catch (VoipException | IllegalArgumentException refused) {
            if (String.valueOf(refused.getMessage()).contains("port")) {
                send(Notification.log("ERROR", "catch on udp bind " + refused.getMessage()));
            }
            error(refused);
            return false;
        }
        if (on.begun.compareAndSet(false, true)) {
            ClassicNetwork.warning(parameters()).ifPresent(text -> send(Notification.event("WARNING", text)));
            ClassicSecurity.warning(parameters()).ifPresent(text -> send(Notification.event("WARNING", text)));
            send(Notification.start("sip"));
            send(Notification.status("Initialized"));
            parts.accounts().begin(on);
            parts.reports().begin();
            parts.exit().begin();
            parts.neighbours().begin();
        }
        return true;
    }

    /**
     * Makes the functions ready, and starts as {@code startsipstack} says: at once, after some seconds, or with the first registration or
     * call.
     */
    boolean begin() {
        long when = parameters().isOn("autostart") ? parameters().number("startsipstack") : 0;
        if (when == 1 || when == 2) {
            return start();
        }
        announce();
        if (when > 0) {
            parts.later(TimeUnit.SECONDS.toMillis(when), this::start);
        }
        return true;
    }

    private void announce() {
        if (announced.compareAndSet(false, true)) {
            send(Notification.start("api"));
        }
    }

    private Running open() {
        parts.saved().load();
        Phone phone = ClassicPort.open(parameters(), parts.saved());
        try {
            phone.onEvent(event -> onEvent(phone, event));
            phone.callRules(ClassicRules.of(parameters()));
            parts.people().restore(phone);
            Account account = parts.accounts().open(phone, parts.accounts().config());
            ClassicDevices.apply(parameters(), phone);
            ClassicTones.apply(parameters(), parts.folder().path(), phone, this::warn);
            ClassicRecordings.apply(parameters(), parts.folder().path(), phone);
            ClassicSound sound = new ClassicSound(phone, config().sound());
            parts.traffic().watch(phone);
            if (parameters().isOn("capabilityrequest")) {
                account.options().ask(account.address());
            }
            return new Running(phone, new Published<>(account), sound, new Published<>(presence(account)), new AtomicBoolean());
        } catch (VoipException | IllegalArgumentException refused) {
            phone.close();
            throw refused;
        }
    }

    private void warn(String text) {
        send(Notification.event("WARNING", text));
    }

    ClassicPresence presence(Account account) {
        return new ClassicPresence(account, config().presence(), this::send, blf -> set(List.of("enableblf=" + blf)));
    }

    /** Tells whether it is started and not stopped. */
    public boolean isStarted() {
        return engine.get().peek() != null;
    }

    /** Ends calls and the registration, waits for peers a moment, and stops; it can be started again. Twice is harmless. */
    public void stop() {
        Lazy<Running> slot = engine.get();
        if (slot.peek() != null) {
            engine.set(new Lazy<>(this::open));
            parts.lines().all().forEach(ClassicLine::destroyed);
            slot.ifPresent(on -> on.phone.close());
            parts.accounts().unregistered();
            parts.onStopped();
        }
        announced.set(false);
        send(Notification.stop());
    }

    /** Stops. */
    @Override
    public void close() {
        parts.windows().close();
        stop();
        parts.saved().close();
        parts.log().flush();
    }

    // ---- parts

    ClassicParts parts() {
        return parts;
    }

    /** Returns the notifications for a program that fetches them. */
    public ClassicMailbox mailbox() {
        return mailbox;
    }

    /** Returns what is known of the network. */
    public ClassicOnline network() {
        return parts.network();
    }

    /** Returns what sends texts and keys. */
    public ClassicTexts texts() {
        return parts.texts();
    }

    /** Returns what makes and steers calls. */
    public ClassicCalls calls() {
        return parts.calls();
    }

    /** Returns its windows, where there are any. */
    public ClassicWindows windows() {
        return parts.windows();
    }

    /** Returns the numbers of the lines that have calls, in order. */
    public List<Integer> lines() {
        return parts.lines().numbers();
    }

    // ---- parameters

    /** Returns the parameters in force. */
    public ClassicParameters parameters() {
        return settings.get().parameters;
    }

    ClassicConfig config() {
        return settings.get().config;
    }

    /**
     * Sets parameters, {@code name=value} each. They are in force from the next call, message or registration on, those of sockets from
     * the next start on.
     *
     * @return whether all of them are known and have values they can have; if not, an ERROR notification has said which is wrong and why,
     *     and the others are set
     */
    public boolean set(List<String> arguments) {
        List<String> problems = parameters().with(arguments).problems();
        problems.forEach(problem -> send(Notification.event("ERROR", problem)));
        boolean kept = guard(() -> settings.update(now -> Settings.of(now.parameters.with(arguments).parameters())));
        Running on = engine.get().peek();
        return kept && (on == null || guard(() -> apply(on))) && problems.isEmpty();
    }

    /** Sets parameters as {@link #set} does, for the next start too where {@code autocfgsave} says so. */
    boolean keep(List<String> arguments) {
        boolean done = set(arguments);
        parts.saved().own(arguments);
        return done;
    }

    private void apply(Running on) {
        on.phone.callRules(ClassicRules.of(parameters()));
        parts.people().restore(on.phone);
        ClassicDevices.apply(parameters(), on.phone);
        ClassicTones.apply(parameters(), parts.folder().path(), on.phone, this::warn);
        CodecPreferences codecs = ClassicCodecs.of(parameters());
        if (!codecs.equals(on.phone.codecs())) {
            on.phone.codecs(codecs);
        }
        on.account.get().transferRules(ClassicTransfers.rules(parameters()));
        on.presence.get().update(config().presence());
        parts.accounts().registerNumbered();
    }

    // ---- what happens

    private void onEvent(Phone phone, PhoneEvent event) {
        if (event instanceof PhoneEvent.RegistrationChanged changed) {
            parts.accounts().on(changed);
        } else if (event instanceof PhoneEvent.InPresence news) {
            Optional.ofNullable(engine.get().peek()).ifPresent(on -> on.presence.get().on(news.event()));
        } else if (event instanceof PhoneEvent.InChat message) {
            parts.chat().on(message.event());
        } else if (event instanceof PhoneEvent.NetworkChanged changed) {
            parts.network().changed(changed, parts.lines().isEmpty());
        } else if (event instanceof PhoneEvent.Notice notice) {
            send(Notification.event("WARNING", notice.text()));
        } else if (event instanceof PhoneEvent.CallHandled rule && parameters().number("hideautocall") == 0) {
            send(Notification.event("EVENT", rule.rule()));
            parts.lines().adopt(CURRENT, rule.call(), Optional.empty()).because(ReasonText.ofRule(rule.rule()));
        }
    }

    void send(Notification notification) {
        if (parts != null) {
            parts.log().add(notification.line());
            parts.windows().on(notification);
        }
        boolean quiet = notification.level() > 1 && parameters().number("loglevel") == 0;
        if (config().events() < notification.level() || quiet) {
            return;
        }
        Notification told = parts == null ? notification : parts.words().translated(notification);
        mailbox.add(told);
        if (!mailbox.isOnlyWay()) {
            sink.accept(told);
        }
    }

    // ---- helpers

    /** Does something with the engine, once it is started. */
    boolean with(BiConsumer<Phone, Account> action) {
        return with(on -> action.accept(on.phone, on.account.get()));
    }

    boolean with(Consumer<Running> action) {
        Running on = engine.get().peek();
        if (on == null) {
            send(Notification.event("ERROR", "The phone is not started."));
            return false;
        }
        return guard(() -> action.accept(on));
    }

    /** Returns what exists while the phone is started. */
    Optional<Running> running() {
        return Optional.ofNullable(engine.get().peek());
    }

    /** Asks the engine something; empty, after an ERROR notification, when it is not started or refuses. */
    <R> Optional<R> asked(Function<Phone, R> question) {
        Published<Optional<R>> answer = new Published<>(Optional.empty());
        with((open, account) -> answer.set(Optional.of(question.apply(open))));
        return answer.get();
    }

    boolean guard(Runnable action) {
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

    /** Says something in the log; SIP messages only where the log is as detailed as that (coverage C-55). */
    void log(String text) {
        if (logsTraffic()) {
            send(Notification.log(text));
        }
    }

    boolean logsTraffic() {
        return parameters().number("loglevel") >= FULL_LOG;
    }

    /** Sets where lines of the log for the console go, instead of the logger {@code webphone}; must not block for long. */
    public void console(Consumer<String> to) {
        parts.log().console(to);
    }

    /** Says that this phone is a program of its own, which this ends: API_Exit does, and another phone does with {@code singleinstance}. */
    public void onExit(Runnable end) {
        parts.exit().program(end);
    }

    /** Tells whether the end waits for peers and the server, which {@code exitmethod} says. */
    public boolean endsInOrder() {
        return parts.exit().isInOrder();
    }

    /** Tells whether a program may end the JVM with the phone, which {@code systemexit} says. */
    public boolean endsJvm() {
        return parameters().number("systemexit") != 0;
    }

    /** Ends the phone as API_Exit does: in the way of the parameters. */
    public boolean exit() {
        return parts.exit().exit();
    }

    /** A mistake of ours. */
    void defect(String where, RuntimeException mistake) {
        LOG.error("A defect in {}", where, mistake);
        send(Notification.log("CRITICAL", where + " failed: " + mistake));
        send(Notification.bare("ERROR", where + " failed: " + mistake));
    }
}
