package io.earshot.benchmarks;

import io.earshot.api.Account;
import io.earshot.api.AccountConfig;
import io.earshot.api.Call;
import io.earshot.api.CallOptions;
import io.earshot.api.Phone;
import io.earshot.api.time.Ticker;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Thousands of calls one after the other between two engines in one JVM, over loopback, each with sockets, SDP, RTP stream and record, and
 * the heap after a garbage collection as it goes. At full speed the heap first grows and then stays: RFC 3261 keeps what belongs to a
 * finished transaction for 32 s (64 T1: timers D, H, J, and L and M of RFC 6026), so that so many seconds' worth of calls is always there.
 * When that time is over after the last call, the heap must be back where it began.
 *
 * <p>Calls are begun at most {@value #PER_SECOND} times a second, so that the figures do not depend on the machine.
 *
 * <p>Arguments: the number of calls, 10000 unless given. Exit code 1 when the calls left anything behind, on the heap or as a thread.
 */
public final class SequentialCalls {
    private static final int STEP = 1000;
    private static final int WARM_UP = 100;
    private static final int PER_SECOND = 250;
    /** What may be left of all calls together: noise of the JVM's own structures. */
    private static final double SLACK_MB = 2;
    /** 64 T1, and some time for the timers to be looked at. */
    private static final long LINGER_SECONDS = 34;

    private SequentialCalls() {
    }

    /** Runs the calls. */
    public static void main(String[] arguments) throws Exception {
        int calls = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
        System.out.printf(Locale.ROOT, "%d calls, Java %s%n", calls, Runtime.version());
        double before;
        double after;
        try (Phone near = phone(); Phone far = phone()) {
            Caller caller = new Caller(near, far);
            caller.call(WARM_UP);
            linger();
            before = heapMegabytes();
            System.out.printf(Locale.ROOT, "at rest: heap after GC %.1f MB%n", before);
            long began = ManagementFactory.getRuntimeMXBean().getUptime();
            for (int done = 0; done < calls; done += STEP) {
                caller.call(Math.min(STEP, calls - done));
                long millis = ManagementFactory.getRuntimeMXBean().getUptime() - began;
                System.out.printf(Locale.ROOT, "%6d calls  %6.1f s  heap after GC %6.1f MB  calls %d, ports %d, threads %d%n",
                        Math.min(calls, done + STEP), millis / 1000.0, heapMegabytes(), near.calls().size() + far.calls().size(),
                        near.bridge().ports().size() + far.bridge().ports().size(), threads().size());
            }
            linger();
            after = heapMegabytes();
            System.out.printf(Locale.ROOT, "at rest: heap after GC %.1f MB, %.0f bytes for each call%n", after,
                    Math.max(0, after - before) * 1e6 / calls);
        }
        List<String> left = threadsAfterClose();
        System.out.printf(Locale.ROOT, "after close: threads left %s%n", left);
        boolean clean = after - before < SLACK_MB && left.isEmpty();
        System.out.println(clean ? "PASS" : "FAIL");
        System.exit(clean ? 0 : 1);
    }

    /** Waits until nothing is kept for retransmissions any more. */
    private static void linger() throws InterruptedException {
        new CountDownLatch(1).await(LINGER_SECONDS, TimeUnit.SECONDS);
    }

    /** Makes calls from one phone to the other. */
    private static final class Caller {
        private final Account alice;
        private final String target;
        private final Ticker ticker = Ticker.system();
        private final CountDownLatch never = new CountDownLatch(1);
        private final BlockingQueue<Call> taken = new LinkedBlockingQueue<>();

        Caller(Phone near, Phone far) {
            alice = near.addAccount(AccountConfig.of("sip:alice@127.0.0.1"));
            far.addAccount(AccountConfig.of("sip:bob@127.0.0.1"))
                    .onCall(incoming -> taken.add(incoming.answerAsync(CallOptions.DEFAULT)));
            target = "sip:bob@" + far.listeningOn().get(0).substring("UDP ".length());
        }

        void call(int times) throws InterruptedException {
            long began = ticker.now();
            for (int i = 0; i < times; i++) {
                never.await(began + i * Ticker.SECOND / PER_SECOND - ticker.now(), TimeUnit.NANOSECONDS);
                Call call = alice.dial(target).awaitAnswer();
                call.hangup();
                call.awaitEnd();
                taken.take().awaitEnd();
            }
        }
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
