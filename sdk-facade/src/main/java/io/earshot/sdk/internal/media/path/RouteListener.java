package io.earshot.sdk.internal.media.path;

import io.earshot.api.CallPath;
import io.earshot.rtp.route.RouteOutput;

/** Who hears of the way that a call's sound takes; called on the media loop. */
public interface RouteListener {
    /** Nobody. */
    RouteListener NOBODY = new RouteListener() {
        @Override
        public void changed(CallPath path) {
            // nobody wants to know
        }

        @Override
        public void doubtful(RouteOutput.Doubt doubt) {
            // nobody wants to know
        }

        @Override
        public void lost(String reason) {
            // nobody wants to know
        }

        @Override
        public void late() {
            // nobody wants to know
        }

        @Override
        public void complete() {
            // nobody wants to know
        }

        @Override
        public void trouble(String sentence) {
            // nobody wants to know
        }
    };

    /** There is a way, or another one than before. */
    void changed(CallPath path);

    /** The way in use is in doubt, so that others may have to be looked for, or is so no longer. */
    void doubtful(RouteOutput.Doubt doubt);

    /** There is no way, or none any more. */
    void lost(String reason);

    /** There is more to tell the peer of our ways than it was told. */
    void late();

    /** There will be nothing more to tell than now, which the peer was not told. */
    void complete();

    /** Something is wrong that the call survives; a sentence. */
    void trouble(String sentence);
}
