/**
 * STUN messages and client transactions: RFC 8489, and RFC 5389 and RFC 3489 peers.
 *
 * <p>{@link io.earshot.ice.stun.StunMessage#parse} answers a {@link io.earshot.ice.stun.StunResult}; nothing here throws on bytes from
 * the network. Byte arrays that are handed out are copies.
 */
package io.earshot.ice.stun;
