/** Opus (RFC 6716) over RTP (RFC 7587). Exports nothing: the SPI it provides is its whole contract. */
module io.earshot.codec.opus {
    requires io.earshot.api;
    requires io.earshot.thirdparty.concentus;

    provides io.earshot.api.codec.spi.AudioCodecProvider with io.earshot.codec.opus.OpusProvider;
}
