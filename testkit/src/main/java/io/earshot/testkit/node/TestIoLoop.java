package io.earshot.testkit.node;

import static java.util.Objects.requireNonNull;

import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.IoLoop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/**
 * A loop over real sockets that runs only while a test asks it to, on the test's own thread. There is no sleep in it: it waits on the
 * selector, up to a deadline. Only {@link #execute} and {@link #wakeup} may be called from other threads.
 *
 * <pre>{@code
 * try (TestIoLoop loop = new TestIoLoop()) {
 *     SipTransport transport = provider.open(config, loop, listener);
 *     transport.send(peer, "", message);
 *     loop.await("the echo", () -> !echoes.isEmpty());
 * }
 * }</pre>
 */
public final class TestIoLoop implements IoLoop, AutoCloseable {
    /** What {@link #await(String, BooleanSupplier)} waits at most: long enough for a busy machine, and only failures take it. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Ticker ticker = Ticker.system();
    private final Ticker timerTicker;
    private final TreeMap<Due, Runnable> timers = new TreeMap<>();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final ExecutorService workers = Executors.newCachedThreadPool(TestIoLoop::daemon);
    private final Selector selector;
    private long lastTimer;

    /** Opens a selector; timers keep real time. */
    public TestIoLoop() {
        this(Ticker.system());
    }

    /**
     * Opens a selector.
     *
     * @param timers the time of {@link #schedule}, such as a {@link io.earshot.testkit.ManualTicker}: what is due runs at the next
     *     {@link #turn}. Channels and patience keep real time.
     */
    public TestIoLoop(Ticker timers) {
        timerTicker = requireNonNull(timers);
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "testkit-worker");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public SelectionKey register(SelectableChannel channel, int interestOps, ReadyHandler handler) throws IOException {
        return channel.register(selector, interestOps, requireNonNull(handler));
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(requireNonNull(task));
        selector.wakeup();
    }

    @Override
    public Scheduled schedule(long delay, Runnable task) {
        Due due = new Due(timerTicker.now() + Math.max(0, delay), ++lastTimer);
        timers.put(due, requireNonNull(task));
        return () -> timers.remove(due);
    }

    @Override
    public Executor workers() {
        return workers;
    }

    /** Makes a {@link #turn} that waits return soon. */
    public void wakeup() {
        selector.wakeup();
    }

    /**
     * Waits for a ready channel or a task, then handles those that are there.
     *
     * @param most nanoseconds to wait at most; {@link Ticker#NEVER} for as long as it takes
     */
    public void turn(long most) {
        long longest = timers.isEmpty() ? most : Math.min(most, Math.max(0, timers.firstKey().at - timerTicker.now()));
        try {
            if (longest <= 0 || !tasks.isEmpty()) {
                selector.selectNow(this::ready);
            } else if (longest == Ticker.NEVER) {
                selector.select(this::ready);
            } else {
                selector.select(this::ready, (longest + Ticker.MILLISECOND - 1) / Ticker.MILLISECOND);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (int left = tasks.size(); left > 0; left--) { // those that these add have to wait for the next turn
            tasks.remove().run();
        }
        long now = timerTicker.now();
        while (!timers.isEmpty() && timers.firstKey().at <= now) {
            timers.pollFirstEntry().getValue().run();
        }
    }

    private void ready(SelectionKey key) {
        if (key.isValid()) {
            ((ReadyHandler) key.attachment()).ready(key);
        }
    }

    /** Runs until the condition holds; fails after {@link #PATIENCE}. */
    public void await(String what, BooleanSupplier condition) {
        await(what, condition, PATIENCE);
    }

    /**
     * Runs until the condition holds.
     *
     * @param what names it in the failure's message
     * @throws AssertionError when it does not within the patience
     */
    public void await(String what, BooleanSupplier condition, Duration patience) {
        long deadline = ticker.now() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            long left = deadline - ticker.now();
            if (left <= 0) {
                throw new AssertionError("waited " + patience.toMillis() + " ms in vain for " + what);
            }
            turn(left);
        }
    }

    /** Closes the selector and every channel registered with it. */
    @Override
    public void close() {
        workers.shutdownNow();
        try {
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Due(long at, long number) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }
}
