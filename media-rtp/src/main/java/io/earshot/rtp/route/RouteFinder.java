package io.earshot.rtp.route;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * Finds the way of one media line (RFC 8445). Confined to the thread that carries the packets: after each call drain {@link #poll} until
 * {@link RouteOutput.Wait}.
 */
public interface RouteFinder {
    /** What a datagram was. */
    enum Receipt {
        /** Not media: done with. */
        CONSUMED,
        /** Of the peer, who has proved that it is at this address. */
        MEDIA,
        /** Of somebody who has proved nothing: to be dropped. */
        STRANGER
    }

    /**
     * Sockets of ours, by what they are bound to; no wildcards.
     *
     * @param rtp first that of the SDP, then others, on which the call goes where that is better
     * @param rtcp those of RTCP in the same way; none where it shares the port of RTP (RFC 5761)
     */
    record Sockets(List<InetSocketAddress> rtp, List<InetSocketAddress> rtcp) {
        /** Copies the lists. */
        public Sockets {
            rtp = List.copyOf(rtp);
            rtcp = List.copyOf(rtcp);
        }
    }

    /** Looks for candidates from these sockets of ours; {@link RouteOutput.Gathered} tells to go on. */
    void gather(Sockets sockets, long now);

    /** Returns what to tell the peer now, attributes as behind {@code a=}. */
    List<String> attributes();

    /** Returns the address for the {@code c=} and {@code m=} lines, if there is a better one than the socket's. */
    Optional<InetSocketAddress> defaultAddress();

    /** Returns the same for the {@code rtcp} line (RFC 3605); empty where nothing is looked for for RTCP. */
    default Optional<InetSocketAddress> defaultReports() {
        return Optional.empty();
    }

    /**
     * Takes what the peer told in an offer, before it is answered, or since. Other credentials than before make us begin anew too:
     * {@link #attributes} then change, and {@link RouteOutput.Gathered} comes once more.
     *
     * @param sockets from which we then do so
     * @return empty if the peer does not do this at all, else whether we begin anew
     */
    Optional<Boolean> remote(List<String> attributes, Sockets sockets, long now);

    /**
     * Takes what is in force now that an offer has its answer. Other credentials than before are those of another device that answers
     * the same offer: the search begins anew with {@link #attributes} as that one was told.
     *
     * @param sockets ours; without those of RTCP, nothing is looked for for it any more
     * @return whether the peer does this
     */
    boolean answered(List<String> attributes, Sockets sockets, long now);

    /**
     * Begins anew from these sockets of ours, which may be others than before: {@link #attributes} change, and
     * {@link RouteOutput.Gathered} comes once more. What was found stays in use, if it can, until there is something new.
     */
    void restart(Sockets sockets, long now);

    /**
     * The router of our network passes on to the first of our sockets of each kind what comes to these addresses: one more way to us, to
     * be told. Empty when it no longer does. After {@link #gather}.
     */
    default void mapped(Optional<InetSocketAddress> toRtp, Optional<InetSocketAddress> toRtcp, long now) {
    }

    /** Tells whether RTCP takes a way of its own that is looked for here, even if there is none yet, or no longer. */
    default boolean routesReports() {
        return false;
    }

    /**
     * The peer does not do this, but we use relays only and told it {@link #defaultAddress}: {@link #send} goes there by the relay from
     * now on, and what it sends comes as {@link RouteOutput.Relayed}. May be called again when it is found to be elsewhere.
     *
     * @return false where others than relays are used, or there is none
     */
    default boolean relayTo(InetSocketAddress peer, long now) {
        return false;
    }

    /** Returns how many messages of ours were dropped: broken, of the wrong password, or answers to nothing. */
    long refused();

    /** A connection to a relay is up. */
    void streamOpened(int stream, long now);

    /** Takes bytes of a connection to a relay. */
    void streamReceived(int stream, byte[] buffer, int offset, int length, long now);

    /** A connection to a relay is gone, or could not be had. */
    void streamClosed(int stream, long now);

    /**
     * Takes a datagram.
     *
     * @param local the socket that it came to
     */
    Receipt received(InetSocketAddress local, InetSocketAddress source, byte[] buffer, int offset, int length, long now);

    /** Tells whether there is something to {@link #poll} after {@link Receipt#MEDIA}; allocates nothing. */
    default boolean pending() {
        return false;
    }

    /** Sends through a relay, or before there is a route on the best way that works; false when there is none. */
    boolean send(byte[] datagram, long now);

    /** Does the same with RTCP that has a way of its own. */
    default boolean sendReport(byte[] datagram, long now) {
        return false;
    }

    /** Answers {@link RouteOutput.Resolve}; an empty list says that there is no such name. */
    void resolved(String name, List<java.net.InetAddress> addresses, long now);

    /** Takes the time. */
    void onTime(long now);

    /** Returns what is to be done next. */
    RouteOutput poll(long now);

    /** Gives relays back; poll once more. */
    void close(long now);
}
