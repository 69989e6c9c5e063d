package io.earshot.ice.agent;

/** What an agent dropped, each cause for itself. Written by the agent, read by its owner. */
public final class IceCounters {
    long malformed;
    long wrongIntegrity;
    long unknownTransaction;
    long asymmetric;
    long unanswered;
    long relayed;
    long candidatesIgnored;
    long roleConflicts;
    long checksSent;
    long checksReceived;

    IceCounters() {
    }

    /** Datagrams that looked like STUN and were broken. */
    public long malformed() {
        return malformed;
    }

    /** Requests and responses whose user name or integrity was wrong or missing. */
    public long wrongIntegrity() {
        return wrongIntegrity;
    }

    /** Responses that nobody asked for, replayed ones among them. */
    public long unknownTransaction() {
        return unknownTransaction;
    }

    /** Responses that came from elsewhere than the request went. */
    public long asymmetric() {
        return asymmetric;
    }

    /** Unauthenticated requests that got no answer, so as not to be an amplifier. */
    public long unanswered() {
        return unanswered;
    }

    /** What relays sent that was broken, of peers without our permission, or answered nothing. */
    public long relayed() {
        return relayed;
    }

    /** Candidates of the peer that are of no use: TCP, another component, too many, addresses that nobody can have. */
    public long candidatesIgnored() {
        return candidatesIgnored;
    }

    /** Conflicts of role, resolved either way. */
    public long roleConflicts() {
        return roleConflicts;
    }

    /** Checks sent, retransmissions and consent not counted. */
    public long checksSent() {
        return checksSent;
    }

    /** Authenticated requests received. */
    public long checksReceived() {
        return checksReceived;
    }
}
