package io.earshot.sip.im;

import io.earshot.api.time.Ticker;

/** The peer's side of one conversation's is-composing (RFC 3994 §3.4). Confined to one thread; times in ns. */
public final class TypingReceiver {
    /** How long an active state lasts that does not say so itself (§3.4). */
    public static final long USUAL_REFRESH = 120 * Ticker.SECOND;

    private long activeUntil = Ticker.NEVER;
    private boolean active;

    /** Starts idle. */
    public TypingReceiver() {
    }

    /** Takes a status message; tells whether the state changed. */
    public boolean on(IsComposing status, long now) {
        if (!status.active()) {
            return idle();
        }
        boolean news = !active;
        active = true;
        long refresh = status.refreshSeconds().isPresent() ? status.refreshSeconds().getAsInt() * Ticker.SECOND : USUAL_REFRESH;
        activeUntil = now + Math.max(Ticker.SECOND, refresh);
        return news;
    }

    /** Takes notice that a message came, which ends the writing; tells whether the state changed. */
    public boolean onMessage() {
        return idle();
    }

    /** Tells whether the peer writes. */
    public boolean isActive() {
        return active;
    }

    /** Returns when {@link #onTime} wants to be called. */
    public long deadline() {
        return active ? activeUntil : Ticker.NEVER;
    }

    /** Does what is due; tells whether the state changed. */
    public boolean onTime(long now) {
        return active && now >= activeUntil && idle();
    }

    private boolean idle() {
        boolean news = active;
        active = false;
        return news;
    }
}
