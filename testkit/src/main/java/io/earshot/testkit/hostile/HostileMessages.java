package io.earshot.testkit.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.SplittableRandom;

/**
 * An endless series of broken SIP messages, the same ones for the same seed.
 *
 * <pre>{@code
 * HostileMessages attacker = new HostileMessages(1);
 * for (int i = 0; i < 10_000; i++) {
 *     socket.send(attacker.next());
 * }
 * }</pre>
 */
public final class HostileMessages {
    private static final List<String> SAMPLES = Samples.all();

    private final SplittableRandom random;

    /** Starts a series. */
    public HostileMessages(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Returns the well-formed messages that the series is made from: new copies. */
    public static List<byte[]> wellFormed() {
        return SAMPLES.stream().map(text -> text.getBytes(UTF_8)).toList();
    }

    /** Returns the next message, at most 8 KiB; most have a branch and a Call-ID of their own, some repeat one. */
    public byte[] next() {
        String sample = SAMPLES.get(random.nextInt(SAMPLES.size()));
        if (random.nextInt(8) > 0) {
            sample = sample.replace(Samples.BRANCH, Samples.BRANCH + Long.toHexString(random.nextLong()));
            sample = sample.replace(Samples.CALL_ID, Long.toHexString(random.nextLong()));
        }
        return Mutation.of(sample.getBytes(UTF_8), random);
    }

    /** Returns a message of one's own with one to six changes, at most 8 KiB. */
    public byte[] mutate(byte[] message) {
        return Mutation.of(message, random);
    }
}
