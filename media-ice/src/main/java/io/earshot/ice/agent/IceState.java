package io.earshot.ice.agent;

/** How far an agent is. */
public enum IceState {
    /** Nothing was asked of it yet. */
    NEW,
    /** It looks for candidates, or waits for those of the peer. */
    GATHERING,
    /** It tries pairs. */
    CHECKING,
    /** Each component has its path. */
    COMPLETED,
    /** A path went silent and consent ran out (RFC 7675); a restart may help. */
    DISCONNECTED,
    /** There is no path. */
    FAILED,
    /** It was closed. */
    CLOSED
}
