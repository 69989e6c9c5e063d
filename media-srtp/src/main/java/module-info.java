/**
 * Encrypted media: SRTP and SRTCP (RFC 3711, RFC 6188, RFC 7714), keys by SDP (SDES, RFC 4568), by DTLS
 * (RFC 5763, RFC 5764) or by ZRTP (RFC 6189).
 *
 * <p>The transforms and the negotiation are sans-IO, confined to the thread of their owner, and in steady state allocate nothing for a
 * packet. A DTLS handshake runs on a worker that its owner lends: see {@link io.earshot.srtp.dtls.DtlsSession}.
 *
 * @provides io.earshot.rtp.secure.KeyExchangeProvider keys by SDP and by DTLS
 */
module io.earshot.srtp {
    requires transitive io.earshot.rtp;
    requires org.bouncycastle.provider;
    requires org.bouncycastle.tls;

    exports io.earshot.srtp;
    exports io.earshot.srtp.dtls;
    exports io.earshot.srtp.sdes;
    exports io.earshot.srtp.zrtp;

    provides io.earshot.rtp.secure.KeyExchangeProvider with io.earshot.srtp.guard.SrtpKeyProvider;
}
