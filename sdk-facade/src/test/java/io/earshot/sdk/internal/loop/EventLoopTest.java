package io.earshot.sdk.internal.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.time.Ticker;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class EventLoopTest {
    private final Ticker ticker = Ticker.system();
    private final AtomicInteger closings = new AtomicInteger();
    private LongUnaryOperator turn = now -> Ticker.NEVER;
    private final EventLoop loop = new EventLoop("earshot-test", ticker, Runnable::run, new EventLoop.Agent() {
        @Override
        public long onTurn(long now) {
            return turn.applyAsLong(now);
        }

        @Override
        public void onClose() {
            closings.incrementAndGet();
        }
    });

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void runsTasksOfEachThreadInOrderOnItsOwnThread() throws Exception {
        loop.start();
        List<Integer> seen = new ArrayList<>();
        CompletableFuture<Boolean> on = new CompletableFuture<>();
        for (int i = 0; i < 1000; i++) {
            int number = i;
            loop.execute(() -> seen.add(number));
        }
        loop.execute(() -> on.complete(loop.isCurrent()));
        assertTrue(on.get(5, TimeUnit.SECONDS));
        assertFalse(loop.isCurrent());
        assertEquals(1000, seen.size());
        assertEquals(999, seen.get(999));
    }

    @Test
    void wakesTheAgentByItsDeadlineAndNotBefore() throws Exception {
        CompletableFuture<Long> late = new CompletableFuture<>();
        long[] deadline = new long[1];
        turn = now -> {
            if (deadline[0] == 0) {
                deadline[0] = now + 20 * Ticker.MILLISECOND;
            } else if (now >= deadline[0]) {
                late.complete(now - deadline[0]);
                return Ticker.NEVER;
            }
            return deadline[0];
        };
        loop.start();
        assertTrue(late.get(5, TimeUnit.SECONDS) >= 0);
    }

    @Test
    void goesOnAfterTasksTurnsAndHandlersThatFail() throws Exception {
        AtomicInteger turns = new AtomicInteger();
        turn = now -> {
            if (turns.getAndIncrement() == 0) {
                throw new AssertionError("the test's own defect");
            }
            return Ticker.NEVER;
        };
        loop.start();
        loop.execute(() -> {
            throw new IllegalStateException("the test's own defect");
        });
        loop.execute(() -> {
            throw new StackOverflowError("the test's own defect");
        });
        assertEquals("alive", loop.submit(() -> "alive").get(5, TimeUnit.SECONDS));
        CompletionException failed = assertThrows(CompletionException.class, () -> loop.submit(() -> {
            throw new IllegalArgumentException("asked wrongly");
        }).join());
        assertEquals("asked wrongly", failed.getCause().getMessage());
    }

    @Test
    void givesPacketsToTheirHandlerEvenAfterItFailed() throws Exception {
        loop.start();
        CompletableFuture<Integer> second = new CompletableFuture<>();
        AtomicInteger count = new AtomicInteger();
        DatagramChannel channel = DatagramChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        channel.configureBlocking(false);
        ByteBuffer buffer = ByteBuffer.allocate(8);
        loop.submit(() -> register(channel, key -> {
            buffer.clear();
            receive(channel, buffer);
            if (count.incrementAndGet() == 1) {
                throw new IllegalStateException("the test's own defect");
            }
            second.complete(buffer.position());
        })).get(5, TimeUnit.SECONDS);
        try (DatagramChannel sender = DatagramChannel.open()) {
            sender.send(ByteBuffer.wrap(new byte[] {1}), channel.getLocalAddress());
            sender.send(ByteBuffer.wrap(new byte[] {1, 2}), channel.getLocalAddress());
        }
        assertEquals(2, second.get(5, TimeUnit.SECONDS));
        loop.close();
        assertFalse(channel.isOpen());
    }

    private SelectionKey register(DatagramChannel channel, io.earshot.api.transport.spi.IoLoop.ReadyHandler handler) {
        try {
            return loop.register(channel, SelectionKey.OP_READ, handler);
        } catch (java.io.IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
    }

    private static void receive(DatagramChannel channel, ByteBuffer into) {
        try {
            channel.receive(into);
        } catch (java.io.IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
    }

    @Test
    void closingRunsWhatIsQueuedAndOneLastTurnThenEndsTheThread() {
        List<String> seen = new ArrayList<>();
        turn = now -> {
            if (!seen.isEmpty()) {
                seen.add("turn");
            }
            return Ticker.NEVER;
        };
        loop.start();
        for (int i = 0; i < 3; i++) {
            loop.execute(() -> seen.add("task"));
        }
        loop.close();
        loop.close();
        assertEquals(List.of("task", "task", "task"), seen.stream().filter("task"::equals).toList());
        assertEquals("turn", seen.get(seen.size() - 1));
        assertEquals(1, closings.get());
        assertTrue(Thread.getAllStackTraces().keySet().stream().noneMatch(thread -> thread.getName().equals("earshot-test")));
    }

    @Test
    void closingKeepsTheInterruptFlagAndWaitsAllTheSame() {
        loop.start();
        Thread.currentThread().interrupt();
        loop.close();
        assertTrue(Thread.interrupted());
        assertEquals(1, closings.get());
    }

    @Test
    void lateTasksRunOnWhoeverQueuesThem() throws Exception {
        loop.start();
        loop.close();
        assertEquals(Thread.currentThread(), loop.submit(Thread::currentThread).get(1, TimeUnit.SECONDS));
    }

    @Test
    void noTaskIsLostAndNoTwoRunAtOnceWhileTheLoopCloses() throws Exception {
        loop.start();
        int threads = 4;
        int each = 5000;
        ConcurrentLinkedQueue<CompletableFuture<Integer>> answers = new ConcurrentLinkedQueue<>();
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger overlaps = new AtomicInteger();
        CountDownLatch half = new CountDownLatch(threads * each / 2);
        List<Thread> senders = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            Thread sender = new Thread(() -> {
                for (int i = 0; i < each; i++) {
                    answers.add(loop.submit(() -> {
                        overlaps.addAndGet(inside.getAndIncrement());
                        inside.decrementAndGet();
                        return 1;
                    }));
                    half.countDown();
                }
            });
            senders.add(sender);
            sender.start();
        }
        assertTrue(half.await(10, TimeUnit.SECONDS));
        loop.close();
        for (Thread sender : senders) {
            sender.join();
        }
        int sum = 0;
        for (CompletableFuture<Integer> answer : answers) {
            sum += answer.get(5, TimeUnit.SECONDS);
        }
        assertEquals(threads * each, sum);
        assertEquals(0, overlaps.get());
    }
}
