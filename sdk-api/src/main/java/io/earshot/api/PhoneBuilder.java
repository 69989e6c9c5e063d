package io.earshot.api;

import io.earshot.api.audio.AudioSetup;
import io.earshot.api.audio.RtpSettings;
import io.earshot.api.audio.VoiceProcessing;
import io.earshot.api.audio.spi.AudioBackendProvider;
import io.earshot.api.codec.CodecPreferences;
import io.earshot.api.codec.spi.AudioCodecProvider;
import io.earshot.api.identity.VerifierConfig;
import io.earshot.api.transport.spi.SipTransportProvider;
import io.earshot.api.transport.spi.TlsConfig;
import io.earshot.api.tunnel.TunnelConfig;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * Settings of a {@link Phone}, each with a default that works. Not for use by several threads; each method returns this builder.
 */
public interface PhoneBuilder {
    /**
     * Sets the local SIP address; by default every interface and a free port.
     *
     * @param address port 0 for a free port
     * @throws VoipException when it is a name that was not found
     */
    PhoneBuilder listen(InetSocketAddress address);

    /**
     * Sets the range RTP ports are taken from; by default 20000 to 29999. RTP takes the even port, RTCP the odd one above.
     *
     * @param first even
     * @param last above {@code first}
     */
    PhoneBuilder rtpPorts(int first, int last);

    /** Sets what the User-Agent header says. */
    PhoneBuilder userAgent(String text);

    /** Sets how calls use RTP and RTCP: playout delay, reports, keep-alive, media time-out; {@link RtpSettings#DEFAULT} by default. */
    PhoneBuilder rtp(RtpSettings settings);

    /**
     * Sets where callbacks run; by default virtual threads where the JDK has them and daemon threads where not. It must not run them on the
     * thread that hands them over, for that is one of the engine's loops. What it refuses runs on a thread of the engine.
     */
    PhoneBuilder executor(Executor executor);

    /**
     * Sets the priority of the engine's threads, for machines that are busy with other things; a wish, as operating systems go. Those of
     * sound devices have the highest already.
     *
     * @param priority {@link Thread#MIN_PRIORITY} to {@link Thread#MAX_PRIORITY}; 5 by default
     */
    PhoneBuilder threadPriority(int priority);

    /** Sets the names of the codecs to offer, best first, as {@code "PCMA", "PCMU"}; by default all that are found, by priority. */
    PhoneBuilder codecs(String... names);

    /** Sets what is done with each codec, and how it is sent with; by default {@link CodecPreferences#DEFAULT}. */
    PhoneBuilder codecs(CodecPreferences preferences);

    /**
     * Sets the sound system of {@link io.earshot.api.audio.AudioBridge#device()} by its provider's name; by default {@code "null"},
     * silence, so that a server needs no sound card and loads no sound class. {@code "auto"} is the best that is there.
     */
    PhoneBuilder audio(String backend);

    /** Sets the sound system without the {@link java.util.ServiceLoader}. */
    PhoneBuilder audio(AudioBackendProvider backend);

    /** Sets which microphone, speaker and ringer are used; by default {@link AudioSetup#DEFAULT}. */
    PhoneBuilder audioSetup(AudioSetup setup);

    /**
     * Sets what is done to the microphone's sound: echo, noise, level, feedback; {@link VoiceProcessing#ALL} by default. Never applied to
     * sound of programs and files.
     */
    PhoneBuilder voice(VoiceProcessing settings);

    /** Adds a codec without the {@link java.util.ServiceLoader}. */
    PhoneBuilder codec(AudioCodecProvider provider);

    /** Adds a transport without the {@link java.util.ServiceLoader}. */
    PhoneBuilder transport(SipTransportProvider provider);

    /**
     * Sets the DNS servers to ask, best first; by default those of the operating system. Needs a resolver that can be told, as
     * {@code dns-dnsjava}; {@link #open()} says so when there is none.
     *
     * @param servers resolved addresses
     */
    PhoneBuilder dnsServers(InetSocketAddress... servers);

    /**
     * Sets how the network is used: TLS and its certificates, ports, types of service, the address to announce. Replaces what was set
     * before by {@link #tls}.
     */
    PhoneBuilder network(NetworkConfig settings);

    /**
     * Sets whom to trust and as whom to appear over TLS; by default certificates are verified against the runtime's authorities, and we
     * have none. {@link io.earshot.api.transport.spi.TlsFiles} reads certificates and keys from files.
     */
    PhoneBuilder tls(TlsConfig settings);

    /**
     * Sets where to keep what has to survive the program: messages whose peers are away. By default nothing is kept.
     *
     * @param folder made when it is not there; {@link #open()} says so when it cannot be written, or another phone uses it
     */
    PhoneBuilder dataFolder(Path folder);

    /**
     * Sets how often the addresses of this machine are looked at; 2 s by default.
     *
     * @param interval 100 ms to 1 h; zero never looks
     */
    PhoneBuilder networkCheck(Duration interval);

    /**
     * Sets whom to trust when a caller is verified (STIR/SHAKEN, RFC 8224); {@link IncomingCall#verification()} tells the outcome. Needs
     * {@code io.earshot:stir-shaken}. Default: no trust anchors, so that claims are shown as not checked.
     */
    PhoneBuilder callerVerification(VerifierConfig config);

    /** Sets timers, keep-alives and the like; {@link SignallingConfig#DEFAULT} otherwise. */
    PhoneBuilder signalling(SignallingConfig settings);

    /**
     * Sets how keys are sent where nothing else is said, as those behind a number; {@link DtmfOptions#DEFAULT} by default. With
     * {@link DtmfMethod#IN_BAND} alone or beside INFO, no telephone events are offered, and peers send tones too.
     */
    PhoneBuilder dtmf(DtmfOptions options);

    /** Sets how long {@link Phone#close()} waits for peers to confirm; 2 s by default. */
    PhoneBuilder closeTimeout(Duration timeout);

    /** Sets whether 301 and 302 answers to our calls are followed; they are by default. */
    PhoneBuilder followRedirects(boolean follow);

    /** Sets whether ringing and early media are acknowledged by PRACK (RFC 3262); by default with peers that can. */
    PhoneBuilder reliability(Reliability ringing);

    /** Sets how calls are refreshed, so that dead ones are noticed (RFC 4028); by default {@link SessionTimers#DEFAULT}. */
    PhoneBuilder sessionTimers(SessionTimers timers);

    /**
     * Takes SIP over WebSocket (RFC 7118) from clients such as browsers; by default nobody is let in. Once for {@code ws} and once for
     * {@code wss}, which needs a certificate of our own. Needs {@code sip-transport-ws}.
     *
     * @param uri as {@code ws://0.0.0.0:8080/sip}; port 0 for a free one
     * @throws VoipException when it is no such address, or its host was not found
     */
    PhoneBuilder listenWebSocket(String uri);

    /**
     * Sets the web origins whose pages may connect, as {@code https://phone.example.com}, {@code *} for all; by default none. Clients that
     * are no browsers send no origin and are let in anyway.
     */
    PhoneBuilder webSocketOrigins(String... origins);

    /**
     * Adds a header to the HTTP request of WebSocket connections to one host: {@code Cookie}, {@code Authorization}, {@code Origin}, …
     *
     * @throws IllegalArgumentException if it is no header, or one that the protocol itself needs
     */
    PhoneBuilder webSocketHeader(String host, String name, String value);

    /**
     * Sets a gateway that SIP by UDP, RTP and RTCP go through, inside one HTTP connection. Needs {@code sip-transport-tunnel}. With
     * {@link io.earshot.api.tunnel.TunnelUse#ALWAYS} no other transport is there, and {@link #open()} waits up to 8 s for the gateway.
     */
    PhoneBuilder tunnel(TunnelConfig settings);

    /**
     * Binds sockets, starts the loops.
     *
     * @throws VoipException when a port is in use or a provider is missing; the message names it and the fix
     */
    Phone open();
}
