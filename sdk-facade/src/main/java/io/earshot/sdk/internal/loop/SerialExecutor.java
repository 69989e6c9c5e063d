package io.earshot.sdk.internal.loop;

import static java.util.Objects.requireNonNull;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs tasks one at a time and in order on another executor, as callbacks of one call need. A task that throws does not stop the next. */
public final class SerialExecutor implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(SerialExecutor.class);

    private final Executor target;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();

    /** Makes an executor that borrows one thread of {@code target}, which must refuse nothing, while it has something to run. */
    public SerialExecutor(Executor target) {
        this.target = requireNonNull(target);
    }

    /**
     * Returns a listener that is called by an executor's threads, one call at a time and in order. It may block or throw: neither
     * concerns other listeners.
     */
    public static <T> Consumer<T> inOrder(Executor target, Consumer<? super T> listener) {
        SerialExecutor own = new SerialExecutor(target);
        return event -> own.execute(() -> {
            try {
                listener.accept(event);
            } catch (RuntimeException | Error theirs) {
                LOG.error("A listener of the application failed on {}", event, theirs);
            }
        });
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(requireNonNull(task));
        if (size.getAndIncrement() == 0) {
            target.execute(this::drain);
        }
    }

    private void drain() {
        do {
            Runnable task = tasks.poll();
            try {
                if (task != null) {
                    task.run();
                }
            } catch (RuntimeException | Error theirs) {
                LOG.error("A callback of the application failed; the next one follows all the same", theirs);
            }
        } while (size.decrementAndGet() > 0);
    }
}
