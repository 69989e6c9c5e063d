package io.earshot.sip.ua;

import io.earshot.api.dns.spi.DnsResolver.RecordType;
import io.earshot.api.transport.spi.Flow;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Everything a {@link SipEngine} asks of its owner, in the order {@link SipEngine#poll()} returns it. */
public sealed interface EngineOutput {
    /**
     * Send these bytes. A failure comes back through {@link SipEngine#onSendFailed} or {@link SipEngine#onFlowClosed}.
     *
     * @param protocol the Via token of the transport, upper case
     * @param flow the connection to use if it is still there; empty means any connection to the peer, or a new one
     * @param peer where to
     * @param host the name to verify and to send as SNI where there is TLS
     * @param message one whole message, or a keep-alive; the owner must not change it
     */
    record Transmit(String protocol, Optional<Flow> flow, InetSocketAddress peer, String host, byte[] message) implements EngineOutput { }

    /**
     * Close a connection, after what was to be sent over it before: nothing on it can be understood any more (RFC 3261 §18.3).
     * {@link SipEngine#onFlowClosed} follows.
     *
     * @param reason a sentence for logs
     */
    record CloseFlow(Flow flow, String reason) implements EngineOutput { }

    /**
     * Make sure of a connection; {@link SipEngine#onConnected} or {@link SipEngine#onSendFailed} follows. Where connections cannot be made
     * ahead, {@link SipEngine#onConnected} at once will do.
     *
     * @param host as of {@link Transmit}
     */
    record Connect(String protocol, InetSocketAddress peer, String host) implements EngineOutput { }

    /** A connection asked for by {@link Connect} is not needed: end it unless something was sent over it. */
    record Abandon(String protocol, InetSocketAddress peer, String host) implements EngineOutput { }

    /**
     * The peer wants requests for another address of its own over this connection of its (RFC 5923): a transport that knows by its
     * certificate that it is {@code host} may send them so.
     */
    record Alias(Flow flow, InetSocketAddress address, String host) implements EngineOutput { }

    /**
     * Look a name up and hand the answer to {@link SipEngine#onDnsAnswer}. The engine gives up by itself when none comes.
     *
     * @param id goes with the answer
     */
    record Query(long id, String name, RecordType type) implements EngineOutput { }

    /** Tell the user. */
    record Event(SipEvent event) implements EngineOutput { }

    /**
     * Nothing more to do now: call {@link SipEngine#onTime} at this time or, when something else comes first, that.
     *
     * @param deadline in ns of the owner's ticker, or {@link io.earshot.api.time.Ticker#NEVER}
     */
    record Wait(long deadline) implements EngineOutput { }
}
