import java.lang.management.ManagementFactory;
import java.util.Locale;

/** What hostile bytes cost: processor time of each step, what is taken from the heap, and the sound that must come afterwards. */
final class Ordeal {
    /** Steps before what is taken from the heap counts: until then buffers may grow. */
    private static final int WARM = 100_000;
    private static final long STALL = 5_000_000;
    private static final com.sun.management.ThreadMXBean THREAD = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final long[] histogram = new long[64];
    private long steps;
    private long longest;
    private long took;
    private long start;
    private long bytesBefore;

    /** What follows is a step; those who are not timed come between {@link #end} and this. */
    void begin() {
        start = THREAD.getCurrentThreadCpuTime();
    }

    /** The step is over. */
    void end() {
        took = THREAD.getCurrentThreadCpuTime() - start;
        count();
    }

    /** Tells whether what ends now took so long that the machine may have stood still: on a shared one processor time goes on meanwhile. */
    boolean stalled() {
        return THREAD.getCurrentThreadCpuTime() - start > STALL;
    }

    private void count() {
        histogram[64 - Long.numberOfLeadingZeros(took)]++;
        longest = Math.max(longest, took);
        if (++steps == WARM) {
            bytesBefore = THREAD.getCurrentThreadAllocatedBytes();
        }
    }

    /** Prints the row: what, steps, how many gave sound, 99 % within, the longest, bytes from the heap since the first 100,000. */
    void print(String what, long sounded) {
        long bytes = steps < WARM ? 0 : THREAD.getCurrentThreadAllocatedBytes() - bytesBefore;
        long rest = steps / 100;
        int slot = histogram.length - 1;
        while (slot > 0 && (rest -= histogram[slot]) > 0) {
            slot--;
        }
        System.out.printf(Locale.ROOT,
                "%s: %,d payloads, %,d gave sound, 0 exceptions, 99 %% within %.1f us, longest %.2f ms, %d heap bytes%n",
            what, steps, sounded, (1L << slot) / 1e3, longest / 1e6, bytes);
    }

    /** Writes a voice-like sound, loud enough for every codec: harmonics of 150 Hz. */
    static void voice(short[] pcm, int offset, int samples, int rate, int channels, long from) {
        for (int i = 0; i < samples / channels; i++) {
            double value = 0;
            for (int k = 1; k <= 12; k++) {
                value += 4_000.0 / k * Math.cos(2 * Math.PI * 150 * k * (from + i) / rate + k * k);
            }
            for (int c = 0; c < channels; c++) {
                pcm[offset + i * channels + c] = (short) value;
            }
        }
    }

    /** Returns the mean square of samples. */
    static double power(short[] pcm, int offset, int samples) {
        double sum = 0;
        for (int i = offset; i < offset + samples; i++) {
            sum += (double) pcm[i] * pcm[i];
        }
        return sum / samples;
    }
}
