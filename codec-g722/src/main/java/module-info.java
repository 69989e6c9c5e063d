/**
 * ITU-T G.722, wideband at 64 kbit/s. Exports nothing: the SPI it provides is its whole contract.
 *
 * @provides io.earshot.api.codec.spi.AudioCodecProvider G722, payload type 9 of RFC 3551
 */
@SuppressWarnings("module") // the codec's name ends in digits
module io.earshot.codec.g722 {
    requires io.earshot.api;

    provides io.earshot.api.codec.spi.AudioCodecProvider with io.earshot.codec.g722.G722Provider;
}
