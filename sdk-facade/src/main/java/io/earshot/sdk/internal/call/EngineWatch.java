package io.earshot.sdk.internal.call;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.PhoneEvent;
import io.earshot.api.presence.PresenceEvent;
import io.earshot.api.presence.Watch;
import io.earshot.api.presence.WatchState;
import io.earshot.sdk.internal.loop.Published;
import io.earshot.sip.events.Reading;
import io.earshot.sip.message.Uri;
import io.earshot.sip.ua.EventNews;
import io.earshot.sip.ua.SubscribeRequest;
import io.earshot.sip.ua.SubscriptionId;
import io.earshot.sip.ua.SubscriptionState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A watch: the handle that programs hold, and what the signalling loop keeps of it. */
final class EngineWatch<T> implements Watch<T> {
    /** What is watched, and how its documents are read; does not change. */
    record What<T>(Kind kind, Uri target, SubscribeRequest request, Supplier<Interpreter<T>> interpreters) { }

    private final EventDesk desk;
    private final EngineAccount account;
    private final What<T> what;
    private final Published<Optional<T>> latest = new Published<>(Optional.empty());
    private final Published<WatchState> state = new Published<>(new WatchState.Connecting());
    private final List<Consumer<T>> listeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<WatchState>> stateListeners = new CopyOnWriteArrayList<>();

    // Confined to the signalling loop.
    private Optional<SubscriptionId> subscription = Optional.empty();
    private Interpreter<T> interpreter;
    private boolean closed;

    EngineWatch(EventDesk desk, EngineAccount account, What<T> what) {
        this.desk = desk;
        this.account = account;
        this.what = what;
        this.interpreter = what.interpreters.get();
    }

    SubscribeRequest request() {
        return what.request;
    }

    EngineAccount account() {
        return account;
    }

    @Override
    public Kind kind() {
        return what.kind;
    }

    @Override
    public String target() {
        return what.target.toString();
    }

    @Override
    public Optional<T> latest() {
        return latest.get();
    }

    @Override
    public WatchState state() {
        return state.get();
    }

    @Override
    public void onChange(Consumer<? super T> listener) {
        requireNonNull(listener, "listener");
        Consumer<T> ordered = desk.inOrder(listener);
        desk.onLoop(() -> {
            latest.get().ifPresent(ordered);
            listeners.add(ordered);
        });
    }

    @Override
    public void onState(Consumer<? super WatchState> listener) {
        requireNonNull(listener, "listener");
        Consumer<WatchState> ordered = desk.inOrder(listener);
        desk.onLoop(() -> {
            ordered.accept(state.get());
            stateListeners.add(ordered);
        });
    }

    @Override
    public void refresh() {
        desk.onLoop(() -> subscription.ifPresent(desk::refresh));
    }

    @Override
    public void close() {
        desk.onLoop(() -> {
            closed = true;
            subscription.ifPresent(desk::unsubscribe);
        });
    }

    // ---- the signalling loop's side

    boolean isClosed() {
        return closed;
    }

    void begin(SubscriptionId id) {
        subscription = Optional.of(id);
    }

    void on(EventNews.SubscriptionMoved moved) {
        SubscriptionState now = moved.state();
        if (now instanceof SubscriptionState.Subscribing) {
            interpreter = what.interpreters.get(); // another subscription counts its documents anew
            show(new WatchState.Connecting());
        } else if (now instanceof SubscriptionState.Pending) {
            show(new WatchState.Pending());
        } else if (now instanceof SubscriptionState.Active) {
            show(new WatchState.Active());
        } else if (now instanceof SubscriptionState.Waiting waiting) {
            show(new WatchState.Waiting(Failures.of(waiting.cause(), target(), account.user()),
                    Duration.ofNanos(Math.max(0, waiting.retryAt() - desk.now()))));
        } else if (now instanceof SubscriptionState.Ended ended) {
            show(new WatchState.Ended(ended.cause().map(cause -> Failures.of(cause, target(), account.user()))));
        }
    }

    private void show(WatchState next) {
        state.set(next);
        desk.tell(new PhoneEvent.InPresence(account, new PresenceEvent.WatchMoved(this, next)));
        stateListeners.forEach(listener -> listener.accept(next));
    }

    void on(EventNews.Notified notified) {
        if (notified.body().isEmpty()) {
            return;
        }
        Reading<T> reading = interpreter.take(notified.body().get().text(), notified.fork(), notified.last());
        if (reading instanceof Reading.Malformed<T> malformed) {
            desk.tell(new PhoneEvent.Notice("What " + target() + " told could not be read: " + Failures.sentence(malformed.reason())));
            return;
        }
        T value = reading.value().orElseThrow();
        if (!latest.get().equals(Optional.of(value))) {
            latest.set(Optional.of(value));
            desk.tell(new PhoneEvent.InPresence(account, new PresenceEvent.Changed(this, value)));
            listeners.forEach(listener -> listener.accept(value));
        }
        if (interpreter.missed() && !notified.last()) {
            subscription.ifPresent(desk::refresh);
        }
    }

    @Override
    public String toString() {
        return "watch of " + what.kind.name().toLowerCase(java.util.Locale.ROOT) + " of " + target();
    }
}
