/**
 * The RTP packet on the wire (RFC 3550 §5, RFC 8285), arithmetic that survives wrap-around, and telling packet kinds apart on one
 * port (RFC 5761, RFC 7983). Flyweights keep a reference to the caller's array and copy nothing; they are valid until the array
 * changes. No method takes or returns {@code null}.
 */
package io.earshot.rtp.packet;
