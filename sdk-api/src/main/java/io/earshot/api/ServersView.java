package io.earshot.api;

/**
 * Whether servers are asked where they see our requests come from, which is not where we sent them from behind a NAT (RFC 3581), and
 * whether what the registrar says becomes the address at which it finds us.
 */
public enum ServersView {
    /** Servers are not asked. Those that send answers to where requests say that they come from do not reach us through a NAT. */
    NOT_ASKED,
    /** Servers are asked, so that answers come back through NATs; what they say changes nothing. */
    IGNORED,
    /**
     * It counts behind a symmetric NAT, where nobody else can know it, and while nobody has told the kind of NAT: that takes a STUN server
     * ({@link Nat#withStunServers}). Once another kind is known, we are found at our own address.
     */
    BEHIND_SYMMETRIC_NAT,
    /**
     * As {@link #IN_PRIVATE_NETWORKS} where the server's address is a public one, which cannot reach ours if that is private; towards other
     * servers, which may well be in our network, as {@link #BEHIND_SYMMETRIC_NAT}.
     */
    TOWARDS_PUBLIC_SERVERS,
    /** It counts as long as our own address is one of a private network. */
    IN_PRIVATE_NETWORKS,
    /** It counts, whatever our own address is. */
    ALWAYS
}
