/**
 * Encrypted media: SRTP and SRTCP (RFC 3711, RFC 6188, RFC 7714), keys by SDP (SDES, RFC 4568) or by DTLS
 * (RFC 5763, RFC 5764).
 *
 * <p>The transforms and the negotiation are sans-IO, confined to the thread of their owner, and in steady state allocate nothing for a
 * packet. A DTLS handshake runs on a worker that its owner lends: see {@link io.earshot.srtp.dtls.DtlsSession}.
 *
 * @provides io.earshot.rtp.secure.KeyExchangeProvider keys by SDP and by DTLS
 */
@SuppressWarnings("module") // media-zrtp is built after this module
module io.earshot.srtp {
    requires transitive io.earshot.rtp;
    requires org.bouncycastle.provider;
    requires org.bouncycastle.tls;

    exports io.earshot.srtp;
    exports io.earshot.srtp.dtls;
    exports io.earshot.srtp.guard to io.earshot.zrtp;
    exports io.earshot.srtp.sdes;

    provides io.earshot.rtp.secure.KeyExchangeProvider with io.earshot.srtp.guard.SrtpKeyProvider;
}
