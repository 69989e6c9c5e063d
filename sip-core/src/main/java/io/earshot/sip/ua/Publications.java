package io.earshot.sip.ua;

import io.earshot.sip.message.Uri;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * What we tell a server to tell others (RFC 3903): publications that stay there until they are removed. Confined to the engine's thread;
 * {@code now} as for {@link SipEngine}. News come as {@link EventNews.PublicationMoved}.
 */
public final class Publications {
    private final Context context;
    private final Accounts accounts;
    private final LongConsumer pump;
    private final Map<PublicationId, Publication> publications = new LinkedHashMap<>();
    private long last;
    private boolean closed;

    Publications(Context context, Accounts accounts, LongConsumer pump) {
        this.context = context;
        this.accounts = accounts;
        this.pump = pump;
        context.revivals.add((account, now) -> List.copyOf(publications.values()).forEach(one -> one.revive(account, now)));
    }

    /**
     * Publishes a state of an account.
     *
     * @param event the event package, such as {@code presence}
     * @param target whose state it is; the account's own address as a rule
     * @param expiresSeconds the life to ask for, refreshed for ever; 1 to 4294967295
     */
    public PublicationId publish(AccountId accountId, String event, Uri target, long expiresSeconds, EventBody state, long now) {
        if (expiresSeconds < 1 || expiresSeconds > 0xFFFF_FFFFL) {
            throw new IllegalArgumentException("expiresSeconds " + expiresSeconds + " is outside 1 to 4294967295");
        }
        PublicationId id = new PublicationId(++last);
        Optional<Account> account = accounts.get(accountId);
        if (account.isEmpty() || closed) {
            context.emit(new EventNews.PublicationMoved(id, new PublicationState.Ended(Optional.of(new Failure.Unreachable(
                closed ? "The phone is shutting down" : "There is no such account: " + accountId)))));
            return id;
        }
        Publication publication = new Publication(this, context, account.get(), id, new Publication.What(event, target, expiresSeconds));
        publications.put(id, publication);
        publication.set(state, now);
        pump.accept(now);
        return id;
    }

    /** Publishes a new state; of several while one is on its way, the last. {@code false} if the publication is over. */
    public boolean modify(PublicationId id, EventBody state, long now) {
        Publication publication = publications.get(id);
        if (publication != null) {
            publication.set(state, now);
            pump.accept(now);
        }
        return publication != null;
    }

    /** Takes the state back (Expires: 0). {@code false} if the publication is over. */
    public boolean remove(PublicationId id, long now) {
        Publication publication = publications.get(id);
        if (publication != null) {
            publication.leave(now);
            pump.accept(now);
        }
        return publication != null;
    }

    void shutdown(long now) {
        closed = true;
        List.copyOf(publications.values()).forEach(one -> one.leave(now));
    }

    /** Ends those of an account that is being removed. */
    void leave(AccountId account, long now) {
        publications.values().stream().filter(one -> one.account().id().equals(account)).toList().forEach(one -> one.leave(now));
    }

    boolean isIdle() {
        return publications.isEmpty();
    }

    void remove(PublicationId id) {
        publications.remove(id);
    }

    @Override
    public String toString() {
        return "publications=" + publications.size();
    }
}
