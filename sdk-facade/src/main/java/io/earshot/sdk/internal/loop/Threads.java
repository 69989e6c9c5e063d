package io.earshot.sdk.internal.loop;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of one engine that are not loops: workers for what blocks (DNS, files), and the application's callbacks where it brings no
 * executor of its own. All are daemons, made on demand, and gone after {@link #close()}.
 */
public final class Threads implements AutoCloseable {
    private static final int MAX_WORKERS = 64;

    private final ExecutorService workers;
    private final int priority;
    private final Optional<ExecutorService> own;
    private final Executor callbacks;

    /**
     * Makes the threads.
     *
     * @param application the application's executor; empty for our own, of virtual threads where the JDK has them
     */
    public Threads(Optional<Executor> application) {
        this(application, Thread.NORM_PRIORITY);
    }

    /**
     * Makes the threads.
     *
     * @param application the application's executor; empty for our own, of virtual threads where the JDK has them
     * @param priority of workers, and for loops
     */
    public Threads(Optional<Executor> application, int priority) {
        this.priority = priority;
        workers = pool("earshot-worker", MAX_WORKERS, priority);
        own = application.isPresent() ? Optional.empty() : Optional.of(callbackThreads(priority));
        callbacks = new Unfailing(application.orElseGet(own::get), workers);
    }

    /** Returns the priority that loops are to have. */
    public int priority() {
        return priority;
    }

    /** Returns where blocking work of the engine runs. */
    public Executor workers() {
        return workers;
    }

    /** Returns where the application's callbacks run. */
    public Executor callbacks() {
        return callbacks;
    }

    /** Lets what runs finish for a moment, then interrupts it. Never waits for the calling thread itself. */
    @Override
    public void close() {
        workers.shutdown();
        own.ifPresent(ExecutorService::shutdown);
        try {
            if (!workers.awaitTermination(2, TimeUnit.SECONDS)) {
                workers.shutdownNow();
            }
        } catch (InterruptedException stop) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    /**
     * The application's executor, as the engine needs it: one that loses nothing. What it refuses, because it is full or shut down, runs on
     * a worker; after {@link #close()}, when the loops have ended, on the caller.
     */
    private record Unfailing(Executor application, ExecutorService workers) implements Executor {
        @Override
        public void execute(Runnable task) {
            try {
                application.execute(task);
            } catch (RejectedExecutionException full) {
                if (workers.isShutdown()) {
                    task.run();
                } else {
                    workers.execute(task);
                }
            }
        }
    }

    private static ExecutorService callbackThreads(int priority) {
        try {
            // Since JDK 21; we compile for 17. Virtual threads make callbacks that wait cheap.
            Method virtual = java.util.concurrent.Executors.class.getMethod("newVirtualThreadPerTaskExecutor");
            return (ExecutorService) virtual.invoke(null);
        } catch (NoSuchMethodException before21) {
            return pool("earshot-callback", Integer.MAX_VALUE, priority);
        } catch (IllegalAccessException | InvocationTargetException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static ExecutorService pool(String name, int most, int priority) {
        AtomicInteger count = new AtomicInteger();
        ThreadFactory daemons = task -> {
            Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            thread.setPriority(priority);
            return thread;
        };
        return new ThreadPoolExecutor(0, most, 5, TimeUnit.SECONDS, new SynchronousQueue<>(), daemons,
                // Nobody may wait for a free worker on a loop: the rare task too many gets a thread of its own.
                (task, full) -> {
                    if (full.isShutdown()) {
                        throw new RejectedExecutionException("the engine is closed");
                    }
                    daemons.newThread(task).start();
                });
    }
}
