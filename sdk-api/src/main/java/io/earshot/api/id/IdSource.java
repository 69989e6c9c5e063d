package io.earshot.api.id;

import java.security.SecureRandom;
import java.util.SplittableRandom;

/**
 * Where every identifier that must be unique or unguessable comes from: tags, branches, Call-IDs, nonces, SSRCs, ports.
 *
 * <p>{@link #secure()} outside tests; {@link #seeded(long)} makes a run repeatable. A source is confined to the thread of its owner
 * unless stated otherwise.
 */
@FunctionalInterface
public interface IdSource {
    /** Returns 64 fresh random bits. */
    long nextLong();

    /** Returns 32 fresh random bits, as an SSRC or an RTP timestamp offset wants them. */
    default int nextInt() {
        return (int) (nextLong() >>> 32);
    }

    /** Returns a token of lower-case letters and digits (RFC 3261 {@code token}) that carries {@code bits} of randomness, 1 to 256. */
    default String token(int bits) {
        if (bits < 1 || bits > 256) {
            throw new IllegalArgumentException("bits must be 1 to 256, not " + bits);
        }
        StringBuilder out = new StringBuilder(bits / 5 + 1);
        long pool = 0;
        int left = 0;
        for (int got = 0; got < bits; got += 5) {
            if (left < 5) {
                pool = nextLong();
                left = 60;
            }
            out.append("abcdefghijkmnpqrstuvwxyz23456789".charAt((int) (pool & 31)));
            pool >>>= 5;
            left -= 5;
        }
        return out.toString();
    }

    /** Returns a source over {@link SecureRandom}; safe for use by several threads. */
    static IdSource secure() {
        SecureRandom random = new SecureRandom();
        return random::nextLong;
    }

    /** Returns a repeatable source, for tests and simulations only; confined to one thread. */
    static IdSource seeded(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return random::nextLong;
    }
}
