/** Keys for SRTP agreed on by the two ends over the media port, without help of the signalling: ZRTP (RFC 6189). */
package io.earshot.zrtp;
