/**
 * What the transports share, so that each failure has one sentence and each certificate one judge whichever way it came: for our own
 * transports, and no part of what the SDK promises. The export is not limited to them, as they may be on the class path.
 */
module io.earshot.transport.common {
    requires transitive io.earshot.api;

    exports io.earshot.transport.common;
}
