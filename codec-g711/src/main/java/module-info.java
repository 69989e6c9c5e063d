/**
 * ITU-T G.711, µ-law (PCMU) and A-law (PCMA). Exports nothing: the SPI it provides is its whole contract.
 *
 * @provides io.earshot.api.codec.spi.AudioCodecProvider PCMU and PCMA, the codecs of RFC 3551 that every phone speaks
 */
@SuppressWarnings("module") // the codec's name ends in digits
module io.earshot.codec.g711 {
    requires io.earshot.api;

    provides io.earshot.api.codec.spi.AudioCodecProvider with io.earshot.codec.g711.G711Provider;
}
