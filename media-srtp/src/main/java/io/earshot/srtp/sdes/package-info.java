/** Keys in SDP: {@code a=crypto}, RFC 4568, and the policy that decides when it is offered and accepted. */
package io.earshot.srtp.sdes;
