package io.earshot.testkit.server;

import io.earshot.api.transport.spi.Flow;
import io.earshot.sip.message.SipUri;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Where a user can be reached (RFC 3261 §10).
 *
 * @param user the user part of the address of record
 * @param contact the URI that was registered
 * @param callId of the REGISTER
 * @param cseq of the REGISTER
 * @param expiresAt nanoseconds on the server's ticker
 * @param protocol the transport to use
 * @param peer where to send: the contact's address, or the source of the REGISTER when there is a NAT in between
 * @param flow the connection that the REGISTER came over; empty for UDP
 */
public record Binding(String user, SipUri contact, String callId, long cseq, long expiresAt, String protocol, InetSocketAddress peer,
        Optional<Flow> flow) {
}
