package io.earshot.transport.tunnel;

import io.earshot.api.tunnel.TunnelMode;
import java.util.List;

/** Which way through HTTP to try: what worked last, and the next one when a gateway that was there was not understood by it. */
final class Modes {
    /** What has worked once is given some chances. */
    private static final int PATIENCE = 3;

    private final List<TunnelMode> all;
    private int current;
    private int chances;

    Modes(TunnelMode wanted) {
        all = wanted == TunnelMode.AUTO ? List.of(TunnelMode.WEBSOCKET, TunnelMode.STREAMING, TunnelMode.PACKETS) : List.of(wanted);
    }

    TunnelMode current() {
        return all.get(current);
    }

    void worked() {
        chances = PATIENCE;
    }

    void failed() {
        chances--;
        if (chances <= 0) {
            current = (current + 1) % all.size();
        }
    }
}
