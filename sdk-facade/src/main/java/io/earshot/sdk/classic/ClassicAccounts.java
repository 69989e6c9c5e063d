package io.earshot.sdk.classic;

import io.earshot.api.Account;
import io.earshot.api.AccountConfig;
import io.earshot.api.Failure;
import io.earshot.api.Phone;
import io.earshot.api.PhoneEvent;
import io.earshot.api.RegistrationState;
import io.earshot.sdk.classic.Notification.Endpoint;
import io.earshot.sdk.classic.Notification.Marks;
import io.earshot.sdk.internal.loop.Published;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The account of the parameters, the secondary ones, and their registrations (B-037 to B-056). Safe for use by any thread. */
final class ClassicAccounts {
    /** The registered field of STATUS, which is also what API_IsRegisteredEx returns. */
    private static final int NOT_NEEDED = 1;
    private static final int YES = 2;
    private static final int WORKING_YES = 3;
    private static final int WORKING = 4;
    private static final int UNREGISTERED = 6;
    private static final int FAILED = 7;

    private final ClassicPhone phone;
    private final AtomicInteger registered = new AtomicInteger();
    private final AtomicBoolean autoCalled = new AtomicBoolean();
    private final Map<String, Account> secondary = new ConcurrentHashMap<>();
    private final Published<Optional<Failure>> failure = new Published<>(Optional.empty());

    ClassicAccounts(ClassicPhone phone) {
        this.phone = phone;
    }

    /** Returns the account of the parameters. */
    AccountConfig config() {
        return ClassicRules.identify(phone.parameters(), phone.config().account());
    }

    Account open(Phone engine, AccountConfig config) {
        Account account = engine.addAccount(config);
        account.onCall(phone.calls()::onIncoming);
        account.transferRules(ClassicTransfers.rules(phone.parameters()));
        account.options().keepAlive(ClassicHabits.ping(phone.parameters()));
        return account;
    }

    /** The phone has started. */
    void begin(ClassicPhone.Running on) {
        autoCalled.set(false);
        secondary.clear();
        if (phone.config().register()) {
            register();
        } else {
            registered.set(NOT_NEEDED);
            phone.send(Notification.status("Ready"));
            on.presence().get().begin();
            autoCall();
        }
        phone.parameters().given("extraregisteraccounts").ifPresent(this::registerMore);
        phone.guard(this::registerNumbered);
    }

    // ---- functions

    /** Registers the account of the parameters; one that is not the present one replaces it (B-034). */
    boolean register() {
        phone.send(Notification.status("Register..."));
        phone.send(Notification.event("EVENT", "Connecting..."));
        if (ClassicSecurity.isTls(phone.parameters())) {
            phone.send(Notification.status("Securing..."));
        }
        return phone.with(on -> {
            AccountConfig wanted = config();
            Account old = on.account().get();
            if (wanted.equals(old.config())) {
                old.registerAnew();
                return;
            }
            Account fresh = open(on.phone(), wanted);
            on.account().set(fresh);
            on.presence().set(phone.presence(fresh));
            if (old.address().equals(fresh.address())) {
                // Both are reached at the same place: the end of the old one must not take the new one along.
                CompletableFuture<Void> left = old.unregisterAsync();
                left.orTimeout(phone.parameters().number("waitforunregister"), TimeUnit.MILLISECONDS).whenComplete((done, late) -> {
                    old.close();
                    fresh.registerAsync();
                });
            } else {
                old.close();
                fresh.registerAsync();
            }
        });
    }

    /** Registers secondary accounts: {@code server,user,password,interval,proxy,realm,authuser;…}. */
    boolean registerMore(String accounts) {
        return phone.with(on -> {
            for (String text : accounts.split(";")) {
                if (!text.isBlank()) {
                    registerMore(on, ExtraAccount.parse(text, phone.config().account()));
                }
            }
        });
    }

    private void registerMore(ClassicPhone.Running on, AccountConfig config) {
        Optional.ofNullable(secondary.remove(config.address())).ifPresent(Account::close);
        Account account = open(on.phone(), config);
        secondary.put(config.address(), account);
        account.registerAsync();
    }

    /** Registers the accounts of {@code username2} and so on that are not yet, or not as the parameters say. */
    void registerNumbered() {
        List<AccountConfig> wanted = ExtraAccount.numbered(phone.parameters(), phone.config().account());
        phone.running().filter(on -> on.begun().get()).ifPresent(on -> wanted.stream()
                .filter(config -> !Optional.ofNullable(secondary.get(config.address())).map(Account::config).equals(Optional.of(config)))
                .forEach(config -> registerMore(on, config)));
    }

    /**
     * Ends calls and registrations (B-032).
     *
     * @param wait 1 to wait until the server knows, as long as {@code waitforunregister} says
     */
    boolean unregister(int wait) {
        return phone.with(on -> {
            phone.parts().lines().all().forEach(line -> line.call().hangup());
            List<CompletableFuture<Void>> ends = Stream.concat(Stream.of(on.account().get()), secondary.values().stream())
                    .map(Account::unregisterAsync).toList();
            if (wait == 1) {
                await(CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new)));
            }
            if (phone.parameters().number("clearcredentialsonunreg") == 1) {
                clear();
            }
        });
    }

    private void await(CompletableFuture<Void> ends) {
        try {
            ends.get(phone.parameters().number("waitforunregister"), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException late) {
            phone.send(Notification.event("WARNING", "The server has not confirmed that we are un-registered."));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** Forgets who we are; what is registered stays until API_Unregister. */
    boolean clear() {
        return phone.keep(List.of("serveraddress=DEF", "username=DEF", "password=DEF", "md5=DEF", "realm=DEF", "sipusername=DEF",
                "displayname=DEF"));
    }

    /** Asks a server or user what it can do; an EVENT tells the answer. */
    boolean ask(String server, String user) {
        return phone.with((engine, account) -> {
            String host = server.isBlank() ? ClassicLine.hostOf(account.address()) : server;
            String target = "sip:" + (user.isBlank() ? "" : user + "@") + host;
            line("Outband");
            account.options().ask(target).whenComplete((answer, refused) -> {
                if (refused == null) {
                    phone.send(Notification.event("EVENT", "OPTIONS answered by " + target));
                } else {
                    phone.error(refused);
                }
            });
        });
    }

    // ---- what is asked

    int state() {
        return registered.get();
    }

    boolean isRegistered() {
        return registered.get() == YES || registered.get() == WORKING_YES;
    }

    String failReason(boolean extended) {
        return failure.get().map(why -> extended ? why.sentence() : ReasonText.ofRegistration(why)).orElse("");
    }

    /** Returns the best account for these, or with {@code strict} the one that they all hold for; empty texts hold for any. */
    Optional<Account> find(List<String> wanted, boolean strict) {
        List<Account> all = new ArrayList<>(phone.running().map(on -> List.of(on.account().get())).orElse(List.of()));
        all.addAll(secondary.values());
        Account best = null;
        long most = -1;
        for (Account account : all) {
            AccountConfig config = account.config();
            String user = ClassicLine.userOf(config.address());
            List<String> facts = List.of(ClassicLine.hostOf(config.address()), config.outboundProxy().orElse(""), user,
                    config.authUser().orElse(user));
            long same = java.util.stream.IntStream.range(0, facts.size()).filter(i -> holds(wanted.get(i), facts.get(i))).count();
            if (same > most && (!strict || same == facts.size())) {
                best = account;
                most = same;
            }
        }
        return Optional.ofNullable(best);
    }

    private static boolean holds(String wanted, String fact) {
        return wanted.isBlank() || wanted.equalsIgnoreCase(fact) || wanted.equalsIgnoreCase(fact.replaceFirst(":[0-9]+$", ""));
    }

    /** Returns 0 working, 1 success, 2 failed, 3 not registered. */
    static int number(RegistrationState state) {
        return state instanceof RegistrationState.Registered ? 1 : state instanceof RegistrationState.Failed ? 2
                : state instanceof RegistrationState.Registering ? 0 : 3;
    }

    static String text(RegistrationState state) {
        return state instanceof RegistrationState.Failed failed ? ReasonText.ofRegistration(failed.failure())
                : List.of("Registering...", "Registered", "Register failed", "Unregistered").get(number(state));
    }

    // ---- what happens

    void on(PhoneEvent.RegistrationChanged changed) {
        Optional<Account> main = phone.running().map(on -> on.account().get());
        if (main.filter(account -> account == changed.account()).isPresent()) {
            onMain(changed.state());
        } else if (secondary.containsValue(changed.account()) && changed.state() instanceof RegistrationState.Failed failed) {
            phone.send(Notification.event("WARNING", changed.account().address() + ": " + failed.failure().sentence()));
        }
    }

    private void onMain(RegistrationState state) {
        phone.network().registration(state);
        if (state instanceof RegistrationState.Registering) {
            registered.set(WORKING);
            phone.send(Notification.status("Registering..."));
            line("Registering");
        } else if (state instanceof RegistrationState.Registered) {
            registered.set(YES);
            phone.send(Notification.status("Registered."));
            phone.send(Notification.event("EVENT", "Authenticated successfully."));
            line("Registered");
            phone.with((ClassicPhone.Running on) -> on.presence().get().begin());
            autoCall();
        } else if (state instanceof RegistrationState.Failed failed) {
            boolean before = isRegistered();
            registered.set(FAILED);
            failure.set(Optional.of(failed.failure()));
            phone.send(Notification.status(ReasonText.ofRegistration(failed.failure(), before, phone.network().isOnline())));
            phone.send(Notification.event("ERROR", failed.failure().sentence()));
            autoCall();
        } else {
            unregistered();
        }
    }

    /** Says so once: the event and the end of closing both know it. */
    void unregistered() {
        if (registered.get() > NOT_NEEDED && registered.getAndSet(UNREGISTERED) != UNREGISTERED) {
            line("Unregister");
            phone.send(Notification.status("Unregistered"));
        }
    }

    /** Says how what is not a call stands, on line 0. */
    void line(String text) {
        String address = config().address();
        String user = ClassicLine.userOf(address);
        Endpoint server = new Endpoint(user, user, 1, ClassicLine.hostOf(address), "");
        phone.send(Notification.status(0, text, server, phone.parts().lines().flags(), Marks.NONE));
    }

    private void autoCall() {
        if (phone.config().callTo().isPresent() && autoCalled.compareAndSet(false, true)) {
            phone.calls().call(ClassicPhone.CURRENT, phone.config().callTo().get());
        }
    }
}
