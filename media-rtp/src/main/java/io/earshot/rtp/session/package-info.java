/**
 * One RTP session with one audio stream each way (RFC 3550): whose packets are let in, what is reported, when RTCP goes out.
 * {@link io.earshot.rtp.session.RtpSession} is the object that a media loop drives. Confined to one thread; allocates nothing per
 * packet. Socket addresses are compared, kept and handed back, never resolved. No method takes or returns {@code null}.
 */
package io.earshot.rtp.session;
