/** Datagrams through a SOCKS5 proxy (RFC 1928 §7): SIP over UDP, and the sound. */
package io.earshot.sdk.internal.socks;
