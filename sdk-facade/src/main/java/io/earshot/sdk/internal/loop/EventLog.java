package io.earshot.sdk.internal.loop;

import static io.earshot.api.check.Check.requireNonNull;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The events of a call in order, and the three views of them. One thread appends; any number of views read, each from the first event.
 * A call has few events, so all of them are kept until the call is forgotten.
 *
 * @param <E> the event type
 */
public final class EventLog<E> {
    private final Executor executor;
    private final Predicate<E> last;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final List<E> events = new ArrayList<>();
    private final List<Runnable> watchers = new ArrayList<>();
    private boolean complete;

    /**
     * Makes an empty log.
     *
     * @param executor where listeners and subscribers run
     * @param last tells the event after which there is none
     */
    public EventLog(Executor executor, Predicate<E> last) {
        this.executor = executor;
        this.last = last;
    }

    /** Appends an event; after the last one, nothing. */
    public void add(E event) {
        List<Runnable> wake;
        lock.lock();
        try {
            if (complete) {
                return;
            }
            events.add(event);
            complete = last.test(event);
            grown.signalAll();
            wake = List.copyOf(watchers);
            if (complete) {
                watchers.clear();
            }
        } finally {
            lock.unlock();
        }
        wake.forEach(Runnable::run);
    }

    /** Calls a listener for every event, from the first on, one at a time. */
    public void listen(Consumer<? super E> listener) {
        SerialExecutor serial = new SerialExecutor(executor);
        Cursor cursor = new Cursor();
        Runnable turn = new Runnable() {
            @Override
            public void run() {
                E event = cursor.poll();
                if (event != null) {
                    serial.execute(this); // before the listener, which may throw
                    listener.accept(event);
                }
            }
        };
        watch(() -> serial.execute(turn));
    }

    /** Returns a view that blocks for the next event and ends after the last. */
    public Iterable<E> blocking() {
        return () -> {
            Cursor cursor = new Cursor();
            return new Iterator<E>() {
                @Override
                public boolean hasNext() {
                    return cursor.await();
                }

                @Override
                public E next() {
                    E event = hasNext() ? cursor.poll() : null;
                    if (event == null) {
                        throw new NoSuchElementException("the call has ended");
                    }
                    return event;
                }
            };
        };
    }

    /** Returns a publisher that honours demand and completes after the last event. */
    public Flow.Publisher<E> publisher() {
        return subscriber -> {
            Pump pump = new Pump(requireNonNull(subscriber, "subscriber"));
            subscriber.onSubscribe(pump);
            watch(pump::pump);
        };
    }

    private void watch(Runnable watcher) {
        lock.lock();
        try {
            if (!complete) {
                watchers.add(watcher);
            }
        } finally {
            lock.unlock();
        }
        watcher.run();
    }

    /** A place in the log. */
    private final class Cursor {
        private int next;

        E poll() {
            lock.lock();
            try {
                return next < events.size() ? events.get(next++) : null;
            } finally {
                lock.unlock();
            }
        }

        boolean ended() {
            lock.lock();
            try {
                return complete && next >= events.size();
            } finally {
                lock.unlock();
            }
        }

        boolean await() {
            lock.lock();
            try {
                while (next >= events.size() && !complete) {
                    grown.await();
                }
                return next < events.size();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return false;
            } finally {
                lock.unlock();
            }
        }
    }

    /** One subscription: its state is touched only by its serial executor. */
    private final class Pump implements Flow.Subscription {
        private final Flow.Subscriber<? super E> subscriber;
        private final SerialExecutor serial = new SerialExecutor(executor);
        private final Cursor cursor = new Cursor();
        private long demand;
        private boolean over;

        Pump(Flow.Subscriber<? super E> subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public void request(long n) {
            serial.execute(() -> {
                if (over) {
                    return;
                }
                if (n <= 0) {
                    over = true;
                    subscriber.onError(new IllegalArgumentException("demand must be positive, not " + n));
                    return;
                }
                demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
                deliver();
            });
        }

        @Override
        public void cancel() {
            serial.execute(() -> over = true);
        }

        void pump() {
            serial.execute(this::deliver);
        }

        /** A subscriber that throws has broken its contract, and gets nothing more (Reactive Streams §2.13). */
        private void next(E event) {
            try {
                subscriber.onNext(event);
            } catch (RuntimeException | Error theirs) {
                over = true;
                throw theirs;
            }
        }

        private void deliver() {
            while (!over && demand > 0) {
                E event = cursor.poll();
                if (event == null) {
                    break;
                }
                demand--;
                next(event);
            }
            if (!over && cursor.ended()) {
                over = true;
                subscriber.onComplete();
            }
        }
    }
}
