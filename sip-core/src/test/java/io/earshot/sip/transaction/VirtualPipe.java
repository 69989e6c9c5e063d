package io.earshot.sip.transaction;

import io.earshot.api.id.IdSource;
import io.earshot.api.transport.spi.Flow;
import io.earshot.sip.message.ParseResult;
import io.earshot.sip.message.SipLimits;
import io.earshot.sip.message.SipMessage;
import io.earshot.sip.message.SipParser;
import io.earshot.sip.transaction.TransactionLayer.Output;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/** Two or more layers over a network that loses, doubles and delays datagrams, all in virtual time and from one seed. */
final class VirtualPipe {
    private record Task(long time, long order, Runnable action) { }

    private final PriorityQueue<Task> tasks = new PriorityQueue<>(Comparator.comparingLong(Task::time).thenComparingLong(Task::order));
    private final Map<InetSocketAddress, Node> nodes = new HashMap<>();
    private final double loss;
    private final double doubling;
    private final long longestDelay;
    final SplittableRandom random;
    private long order;
    long now;

    VirtualPipe(long seed, double loss, double doubling, long longestDelay) {
        random = new SplittableRandom(seed);
        this.loss = loss;
        this.doubling = doubling;
        this.longestDelay = longestDelay;
    }

    void after(long delay, Runnable action) {
        tasks.add(new Task(now + delay, order++, action));
    }

    /** Runs until nothing is left to do. */
    void run() {
        for (Task task = tasks.poll(); task != null; task = tasks.poll()) {
            now = task.time();
            task.action().run();
        }
    }

    private void carry(Node from, Output.Transmit out) {
        byte[] bytes = out.message().toBytes();
        int copies = random.nextDouble() < doubling ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            if (random.nextDouble() >= loss) {
                Flow flow = new Flow("UDP", out.hop().peer(), from.address, 0);
                Node to = nodes.get(out.hop().peer());
                after(1 + random.nextLong(longestDelay), () -> to.arrive(bytes, flow));
            }
        }
    }

    /** One element: a layer and, in subclasses, its user. */
    abstract static class Node {
        final VirtualPipe pipe;
        final InetSocketAddress address;
        final TransactionLayer layer;
        private final SipParser parser = new SipParser(SipLimits.DEFAULT);
        private long wakeAt = Long.MAX_VALUE;

        Node(VirtualPipe pipe, InetSocketAddress address, long seed) {
            this.pipe = pipe;
            this.address = address;
            layer = new TransactionLayer(Timers.DEFAULT, TransactionLimits.DEFAULT, IdSource.seeded(seed));
            pipe.nodes.put(address, this);
        }

        abstract void onOutput(Output output);

        private void arrive(byte[] bytes, Flow flow) {
            SipMessage message = ((ParseResult.Parsed) parser.parse(bytes, 0, bytes.length)).message();
            layer.onMessage(message, flow, false, pipe.now);
            drain();
        }

        final void drain() {
            Output next = layer.poll();
            for (; !(next instanceof Output.Wait); next = layer.poll()) {
                if (next instanceof Output.Transmit out) {
                    pipe.carry(this, out);
                } else {
                    onOutput(next);
                }
            }
            long deadline = ((Output.Wait) next).deadline();
            if (deadline < wakeAt) {
                wakeAt = deadline;
                pipe.after(deadline - pipe.now, () -> wake(deadline));
            }
        }

        private void wake(long planned) {
            if (planned == wakeAt) {
                wakeAt = Long.MAX_VALUE;
                layer.onTime(pipe.now);
                drain();
                if (wakeAt <= pipe.now) {
                    throw new AssertionError("time stands still at " + pipe.now);
                }
            }
        }
    }
}
