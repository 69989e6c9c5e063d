/**
 * DVI4 at 8 kHz (RFC 3551 §4.5.1), a codec that Earshot does not have.
 *
 * @provides io.earshot.api.codec.spi.AudioCodecProvider DVI4
 */
@SuppressWarnings("module") // the codec's name ends in digits
module com.example.dvi4 {
    requires io.earshot.api;

    provides io.earshot.api.codec.spi.AudioCodecProvider with com.example.dvi4.Dvi4Provider;
}
