/**
 * Telephone events (RFC 4733, and RFC 2833 before it): {@link io.earshot.rtp.dtmf.TelephoneEventSender} plays digits into an RTP stream,
 * {@link io.earshot.rtp.dtmf.TelephoneEventReceiver} reads each digit once out of one, whatever the network lost, doubled or reordered.
 * Confined to one thread; allocates nothing per packet. No method takes or returns {@code null}.
 */
package io.earshot.rtp.dtmf;
