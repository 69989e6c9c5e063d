package io.earshot.srtp.dtls;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.tls.AlertDescription;

/**
 * What comes in clear, as everything does until there are keys; anybody can write it who knows two addresses. Alerts are taken out, as RFC
 * 6347 §4.1.2.7 and RFC 9147 §4.5.2 allow, and end nothing: the time of the handshake decides, and then the last one may tell why it came
 * to nothing. Messages of the association before on the same ports, late on their way, are taken out too: their numbers are those of the
 * new one's. What remains is numbered anew, for nothing in clear may have the protocol believe that what follows was there before.
 */
final class ClearRecords {
    private static final int RECORD_HEADER = 13;
    private static final int CHANGE_CIPHER_SPEC = 20;
    private static final int ALERT = 21;
    private static final int HANDSHAKE = 22;
    private static final int FATAL = 2;
    /** Messages with something random in their first bytes: both hellos, a ticket, both keys, a signature. */
    private static final Set<Integer> UNIQUE = Set.of(1, 2, 4, 12, 16, 15);
    private static final int BEGINNING = 64;
    private static final int MOST_KNOWN = 32;

    private final Set<ByteBuffer> known = new LinkedHashSet<>();
    private Set<ByteBuffer> old = Set.of();
    private Optional<String> refusal = Optional.empty();
    private int number;
    private boolean over;
    private long count;

    /** The handshake is complete: what comes now is of the next one. */
    void complete() {
        over = true;
    }

    /** Lets nothing in that made the association before; where that came to nothing there may be messages of this one among it. */
    void follow(ClearRecords before) {
        if (!before.over) {
            return;
        }
        Set<ByteBuffer> both = new LinkedHashSet<>(before.known);
        both.addAll(before.old);
        old = Set.copyOf(both.stream().limit(2 * MOST_KNOWN).toList());
    }

    /** Returns a copy of a datagram without what is taken out; maybe nothing is left. */
    byte[] sieve(byte[] buffer, int offset, int length) {
        byte[] out = new byte[length];
        int kept = 0;
        for (int at = offset, end; at < offset + length; at = end) {
            end = end(buffer, at, offset + length);
            boolean clear = end - at >= RECORD_HEADER && buffer[at + 3] == 0 && buffer[at + 4] == 0;
            if (clear && !passes(buffer, at, end)) {
                count++;
                continue;
            }
            System.arraycopy(buffer, at, out, kept, end - at);
            if (clear) {
                renumber(out, kept);
            }
            kept += end - at;
        }
        return Arrays.copyOf(out, kept);
    }

    /** Returns where the record ends; what is no record goes on with the rest. */
    private static int end(byte[] buffer, int at, int limit) {
        if (limit - at < RECORD_HEADER) {
            return limit;
        }
        return Math.min(limit, at + RECORD_HEADER + ((buffer[at + 11] & 0xFF) << 8 | buffer[at + 12] & 0xFF));
    }

    private boolean passes(byte[] buffer, int at, int end) {
        int type = buffer[at];
        int from = at + RECORD_HEADER;
        if (type == ALERT) {
            note(buffer, from, end);
        } else if (type == HANDSHAKE && end > from && UNIQUE.contains((int) buffer[from])) {
            ByteBuffer beginning = ByteBuffer.wrap(Arrays.copyOfRange(buffer, from, Math.min(end, from + BEGINNING)));
            if (old.contains(beginning)) {
                return false;
            }
            if (!over && known.size() < MOST_KNOWN) {
                known.add(beginning);
            }
        }
        return type == HANDSHAKE || type == CHANGE_CIPHER_SPEC;
    }

    private void note(byte[] buffer, int from, int end) {
        if (end - from == 2 && (buffer[from] == FATAL || buffer[from + 1] == AlertDescription.close_notify)) {
            refusal = Optional.of(name((short) (buffer[from + 1] & 0xFF)));
        }
    }

    private void renumber(byte[] out, int at) {
        ByteBuffer.wrap(out, at + 5, 6).putShort((short) 0).putInt(number++);
    }

    /** Returns the name and number of an alert. */
    static String name(short alert) {
        return AlertDescription.getName(alert).toLowerCase(Locale.ROOT) + '(' + alert + ')';
    }

    /** Returns what the last alert said that ends a handshake; nobody vouches for it. */
    Optional<String> refusal() {
        return refusal;
    }

    /** Returns how many records were taken out. */
    long count() {
        return count;
    }
}
