/**
 * The engine behind the API: loops, media graph, providers found by {@link java.util.ServiceLoader}.
 *
 * @provides io.earshot.api.spi.PhoneProvider the engine itself
 * @uses io.earshot.api.tunnel.spi.TunnelProvider tunnels, where a phone wants one
 * @uses io.earshot.api.transport.spi.SipTransportProvider transports; at least one is needed
 * @uses io.earshot.api.codec.spi.AudioCodecProvider codecs; at least one is needed
 * @uses io.earshot.api.audio.spi.AudioBackendProvider sound systems; silence is built in
 * @uses io.earshot.api.audio.spi.RecordingEncoderProvider formats of recordings beside WAV, GSM and Opus
 * @uses io.earshot.api.audio.spi.RecordingUploader what carries recordings to servers
 * @uses io.earshot.api.audio.spi.VoiceProcessorProvider voice processing; one in Java is built in
 * @uses io.earshot.api.dns.spi.DnsResolverProvider resolvers; A and AAAA by the JDK are built in
 * @uses io.earshot.api.identity.spi.CallerVerifierProvider what verifies callers; without it signatures are told as not checked
 * @uses io.earshot.rtp.route.RouteFinderProvider ways through NATs; without it media goes where the SDP says
 * @uses io.earshot.sdk.window.WindowProvider windows; without it functions that open them fail with a sentence
 * @uses io.earshot.rtp.secure.KeyExchangeProvider encryption of media; without it calls are in clear
 * @uses io.earshot.rtp.secure.ZrtpProvider keys by ZRTP; without it calls cannot have such
 */
module io.earshot.sdk {
    requires transitive io.earshot.api;
    requires io.earshot.sip;
    requires io.earshot.transport.common;
    requires io.earshot.rtp;
    requires io.earshot.dsp;
    requires io.earshot.files;
    requires java.net.http;
    requires org.slf4j;

    exports io.earshot.sdk.classic;
    exports io.earshot.sdk.window;
    exports webphone;

    uses io.earshot.api.audio.spi.AudioBackendProvider;
    uses io.earshot.api.audio.spi.RecordingEncoderProvider;
    uses io.earshot.api.audio.spi.RecordingUploader;
    uses io.earshot.api.audio.spi.VoiceProcessorProvider;
    uses io.earshot.api.codec.spi.AudioCodecProvider;
    uses io.earshot.api.dns.spi.DnsResolverProvider;
    uses io.earshot.api.identity.spi.CallerVerifierProvider;
    uses io.earshot.api.transport.spi.SipTransportProvider;
    uses io.earshot.api.tunnel.spi.TunnelProvider;
    uses io.earshot.rtp.route.RouteFinderProvider;
    uses io.earshot.sdk.window.WindowProvider;
    uses io.earshot.rtp.secure.KeyExchangeProvider;
    uses io.earshot.rtp.secure.ZrtpProvider;

    provides io.earshot.api.spi.PhoneProvider with io.earshot.sdk.internal.EnginePhoneProvider;
}
