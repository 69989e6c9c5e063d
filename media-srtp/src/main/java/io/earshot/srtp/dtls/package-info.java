/** Keys by DTLS: certificates, fingerprints and roles in SDP (RFC 5763, RFC 8842), the handshake over lossy media ports (RFC 5764). */
package io.earshot.srtp.dtls;
