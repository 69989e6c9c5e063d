package io.earshot.api.transport.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetSocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TransportSettingsTest {
    private static final String PIN = "sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    /** A loop without timers of its own, whose turns the test runs. */
    private static final class PlainLoop implements IoLoop {
        private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();

        @Override
        public SelectionKey register(SelectableChannel channel, int interestOps, ReadyHandler handler) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        @Override
        public Executor workers() {
            return this;
        }

        private void turn() throws InterruptedException {
            tasks.poll(10, TimeUnit.SECONDS).run();
        }
    }

    @Test
    void aLoopWithoutTimersOfItsOwnCanScheduleToo() throws InterruptedException {
        PlainLoop loop = new PlainLoop();
        int[] ran = new int[1];
        loop.schedule(1_000_000, () -> ran[0]++);
        loop.turn();
        assertEquals(1, ran[0]);
        IoLoop.Scheduled cancelled = loop.schedule(-1, () -> ran[0]++);
        cancelled.cancel();
        loop.turn();
        assertEquals(1, ran[0]);
    }

    @Test
    void theDefaultsAreCarriedUnlessChanged() {
        TransportConfig config = TransportConfig.bind(new InetSocketAddress(0));
        assertEquals(StreamConfig.DEFAULT, config.stream());
        assertEquals(TlsConfig.Policy.VERIFY, config.tls().policy());
        TransportConfig other = config.withStream(StreamConfig.DEFAULT.withMaxConnections(7)).withTls(TlsConfig.DEFAULT.withPins(PIN));
        assertEquals(7, other.stream().maxConnections());
        assertEquals(Set.of(PIN.substring(7)), other.tls().pins());
        assertEquals(config, other.withStream(StreamConfig.DEFAULT).withTls(TlsConfig.DEFAULT));
    }

    @Test
    void whatIsWrongIsToldOf() {
        assertEquals("a pin is the base64 of a SHA-256, 44 characters with '=' at the end, not sha256/short",
            assertThrows(IllegalArgumentException.class, () -> TlsConfig.DEFAULT.withPins("sha256/short")).getMessage());
        assertEquals("at least one version of TLS is needed: write TLS_1_2 or TLS_1_3",
            assertThrows(IllegalArgumentException.class, TlsConfig.DEFAULT::withVersions).getMessage());
        assertEquals("maxQueued must be 1 or more (bytes), not 0",
            assertThrows(IllegalArgumentException.class, () -> StreamConfig.DEFAULT.withMaxQueued(0)).getMessage());
        assertEquals("connectTimeout must be 1 or more (nanoseconds), not 0",
            assertThrows(IllegalArgumentException.class, () -> StreamConfig.DEFAULT.withConnectTimeout(0)).getMessage());
    }
}
