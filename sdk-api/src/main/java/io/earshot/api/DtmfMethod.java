package io.earshot.api;

/** How keys reach the peer. */
public enum DtmfMethod {
    /** The best that the call allows. */
    AUTO,
    /** INFO with {@code application/dtmf-relay}, which says how long a key was pressed. */
    INFO_RELAY,
    /** INFO with {@code application/dtmf}, the key alone. */
    INFO
}
