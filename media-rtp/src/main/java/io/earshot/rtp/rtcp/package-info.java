/**
 * RTCP (RFC 3550 §6): compound packets read in place and written into the caller's array, the transmission schedule, NTP time and
 * round-trip times. Flyweights are valid until the caller's array changes. No method takes or returns {@code null}.
 */
package io.earshot.rtp.rtcp;
