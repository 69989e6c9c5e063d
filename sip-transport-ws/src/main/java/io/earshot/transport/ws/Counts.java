package io.earshot.transport.ws;

/** What a transport counts; on its loop. */
final class Counts {
    long received;
    long sent;
    long oversize;
    long queueFull;
    long sendFailed;
    long errors;
}
