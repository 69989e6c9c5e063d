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
     * Looks for candidates from these sockets of ours; {@link RouteOutput.Gathered} tells to go on.
     *
     * @param locals what they are bound to, no wildcards: first that of the SDP, then others, on which the call goes where that is better
     */
    void gather(List<InetSocketAddress> locals, long now);

    /** Returns what to tell the peer now, attributes as behind {@code a=}. */
    List<String> attributes();

    /** Returns the address for the {@code c=} and {@code m=} lines, if there is a better one than the socket's. */
    Optional<InetSocketAddress> defaultAddress();

    /**
     * Takes what the peer told. Other credentials than before make us begin anew too: {@link #attributes} then change, and
     * {@link RouteOutput.Gathered} comes once more.
     *
     * @return empty if the peer does not do this at all, else whether we begin anew
     */
    Optional<Boolean> remote(List<String> attributes, long now);

    /**
     * Begins anew from these sockets of ours, which may be others than before: {@link #attributes} change, and
     * {@link RouteOutput.Gathered} comes once more. What was found stays in use, if it can, until there is something new.
     */
    void restart(List<InetSocketAddress> locals, long now);

    /**
     * The router of our network passes on to the first of our sockets what comes to this address: one more way to us, to be told.
     * Empty when it no longer does. After {@link #gather}.
     */
    default void mapped(Optional<InetSocketAddress> external, long now) {
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

    /** Answers {@link RouteOutput.Resolve}; an empty list says that there is no such name. */
    void resolved(String name, List<java.net.InetAddress> addresses, long now);

    /** Takes the time. */
    void onTime(long now);

    /** Returns what is to be done next. */
    RouteOutput poll(long now);

    /** Gives relays back; poll once more. */
    void close(long now);
}
