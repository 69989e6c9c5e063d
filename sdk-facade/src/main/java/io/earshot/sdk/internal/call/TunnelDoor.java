package io.earshot.sdk.internal.call;

import io.earshot.api.Failure;
import io.earshot.api.PhoneEvent;
import io.earshot.api.RegistrationState;
import io.earshot.api.VoipException;
import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.MediaSocket;
import io.earshot.api.transport.spi.IoLoop;
import io.earshot.api.transport.spi.MediaReceiver;
import io.earshot.api.transport.spi.MediaTransportProvider;
import io.earshot.api.transport.spi.SipTransportProvider;
import io.earshot.api.tunnel.TunnelConfig;
import io.earshot.api.tunnel.TunnelUse;
import io.earshot.api.tunnel.spi.Tunnel;
import io.earshot.api.tunnel.spi.TunnelListener;
import io.earshot.api.tunnel.spi.TunnelProvider;
import io.earshot.sdk.internal.loop.Published;
import io.earshot.sdk.internal.net.SwitchedSip;
import io.earshot.sdk.internal.net.TunnelledStreams;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tunnel of a phone that has one: what goes through it, and when. */
final class TunnelDoor implements MediaTransportProvider, Signalling.Timed, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TunnelDoor.class);
    private static final long PATIENCE_S = 8;
    private static final int PROBE_BITS = 100;

    private final TunnelConfig config;
    private final MediaTransportProvider direct;
    private final Executor workers;
    private final IdSource ids;
    private final PathMemory memory;
    private final PathChooser chooser;
    private final CompletableFuture<Optional<String>> first = new CompletableFuture<>();
    private final AtomicBoolean throughTunnel;
    private final Published<Optional<Owner>> owner = new Published<>(Optional.empty());
    private Tunnel tunnel;
    private Optional<SwitchedSip> switched = Optional.empty();
    private boolean upFromTheStart;
    private long now; // of the last turn

    /**
     * Whose tunnel it is; all of it on the signalling loop.
     *
     * @param loop runs tasks there
     * @param moved our address is another one
     * @param idle whether there are no calls
     * @param notice takes a sentence for the operator
     */
    record Owner(Executor loop, Runnable moved, BooleanSupplier idle, Consumer<String> notice) { }

    private TunnelDoor(PhoneSettings settings, TunnelConfig config, MediaTransportProvider direct, Executor workers, long now) {
        this.config = config;
        this.direct = direct;
        this.workers = workers;
        this.ids = IdSource.secure();
        this.memory = config.use() == TunnelUse.ALWAYS ? PathMemory.open(Optional.empty(), "")
                : PathMemory.open(settings.dataFolder(), config.gateway().toString());
        this.chooser = new PathChooser(memory.wasThroughTunnel(), now);
        this.throughTunnel = new AtomicBoolean(config.use() == TunnelUse.ALWAYS || chooser.isThroughTunnel());
    }

    /**
     * Opens the tunnel and waits for it a while, if nothing goes without it, or sound may not.
     *
     * @param demanded whether the first call may want it
     * @throws VoipException when there is no plug-in, or the gateway does not want us
     */
    static TunnelDoor open(PhoneSettings settings, TunnelConfig config, Optional<TunnelProvider> provider, MediaTransportProvider direct,
            Executor workers, boolean demanded) {
        if (provider.isEmpty()) {
            throw new VoipException(new Failure.NoProvider("tunnel", config.gateway().getHost(), "io.earshot:sip-transport-tunnel"));
        }
        TunnelDoor door = new TunnelDoor(settings, config, direct, workers, 0);
        try {
            door.tunnel = provider.get().open(config, settings.network().tls(), door.new Ear());
        } catch (IOException impossible) {
            door.memory.close();
            throw new VoipException(new Failure.LocalResource(Failures.sentence(impossible.getMessage())), impossible);
        }
        if (demanded || door.throughTunnel.get()) {
            door.await();
        }
        door.upFromTheStart = door.tunnel.isUp();
        return door;
    }

    private void await() {
        try {
            Optional<String> refusal = first.get(PATIENCE_S, TimeUnit.SECONDS);
            if (refusal.isPresent() && config.use() == TunnelUse.ALWAYS) {
                close();
                throw new VoipException(new Failure.Forbidden(refusal.get()));
            }
        } catch (TimeoutException late) {
            LOG.warn("The tunnel gateway was not reached yet, and is tried on: {}", tunnel.describe());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Hears of the tunnel, on a thread of the tunnel. */
    private final class Ear implements TunnelListener {
        @Override
        public void up(InetSocketAddress address, boolean moved) {
            first.complete(Optional.empty());
            tell(here -> {
                chooser.tunnel(true);
                if (moved && throughTunnel.get()) {
                    here.moved().run();
                }
            });
        }

        @Override
        public void down(String reason, boolean refused) {
            LOG.info("{}", reason);
            if (refused) {
                first.complete(Optional.of(reason));
            }
            tell(here -> {
                chooser.tunnel(false);
                here.notice().accept(reason);
            });
        }
    }

    private void tell(Consumer<Owner> news) {
        owner.get().ifPresent(here -> here.loop().execute(() -> news.accept(here)));
    }

    /** Sets whose it is, once that is there. */
    void attach(Owner here) {
        owner.set(Optional.of(here));
        here.loop().execute(() -> {
            chooser.tunnel(tunnel.isUp());
            if (throughTunnel.get() && !upFromTheStart && tunnel.isUp()) {
                here.moved().run(); // what the ear was told had nobody to hear it
            }
        });
    }

    /** Returns the transports of a phone that has these. */
    List<SipTransportProvider> transports(List<SipTransportProvider> usual) {
        if (config.use() == TunnelUse.ALWAYS) {
            return Stream.concat(Stream.of(tunnel.sip()), usual.stream().filter(one -> !one.protocol().equals("UDP"))
                    .map(one -> new TunnelledStreams(one, tunnel.streams()))).toList();
        }
        List<SipTransportProvider> all = new ArrayList<>();
        for (SipTransportProvider one : usual) {
            if (one.protocol().equals("UDP")) {
                SwitchedSip both = new SwitchedSip(one, tunnel.sip(), throughTunnel::get, 
                        () -> chooser.probeAnswered(now));
                switched = Optional.of(both);
                all.add(both);
            } else {
                all.add(one);
            }
        }
        return all;
    }

    // ---- which way, on the signalling loop

    /** Looks at what became of a registration. @param tries how long a server that fails may take, all its stand-ins included */
    void onEvent(PhoneEvent event, long time) {
        if (config.use() == TunnelUse.ALWAYS || !(event instanceof PhoneEvent.RegistrationChanged change)) {
            return;
        }
        if (change.state() instanceof RegistrationState.Registered) {
            chooser.answered();
        } else if (change.state() instanceof RegistrationState.Registering) {
            long each = change.account().config().failOver().patience().toNanos();
            chooser.asked(each * (1 + ServerSettings.failOver(change.account().config()).backups().size()), time);
        } else if (change.state() instanceof RegistrationState.Failed failed) {
            if (failed.failure() instanceof Failure.TimedOut || failed.failure() instanceof Failure.Unreachable) {
                chooser.failed();
            } else {
                chooser.answered();
            }
        }
    }

    @Override
    public long onTime(long time) {
        now = time;
        Optional<Owner> here = owner.get();
        if (here.isEmpty() || config.use() == TunnelUse.ALWAYS) {
            return Ticker.NEVER;
        }
        switch (chooser.onTime(time, here.get().idle().getAsBoolean())) {
            case PROBE -> switched.ifPresent(both -> both.probe(ids.token(PROBE_BITS)));
            case USE_DIRECT -> use(false, here.get());
            case USE_TUNNEL -> use(true, here.get());
            default -> { }
        }
        return chooser.deadline();
    }

    private void use(boolean through, Owner here) {
        throughTunnel.set(through);
        workers.execute(() -> memory.keep(through));
        here.notice().accept(through ? "The server does not answer directly: everything goes through the tunnel to "
                + config.gateway().getHost() + " now." : "The server answers directly again: the tunnel is not used any more.");
        here.moved().run();
    }

    // ---- media

    /** Returns what carries sound as long as the tunnel is up, and another where it is not. */
    MediaTransportProvider whenUp(MediaTransportProvider otherwise) {
        return new MediaTransportProvider() {
            @Override
            public String name() {
                return "tunnel or " + otherwise.name();
            }

            @Override
            public MediaSocket open(InetSocketAddress bind, int trafficClass, IoLoop loop, MediaReceiver receiver) throws IOException {
                return (tunnel.isUp() ? tunnel.media() : otherwise).open(bind, trafficClass, loop, receiver);
            }
        };
    }

    @Override
    public String name() {
        return "udp or tunnel";
    }

    @Override
    public MediaSocket open(InetSocketAddress bind, int trafficClass, IoLoop loop, MediaReceiver receiver) throws IOException {
        return (throughTunnel.get() ? tunnel.media() : direct).open(bind, trafficClass, loop, receiver);
    }

    @Override
    public void close() {
        tunnel.close();
        memory.close();
    }
}
