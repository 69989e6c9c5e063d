package io.earshot.sdk.internal.loop;

import static java.util.Objects.requireNonNull;

import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.IoLoop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread, one selector, one agent: the single writer of the agent's state. A turn runs the queued tasks, lets the agent do what is
 * due, and sleeps in the selector until its deadline, a packet or a task.
 *
 * <p>No task is ever lost: once the thread has ended, tasks run on the thread that queues them, still one at a time and in order, so that
 * whoever waits for an outcome hears that it is over.
 */
public final class EventLoop implements IoLoop, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);

    private static final long LATE = 10 * Ticker.MILLISECOND;

    private final Ticker ticker;
    private final Executor workers;
    private final Agent agent;
    private final Selector selector;
    private final Thread thread;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final LoopTimers timers = new LoopTimers();
    private final AtomicBoolean awake = new AtomicBoolean();
    private final Consumer<SelectionKey> onReady = this::dispatch;
    private final AtomicInteger late = new AtomicInteger();
    private long planned = Ticker.NEVER;
    private volatile boolean closing;
    private volatile boolean over;

    /** Makes a loop that does not run yet. */
    public EventLoop(String name, Ticker ticker, Executor workers, Agent agent) {
        this.ticker = requireNonNull(ticker);
        this.workers = requireNonNull(workers);
        this.agent = requireNonNull(agent);
        try {
            selector = Selector.open();
        } catch (IOException none) {
            throw new UncheckedIOException("no selector: too many open files?", none);
        }
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    /** Sets the priority of the thread, before it starts. */
    public EventLoop priority(int priority) {
        thread.setPriority(priority);
        return this;
    }

    /** Starts the thread. */
    public EventLoop start() {
        thread.start();
        return this;
    }

    /** What lives on a loop. */
    public interface Agent {
        /** Does what is due and returns when it next wants to, {@link Ticker#NEVER} if nothing is planned. */
        long onTurn(long now);

        /** Frees what it holds; the last call, on the loop. */
        void onClose();
    }

    /** Tells whether the caller is this loop's thread. */
    public boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    /** Returns the time of the loop's ticker. */
    public long now() {
        return ticker.now();
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(requireNonNull(task));
        if (over) {
            runLateTasks();
        } else if (!isCurrent() && awake.compareAndSet(false, true)) {
            selector.wakeup();
        }
    }

    /** Runs a question on the loop, at once when the caller is on it; the future completes there. */
    public <T> CompletableFuture<T> submit(Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Runnable asked = () -> {
            try {
                answer.complete(question.get());
            } catch (RuntimeException | Error wrong) {
                answer.completeExceptionally(wrong);
            }
        };
        if (isCurrent()) {
            asked.run();
        } else {
            execute(asked);
        }
        return answer;
    }

    @Override
    public SelectionKey register(SelectableChannel channel, int interestOps, ReadyHandler handler) throws IOException {
        return channel.register(selector, interestOps, requireNonNull(handler));
    }

    @Override
    public Scheduled schedule(long delay, Runnable task) {
        return timers.at(ticker.now() + Math.max(0, delay), requireNonNull(task));
    }

    @Override
    public Executor workers() {
        return workers;
    }

    /** Ends the loop after the tasks queued so far and one last turn, and waits for its thread. Twice is harmless. */
    @Override
    public void close() {
        closing = true;
        selector.wakeup();
        if (!isCurrent() && thread.isAlive()) {
            boolean interrupted = false;
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException stop) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run() {
        try {
            while (!closing) {
                turn();
            }
            // What the last tasks decided still has to be done: a BYE to send, for one.
            runTasks();
            agentTurn();
        } catch (ClosedSelectorException | IOException end) {
            LOG.error("The loop {} ended: its selector failed", thread.getName(), end);
        } finally {
            runTasks();
            guarded(agent::onClose);
            closeSelector();
            over = true;
            runLateTasks();
        }
    }

    /** One thread at a time runs what comes late; others leave their tasks to it. */
    private void runLateTasks() {
        if (late.getAndIncrement() == 0) {
            int seen = 1;
            do {
                runTasks();
                seen = late.addAndGet(-seen);
            } while (seen != 0);
        }
    }

    private void turn() throws IOException {
        runTasks();
        long now = ticker.now();
        if (timers.deadline() <= now) {
            timers.takeDue(now).forEach(this::guarded);
        }
        if (ticker.now() - planned > LATE) {
            selector.selectNow(onReady); // we stood still: what waits in the sockets is older than what the agent is to do
        }
        planned = agentTurn();
        long deadline = Math.min(planned, timers.deadline());
        awake.set(false);
        if (!tasks.isEmpty() || closing) {
            selector.selectNow(onReady);
        } else if (deadline == Ticker.NEVER) {
            selector.select(onReady);
        } else {
            long wait = deadline - ticker.now();
            if (wait <= 0) {
                selector.selectNow(onReady);
            } else {
                selector.select(onReady, wait / Ticker.MILLISECOND + 1);
            }
        }
    }

    private long agentTurn() {
        try {
            return agent.onTurn(ticker.now());
        } catch (RuntimeException | Error wrong) {
            LOG.error("A turn of {} failed; going on", thread.getName(), wrong);
            return ticker.now() + Ticker.MILLISECOND;
        }
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            guarded(task);
        }
    }

    private void dispatch(SelectionKey key) {
        try {
            ((ReadyHandler) key.attachment()).ready(key);
        } catch (RuntimeException | Error wrong) {
            LOG.error("Handling input on {} failed; going on", thread.getName(), wrong);
        }
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error wrong) {
            LOG.error("A task on {} failed; going on", thread.getName(), wrong);
        }
    }

    private void closeSelector() {
        try {
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException ignored) {
            LOG.debug("Closing the selector of {} failed", thread.getName(), ignored);
        }
    }
}
