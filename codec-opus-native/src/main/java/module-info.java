/**
 * Opus by the system's libopus, where there is one and the JVM has the foreign function API (Java 22 and later); elsewhere it offers
 * nothing. It wins over {@code io.earshot.codec.opus} by priority. Exports nothing.
 */
module io.earshot.codec.opus.ffm {
    requires io.earshot.api;

    provides io.earshot.api.codec.spi.AudioCodecProvider with io.earshot.codec.opus.ffm.LibOpusProvider;
}
