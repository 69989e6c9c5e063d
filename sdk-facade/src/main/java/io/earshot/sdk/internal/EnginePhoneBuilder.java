package io.earshot.sdk.internal;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.DtmfOptions;
import io.earshot.api.Failure;
import io.earshot.api.NetworkConfig;
import io.earshot.api.Phone;
import io.earshot.api.PhoneBuilder;
import io.earshot.api.Reliability;
import io.earshot.api.SessionTimers;
import io.earshot.api.SignallingConfig;
import io.earshot.api.VoipException;
import io.earshot.api.audio.AudioSetup;
import io.earshot.api.audio.RtpSettings;
import io.earshot.api.audio.VoiceProcessing;
import io.earshot.api.audio.spi.AudioBackendProvider;
import io.earshot.api.check.Check;
import io.earshot.api.codec.CodecPreferences;
import io.earshot.api.codec.spi.AudioCodecProvider;
import io.earshot.api.dns.spi.DnsConfig;
import io.earshot.api.identity.VerifierConfig;
import io.earshot.api.transport.spi.SipTransportProvider;
import io.earshot.api.transport.spi.TlsConfig;
import io.earshot.api.tunnel.TunnelConfig;
import io.earshot.sdk.internal.call.EnginePhone;
import io.earshot.sdk.internal.call.PhoneSettings;
import io.earshot.sdk.internal.call.WebSocketDoor;
import io.earshot.sdk.internal.loop.Threads;
import io.earshot.sdk.internal.registry.Providers;
import io.earshot.sip.ua.CallPolicy;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Collects settings and opens the engine. */
final class EnginePhoneBuilder implements PhoneBuilder {
    private final Providers providers = new Providers();
    private InetSocketAddress listen = new InetSocketAddress(0);
    private int firstRtpPort = 20_000;
    private RtpSettings rtp = RtpSettings.DEFAULT;
    private int lastRtpPort = 29_999;
    private String userAgent = "Earshot";
    private Optional<Executor> executor = Optional.empty();
    private int threadPriority = Thread.NORM_PRIORITY;
    private List<String> codecs = List.of();
    private CodecPreferences codecUse = CodecPreferences.DEFAULT;
    private SignallingConfig signalling = SignallingConfig.DEFAULT;
    private Duration closeTimeout = Duration.ofSeconds(2);
    private boolean followRedirects = true;
    private CallPolicy calls = CallPolicy.USUAL;
    private String audio = "null";
    private AudioSetup devices = AudioSetup.DEFAULT;
    private VoiceProcessing voice = VoiceProcessing.ALL;
    private DtmfOptions dtmf = DtmfOptions.DEFAULT;
    private WebSocketDoor webSocket = WebSocketDoor.CLOSED;
    private NetworkConfig network = NetworkConfig.DEFAULT;
    private Optional<Path> dataFolder = Optional.empty();
    private Optional<TunnelConfig> tunnel = Optional.empty();
    private Duration networkCheck = Duration.ofSeconds(2);

    @Override
    public PhoneBuilder listen(InetSocketAddress address) {
        if (requireNonNull(address, "address").isUnresolved()) {
            throw new VoipException(new Failure.BadArgument("Cannot listen on '" + address.getHostString()
                    + "': no such host; write an address of this machine."));
        }
        listen = address;
        return this;
    }

    @Override
    public PhoneBuilder rtpPorts(int first, int last) {
        if (first < 1024 || last > 65_535 || first % 2 != 0 || last <= first) {
            throw new IllegalArgumentException("RTP ports must be an even number from 1024 up and a larger one up to 65535, not " + first
                    + " to " + last);
        }
        firstRtpPort = first;
        lastRtpPort = last;
        return this;
    }

    @Override
    public PhoneBuilder userAgent(String text) {
        userAgent = Check.filled(text, "userAgent");
        return this;
    }

    @Override
    public PhoneBuilder executor(Executor callbacks) {
        executor = Optional.of(requireNonNull(callbacks, "executor"));
        return this;
    }

    @Override
    public PhoneBuilder threadPriority(int priority) {
        threadPriority = Check.range(priority, Thread.MIN_PRIORITY, Thread.MAX_PRIORITY, "threadPriority", "5 is usual");
        return this;
    }

    @Override
    public PhoneBuilder codecs(String... names) {
        codecs = Check.lines(Check.list(names, "names"), "names");
        return this;
    }

    @Override
    public PhoneBuilder codecs(CodecPreferences preferences) {
        codecUse = requireNonNull(preferences, "preferences");
        return this;
    }

    @Override
    public PhoneBuilder audio(String backend) {
        audio = Check.filled(backend, "backend");
        return this;
    }

    @Override
    public PhoneBuilder audio(AudioBackendProvider backend) {
        providers.add(requireNonNull(backend, "backend"));
        return this;
    }

    @Override
    public PhoneBuilder audioSetup(AudioSetup setup) {
        devices = requireNonNull(setup, "setup");
        return this;
    }

    @Override
    public PhoneBuilder dtmf(DtmfOptions options) {
        dtmf = requireNonNull(options, "options");
        return this;
    }

    @Override
    public PhoneBuilder voice(VoiceProcessing settings) {
        voice = requireNonNull(settings, "settings");
        return this;
    }

    @Override
    public PhoneBuilder codec(AudioCodecProvider provider) {
        providers.add(requireNonNull(provider, "provider"));
        return this;
    }

    @Override
    public PhoneBuilder transport(SipTransportProvider provider) {
        providers.add(requireNonNull(provider, "provider"));
        return this;
    }

    @Override
    public PhoneBuilder dnsServers(InetSocketAddress... servers) {
        providers.dns(DnsConfig.DEFAULT.withServers(servers));
        return this;
    }

    @Override
    public PhoneBuilder network(NetworkConfig settings) {
        network = requireNonNull(settings, "settings");
        return this;
    }

    @Override
    public PhoneBuilder tls(TlsConfig settings) {
        network = network.withTls(requireNonNull(settings, "settings"));
        return this;
    }

    @Override
    public PhoneBuilder dataFolder(Path folder) {
        dataFolder = Optional.of(requireNonNull(folder, "folder"));
        return this;
    }

    @Override
    public PhoneBuilder networkCheck(Duration interval) {
        if (!requireNonNull(interval, "interval").isZero()
                && (interval.compareTo(Duration.ofMillis(100)) < 0 || interval.compareTo(Duration.ofHours(1)) > 0)) {
            throw new IllegalArgumentException("networkCheck must be 100 ms to 1 h, or zero for never, not " + Check.text(interval));
        }
        networkCheck = interval;
        return this;
    }

    @Override
    public PhoneBuilder callerVerification(VerifierConfig config) {
        providers.verification(requireNonNull(config, "config"));
        return this;
    }

    @Override
    public PhoneBuilder signalling(SignallingConfig settings) {
        signalling = requireNonNull(settings, "settings");
        return this;
    }

    @Override
    public PhoneBuilder closeTimeout(Duration timeout) {
        closeTimeout = Check.range(timeout, Duration.ZERO, Duration.ofHours(1), "closeTimeout");
        return this;
    }

    @Override
    public PhoneBuilder followRedirects(boolean follow) {
        followRedirects = follow;
        return this;
    }

    @Override
    public PhoneBuilder rtp(RtpSettings settings) {
        rtp = requireNonNull(settings, "settings");
        return this;
    }

    @Override
    public PhoneBuilder reliability(Reliability ringing) {
        calls = new CallPolicy(requireNonNull(ringing, "ringing"), calls.timers());
        return this;
    }

    @Override
    public PhoneBuilder listenWebSocket(String uri) {
        webSocket = webSocket.at(requireNonNull(uri, "uri"));
        return this;
    }

    @Override
    public PhoneBuilder sessionTimers(SessionTimers timers) {
        calls = new CallPolicy(calls.reliability(), requireNonNull(timers, "timers"));
        return this;
    }

    @Override
    public PhoneBuilder webSocketOrigins(String... origins) {
        webSocket = webSocket.origins(origins);
        return this;
    }

    @Override
    public PhoneBuilder webSocketHeader(String host, String name, String value) {
        webSocket = webSocket.header(host, name, value);
        return this;
    }

    @Override
    public PhoneBuilder tunnel(TunnelConfig settings) {
        tunnel = Optional.of(requireNonNull(settings, "settings"));
        return this;
    }

    @Override
    public Phone open() {
        PhoneSettings settings = new PhoneSettings(listen, firstRtpPort, lastRtpPort, rtp, userAgent, codecs, codecUse, closeTimeout,
                followRedirects, calls, audio, network, dataFolder, networkCheck, webSocket, signalling, devices, dtmf,
                voice, tunnel);
        return EnginePhone.open(settings, providers, new Threads(executor, threadPriority));
    }
}
