package frames;

import io.earshot.api.time.Ticker;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Broken frames without end, from a seed, and what became of them. */
public final class Mutants {
    private static final int SAMPLES = 20;
    private static final Ticker TICKER = Ticker.system();
    public final SplittableRandom random;
    private final String name;
    private final long total;
    private final Map<String, Long> verdicts = new TreeMap<>();
    private final long before = heap();
    private final long start = TICKER.now();
    private long peak;
    private long count;
    private long exceptions;

    /** Takes one frame and says in a word what it made of it. */
    public interface Target {
        String take(byte[] frame);
    }

    public Mutants(String name, long total, long seed) {
        this.name = name;
        this.total = total;
        random = new SplittableRandom(seed);
    }

    public boolean more() {
        return count < total;
    }

    /** Flips bits, puts bytes, cuts, lengthens, or has nothing in common with the frame at all. */
    public byte[] of(byte[] frame) {
        byte[] out = frame.clone();
        int how = random.nextInt(10);
        if (how == 0) {
            out = new byte[random.nextInt(300)];
            random.nextBytes(out);
            return out;
        } else if (how == 1) {
            out = Arrays.copyOf(out, random.nextInt(out.length + 1));
        } else if (how == 2) {
            out = Arrays.copyOf(out, out.length + random.nextInt(64));
        }
        for (int changes = 1 + random.nextInt(5); changes > 0 && out.length > 0; changes--) {
            int at = random.nextInt(random.nextBoolean() ? out.length : Math.min(out.length, 32));
            out[at] = random.nextBoolean() ? (byte) random.nextInt() : (byte) (out[at] ^ 1 << random.nextInt(8));
        }
        return out;
    }

    public void give(byte[] frame, Target target) {
        try {
            verdicts.merge(target.take(frame), 1L, Long::sum);
        } catch (RuntimeException | StackOverflowError defect) {
            if (exceptions++ < 10) {
                System.out.println(name + ": " + defect + " by " + HexFormat.of().formatHex(frame));
                defect.printStackTrace(System.out);
            }
        }
        if (++count % Math.max(1, total / SAMPLES) == 0) {
            peak = Math.max(peak, heap());
        }
    }

    private static long heap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory() >> 10;
    }

    /** Prints what came of it; tells whether nothing threw, and the heap stayed within 8 MB. */
    public boolean report() {
        boolean good = exceptions == 0 && peak - before < 8 << 10;
        System.out.printf("%-12s %d frames, %d exceptions, heap %d kB before, %d kB at most, %.0f s: %s%s%n", name, count, exceptions,
            before, peak, (TICKER.now() - start) / 1e9, verdicts, good ? "" : "  FAILED");
        return good;
    }
}
