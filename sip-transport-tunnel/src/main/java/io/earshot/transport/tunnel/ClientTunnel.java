package io.earshot.transport.tunnel;

import io.earshot.api.id.IdSource;
import io.earshot.api.proxy.ProxyConfig;
import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.MediaTransportProvider;
import io.earshot.api.transport.spi.SipTransportProvider;
import io.earshot.api.transport.spi.TlsConfig;
import io.earshot.api.tunnel.TunnelConfig;
import io.earshot.api.tunnel.TunnelMode;
import io.earshot.api.tunnel.spi.Tunnel;
import io.earshot.api.tunnel.spi.TunnelListener;
import io.earshot.transport.common.HostNames;
import io.earshot.transport.common.TlsEngines;
import io.earshot.transport.tunnel.core.ClientCore;
import io.earshot.transport.tunnel.core.ClientOutput;
import io.earshot.transport.tunnel.core.ClientSettings;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** The client's end of a tunnel. One thread of Netty has the core and the connection; phones' loops hand over tasks. */
final class ClientTunnel implements Tunnel, Carrier.Owner {
    private static final long PATIENCE = 4 * Ticker.SECOND;

    /** After the gateway had no socket for us. */
    private static final long PAUSE_MS = 2_000;

    /**
     * What others may know, from any thread.
     *
     * @param linked whether the gateway has let us in
     * @param ready whether we have what a call needs, too
     */
    private record Facts(boolean linked, boolean ready, TunnelMode mode, String trouble) { }

    private final TunnelConfig config;
    private final Ticker ticker = Ticker.system();
    private final IdSource ids = IdSource.secure();
    private final MultiThreadIoEventLoopGroup group;
    private final EventLoop thread;
    private final ExecutorService workers;
    private final Dialer dialer;
    private final TunnelListener listener;
    private final ClientCore core;
    private final Modes modes;
    private final TunnelSip sip;
    private final TunnelMedia media;
    private final StreamDoor streams;
    private final AtomicReference<Facts> facts;
    private Optional<Carrier> carrier = Optional.empty();
    private Optional<ScheduledFuture<?>> alarm = Optional.empty();
    private long alarmAt = Ticker.NEVER;
    /** Since when the connection works; {@link Ticker#NEVER} while it does not. */
    private long upSince = Ticker.NEVER;
    /** Our address at the gateway, and whether it is another one, while nobody knows yet. */
    private Optional<News> news = Optional.empty();
    private boolean closed;

    private record News(InetSocketAddress address, boolean moved) { }

    private ClientTunnel(TunnelConfig config, Optional<TlsEngines> tls, TunnelListener listener) {
        this.config = config;
        this.listener = listener;
        group = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("earshot-tunnel", true), NioIoHandler.newFactory());
        thread = group.next();
        workers = Executors.newCachedThreadPool(new DefaultThreadFactory("earshot-tunnel-work", true));
        dialer = new Dialer(config, tls, thread, workers, ids);
        core = new ClientCore(new ClientSettings(config.user(), config.key().getBytes(StandardCharsets.UTF_8), !config.isSecure(),
            config.lateAfter().toNanos(), PATIENCE), ids);
        modes = new Modes(config.mode());
        facts = new AtomicReference<>(new Facts(false, false, modes.current(), "not reached yet"));
        sip = new TunnelSip(this);
        media = new TunnelMedia(this);
        streams = new StreamDoor(this, ids);
    }

    static ClientTunnel open(TunnelConfig config, TlsConfig tls, TunnelListener listener) throws IOException {
        Optional<TlsEngines> secured = config.isSecure()
            ? Optional.of(new TlsEngines(tls, HostNames.Kind.WEB, "http/1.1")) : Optional.empty();
        if (secured.isPresent()) {
            secured.get().check();
        }
        ClientTunnel tunnel = new ClientTunnel(config, secured, listener);
        try {
            tunnel.streams.open(tunnel.group);
        } catch (IOException none) {
            tunnel.close();
            throw none;
        }
        tunnel.thread.execute(tunnel::begin);
        return tunnel;
    }

    private void begin() {
        sip.begin(core);
        media.begin(core);
        core.start();
        pump();
    }

    /** Runs something with the core, on the thread of the tunnel. */
    void execute(Runnable task) {
        if (!thread.isShuttingDown()) {
            thread.execute(() -> {
                if (!closed) {
                    task.run();
                    pump();
                }
            });
        }
    }

    ClientCore core() {
        return core;
    }

    long now() {
        return ticker.now();
    }

    // ---- the connection

    @Override
    public void opened(Carrier which) {
        if (isCurrent(which)) {
            core.onConnected(ticker.now());
            pump();
        }
    }

    @Override
    public void received(Carrier which, ByteBuffer bytes) {
        if (isCurrent(which)) {
            core.onReceived(bytes, ticker.now());
            pump();
        }
    }

    @Override
    public void writable(Carrier which) {
        if (isCurrent(which)) {
            pump();
        }
    }

    @Override
    public void lost(Carrier which, String reason, boolean reached) {
        if (isCurrent(which)) {
            carrier = Optional.empty();
            if (reached && !core.isUp()) {
                modes.failed();
            }
            ended();
            core.onLost(reason, ticker.now());
            pump();
        }
    }

    private boolean isCurrent(Carrier which) {
        return !closed && carrier.isPresent() && carrier.get() == which;
    }

    /** Does all that the core wants. */
    void pump() {
        long now = ticker.now();
        for (Optional<ClientOutput> next = core.poll(now); next.isPresent(); next = core.poll(now)) {
            perform(next.get());
        }
        while (carrier.isPresent() && carrier.get().isWritable()) {
            ByteBuffer out = core.transmit(now);
            if (!out.hasRemaining()) {
                break;
            }
            carrier.get().write(out);
        }
        schedule(core.deadline(now), now);
    }

    private void schedule(long deadline, long now) {
        if (deadline == Ticker.NEVER || deadline >= alarmAt && alarmAt > now) {
            return; // an early alarm does no harm
        }
        alarm.ifPresent(old -> old.cancel(false));
        alarmAt = deadline;
        alarm = Optional.of(thread.schedule(() -> {
            alarmAt = Ticker.NEVER;
            core.onTime(ticker.now());
            pump();
        }, Math.max(Ticker.MILLISECOND, deadline - now), TimeUnit.NANOSECONDS));
    }

    private void perform(ClientOutput output) {
        if (output instanceof ClientOutput.Received received) {
            if (!sip.received(received)) {
                media.received(received);
            }
        } else if (output instanceof ClientOutput.Part part) {
            streams.received(part);
        } else if (output instanceof ClientOutput.Connect) {
            carrier = Optional.of(switch (modes.current()) {
                case STREAMING -> new HttpCarrier(dialer, true, ids, this);
                case PACKETS -> new HttpCarrier(dialer, false, ids, this);
                default -> new WebSocketCarrier(dialer, this);
            });
        } else if (output instanceof ClientOutput.Disconnect end) {
            carrier.ifPresent(Carrier::close);
            carrier = Optional.empty();
            if (end.mute()) {
                modes.failed();
            }
            ended();
        } else if (output instanceof ClientOutput.Opened opened) {
            opened(opened.channel(), opened.address());
        } else if (output instanceof ClientOutput.Gone gone) {
            sip.gone(gone);
            media.gone(gone);
            streams.gone(gone);
            settle();
        } else {
            tell(output);
        }
    }

    /** The connection is gone. */
    private void ended() {
        if (upSince != Ticker.NEVER) {
            modes.ended(ticker.now() - upSince);
            upSince = Ticker.NEVER;
        }
    }

    private void opened(int channel, InetSocketAddress address) {
        if (streams.opened(channel)) {
            return;
        }
        Optional<Boolean> moved = sip.opened(channel, address);
        if (moved.isPresent()) {
            news = Optional.of(new News(address, moved.get()));
        } else {
            media.opened(channel, address);
        }
        settle();
    }

    /** Tells that the tunnel can be used: once there is an answer to all that was asked for, as who hears of it may call at once. */
    private void settle() {
        if (news.isPresent() && media.isSettled()) {
            News told = news.get();
            news = Optional.empty();
            facts.set(new Facts(true, true, modes.current(), ""));
            listener.up(told.address, told.moved);
        }
    }

    private void tell(ClientOutput output) {
        String trouble = output instanceof ClientOutput.Down down ? down.reason()
            : output instanceof ClientOutput.Denied denied ? denied.reason() : "";
        boolean linked = output instanceof ClientOutput.Up;
        if (output instanceof ClientOutput.Up up) {
            modes.worked();
            upSince = ticker.now();
            media.linked(up.resumed());
        }
        news = Optional.empty();
        facts.set(new Facts(linked, false, modes.current(), linked ? "its sockets are not there yet" : trouble));
        if (!trouble.isEmpty()) {
            listener.down("The tunnel gateway " + config.gateway().getHost() + " is not reached: " + trouble + ".",
                output instanceof ClientOutput.Denied);
        }
    }

    /** Runs something with the core a little later. */
    void later(Runnable task) {
        thread.schedule(() -> execute(task), PAUSE_MS, TimeUnit.MILLISECONDS);
    }

    /** Tells whether datagrams of calls can go. */
    boolean isLinked() {
        return facts.get().linked;
    }

    // ---- for others

    @Override
    public SipTransportProvider sip() {
        return sip;
    }

    @Override
    public MediaTransportProvider media() {
        return media;
    }

    @Override
    public ProxyConfig streams() {
        return streams.proxy();
    }

    @Override
    public boolean isUp() {
        return facts.get().ready;
    }

    @Override
    public String describe() {
        Facts known = facts.get();
        String way = "tunnel to " + config.gateway().getHost() + " by " + known.mode.name().toLowerCase(Locale.ROOT);
        return known.ready ? way : way + ", not reached: " + known.trouble;
    }

    @Override
    public void close() {
        if (thread.isShuttingDown()) {
            return;
        }
        thread.execute(() -> {
            if (!closed) {
                closed = true;
                core.stop();
                carrier.ifPresent(Carrier::close);
                alarm.ifPresent(pending -> pending.cancel(false));
                group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
                workers.shutdown();
            }
        });
    }
}
