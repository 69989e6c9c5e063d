/** Pauses and the noise in them: RFC 3389, which is the payload of ITU-T G.711 Appendix II. Confined to one thread, without allocation. */
package io.earshot.rtp.comfort;
