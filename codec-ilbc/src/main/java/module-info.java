/** iLBC (RFC 3951) over RTP (RFC 3952). Exports nothing: the SPI it provides is its whole contract. */
module io.earshot.codec.ilbc {
    requires io.earshot.api;

    provides io.earshot.api.codec.spi.AudioCodecProvider with io.earshot.codec.ilbc.IlbcProvider;
}
