/**
 * ITU-T G.729 with Annex A and Annex B. Exports nothing: the SPI it provides is its whole contract.
 *
 * @provides io.earshot.api.codec.spi.AudioCodecProvider G.729 at 8 kbit/s
 */
@SuppressWarnings("module") // the codec's name ends in digits
module io.earshot.codec.g729 {
    requires io.earshot.api;

    provides io.earshot.api.codec.spi.AudioCodecProvider with io.earshot.codec.g729.G729Provider;
}
