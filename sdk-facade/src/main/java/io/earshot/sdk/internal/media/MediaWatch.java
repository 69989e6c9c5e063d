package io.earshot.sdk.internal.media;

import java.time.Duration;

/** Notices that nothing comes from a peer that is to send, once a second. Confined to the media loop. */
public final class MediaWatch {
    private final long timeout;
    private final long notice;
    private Listener listener = (silent, ever, over) -> { };
    private boolean told;

    /** Who is told. */
    public interface Listener {
        /**
         * Nothing came for so long.
         *
         * @param ever whether anything ever came
         * @param over whether it is too long to go on
         */
        void onSilence(Duration silent, boolean ever, boolean over);
    }

    MediaWatch(Duration timeout, Duration notice) {
        this.timeout = timeout.toNanos();
        this.notice = notice.toNanos();
    }

    void onSilence(Listener told) {
        listener = told;
    }

    /**
     * Looks how long it has been silent.
     *
     * @param silent in nanoseconds; 0 while nothing is to come
     * @param ever whether anything ever came: while not, half the time-out is enough
     */
    void check(long silent, boolean ever) {
        long limit = ever ? timeout : timeout / 2;
        if (notice > 0 && silent >= notice && !told) {
            told = true; // before the end too, where this machine was too busy to look in between
            listener.onSilence(Duration.ofNanos(silent), ever, false);
        } else if (silent < notice) {
            told = false;
        }
        if (timeout > 0 && silent >= limit) {
            listener.onSilence(Duration.ofNanos(silent), ever, true);
        }
    }
}
