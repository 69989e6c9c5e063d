package io.earshot.benchmarks.load;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.management.ObjectName;

/**
 * A callee in a JVM of its own, so that its heap is nobody else's. Commands come by standard input, a line each, and get a line of answer:
 * {@code heap} (bytes of live objects), {@code cpu} (ns of CPU the process has used), {@code calls},
 * {@code register N PORT}, {@code settle} (waits until finished transactions are forgotten), {@code quit}.
 */
final class Subject {
    /** 64 T1 of RFC 3261, after which nothing of a transaction that is over remains; and some for slow timers. */
    private static final long LINGER_SECONDS = 36;

    private Subject() {
    }

    /** Arguments: facade, core or jain. Prints its port first. */
    public static void main(String[] arguments) throws Exception {
        try (Callee callee = make(arguments[0]);
                BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println("port " + callee.port());
            for (String line = commands.readLine(); line != null && !line.equals("quit"); line = commands.readLine()) {
                System.out.println(answer(callee, line.split(" ")));
            }
        }
        System.exit(0); // JAIN-SIP leaves a timer thread
    }

    private static Callee make(String kind) throws Exception {
        return switch (kind) {
            case "facade" -> new FacadeCallee();
            case "core" -> new CoreCallee();
            case "jain" -> new JainCallee(freePort());
            default -> throw new IllegalArgumentException("facade, core or jain, not " + kind);
        };
    }

    private static int freePort() throws Exception {
        try (DatagramSocket probe = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private static String answer(Callee callee, String[] words) throws Exception {
        return switch (words[0]) {
            case "heap" -> "heap " + heap();
            case "cpu" -> "cpu " + ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
            case "calls" -> "calls " + callee.calls();
            case "settle" -> {
                new CountDownLatch(1).await(LINGER_SECONDS, TimeUnit.SECONDS);
                yield "settled";
            }
            case "register" -> {
                callee.register(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
                yield "registered";
            }
            default -> "unknown " + words[0];
        };
    }

    /**
     * The sum of the JVM's histogram of live objects: what a collector calls used may be regions that it has not given back yet, which with
     * other programs beside it made 10 kB of each of 1000 accounts.
     */
    private static long heap() throws Exception {
        System.gc();
        String histogram = (String) ManagementFactory.getPlatformMBeanServer().invoke(
            new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcClassHistogram", new Object[] {new String[0]},
            new String[] {String[].class.getName()});
        String total = histogram.lines().filter(line -> line.startsWith("Total")).findFirst().orElseThrow();
        return Long.parseLong(total.trim().split("\\s+")[2]);
    }
}
