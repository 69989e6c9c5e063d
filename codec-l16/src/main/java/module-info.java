/**
 * Linear PCM of 16 bits (L16, RFC 3551 §4.5.11). Exports nothing: the SPI it provides is its whole contract.
 *
 * @provides io.earshot.api.codec.spi.AudioCodecProvider L16 of 8, 16, 44.1 and 48 kHz, one channel
 */
@SuppressWarnings("module") // the codec's name ends in digits
module io.earshot.codec.l16 {
    requires io.earshot.api;

    provides io.earshot.api.codec.spi.AudioCodecProvider with io.earshot.codec.l16.L16Provider;
}
