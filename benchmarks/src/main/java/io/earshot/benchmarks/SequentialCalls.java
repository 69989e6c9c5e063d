package io.earshot.benchmarks;

import io.earshot.api.Account;
import io.earshot.api.AccountConfig;
import io.earshot.api.Call;
import io.earshot.api.CallOptions;
import io.earshot.api.Phone;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Thousands of calls one after the other between two engines in one JVM, over loopback, each with sockets, SDP, RTP stream and record, and
 * the heap after a garbage collection as it goes. At full speed the heap first grows and then stays: RFC 3261 keeps what belongs to a
 * finished transaction for 32 s (timers D, H, L, M and 64 T1 of RFC 6026), so that many calls' worth of it is always there.
 *
 * <p>Arguments: the number of calls, 10000 unless given. Exit code 1 when the heap grows or a thread is left.
 */
public final class SequentialCalls {
    private static final int STEP = 1000;
    /** What the second half may grow by: noise of the JVM's own structures. */
    private static final double SLACK_MB = 4;

    private SequentialCalls() {
    }

    /** Runs the calls. */
    public static void main(String[] arguments) throws Exception {
        int calls = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
        System.out.printf(Locale.ROOT, "%d calls, Java %s%n", calls, Runtime.version());
        double[] heap = new double[calls / STEP + 1];
        try (Phone near = phone(); Phone far = phone()) {
            Account alice = near.addAccount(AccountConfig.of("sip:alice@127.0.0.1"));
            Account bob = far.addAccount(AccountConfig.of("sip:bob@127.0.0.1"));
            BlockingQueue<Call> taken = new LinkedBlockingQueue<>();
            bob.onCall(incoming -> taken.add(incoming.answerAsync(CallOptions.DEFAULT)));
            String target = "sip:bob@" + far.listeningOn().get(0).substring("UDP ".length());
            long began = ManagementFactory.getRuntimeMXBean().getUptime();
            for (int i = 1; i <= calls; i++) {
                Call call = alice.dial(target).awaitAnswer();
                call.hangup();
                call.awaitEnd();
                taken.take().awaitEnd();
                if (i % STEP == 0) {
                    heap[i / STEP] = heapMegabytes();
                    long millis = ManagementFactory.getRuntimeMXBean().getUptime() - began;
                    System.out.printf(Locale.ROOT, "%6d calls  %6.1f s  heap after GC %6.1f MB  calls %d, ports %d, threads %d%n", i,
                            millis / 1000.0, heap[i / STEP], near.calls().size() + far.calls().size(),
                            near.bridge().ports().size() + far.bridge().ports().size(), threads().size());
                }
            }
        }
        boolean flat = heap.length < 3 || heap[heap.length - 1] - heap[heap.length / 2] < SLACK_MB;
        List<String> left = threadsAfterClose();
        System.out.printf(Locale.ROOT, "after close: heap %.1f MB, threads left %s%n", heapMegabytes(), left);
        System.out.println(flat && left.isEmpty() ? "PASS" : "FAIL");
        System.exit(flat && left.isEmpty() ? 0 : 1);
    }

    private static Phone phone() {
        return Phone.builder().listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).open();
    }

    private static double heapMegabytes() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1e6;
    }

    private static List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().startsWith("earshot-")).toList();
    }

    private static List<String> threadsAfterClose() throws InterruptedException {
        for (Thread thread : threads()) {
            thread.join(5000);
        }
        return threads().stream().map(Thread::getName).toList();
    }
}
