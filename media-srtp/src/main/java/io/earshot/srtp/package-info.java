/** SRTP and SRTCP: one {@link io.earshot.srtp.SrtpSender} and one {@link io.earshot.srtp.SrtpReceiver} for each media stream. */
package io.earshot.srtp;
