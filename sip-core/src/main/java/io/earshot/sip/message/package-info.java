/**
 * SIP messages: an immutable model, a parser for hostile bytes, a framer for byte streams (RFC 3261 §7, §18.3, §19, §20, §25).
 *
 * <p>Everything here is free of I/O, clocks and threads. Messages and header values are immutable and may be shared by any
 * thread; {@link io.earshot.sip.message.SipParser}, {@link io.earshot.sip.message.StreamFramer} and the builders belong to one
 * thread at a time. Bytes from the network never cause an exception: the parser answers with a
 * {@link io.earshot.sip.message.ParseResult}, and {@link io.earshot.sip.message.SipMessage#check()} tells whether the headers that are
 * read lazily are sound. Text given by the program itself is checked strictly and refused with {@link IllegalArgumentException}.
 */
package io.earshot.sip.message;
