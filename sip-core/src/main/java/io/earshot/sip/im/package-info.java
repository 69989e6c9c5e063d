/**
 * The bodies of instant messages, without I/O: CPIM (RFC 3862), delivery notifications (RFC 5438), is-composing (RFC 3994), multipart. What
 * cannot be read is a verdict, never an exception. Confined to one thread where it has state; time is an argument, in ns.
 */
package io.earshot.sip.im;
