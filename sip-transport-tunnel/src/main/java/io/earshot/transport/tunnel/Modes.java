package io.earshot.transport.tunnel;

import io.earshot.api.time.Ticker;
import io.earshot.api.tunnel.TunnelMode;
import java.util.List;

/** Which way through HTTP to try: what worked last, and the next one when a gateway that was there was not understood by it. */
final class Modes {
    /** What has worked once is given some chances. */
    private static final int PATIENCE = 3;
    /** A connection that did not last for so long may have been cut by somebody between who cannot do with streams. */
    private static final long LASTING = 60 * Ticker.SECOND;
    private static final int MOST_CUTS = 3;

    private final List<TunnelMode> all;
    private int current;
    private int chances;
    private int cuts;

    Modes(TunnelMode wanted) {
        all = wanted == TunnelMode.AUTO ? List.of(TunnelMode.WEBSOCKET, TunnelMode.STREAMING, TunnelMode.PACKETS) : List.of(wanted);
    }

    TunnelMode current() {
        return all.get(current);
    }

    void worked() {
        chances = PATIENCE;
    }

    /** A connection that worked for so long is gone: after several brief ones in a row, the next way is tried. */
    void ended(long lived) {
        cuts = lived < LASTING ? cuts + 1 : 0;
        if (cuts >= MOST_CUTS && current < all.size() - 1) {
            current++;
            cuts = 0;
        }
    }

    void failed() {
        chances--;
        if (chances <= 0) {
            current = (current + 1) % all.size();
        }
    }
}
