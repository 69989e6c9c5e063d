package io.earshot.benchmarks;

import io.earshot.api.time.Ticker;
import io.earshot.sip.message.SipLimits;
import io.earshot.sip.message.SipParser;
import io.earshot.testkit.hostile.EngineUnderFire;
import io.earshot.testkit.hostile.EveryReader;
import io.earshot.testkit.hostile.HostileMessages;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * A million broken messages through the parser, the check and every typed header and body, and a part of them through a whole engine on
 * virtual time: nothing throws, the engine never has to give an input up, and the heap does not grow.
 *
 * <p>Arguments: how many messages (1000000), how many of them go to an engine (250000), the seed (1).
 */
public final class MutatedMessages {
    private static final int ROUNDS = 10;
    private static final Ticker TICKER = Ticker.system();

    private MutatedMessages() {
    }

    /** Runs it; exits with 1 when anything failed. */
    public static void main(String[] args) {
        int all = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
        int engine = args.length > 1 ? Integer.parseInt(args[1]) : 250_000;
        long seed = args.length > 2 ? Long.parseLong(args[2]) : 1;
        System.out.printf("%d messages, %d of them to an engine, seed %d, JDK %s%n", all, engine, seed, Runtime.version());
        boolean sound = readers(all - engine, seed) & engine(engine, seed);
        System.out.println(sound ? "nothing threw" : "FAILED");
        System.exit(sound ? 0 : 1);
    }

    private static boolean readers(int total, long seed) {
        HostileMessages messages = new HostileMessages(seed);
        EveryReader reader = new EveryReader(new SipParser(SipLimits.DEFAULT));
        Map<EveryReader.Verdict, Integer> verdicts = new EnumMap<>(EveryReader.Verdict.class);
        long bytes = 0;
        long peak = 0;
        int failures = 0;
        long start = TICKER.now();
        for (int i = 0; i < total; i++) {
            byte[] message = messages.next();
            bytes += message.length;
            try {
                verdicts.merge(reader.read(message), 1, Integer::sum);
            } catch (RuntimeException | StackOverflowError defect) {
                failures++;
                System.out.println("message " + i + " made " + defect + ": " + HexFormat.of().formatHex(message));
            }
            if (i % Math.max(1, total / ROUNDS) == 0) {
                peak = Math.max(peak, heap());
            }
        }
        System.out.printf("readers: %s, %d bytes, %d exceptions, %.1f s, %d kB of heap at most after a collection%n", verdicts, bytes,
            failures, seconds(start), peak >> 10);
        return failures == 0;
    }

    private static boolean engine(int total, long seed) {
        EngineUnderFire fire = new EngineUnderFire(seed);
        long start = TICKER.now();
        StringBuilder heaps = new StringBuilder();
        for (int i = 1; i <= total; i++) {
            try {
                fire.step();
            } catch (RuntimeException defect) {
                System.out.println("step " + i + ": " + defect + ": " + defect.getCause());
                defect.printStackTrace(System.out);
                return false;
            }
            if (i % Math.max(1, total / ROUNDS) == 0) {
                heaps.append(' ').append(heap() >> 10);
            }
        }
        System.out.println("engine: " + fire);
        boolean rest = fire.comesToRest();
        System.out.printf("engine: %.1f s, kB of heap after collections on the way:%s, at rest afterwards: %s, and then %d%n",
            seconds(start), heaps, rest, heap() >> 10);
        return rest;
    }

    private static double seconds(long start) {
        return (TICKER.now() - start) / (double) Ticker.SECOND;
    }

    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
