package io.earshot.sdk.internal.loop;

import static io.earshot.api.check.Check.requireNonNull;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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
 * They are kept until the call is forgotten, but for those that pass, of which the newest {@value #KEPT} are: a call that lasts for days
 * shall not have days of measurements in memory. A view that keeps up gets all of them.
 *
 * @param <E> the event type
 */
public final class EventLog<E> {
    private static final int KEPT = 12;

    private final Executor executor;
    private final Predicate<E> last;
    private final Predicate<E> passes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final Node<E> first = new Node<>(null);
    private Node<E> newest = first;
    private final Deque<Node<E>> passing = new ArrayDeque<>(0);
    private final List<Runnable> watchers = new ArrayList<>(1);
    private boolean complete;

    /** An event and what comes after it. One that is taken out still leads on, for views that have come as far as that. */
    private static final class Node<E> {
        private final E event;
        private Node<E> previous;
        private Node<E> next;

        Node(E event) {
            this.event = event;
        }
    }

    /**
     * Makes an empty log.
     *
     * @param executor where listeners and subscribers run
     * @param last tells the event after which there is none
     */
    public EventLog(Executor executor, Predicate<E> last) {
        this(executor, last, event -> false);
    }

    /**
     * Makes an empty log.
     *
     * @param executor where listeners and subscribers run
     * @param last tells the event after which there is none
     * @param passes tells the events of which only the newest are kept
     */
    public EventLog(Executor executor, Predicate<E> last, Predicate<E> passes) {
        this.executor = executor;
        this.last = last;
        this.passes = passes;
    }

    /** Appends an event; after the last one, nothing. */
    public void add(E event) {
        List<Runnable> wake;
        lock.lock();
        try {
            if (complete) {
                return;
            }
            append(new Node<>(event));
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

    private void append(Node<E> added) {
        added.previous = newest;
        newest.next = added;
        newest = added;
        if (passes.test(added.event)) {
            passing.add(added);
            if (passing.size() > KEPT) {
                Node<E> oldest = passing.remove();
                oldest.previous.next = oldest.next;
                oldest.next.previous = oldest.previous;
            }
        }
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
        private Node<E> at = first;

        E poll() {
            lock.lock();
            try {
                if (at.next == null) {
                    return null;
                }
                at = at.next;
                return at.event;
            } finally {
                lock.unlock();
            }
        }

        boolean ended() {
            lock.lock();
            try {
                return complete && at.next == null;
            } finally {
                lock.unlock();
            }
        }

        boolean await() {
            lock.lock();
            try {
                while (at.next == null && !complete) {
                    grown.await();
                }
                return at.next != null;
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
