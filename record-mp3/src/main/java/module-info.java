/** Recordings as MP3, by LAME in Java. Exports nothing: the SPI it provides is its whole contract. */
@SuppressWarnings("module") // the format's name ends in a digit
module io.earshot.record.mp3 {
    requires io.earshot.api;
    requires io.earshot.thirdparty.jump3r;

    provides io.earshot.api.audio.spi.RecordingEncoderProvider with io.earshot.record.mp3.Mp3Provider;
}
