/**
 * RTP and RTCP (RFC 3550) for one audio stream: packets, reports, jitter buffer, statistics, and the way between payloads and PCM.
 *
 * <p>Sans-IO: no socket, no thread, no clock. Every object is confined to the thread of its owner; time is {@code long now} in
 * nanoseconds of one {@link io.earshot.api.time.Ticker}. In steady state nothing here allocates per packet. Bytes from the network
 * get a verdict, never an exception.
 */
@SuppressWarnings("module") // media-srtp is built after this module
module io.earshot.rtp {
    requires transitive io.earshot.api;
    requires io.earshot.dsp;

    exports io.earshot.rtp.audio;
    exports io.earshot.rtp.comfort;
    exports io.earshot.rtp.dtmf;
    exports io.earshot.rtp.jitter;
    exports io.earshot.rtp.packet;
    exports io.earshot.rtp.route;
    exports io.earshot.rtp.rtcp;
    exports io.earshot.rtp.secure;
    exports io.earshot.rtp.session;
    exports io.earshot.rtp.wire to io.earshot.srtp;
}
