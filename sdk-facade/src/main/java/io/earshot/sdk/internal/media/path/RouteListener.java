package io.earshot.sdk.internal.media.path;

import io.earshot.api.CallPath;

/** Who hears of the way that a call's sound takes; called on the media loop. */
public interface RouteListener {
    /** Nobody. */
    RouteListener NOBODY = new RouteListener() {
        @Override
        public void changed(CallPath path) {
            // nobody wants to know
        }

        @Override
        public void doubtful() {
            // nobody wants to know
        }

        @Override
        public void trouble(String sentence) {
            // nobody wants to know
        }
    };

    /** There is a way, or another one than before. */
    void changed(CallPath path);

    /** The peer has fallen silent and does not answer on the way in use: another one should be looked for. */
    void doubtful();

    /** Something is wrong that the call survives; a sentence. */
    void trouble(String sentence);
}
