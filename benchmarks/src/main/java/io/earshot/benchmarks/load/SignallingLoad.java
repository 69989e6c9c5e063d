package io.earshot.benchmarks.load;

import io.earshot.testkit.server.TestSipServer;
import io.earshot.testkit.server.TestSipServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;

/**
 * Calls per second that a callee on this machine holds without one failure, SIPp being the caller, and what an idle account and an idle
 * call cost on the heap: of the whole SDK (with media sockets for each call), of its SIP engine alone, and of the JAIN-SIP reference
 * implementation, one after the other in one run. Each call is INVITE, 180, 200, ACK and at once BYE, 200. SIPp has to be installed; it
 * shares the processors with the callee, and says itself when it cannot keep a rate up: the rate measured is given too.
 *
 * <p>Arguments: seconds for which a rate is to be held (60), the highest rate to try (1600), then the callees (core jain facade).
 */
public final class SignallingLoad {
    private static final int WARM_UP_CALLS = 3_000;
    private static final int PROBE_SECONDS = 8;

    private SignallingLoad() {
    }

    /** Runs everything and prints it. */
    public static void main(String[] arguments) throws Exception {
        int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 60;
        int most = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1600;
        List<String> kinds = arguments.length > 2 ? List.of(arguments).subList(2, arguments.length) : List.of("core", "jain", "facade");
        System.out.printf("Java %s, %d processors, %d s at each rate held%n", Runtime.version(),
            Runtime.getRuntime().availableProcessors(), seconds);
        for (String kind : kinds) {
            memory(kind);
        }
        for (String kind : kinds) {
            rate(kind, seconds, most);
        }
        System.exit(0);
    }

    private static void rate(String kind, int seconds, int most) throws Exception {
        Sipp sipp = new Sipp();
        int held = 0;
        try (Child callee = new Child(kind)) {
            sipp.calls(callee.port(), 150, WARM_UP_CALLS, 0);
            int step = 100;
            for (int rate = 200; rate <= most; rate += step) {
                Sipp.Result result = sipp.calls(callee.port(), rate, rate * PROBE_SECONDS, 0);
                System.out.printf(Locale.ROOT, "%-7s probe %5d calls/s: %s%n", kind, rate, result);
                if (!result.isClean() || result.made() / result.seconds() < 0.9 * rate) {
                    break;
                }
                held = rate;
            }
        }
        for (int rate = held; rate > 0; rate -= 100) {
            try (Child callee = new Child(kind)) {
                sipp.calls(callee.port(), 150, WARM_UP_CALLS, 0);
                long cpu = callee.ask("cpu");
                Sipp.Result result = sipp.calls(callee.port(), rate, rate * seconds, 0);
                double used = (callee.ask("cpu") - cpu) / 1e9;
                boolean clean = result.isClean();
                System.out.printf(Locale.ROOT, "%-7s %s %5d calls/s for %d s: %s; %.3f ms of CPU for a call%n", kind,
                    clean ? "HELD" : "lost", rate, seconds, result, 1e3 * used / result.made());
                if (clean) {
                    return;
                }
            }
        }
    }

    /** Takes the heap at rest, with N and with 2 N of each, so that what is there anyhow falls out. */
    private static void memory(String kind) throws Exception {
        int accounts = 1_000;
        int calls = 500;
        TestSipServerBuilder server = TestSipServer.builder().trustEverybody()
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        for (int i = 1; i <= 2 * accounts; i++) {
            server.user("user" + i, "unused");
        }
        try (TestSipServer registrar = server.start(); Child callee = new Child(kind)) {
            String register = "register " + accounts + " " + registrar.address().getPort();
            callee.ask(register);
            callee.ask("settle");
            long once = callee.ask("heap");
            callee.ask(register);
            callee.ask("settle");
            long twice = callee.ask("heap");
            System.out.printf(Locale.ROOT, "%-7s an idle registered account: %.0f bytes%n", kind, (double) (twice - once) / accounts);
        }
        long[] heaps = new long[2];
        for (int i = 0; i < 2; i++) {
            try (Child callee = new Child(kind)) {
                heaps[i] = idleCalls(kind, callee, (i + 1) * calls);
            }
        }
        System.out.printf(Locale.ROOT, "%-7s an idle call: %.0f bytes%n", kind, (double) (heaps[1] - heaps[0]) / calls);
    }

    private static long idleCalls(String kind, Child callee, int calls) throws IOException, InterruptedException {
        Sipp sipp = new Sipp();
        Thread caller = new Thread(() -> {
            try {
                sipp.calls(callee.port(), 100, calls, 70_000);
            } catch (IOException | InterruptedException ended) {
                System.out.println(kind + ": " + ended);
            }
        });
        caller.start();
        while (callee.ask("calls") < calls) {
            Thread.onSpinWait();
        }
        callee.ask("settle");
        long up = callee.ask("calls");
        if (up != calls) {
            throw new IllegalStateException(up + " calls are up, not " + calls);
        }
        long heap = callee.ask("heap");
        caller.join();
        return heap;
    }
}
