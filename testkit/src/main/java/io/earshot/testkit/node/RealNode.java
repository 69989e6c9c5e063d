package io.earshot.testkit.node;

import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.SipTransportProvider;
import io.earshot.api.transport.spi.TransportConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/**
 * A node on real sockets, with a thread of its own that owns the machine. Methods may be called from any thread. An exception out of
 * the machine is logged, and the node carries on with the next input, as a real loop would; the first one is thrown by {@link #close}.
 */
public final class RealNode implements Node {
    private static final long PATIENCE_SECONDS = 30;

    private final String name;
    private final Ticker ticker = Ticker.system();
    private final TestIoLoop loop = new TestIoLoop();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final CompletableFuture<Throwable> firstFailure = new CompletableFuture<>();
    private final Core core;
    private final Thread thread;
    private long deadline = Ticker.NEVER;

    /** Starts the thread. */
    public RealNode(String name) {
        this.name = name;
        core = new Core(name, ticker, at -> deadline = at);
        thread = new Thread(this::run, "testkit-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        while (!stopped.get()) {
            try {
                loop.turn(deadline == Ticker.NEVER ? Ticker.NEVER : deadline - ticker.now());
                if (ticker.now() >= deadline) {
                    deadline = Ticker.NEVER;
                    core.wake();
                }
            } catch (RuntimeException | AssertionError e) {
                firstFailure.complete(e);
                System.getLogger(RealNode.class.getName()).log(System.Logger.Level.ERROR, name + " failed on one input", e);
            }
        }
        core.close();
        loop.close();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public InetSocketAddress open(SipTransportProvider provider, TransportConfig config) throws IOException {
        try {
            return onThread(() -> {
                try {
                    return core.open(provider, config, loop).localAddress();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public InetSocketAddress localAddress(String protocol, InetSocketAddress peer) {
        return Thread.currentThread() == thread ? core.localAddress(protocol, peer) : onThread(() -> core.localAddress(protocol, peer));
    }

    @Override
    public void drive(Driven machine) {
        onThread(() -> {
            core.drive(machine);
            return true;
        });
    }

    @Override
    public <T> T call(LongFunction<T> command) {
        if (Thread.currentThread() == thread) {
            return command.apply(ticker.now());
        }
        CompletableFuture<T> result = new CompletableFuture<>();
        return onThread(() -> {
            core.input(now -> result.complete(command.apply(now)));
            return result.join();
        });
    }

    private <T> T onThread(Supplier<T> action) {
        if (stopped.get()) {
            throw new IllegalStateException(name + " is closed");
        }
        CompletableFuture<T> result = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                result.complete(action.get());
            } catch (RuntimeException | AssertionError e) {
                result.completeExceptionally(e);
            }
        });
        try {
            return result.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException(name + " has not answered for " + PATIENCE_SECONDS + " seconds", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + name, e);
        }
    }

    /**
     * Closes the transports and waits for the thread to end.
     *
     * @throws IllegalStateException when the machine threw something meanwhile, which is its cause
     */
    @Override
    public void close() {
        boolean first = stopped.compareAndSet(false, true);
        if (thread != Thread.currentThread()) {
            loop.wakeup();
            try {
                thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (first && firstFailure.isDone()) {
            throw new IllegalStateException(name + " failed on one input", firstFailure.join());
        }
    }
}
