/**
 * Voice processing by the native engine of WebRTC. Exports nothing: the SPI it provides is its whole contract.
 *
 * @provides io.earshot.api.audio.spi.VoiceProcessorProvider {@code webrtc}, where the library of this platform can be loaded
 */
module io.earshot.dsp.webrtc {
    requires io.earshot.api;
    requires org.slf4j;
    requires webrtc.java;

    provides io.earshot.api.audio.spi.VoiceProcessorProvider with io.earshot.dsp.webrtc.WebRtcProvider;
}
