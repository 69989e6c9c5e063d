package io.earshot.sdk.internal.registry;

import io.earshot.api.Failure;
import io.earshot.api.VoipException;
import io.earshot.api.audio.VoiceProcessing;
import io.earshot.api.audio.spi.AudioBackendProvider;
import io.earshot.api.audio.spi.RecordingEncoderProvider;
import io.earshot.api.audio.spi.RecordingUploader;
import io.earshot.api.audio.spi.VoiceProcessor;
import io.earshot.api.audio.spi.VoiceProcessorProvider;
import io.earshot.api.codec.spi.AudioCodecProvider;
import io.earshot.api.dns.spi.DnsConfig;
import io.earshot.api.dns.spi.DnsResolver;
import io.earshot.api.dns.spi.DnsResolverProvider;
import io.earshot.api.identity.VerifierConfig;
import io.earshot.api.identity.spi.CallerVerifier;
import io.earshot.api.identity.spi.CallerVerifierProvider;
import io.earshot.api.transport.spi.SipTransportProvider;
import io.earshot.api.tunnel.spi.TunnelProvider;
import io.earshot.dsp.voice.SoftwareVoiceProcessorProvider;
import io.earshot.rtp.route.RouteFinderProvider;
import io.earshot.rtp.secure.KeyExchangeProvider;
import io.earshot.rtp.secure.ZrtpProvider;
import io.earshot.sdk.internal.media.NullAudioBackend;
import io.earshot.sdk.internal.media.RecordingFormats;
import io.earshot.sdk.internal.net.JdkDnsResolver;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plug-ins of one phone: those given by hand come first, then those that {@link ServiceLoader} finds. One that cannot be loaded is
 * logged and left out.
 */
public final class Providers {
    private static final Logger LOG = LoggerFactory.getLogger(Providers.class);

    private final List<AudioCodecProvider> codecs = new ArrayList<>();
    private final List<SipTransportProvider> transports = new ArrayList<>();
    private final List<AudioBackendProvider> audio = new ArrayList<>();
    private DnsConfig dns = DnsConfig.DEFAULT;
    private VerifierConfig verification = VerifierConfig.DEFAULT;

    /** Adds a codec by hand. */
    public void add(AudioCodecProvider provider) {
        codecs.add(provider);
    }

    /** Adds a transport by hand. */
    public void add(SipTransportProvider provider) {
        transports.add(provider);
    }

    /** Adds a sound system by hand. */
    public void add(AudioBackendProvider provider) {
        audio.add(provider);
    }

    /** Returns the codecs that are there. */
    public Codecs codecs() {
        return Codecs.of(found(codecs, ServiceLoader.load(AudioCodecProvider.class)));
    }

    /** Returns what recordings can be. */
    public RecordingFormats recordingFormats() {
        return new RecordingFormats(found(codecs, ServiceLoader.load(AudioCodecProvider.class)),
                found(List.<RecordingEncoderProvider>of(), ServiceLoader.load(RecordingEncoderProvider.class)));
    }

    /** Returns what carries files to servers. */
    public List<RecordingUploader> uploaders() {
        return found(List.<RecordingUploader>of(), ServiceLoader.load(RecordingUploader.class));
    }

    /**
     * Returns one transport for each protocol that is there, UDP first.
     *
     * @throws VoipException when there is none
     */
    public List<SipTransportProvider> transports() {
        Map<String, SipTransportProvider> byProtocol = new LinkedHashMap<>();
        found(transports, ServiceLoader.load(SipTransportProvider.class)).forEach(one -> byProtocol.putIfAbsent(one.protocol(), one));
        if (byProtocol.isEmpty()) {
            throw new VoipException(new Failure.NoProvider("transport", "UDP", "io.earshot:sip-transport-udp"));
        }
        return byProtocol.values().stream()
                .sorted(Comparator.comparing((SipTransportProvider one) -> !one.protocol().equals("UDP"))).toList();
    }

    /**
     * Returns the sound system of a name; {@code auto} is the best that is there, and silence where there is none.
     *
     * @throws VoipException when it is not there
     */
    public AudioBackendProvider audio(String name) {
        if (!audio.isEmpty()) {
            return audio.get(0);
        }
        if (name.equals("null")) {
            return new NullAudioBackend();
        }
        if (name.equalsIgnoreCase("auto")) {
            return found(List.<AudioBackendProvider>of(), ServiceLoader.load(AudioBackendProvider.class)).stream()
                    .max(Comparator.comparingInt(AudioBackendProvider::priority)).orElseGet(NullAudioBackend::new);
        }
        return found(List.<AudioBackendProvider>of(), ServiceLoader.load(AudioBackendProvider.class)).stream()
                .filter(one -> one.name().equalsIgnoreCase(name)).findFirst()
                .orElseThrow(() -> new VoipException(new Failure.NoProvider("audio", name, "io.earshot:audio-" + name)));
    }

    /** Opens voice processing of the highest priority that can work on this machine; it is there in pure Java always. */
    public VoiceProcessor voice(int sampleRate, VoiceProcessing settings) {
        Optional<VoiceProcessorProvider> best = found(List.<VoiceProcessorProvider>of(), ServiceLoader.load(VoiceProcessorProvider.class))
                .stream().filter(VoiceProcessorProvider::isAvailable).max(Comparator.comparingInt(VoiceProcessorProvider::priority));
        return voice(best.orElseGet(SoftwareVoiceProcessorProvider::new), sampleRate, settings);
    }

    static VoiceProcessor voice(VoiceProcessorProvider best, int sampleRate, VoiceProcessing settings) {
        try {
            return best.open(sampleRate, settings);
        } catch (LinkageError | RuntimeException broken) {
            LOG.warn("Voice processing by {} cannot be opened, that in Java is used: {}", best.name(), broken.toString());
            return new SoftwareVoiceProcessorProvider().open(sampleRate, settings);
        }
    }

    /** Sets whom to ask for names. */
    public void dns(DnsConfig config) {
        dns = config;
    }

    /**
     * Opens the resolver of the highest priority.
     *
     * @throws VoipException when it cannot ask as it was told to
     */
    public DnsResolver openDns(Executor workers) {
        DnsResolverProvider best = found(List.<DnsResolverProvider>of(), ServiceLoader.load(DnsResolverProvider.class)).stream()
                .max(Comparator.comparingInt(DnsResolverProvider::priority)).orElseGet(() -> new JdkDnsResolver.Provider(workers));
        try {
            return best.open(dns);
        } catch (UnsupportedOperationException cannotChoose) {
            throw new VoipException(new Failure.NoProvider("DNS", "chosen servers", "io.earshot:dns-dnsjava"), cannotChoose);
        }
    }

    /** Returns what makes tunnels, if there is such a plug-in. */
    public Optional<TunnelProvider> tunnels() {
        return found(List.<TunnelProvider>of(), ServiceLoader.load(TunnelProvider.class)).stream().findFirst();
    }

    /** Sets how callers are verified. */
    public void verification(VerifierConfig config) {
        verification = config;
    }

    /** Opens what verifies callers, if there is such a plug-in. */
    public Optional<CallerVerifier> verifier(Executor workers) {
        return found(List.<CallerVerifierProvider>of(), ServiceLoader.load(CallerVerifierProvider.class)).stream().findFirst()
                .map(provider -> provider.open(verification, workers));
    }

    /** Returns what encrypts media, if there is such a plug-in. */
    public Optional<KeyExchangeProvider> keys() {
        return found(List.<KeyExchangeProvider>of(), ServiceLoader.load(KeyExchangeProvider.class)).stream().findFirst();
    }

    /** Returns what agrees on keys over the media port, if there is such a plug-in. */
    public Optional<ZrtpProvider> zrtp() {
        return found(List.<ZrtpProvider>of(), ServiceLoader.load(ZrtpProvider.class)).stream().findFirst();
    }

    /** Returns what finds ways through NATs, if there is such a plug-in. */
    public Optional<RouteFinderProvider> routes() {
        return found(List.<RouteFinderProvider>of(), ServiceLoader.load(RouteFinderProvider.class)).stream().findFirst();
    }

    private static <P> List<P> found(List<P> byHand, ServiceLoader<P> loader) {
        List<P> all = new ArrayList<>(byHand);
        loader.stream().forEach(provider -> {
            try {
                all.add(provider.get());
            } catch (ServiceConfigurationError broken) {
                LOG.warn("The plug-in {} cannot be loaded and is left out: {}", provider.type().getName(), broken.getMessage());
            }
        });
        return all;
    }
}
