package io.earshot.api.transport.spi;

/**
 * What a transport has counted since it was opened.
 *
 * @param received messages, or pieces of a stream, handed to the listener
 * @param sent messages handed to the system
 * @param oversize datagrams dropped for exceeding {@link TransportConfig#maxMessage()}
 * @param sendQueueFull messages dropped since the send queue was full; among {@code sendFailed} too
 * @param sendFailed messages reported by {@link SipTransportListener#sendFailed}
 * @param errors errors of the network (ICMP, socket) that concerned no particular message
 */
public record TransportCounters(long received, long sent, long oversize, long sendQueueFull, long sendFailed, long errors) {
    /** Nothing counted. */
    public static final TransportCounters ZERO = new TransportCounters(0, 0, 0, 0, 0, 0);
}
