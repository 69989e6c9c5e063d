package io.earshot.sdk.internal.call;

import io.earshot.api.Failure;
import io.earshot.api.SignallingConfig;
import io.earshot.api.NetworkConfig;
import io.earshot.api.VoipException;
import io.earshot.api.audio.spi.RecordingUploader;
import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.SipTransportProvider;
import io.earshot.api.transport.spi.TransportConfig;
import io.earshot.sdk.internal.loop.EventLoop;
import io.earshot.sdk.internal.loop.Threads;
import io.earshot.sdk.internal.media.MediaEngine;
import io.earshot.sdk.internal.media.MediaRoom;
import io.earshot.sdk.internal.media.PortAllocator;
import io.earshot.sdk.internal.media.path.RelayDialer;
import io.earshot.sdk.internal.net.Recoder;
import io.earshot.sdk.internal.registry.CodecDesk;
import io.earshot.sdk.internal.registry.Providers;
import io.earshot.sdk.internal.route.NatDesk;
import io.earshot.sdk.internal.route.Neighbourhood;
import io.earshot.sdk.internal.route.RouteDesk;
import io.earshot.sdk.internal.route.RouterDoor;
import io.earshot.sdk.internal.secure.KeyDesk;
import io.earshot.sip.transaction.Timers;
import io.earshot.sip.ua.EngineConfig;
import io.earshot.sip.ua.SipEngine;
import io.earshot.sip.ua.SipEvent;
import io.earshot.sip.ua.TransportTraits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The loops and threads of one phone, started together and stopped together. */
final class EngineRuntime implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EngineRuntime.class);

    private final EngineContext context;
    private final EventLoop media;
    private final Threads threads;
    private final List<RecordingUploader> uploaders;
    private final Outlets outlets;

    private EngineRuntime(EngineContext context, EventLoop media, Threads threads, List<RecordingUploader> uploaders,
            Outlets outlets) {
        this.outlets = outlets;
        this.uploaders = uploaders;
        this.context = context;
        this.media = media;
        this.threads = threads;
    }

    /** Returns what carries recordings to servers. */
    List<RecordingUploader> uploaders() {
        return uploaders;
    }

    /** Returns how datagrams leave this machine. */
    Outlets outlets() {
        return outlets;
    }

    EngineContext context() {
        return context;
    }

    /**
     * Starts everything.
     *
     * @param ready takes the runtime before anything is bound
     * @param events takes the engine's events, on the signalling loop
     * @throws VoipException when something is missing or taken; nothing is left running then
     */
    static void start(PhoneSettings settings, Providers providers, Threads threads, Consumer<EngineRuntime> ready,
            Consumer<SipEvent> events) {
        try {
            CodecDesk codecs = new CodecDesk(providers.codecs().select(settings.codecs()), !settings.codecs().isEmpty(),
                    settings.codecUse());
            List<SipTransportProvider> usual = providers.transports();
            settings.webSocket().demand(usual);
            Outlets outlets = Outlets.open(settings, providers.tunnels(), threads.workers());
            Optional<TunnelDoor> tunnel = outlets.tunnel();
            try {
                List<SipTransportProvider> transports = outlets.transports(usual);
                EngineRuntime runtime = assemble(settings, providers, threads, events, new Parts(codecs, transports, outlets));
                ready.accept(runtime);
                runtime.run(transports);
            } catch (VoipException missing) {
                tunnel.ifPresent(TunnelDoor::close);
                throw missing;
            }
        } catch (VoipException missing) {
            threads.close();
            throw missing;
        }
    }

    /** What the providers gave. */
    private record Parts(CodecDesk codecs, List<SipTransportProvider> transports, Outlets outlets) { }

    private static EngineRuntime assemble(PhoneSettings settings, Providers providers, Threads threads, Consumer<SipEvent> events,
            Parts parts) {
        Ticker ticker = Ticker.system();
        IdSource ids = IdSource.secure();
        SignallingConfig style = settings.signallingStyle();
        EngineConfig config = EngineConfig.builder().calls(settings.calls().withTrickle(providers.routes().isPresent()))
                .userAgent(settings.userAgent())
                .timers(scaled(style.timerScale())).keepAlive(style.keepAliveInterval().toNanos())
                .connectionKeepAlive(style.connectionInterval().toNanos()).keepAliveText(style.keepAlive().text())
                .serversView(style.serversView())
                .dualStack(settings.network().dualStack()).names(settings.network().names())
                .transports(parts.transports.stream().map(EngineRuntime::traits).toArray(TransportTraits[]::new)).build();
        Signalling signalling = new Signalling(owner -> new SipEngine(config, ids, owner::towards),
                parts.outlets.names(providers.openDns(threads.workers()), ticker), ticker, events, settings.network().announced(),
                new Recoder(style.characters()));
        EventLoop sip = new EventLoop("earshot-sip", ticker, threads.workers(), signalling).priority(threads.priority());
        signalling.attach(sip);
        MediaEngine mediaEngine = new MediaEngine();
        EventLoop media = new EventLoop("earshot-media", ticker, threads.workers(), mediaEngine).priority(threads.priority());
        PortAllocator sockets = new PortAllocator(parts.outlets.media(),
                settings.listen().getAddress(), settings.firstRtpPort(),
                settings.lastRtpPort(), settings.network().mediaTrafficClass(), settings.rtp().portStep());
        MediaRoom room = new MediaRoom(media, mediaEngine, threads.callbacks(), sockets,
                () -> providers.audio(settings.audio()), settings.devices(), providers.recordingFormats());
        room.devices().processing(providers::voice, settings.voice());
        RouteDesk routes = new RouteDesk(providers.routes(), sip, new RelayDialer(parts.transports, settings.network().tls(),
                settings.network().proxy()), settings.network().announced().isEmpty());
        EngineContext context = new EngineContext(settings, sip, signalling, room, parts.codecs, threads.callbacks(), ticker,
                InstantSource.system(), ids, IdSource.secure(), new CallerIdentity(providers.verifier(threads.workers())),
                new KeyDesk(new KeyDesk.PlugIns(providers.keys(), providers.zrtp()), settings.dataFolder(), threads.workers(),
                        InstantSource.system()),
                routes,
                new TransportMemory(settings.dataFolder(), threads.workers()),
                new FinalCodecMemory(settings.dataFolder(), threads.workers(), InstantSource.system()),
                new RouterDoor(sip, providers.routes()),
                new NatDesk(sip, providers.routes(), routes),
                new Neighbourhood(sip));
        return new EngineRuntime(context, media, threads, providers.uploaders(), parts.outlets);
    }

    private static Timers scaled(double by) {
        return new Timers((long) (Timers.DEFAULT.t1() * by), (long) (Timers.DEFAULT.t2() * by), (long) (Timers.DEFAULT.t4() * by));
    }

    private void run(List<SipTransportProvider> transports) {
        media.start();
        context.signalling().engine().emptyAcks(context.acks().servers());
        context.loop().start();
        try {
            context.loop().submit(() -> {
                bind(transports, context.settings(), context.loop(), context.signalling());
                return true;
            }).join();
        } catch (CompletionException failed) {
            close();
            throw refusal(failed.getCause());
        }
    }

    /** Why the sockets cannot be had, as a value where it is not a defect of ours. */
    private static RuntimeException refusal(Throwable cause) {
        return cause instanceof UncheckedIOException taken
                ? new VoipException(new Failure.LocalResource(Failures.sentence(taken.getCause().getMessage())), taken)
                : cause instanceof RuntimeException defect ? defect : new IllegalStateException(cause);
    }

    /**
     * The first transport must have its port. What cannot be had of the others is told of and left out: a call by UDP needs no TCP port,
     * and one that needs TCP fails with a sentence of its own.
     */
    private static void bind(List<SipTransportProvider> transports, PhoneSettings settings, EventLoop sip, Signalling signalling) {
        for (SipTransportProvider provider : transports) {
            try {
                signalling.add(provider.open(settings.webSocket().apply(provider.protocol(), config(settings, provider.protocol())), sip,
                        signalling.listener(provider.protocol())));
            } catch (IOException taken) {
                if (provider == transports.get(0) || wanted(settings, provider.protocol())
                        || settings.webSocket().isOpen(provider.protocol())) {
                    throw new UncheckedIOException(taken);
                }
                LOG.warn("No SIP over {}: {}", provider.protocol(), taken.getMessage());
            }
        }
    }

    private static TransportConfig config(PhoneSettings settings, String protocol) {
        NetworkConfig network = settings.network();
        TransportConfig plain = TransportConfig.bind(address(settings, protocol));
        return new TransportConfig(plain.bind(), network.sipTrafficClass(), plain.maxMessage(), network.connections(), network.tls(),
                plain.webSocket(), network.proxy());
    }

    /** Who has set up TLS wants to hear at once that it does not work. */
    private static boolean wanted(PhoneSettings settings, String protocol) {
        NetworkConfig network = settings.network();
        return protocol.equals("TLS") && (network.tlsPort() > 0 || network.tls().identity().isPresent());
    }

    /** TLS is one port further than TCP, as 5061 is to 5060 (RFC 3261 §19.1.2). */
    private static InetSocketAddress address(PhoneSettings settings, String protocol) {
        InetSocketAddress listen = settings.listen();
        if (!protocol.equals("TLS")) {
            return listen;
        }
        int above = listen.getPort() > 0 && listen.getPort() < 65_535 ? listen.getPort() + 1 : listen.getPort();
        return new InetSocketAddress(listen.getAddress(), settings.network().tlsPort() > 0 ? settings.network().tlsPort() : above);
    }

    /** The transports of RFC 3261 and 7118 are known; another one is taken for a message oriented, reliable one. */
    private static TransportTraits traits(SipTransportProvider provider) {
        return switch (provider.protocol()) {
            case "UDP" -> TransportTraits.UDP;
            case "TCP" -> TransportTraits.TCP;
            case "TLS" -> TransportTraits.TLS;
            case "WS" -> TransportTraits.WS;
            case "WSS" -> TransportTraits.WSS;
            default -> new TransportTraits(provider.protocol(), true, true);
        };
    }

    @Override
    public void close() {
        context.loop().close();
        media.close();
        outlets.tunnel().ifPresent(TunnelDoor::close);
        // Only now does nobody use the lines of the sound device any more.
        context.room().close();
        context.identity().close();
        context.transports().close();
        context.acks().close();
        context.keys().close();
        threads.close();
    }
}
