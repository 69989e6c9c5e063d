package io.earshot.sdk.internal.call;

import io.earshot.api.DtmfMethod;
import io.earshot.api.time.Ticker;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.Set;

/**
 * Tells each key once, though a peer may send it in several ways at once: what comes by a second way is the echo of a key that came by the
 * first within the last second and a half and that this way has not repeated yet. Of a flood of keys it looks back at the last 64 only.
 * Confined to one thread.
 */
final class KeyFilter {
    private static final int MOST = 64;
    private static final long WINDOW = 1500 * Ticker.MILLISECOND;

    private final Deque<Told> told = new ArrayDeque<>();

    /** A key that was told, and the ways it came by. */
    private record Told(char key, long at, Set<DtmfMethod> ways) { }

    /** Tells whether a key is news. */
    boolean isNew(char key, DtmfMethod method, long now) {
        while (!told.isEmpty() && (now - told.peek().at > WINDOW || told.size() >= MOST)) {
            told.poll();
        }
        DtmfMethod way = method == DtmfMethod.INFO ? DtmfMethod.INFO_RELAY : method;
        for (Iterator<Told> each = told.iterator(); each.hasNext(); ) {
            Told before = each.next();
            if (before.key == key && before.ways.add(way)) {
                return false;
            }
        }
        told.add(new Told(key, now, EnumSet.of(way)));
        return true;
    }
}
