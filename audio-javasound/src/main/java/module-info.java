/**
 * Microphones and speakers by Java Sound. Exports nothing: the SPI it provides is its whole contract.
 *
 * @provides io.earshot.api.audio.spi.AudioBackendProvider {@code javasound}
 * @uses javax.sound.sampled.spi.MixerProvider asked anew for each list, because the list of {@code AudioSystem} is up to a minute old
 */
module io.earshot.audio.javasound {
    requires io.earshot.api;
    requires java.desktop;
    requires org.slf4j;

    uses javax.sound.sampled.spi.MixerProvider;

    provides io.earshot.api.audio.spi.AudioBackendProvider with io.earshot.audio.javasound.JavaSoundProvider;
}
