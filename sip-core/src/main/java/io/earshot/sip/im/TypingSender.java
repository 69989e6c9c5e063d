package io.earshot.sip.im;

import io.earshot.api.time.Ticker;
import java.util.Optional;
import java.util.OptionalInt;

/** Our side of one conversation's is-composing (RFC 3994 §3.3): when to say what. Confined to one thread; times in ns. */
public final class TypingSender {
    /** How long without a key until we are idle again (§3.3). */
    public static final long IDLE_AFTER = 15 * Ticker.SECOND;
    /** How often we say again that we write. */
    public static final int REFRESH_SECONDS = 90;

    private static final IsComposing ACTIVE = new IsComposing(true, "text/plain", OptionalInt.of(REFRESH_SECONDS));
    private static final IsComposing IDLE = new IsComposing(false, "text/plain", OptionalInt.empty());

    private long idleAt = Ticker.NEVER;
    private long refreshAt = Ticker.NEVER;

    /** Starts idle. */
    public TypingSender() {
    }

    /** A key was pressed. Returns what to send, if anything. */
    public Optional<IsComposing> typed(long now) {
        boolean news = idleAt == Ticker.NEVER;
        idleAt = now + IDLE_AFTER;
        if (news) {
            refreshAt = now + REFRESH_SECONDS * Ticker.SECOND;
        }
        return news ? Optional.of(ACTIVE) : Optional.empty();
    }

    /** The user stopped, or cleared what was written. Returns what to send, if anything. */
    public Optional<IsComposing> stopped() {
        boolean news = idleAt != Ticker.NEVER;
        sent();
        return news ? Optional.of(IDLE) : Optional.empty();
    }

    /** The message itself went out, which says that we write no more (§3.3). */
    public void sent() {
        idleAt = Ticker.NEVER;
        refreshAt = Ticker.NEVER;
    }

    /** Returns when {@link #onTime} wants to be called; {@link Ticker#NEVER} while idle. */
    public long deadline() {
        return Math.min(idleAt, refreshAt);
    }

    /** Does what is due. Returns what to send, if anything. */
    public Optional<IsComposing> onTime(long now) {
        if (now >= idleAt) {
            return stopped();
        }
        if (now >= refreshAt) {
            refreshAt = now + REFRESH_SECONDS * Ticker.SECOND;
            return Optional.of(ACTIVE);
        }
        return Optional.empty();
    }
}
