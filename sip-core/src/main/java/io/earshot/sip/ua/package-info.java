/**
 * The user agent: {@link io.earshot.sip.ua.SipEngine}, the one object a signalling loop drives, with its commands and events. Sans-IO:
 * no socket, thread, clock or lock is in here. No method takes or returns {@code null}.
 */
package io.earshot.sip.ua;
