package io.earshot.testkit.net;

/** Where a packet can be sent to: a host or a NAT. */
public sealed interface Place permits VirtualHost, VirtualNat {
    /** Returns the name that the transcript prints. */
    String name();
}
