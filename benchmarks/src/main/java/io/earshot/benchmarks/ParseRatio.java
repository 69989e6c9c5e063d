package io.earshot.benchmarks;

import io.earshot.api.time.Ticker;
import java.util.Arrays;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Compares parsing with the JAIN-SIP reference implementation in short turns, so that both meet the same machine: for computers that are
 * busy with other things, where two JMH runs after each other are not comparable.
 */
public final class ParseRatio {
    private static final int WARM_UP = 100;
    private static final int ROUNDS = 400;
    private static final int OURS = 1_000;
    private static final int THEIRS = 200;

    private ParseRatio() {
    }

    /** Prints nanoseconds per message, quartiles over all rounds, and the median of the ratios of the rounds. */
    public static void main(String[] args) {
        SipMessageBenchmark benchmark = new SipMessageBenchmark();
        Blackhole sink = new Blackhole("Today's password is swordfish. I understand instantiating Blackholes directly is dangerous.");
        Ticker ticker = Ticker.system();
        double[] ours = new double[ROUNDS];
        double[] theirs = new double[ROUNDS];
        double[] ratios = new double[ROUNDS];
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            long start = ticker.now();
            for (int i = 0; i < OURS; i++) {
                benchmark.parseAndReadMandatory(sink);
            }
            long middle = ticker.now();
            for (int i = 0; i < THEIRS; i++) {
                benchmark.jainParseAndReadMandatory(sink);
            }
            long end = ticker.now();
            if (round >= 0) {
                ours[round] = (double) (middle - start) / OURS;
                theirs[round] = (double) (end - middle) / THEIRS;
                ratios[round] = theirs[round] / ours[round];
            }
        }
        print("earshot, ns/message", ours);
        print("JAIN-SIP, ns/message", theirs);
        print("ratio", ratios);
    }

    private static void print(String what, double[] values) {
        Arrays.sort(values);
        System.out.printf("%-22s min %9.1f  quarter %9.1f  median %9.1f  three quarters %9.1f%n", what,
            values[0], values[values.length / 4], values[values.length / 2], values[3 * values.length / 4]);
    }
}
