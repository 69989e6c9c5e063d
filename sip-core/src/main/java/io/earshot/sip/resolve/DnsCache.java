package io.earshot.sip.resolve;

import io.earshot.api.dns.spi.DnsAnswer;
import io.earshot.api.time.Ticker;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Answers kept for as long as their TTL allows, and an hour longer for when the resolver fails. Bounded: the longest unused one goes. */
final class DnsCache {
    private static final int MAX_ENTRIES = 512;
    private static final long STALE = 3600 * Ticker.SECOND;
    private static final long NEGATIVE = 10 * Ticker.SECOND;
    private static final long LONGEST_TTL_SECONDS = 86_400;

    private record Entry(DnsAnswer answer, long expires) { }

    private final Map<Question, Entry> entries = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Question, Entry> eldest) {
            return size() > MAX_ENTRIES;
        }
    };

    Optional<DnsAnswer> fresh(Question question, long now) {
        Entry entry = entries.get(question);
        return entry != null && now < entry.expires() ? Optional.of(entry.answer()) : Optional.empty();
    }

    /** Takes an answer and returns the one to use: an older one when this says that there is none to be had. */
    DnsAnswer take(Question question, DnsAnswer answer, long now) {
        if (answer instanceof DnsAnswer.Found found) {
            long ttl = Math.max(0, Math.min(found.ttlSeconds(), LONGEST_TTL_SECONDS)) * Ticker.SECOND;
            entries.put(question, new Entry(answer, now + ttl));
        } else if (answer instanceof DnsAnswer.NoSuchName) {
            entries.put(question, new Entry(answer, now + NEGATIVE));
        } else if (answer instanceof DnsAnswer.Failed) {
            Entry old = entries.get(question);
            if (old != null && old.answer() instanceof DnsAnswer.Found && now < old.expires() + STALE) {
                return old.answer();
            }
        }
        return answer;
    }
}
