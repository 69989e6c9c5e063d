package io.earshot.api.tunnel;

/** When a phone goes through its tunnel. */
public enum TunnelUse {
    /** Always. */
    ALWAYS,
    /**
     * When the server does not answer otherwise. The direct way is tried again now and then, and taken again between calls; with a data
     * folder what worked is remembered for the next start.
     */
    WHEN_NEEDED
}
