package io.earshot.transport.tls;

import io.earshot.api.transport.spi.TransportCounters;

/** Written on the loop only. */
final class Counts {
    long received;
    long sent;
    long sendQueueFull;
    long sendFailed;
    long errors;

    TransportCounters snapshot() {
        return new TransportCounters(received, sent, 0, sendQueueFull, sendFailed, errors);
    }
}
