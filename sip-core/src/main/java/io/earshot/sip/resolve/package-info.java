/** Finding the server (RFC 3263) as questions and answers: no DNS client in here. No method takes or returns {@code null}. */
package io.earshot.sip.resolve;
