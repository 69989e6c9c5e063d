/**
 * Session descriptions (RFC 8866) and the offer/answer model (RFC 3264), without a socket, a thread or a clock.
 *
 * <p>{@link io.earshot.sip.sdp.SdpParser} turns bytes into a {@link io.earshot.sip.sdp.SessionDescription} or a verdict; it never
 * throws on what a peer sent. {@link io.earshot.sip.sdp.OfferAnswer} holds the rules as pure functions;
 * {@link io.earshot.sip.sdp.MediaNegotiation} keeps one session's state for them, so that the version in {@code o=} and the order of
 * {@code m=} lines come out right.
 *
 * <p>Every value here is immutable and may be shared between threads. No method takes or returns {@code null}.
 */
package io.earshot.sip.sdp;
