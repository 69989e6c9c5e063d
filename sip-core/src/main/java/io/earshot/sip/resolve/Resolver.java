package io.earshot.sip.resolve;

import static java.util.Objects.requireNonNull;

import io.earshot.api.NameLookup;
import io.earshot.api.dns.spi.DnsAnswer;
import io.earshot.api.dns.spi.DnsResolver.RecordType;
import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.sip.message.SipUri;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/**
 * Finds where to send a request (RFC 3263 §4): literal addresses at once, names by NAPTR, SRV, AAAA and A, each question asked of the
 * owner. Sans-IO, single-threaded: after every call drain {@link #poll()} until {@link Output.Wait}.
 */
public final class Resolver {
    /** Everything this asks of its owner. */
    public sealed interface Output {
        /** Look this up, then call {@link Resolver#onAnswer}. */
        record Query(long id, String name, RecordType type) implements Output { }

        /** The search ended well; the targets are in the order to try them, at least one. */
        record Found(long search, List<Target> targets) implements Output { }

        /** The search ended without a target; the reason is a sentence a human can act on. */
        record NotFound(long search, String reason) implements Output { }

        /** Nothing to do until then. */
        record Wait(long deadline) implements Output { }
    }

    private static final int MAX_OVERDUE = 64;

    private record Pending(long id, long deadline) { }

    private final List<String> protocols;
    private final long timeout;
    private final IdSource ids;
    private final AddressOrder order;
    private final DnsCache cache;
    private final Map<Question, Pending> pending = new LinkedHashMap<>();
    private final Map<Long, Search> searches = new LinkedHashMap<>();
    private final Map<Long, Question> overdue = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Question> eldest) {
            return size() > MAX_OVERDUE;
        }
    };
    private final Queue<Output> outputs = new ArrayDeque<>();
    private long lastId;

    /**
     * Makes a resolver that tries IPv4 addresses first.
     *
     * @param protocols the transports there are, Via tokens, preferred first
     * @param timeout how long to wait for one answer, in ns
     * @param ids chooses among SRV records of equal priority
     */
    public Resolver(List<String> protocols, long timeout, IdSource ids) {
        this(protocols, timeout, ids, AddressOrder.IPV4_FIRST, NameLookup.CACHED);
    }

    /**
     * Makes a resolver.
     *
     * @param protocols the transports there are, Via tokens, preferred first
     * @param timeout how long to wait for one answer, in ns
     * @param ids chooses among SRV records of equal priority
     * @param order which of a server's addresses come first
     * @param use when to ask, and when to go by what is known
     */
    public Resolver(List<String> protocols, long timeout, IdSource ids, AddressOrder order, NameLookup use) {
        this.cache = new DnsCache(requireNonNull(use, "use"));
        this.order = requireNonNull(order, "order");
        this.protocols = List.copyOf(protocols);
        this.timeout = timeout;
        this.ids = requireNonNull(ids, "ids");
    }

    /**
     * Starts a search, which ends in one {@link Output.Found} or {@link Output.NotFound}.
     *
     * @param uri what to find: the first route or the Request-URI
     * @return the search's number
     */
    public long search(SipUri uri, long now) {
        long number = ++lastId;
        Search search = new Search(uri, protocols, ids.nextLong(), order);
        searches.put(number, search);
        advance(number, search, now);
        return number;
    }

    /** Forgets a search; it brings no output any more. Unknown numbers are ignored. */
    public void cancel(long search) {
        searches.remove(search);
        outputs.removeIf(output -> output instanceof Output.Found found && found.search() == search
            || output instanceof Output.NotFound lost && lost.search() == search);
    }

    /** Asks anew from now on, as another network may have other answers; old ones serve while there are none. */
    public void expire(long now) {
        cache.expire(now);
    }

    /** Takes the answer to a {@link Output.Query}. A late one is kept for the next search, an unknown one ignored. */
    public void onAnswer(long queryId, DnsAnswer answer, long now) {
        Question question = null;
        for (Map.Entry<Question, Pending> entry : pending.entrySet()) {
            if (entry.getValue().id() == queryId) {
                question = entry.getKey();
            }
        }
        Question late = overdue.remove(queryId);
        if (question != null) {
            settle(question, answer, now);
        } else if (late != null) {
            cache.take(late, answer, now);
        }
    }

    /** Gives up on questions that were asked too long ago. */
    public void onTime(long now) {
        List<Question> late = new ArrayList<>();
        pending.forEach((question, asked) -> {
            if (now >= asked.deadline()) {
                late.add(question);
            }
        });
        for (Question question : late) {
            overdue.put(pending.get(question).id(), question);
            settle(question, new DnsAnswer.Failed("DNS did not answer within " + timeout / Ticker.SECOND + " s"), now);
        }
    }

    /** Returns the next thing to do. */
    public Output poll() {
        Output next = outputs.poll();
        return next != null ? next : new Output.Wait(pending.values().stream().mapToLong(Pending::deadline).min().orElse(Ticker.NEVER));
    }

    /** Tells whether a search is under way. */
    public boolean isIdle() {
        return searches.isEmpty() && outputs.isEmpty();
    }

    private void settle(Question question, DnsAnswer answer, long now) {
        pending.remove(question);
        DnsAnswer usable = cache.take(question, answer, now);
        for (Map.Entry<Long, Search> entry : List.copyOf(searches.entrySet())) {
            if (entry.getValue().takes(question, usable)) {
                advance(entry.getKey(), entry.getValue(), now);
            }
        }
    }

    private void advance(long number, Search search, long now) {
        Search.Outcome outcome = search.run(question -> ask(question, now));
        if (outcome instanceof Search.Outcome.Targets found) {
            searches.remove(number);
            search.failed().forEach(question -> cache.dispensable(question, now));
            outputs.add(new Output.Found(number, found.targets()));
        } else if (outcome instanceof Search.Outcome.Nothing nothing) {
            searches.remove(number);
            outputs.add(new Output.NotFound(number, nothing.reason()));
        }
    }

    /** Answers from memory, or asks the owner once and answers empty. */
    private Optional<DnsAnswer> ask(Question question, long now) {
        Optional<DnsAnswer> known = cache.fresh(question, now);
        if (known.isEmpty() && !pending.containsKey(question)) {
            long id = ++lastId;
            pending.put(question, new Pending(id, now + timeout));
            outputs.add(new Output.Query(id, question.name(), question.type()));
        }
        return known;
    }
}
