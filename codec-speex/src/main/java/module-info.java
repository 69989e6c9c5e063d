/** Speex over RTP (RFC 5574). Exports nothing: the SPI it provides is its whole contract. */
module io.earshot.codec.speex {
    requires io.earshot.api;

    provides io.earshot.api.codec.spi.AudioCodecProvider with io.earshot.codec.speex.SpeexProvider;
}
