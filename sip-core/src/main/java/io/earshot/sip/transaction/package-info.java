/**
 * Transactions: RFC 3261 §17 and §18.1/§18.2 routing, as amended by RFC 6026 (2xx to INVITE), RFC 4320 (non-INVITE) and RFC 3581 (rport).
 *
 * <p>{@link io.earshot.sip.transaction.TransactionLayer} is the one object an owner drives. Nothing here performs I/O, holds a clock or a
 * lock, or calls back: every input takes {@code long now} (nanoseconds of the owner's {@link io.earshot.api.time.Ticker}), and after every
 * input the owner polls outputs until it sees a {@code Wait} and comes back by its deadline. All types that have state are confined to the
 * thread of their owner; records are immutable. No argument or result is ever null.
 */
package io.earshot.sip.transaction;
