package io.earshot.control;

import io.earshot.control.desk.Desk;
import io.earshot.control.net.Listeners;
import io.earshot.control.net.Sockets;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets programs in any language drive a phone. Safe for use by any thread. */
public final class ControlServer implements AutoCloseable {
    private static final int WORKERS = 16; // some functions wait for a web server
    private static final int WAITING = 1_000;

    private final Sockets sockets = new Sockets();
    private final ThreadPoolExecutor workers;
    private final Desk desk;
    private Listeners listeners = new Listeners(0, 0, 0);

    private ControlServer(ControlConfig config, CommandTarget target) {
        AtomicInteger number = new AtomicInteger();
        workers = new ThreadPoolExecutor(WORKERS, WORKERS, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), work -> {
            Thread thread = new Thread(work, "earshot-control-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        workers.allowCoreThreadTimeOut(true);
        desk = new Desk(target, config.polling(), config.sessionMinutes(), sockets.loop(), workers);
    }

    /**
     * Starts a server.
     *
     * @throws java.io.UncheckedIOException with a sentence when a port cannot be opened
     */
    public static ControlServer start(ControlConfig config, CommandTarget target) {
        ControlServer server = new ControlServer(config, target);
        try {
            server.listeners = Listeners.open(server.sockets, config, server.desk);
        } catch (RuntimeException failed) {
            server.close();
            throw failed;
        }
        server.sockets.everySecond(() -> server.desk.onTime(server.sockets.now()));
        return server;
    }

    /**
     * Hands a notification to everybody who wants it; returns at once.
     *
     * @param fields type first
     */
    public void publish(List<String> fields) {
        List<String> copy = List.copyOf(fields);
        try {
            sockets.loop().execute(() -> desk.publish(copy));
        } catch (RejectedExecutionException closed) {
            // nobody is there any more who could want it
        }
    }

    /** Returns the port for datagrams, 0 for none. */
    public int udpPort() {
        return listeners.udp();
    }

    /** Returns the port for TCP, HTTP and WebSocket, 0 for none. */
    public int tcpPort() {
        return listeners.tcp();
    }

    /** Returns the port of the Windows service's answers, 0 for none. */
    public int windowsPort() {
        return listeners.windows();
    }

    /** Closes all connections and ports. */
    @Override
    public void close() {
        sockets.close();
        workers.shutdown();
    }
}
