/**
 * Keys for SRTP that the two ends of a call agree on over the media port: ZRTP (RFC 6189). Optional: without this module such calls are
 * refused with a sentence, all others are as before.
 *
 * <p>Sans-IO, confined to the thread of the packets; arithmetic of some milliseconds runs on a worker that the owner lends.
 *
 * @provides io.earshot.rtp.secure.ZrtpProvider agreements and what is remembered of peers
 */
module io.earshot.zrtp {
    requires transitive io.earshot.rtp;
    requires transitive io.earshot.srtp;

    exports io.earshot.zrtp;

    provides io.earshot.rtp.secure.ZrtpProvider with io.earshot.zrtp.ZrtpKeys;
}
