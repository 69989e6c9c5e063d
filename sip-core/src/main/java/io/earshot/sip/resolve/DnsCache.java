package io.earshot.sip.resolve;

import io.earshot.api.NameLookup;
import io.earshot.api.dns.spi.DnsAnswer;
import io.earshot.api.dns.spi.DnsResolver.RecordType;
import io.earshot.api.time.Ticker;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Answers kept for as long as their TTL allows, and an hour longer for when the resolver fails. Bounded: the longest unused one goes. */
final class DnsCache {
    private static final int MAX_ENTRIES = 512;
    private static final long STALE = 3600 * Ticker.SECOND;
    private static final long LONGEST_TTL_SECONDS = 86_400;
    private static final long LONGEST_NEGATIVE_TTL_SECONDS = 60; // what somebody repairs shall soon be seen
    private static final long DISPENSABLE = 120 * Ticker.SECOND;

    private record Kept(DnsAnswer answer, long expires) { }

    private final Map<Question, Kept> entries = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Question, Kept> eldest) {
            return size() > MAX_ENTRIES;
        }
    };

    private final NameLookup use;

    DnsCache(NameLookup use) {
        this.use = use;
    }

    /** Returns what to go by without asking; empty to ask. */
    Optional<DnsAnswer> fresh(Question question, long now) {
        Kept entry = entries.get(question);
        boolean old = use == NameLookup.KEEP || use == NameLookup.KNOWN_ONLY;
        boolean usable = entry != null && (now < entry.expires() || old && entry.answer() instanceof DnsAnswer.Found);
        return switch (use) {
            case ALWAYS_ASK -> Optional.empty();
            case NEVER -> Optional.of(new DnsAnswer.Failed("names are not looked up, as it was asked for: give an address"));
            case KNOWN_ONLY -> Optional.of(usable ? entry.answer()
                    : new DnsAnswer.Failed("the name is not known, and DNS is not to be asked"));
            default -> usable ? Optional.of(entry.answer()) : Optional.empty();
        };
    }

    /** Takes an answer and returns the one to use: an older one when this says that there is none to be had. */
    DnsAnswer take(Question question, DnsAnswer answer, long now) {
        if (answer instanceof DnsAnswer.Found found) {
            long longest = found.records().isEmpty() ? LONGEST_NEGATIVE_TTL_SECONDS : LONGEST_TTL_SECONDS;
            entries.put(question, new Kept(answer, now + life(found.ttlSeconds(), longest)));
        } else if (answer instanceof DnsAnswer.NoSuchName none) {
            entries.put(question, new Kept(answer, now + life(none.ttlSeconds(), LONGEST_NEGATIVE_TTL_SECONDS)));
        } else if (answer instanceof DnsAnswer.Failed) {
            Kept old = entries.get(question);
            if (old != null && old.answer() instanceof DnsAnswer.Found && now < old.expires() + STALE) {
                return old.answer();
            }
        }
        return answer;
    }

    /**
     * Remembers that this question fails and that servers are found without it. Some routers drop questions for NAPTR, SRV or AAAA: not
     * every call shall wait for them.
     */
    void dispensable(Question question, long now) {
        if (question.type() != RecordType.A && fresh(question, now).isEmpty()) {
            entries.put(question, new Kept(new DnsAnswer.Failed("DNS did not answer a moment ago"), now + DISPENSABLE));
        }
    }

    void expire(long now) {
        entries.replaceAll((question, entry) -> new Kept(entry.answer(), Math.min(now, entry.expires())));
    }

    int size() {
        return entries.size();
    }

    private static long life(long ttlSeconds, long longest) {
        return Math.max(0, Math.min(ttlSeconds, longest)) * Ticker.SECOND;
    }
}
