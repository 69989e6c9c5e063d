/**
 * ETSI GSM 06.10 full rate, 13 kbit/s. Exports nothing: the SPI it provides is its whole contract.
 *
 * @provides io.earshot.api.codec.spi.AudioCodecProvider GSM, payload type 3 of RFC 3551
 */
module io.earshot.codec.gsm {
    requires io.earshot.api;

    provides io.earshot.api.codec.spi.AudioCodecProvider with io.earshot.codec.gsm.GsmProvider;
}
