package io.earshot.testkit.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.Flow;
import io.earshot.api.transport.spi.TransportConfig;
import io.earshot.testkit.StandstillError;
import io.earshot.testkit.net.LinkConditions;
import io.earshot.testkit.net.VirtualHost;
import io.earshot.testkit.net.VirtualNetwork;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class NodeTest {
    private final VirtualNetwork net = VirtualNetwork.seeded(1);
    private final VirtualHost alice = net.host("alice", "10.0.0.1");
    private final VirtualHost bob = net.host("bob", "10.0.0.2");

    private static VirtualNode node(VirtualHost host, Driven machine) throws IOException {
        VirtualNode node = new VirtualNode(host);
        node.open(host.udp(), TransportConfig.bind(host.address(5060)));
        node.drive(machine);
        return node;
    }

    @Test
    void drivesAMachineThroughLossUntilItIsAnswered() throws IOException {
        net.conditions(LinkConditions.LAN.withLoss(0.7));
        Pinger pinger = new Pinger();
        VirtualNode one = node(alice, pinger);
        node(bob, new Echo());
        assertEquals("asked", one.call(now -> pinger.ask(bob.address(5060), now)));
        assertTrue(net.runUntilIdle(1_000 * Ticker.SECOND));
        assertEquals("pong", pinger.answer);
        assertTrue(pinger.tries > 1);
    }

    @Test
    void wakesAMachineAtItsDeadlineAndNotBefore() throws IOException {
        Pinger pinger = new Pinger();
        VirtualNode one = node(alice, pinger);
        one.call(now -> pinger.ask(bob.address(5060), now));
        net.runUntil(3 * Ticker.SECOND + 1);
        assertEquals(List.of(Ticker.SECOND, 2 * Ticker.SECOND, 3 * Ticker.SECOND), pinger.wakes);
    }

    @Test
    void tellsAboutFailedSends() throws IOException {
        Pinger pinger = new Pinger();
        VirtualNode one = node(alice, pinger);
        one.call(now -> pinger.ask(InetSocketAddress.createUnresolved("nobody.invalid", 5060), now));
        net.runUntil(0);
        assertEquals("UDP: the host name nobody.invalid has not been resolved", pinger.failure);
    }

    @Test
    void failsWhenAMachineNeverMovesItsDeadline() throws IOException {
        VirtualNode one = node(alice, new Pinger() {
            @Override
            public long drain(long now, Sender sender) {
                return now < Ticker.SECOND ? Ticker.SECOND : now;
            }
        });
        StandstillError failure = assertThrows(StandstillError.class, () -> net.runUntilIdle(2 * Ticker.SECOND));
        assertTrue(failure.getMessage().startsWith("alice stands still at 1000000000 ns"), failure.getMessage());
        one.close();
    }

    @Test
    void isSilentOnceClosed() throws IOException {
        Pinger pinger = new Pinger();
        VirtualNode one = node(alice, pinger);
        one.call(now -> pinger.ask(bob.address(5060), now));
        one.close();
        assertTrue(net.runUntilIdle(10 * Ticker.SECOND));
        assertEquals(List.of(), pinger.wakes);
    }

    @Test
    void refusesAProtocolThatIsNotOpenOrOpenTwice() throws IOException {
        VirtualNode one = node(alice, new Echo());
        assertThrows(IllegalStateException.class, () -> one.localAddress("TCP", bob.address(5060)));
        assertThrows(IllegalStateException.class, () -> one.open(alice.udp(), TransportConfig.bind(alice.address(5061))));
        assertThrows(IllegalStateException.class, () -> one.drive(new Echo()));
    }

    @Test
    void aRealNodeRunsItsTimersOnItsOwnThread() throws InterruptedException {
        CountDownLatch woken = new CountDownLatch(3);
        try (RealNode node = new RealNode("real")) {
            node.drive(new Echo() {
                @Override
                public void onTime(long now) {
                    woken.countDown();
                }

                @Override
                public long drain(long now, Sender sender) {
                    return now + Ticker.MILLISECOND;
                }
            });
            assertEquals("testkit-real", node.call(now -> Thread.currentThread().getName()));
            assertTrue(woken.await(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void aRealNodeCarriesOnAfterAFailureAndReportsItOnClose() {
        Logger log = Logger.getLogger(RealNode.class.getName());
        log.setLevel(Level.OFF); // the failure is meant, and would only alarm whoever reads the build's output
        CountDownLatch woken = new CountDownLatch(1);
        RealNode node = new RealNode("real");
        node.drive(new Echo() {
            @Override
            public void onTime(long now) {
                woken.countDown();
                throw new IllegalArgumentException("broken machine");
            }

            @Override
            public long drain(long now, Sender sender) {
                return woken.getCount() == 0 ? Ticker.NEVER : now + Ticker.MILLISECOND;
            }
        });
        assertThrows(ArithmeticException.class, () -> node.call(now -> 1 / (now - now)));
        assertEquals("alive", node.call(now -> "alive"));
        assertEquals("broken machine", assertThrows(IllegalStateException.class, () -> {
            woken.await(10, TimeUnit.SECONDS);
            node.close();
        }).getCause().getMessage());
        node.close();
        assertThrows(IllegalStateException.class, () -> node.call(now -> "too late"));
    }

    /** Answers everything with pong. */
    private static class Echo implements Driven {
        private final Queue<Flow> questions = new ArrayDeque<>();

        @Override
        public void onDatagram(Flow flow, ByteBuffer data, long now) {
            questions.add(flow);
        }

        @Override
        public void onTime(long now) {
            // it has no timers
        }

        @Override
        public long drain(long now, Sender sender) {
            while (!questions.isEmpty()) {
                sender.send(questions.remove(), ByteBuffer.wrap("pong".getBytes(StandardCharsets.UTF_8)));
            }
            return Ticker.NEVER;
        }
    }

    /** Asks every second until it is answered. */
    private static class Pinger implements Driven {
        private final List<Long> wakes = new ArrayList<>();
        private InetSocketAddress peer;
        private boolean due;
        private int tries;
        private long deadline = Ticker.NEVER;
        private String answer = "";
        private String failure = "";

        String ask(InetSocketAddress whom, long now) {
            peer = whom;
            due = true;
            deadline = now + Ticker.SECOND;
            return "asked";
        }

        @Override
        public void onDatagram(Flow flow, ByteBuffer data, long now) {
            answer = StandardCharsets.UTF_8.decode(data).toString();
            deadline = Ticker.NEVER;
        }

        @Override
        public void onTime(long now) {
            wakes.add(now);
            due = true;
            deadline = now + Ticker.SECOND;
        }

        @Override
        public void onSendFailed(String protocol, InetSocketAddress whom, String reason, long now) {
            failure = protocol + ": " + reason;
            deadline = Ticker.NEVER;
        }

        @Override
        public long drain(long now, Sender sender) {
            if (due) {
                due = false;
                tries++;
                sender.send("UDP", peer, "", ByteBuffer.wrap("ping".getBytes(StandardCharsets.UTF_8)));
            }
            return deadline;
        }
    }
}
