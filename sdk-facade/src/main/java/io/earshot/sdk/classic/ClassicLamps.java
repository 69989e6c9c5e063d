package io.earshot.sdk.classic;

import io.earshot.api.Account;
import io.earshot.api.Failure;
import io.earshot.api.presence.LineState;
import io.earshot.api.presence.Watch;
import io.earshot.api.presence.WatchState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** The busy lamps: whose calls are watched, and what becomes of {@code enableblf} by it (B-138). Safe for use by any thread. */
final class ClassicLamps {
    private static final int OFF = 0;
    private static final int BY_SUCCESS = 1;
    private static final int ON = 2;
    /** Cannot be switched off, by failures neither. */
    static final int ALWAYS = 3;

    private final Account account;
    private final Consumer<Notification> sink;
    private final IntSupplier mode;
    private final Supplier<Duration> expires;
    private final IntConsumer set;
    private final Map<String, Watch<LineState>> watches = new ConcurrentHashMap<>();

    /**
     * Makes the lamps of an account.
     *
     * @param mode the parameter enableblf
     * @param expires the life of subscriptions
     * @param set changes enableblf
     */
    ClassicLamps(Account account, Consumer<Notification> sink, IntSupplier mode, Supplier<Duration> expires, IntConsumer set) {
        this.account = account;
        this.sink = sink;
        this.mode = mode;
        this.expires = expires;
        this.set = set;
    }

    /** Watches somebody's calls, or asks anew how they are. */
    void watch(String user) {
        Watch<LineState> known = watches.get(user);
        if (known != null && !(known.state() instanceof WatchState.Ended)) {
            known.refresh();
            return;
        }
        Watch<LineState> watch = account.watches().withExpires(expires.get()).line(user);
        watches.put(user, watch);
        watch.onChange(state -> PresenceText.lamps(user, state).forEach(sink));
        watch.onState(state -> onState(user, state));
    }

    /** Others are to be watched than before. */
    void follow(List<String> before, List<String> now) {
        before.stream().filter(user -> !now.contains(user)).forEach(this::end);
        now.stream().filter(user -> !before.contains(user)).forEach(this::watch);
    }

    private void onState(String user, WatchState state) {
        Optional<Failure> failure = failure(state);
        if (failure.isPresent()) {
            sink.accept(PresenceText.lamp(user, "undefined", "failed", ""));
        }
        if (mode.getAsInt() != BY_SUCCESS) {
            return;
        }
        if (state instanceof WatchState.Active) {
            set.accept(ON);
        } else if (failure.filter(ClassicLamps::isAnswer).isPresent()
                && watches.values().stream().allMatch(one -> failure(one.state()).isPresent())) {
            set.accept(OFF); // nobody here has lamps
            endAll();
        }
    }

    private static Optional<Failure> failure(WatchState state) {
        return state instanceof WatchState.Ended ended ? ended.failure()
                : state instanceof WatchState.Waiting waiting ? Optional.of(waiting.failure()) : Optional.empty();
    }

    /** A network that is away says nothing about lamps. */
    private static boolean isAnswer(Failure failure) {
        return failure.sipStatus().isPresent() && !(failure instanceof Failure.TimedOut);
    }

    void end(String user) {
        Watch<LineState> watch = watches.remove(user);
        if (watch != null) {
            watch.close();
        }
    }

    void endAll() {
        List.copyOf(watches.keySet()).forEach(this::end);
    }
}
