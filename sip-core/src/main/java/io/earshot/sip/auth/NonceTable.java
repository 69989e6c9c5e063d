package io.earshot.sip.auth;

import io.earshot.api.id.IdSource;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Nonces that need no memory until somebody answers one rightly: each holds its time of issue and a keyed hash of it, so that a flood of
 * requests costs nothing. Of answered ones the counts are kept, for replay; when there are too many, all that are as old as the one
 * dropped turn stale.
 */
final class NonceTable {
    private static final DigestAlgorithm HASH = DigestAlgorithm.SHA_256;

    private final IdSource ids;
    private final String key;
    private final long life;
    private final int capacity;
    private final Map<String, Counts> used = new LinkedHashMap<>();
    private long staleUntil = -1;

    /** What a nonce is worth now. */
    enum State {
        /** Ours and young enough. */
        VALID,
        /** Ours and too old. */
        STALE,
        /** Not ours. */
        FOREIGN
    }

    /** The counts seen: the highest, and which of the 64 up to it. */
    private static final class Counts {
        private long highest;
        private long seen;

        boolean use(long count) {
            if (count > highest) {
                long shift = count - highest;
                seen = shift < 64 ? seen << shift : 0;
                highest = count;
            }
            long age = highest - count;
            boolean fresh = count > 0 && age < 64 && (seen >>> age & 1) == 0;
            seen |= fresh ? 1L << age : 0;
            return fresh;
        }
    }

    NonceTable(IdSource ids, long life, int capacity) {
        this.ids = ids;
        this.key = ids.token(256);
        this.life = life;
        this.capacity = capacity;
    }

    String issue(long now) {
        String head = HexFormat.of().toHexDigits(now) + HexFormat.of().toHexDigits(ids.nextLong());
        return head + seal(head);
    }

    /** The length of the sealed text is fixed, and key and text are hashed twice: no extension of a known hash is one of ours. */
    private String seal(String head) {
        return HASH.hash(key + HASH.hash((key + head).getBytes(StandardCharsets.UTF_8))).substring(0, 32);
    }

    State state(String nonce, long now) {
        if (nonce.length() != 64 || !DigestServer.sameText(seal(nonce.substring(0, 32)), nonce.substring(32))) {
            return State.FOREIGN;
        }
        long issued = HexFormat.fromHexDigitsToLong(nonce, 0, 16);
        return now - issued >= life || issued <= staleUntil ? State.STALE : State.VALID;
    }

    /** Marks a count of a valid nonce as used; false if it was used before, or lies too far back to tell. */
    boolean use(String nonce, long count, long now) {
        Counts counts = used.get(nonce);
        if (counts == null) {
            makeRoom(now);
            counts = new Counts();
            used.put(nonce, counts);
        }
        return counts.use(count);
    }

    private void makeRoom(long now) {
        if (used.size() < capacity) {
            return;
        }
        used.keySet().removeIf(nonce -> state(nonce, now) == State.STALE);
        if (used.size() >= capacity) {
            String oldest = used.keySet().iterator().next();
            used.remove(oldest);
            staleUntil = Math.max(staleUntil, HexFormat.fromHexDigitsToLong(oldest, 0, 16));
        }
    }
}
