package io.earshot.sdk.internal.media;

import io.earshot.api.CallQuality;
import io.earshot.api.Failure;
import io.earshot.api.ProgressTone;
import io.earshot.api.VoipException;
import io.earshot.api.audio.CallAudio;
import io.earshot.api.audio.RtpSettings;
import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.MediaSocket;
import io.earshot.dsp.progress.TonePlan;
import io.earshot.sdk.internal.loop.EventLoop;
import io.earshot.sdk.internal.loop.Published;
import io.earshot.sdk.internal.media.path.LocalRoute;
import io.earshot.sdk.internal.media.path.MediaPath;
import io.earshot.sdk.internal.media.path.Protection;
import io.earshot.sdk.internal.media.path.RouteListener;
import io.earshot.sdk.internal.media.path.RouteSearch;
import io.earshot.sip.sdp.MediaAddress;
import io.earshot.sip.sdp.NegotiatedAudio;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The media of one call as the signalling side sees it: hands everything to the media loop. Its port exists from the start. */
public final class CallMedia {
    private static final Logger LOG = LoggerFactory.getLogger(CallMedia.class);

    private final MediaRoom room;
    private final RtpSettings settings;
    private final CallPort port = new CallPort();
    private final CallSound sound;
    private final CallKeys keys;
    private final QualityFigures quality = new QualityFigures();
    private final Published<Optional<LocalRoute>> route = new Published<>(Optional.empty());
    private final Published<Optional<Ports>> ports = new Published<>(Optional.empty());

    // Confined to the media loop.
    private MediaStream stream;
    private MediaPath path;
    private boolean closed;
    private final MediaWatch watch;
    private MediaPath.Listener encryption;
    private RouteListener ways = RouteListener.NOBODY;
    private final QualityClock clock = new QualityClock();
    private final NatOpener opener;

    private record Ports(int rtp, int rtcp, Optional<InetAddress> elsewhere) { }

    /** Makes the media of a call; nothing is bound yet. */
    public CallMedia(MediaRoom room, String name, RtpSettings settings) {
        this.room = room;
        this.settings = settings;
        this.watch = new MediaWatch(settings.timeout(), settings.timeoutNotice());
        this.opener = new NatOpener(settings.opening());
        this.sound = new CallSound(room, name, port);
        this.keys = new CallKeys(room);
    }

    /** Sets who hears of what goes wrong with the call's sound and does not end it; before anybody uses it. */
    public void onTrouble(Consumer<Failure> listener) {
        sound.onTrouble(listener);
    }

    /** Sets who hears when nothing comes from the peer for long; before anybody uses it. Called on the media loop. */
    public void onSilence(MediaWatch.Listener listener) {
        watch.onSilence(listener);
    }

    /** Sets who hears of encryption; before anybody uses it. Called on the media loop. */
    public void onEncryption(MediaPath.Listener listener) {
        encryption = listener;
    }

    /** Sets who hears of the way of the sound; before anybody uses it. Called on the media loop. */
    public void onWay(RouteListener listener) {
        ways = listener;
    }

    /** The user says whether the short string of the keys is the same at both ends. */
    public void compared(boolean same) {
        loop().execute(() -> {
            if (path != null) {
                path.compared(same);
            }
        });
    }

    /** Returns the keys in the call's sound. */
    public CallKeys keys() {
        return keys;
    }

    /** Listens for the tones of a country in what the peer sends from now on; the listener is called on the media loop. */
    public void listenForTones(TonePlan plan, Consumer<ProgressTone> listener) {
        loop().execute(() -> port.tones().listen(plan, listener));
    }

    /** Returns the call's sound. */
    public CallAudio audio() {
        return sound;
    }

    /** Returns how it sounds, measured once a second, and when it ended. */
    public CallQuality quality() {
        return quality.read();
    }

    /** Returns our RTP port; after {@link #open()}. */
    public int rtpPort() {
        return ports.get().orElseThrow().rtp;
    }

    /** Returns the address that our sockets have where this one leads to the peer: that of a tunnel gateway if they are there. */
    public InetAddress home(InetAddress local) {
        return ports.get().flatMap(Ports::elsewhere).orElse(local);
    }

    /** Returns our RTCP port; after {@link #open()}. */
    public int rtcpPort() {
        return ports.get().orElseThrow().rtcp;
    }

    /** Binds the sockets; fails with {@link VoipException} when no port is free. Doing so twice is harmless. */
    public CompletableFuture<Boolean> open() {
        return loop().submit(() -> {
            if (closed || stream != null) {
                return true;
            }
            try {
                path = new MediaPath(loop(), this::received, encryption, ways);
                PortAllocator.Pair raw = room.allocator().open(loop(), path.rtp(), path.rtcp());
                MediaPath.Sockets over = path.over(raw.rtp(), raw.rtcp());
                PortAllocator.Pair pair = new PortAllocator.Pair(over.rtp(), over.rtcp());
                ports.set(Optional.of(new Ports(pair.rtp().localAddress().getPort(), pair.rtcp().localAddress().getPort(),
                        Optional.of(raw.rtp()).filter(MediaSocket::tunnelled).map(there -> there.localAddress().getAddress()))));
                stream = new MediaStream(room.engine(), pair, Optional.of(path), room.ids(), room.ntp(), settings, keys,
                        loop().now());
                room.engine().add(clock);
                return true;
            } catch (IOException none) {
                throw new VoipException(new Failure.LocalResource("The call has no media: " + none.getMessage() + "."), none);
            }
        });
    }

    /**
     * What was agreed besides the sound.
     *
     * @param route what the peer told of its ways to us
     */
    public record Agreed(Protection protection, List<String> route) { }

    /** Looks for ways through NATs from this address of ours; completes on the media loop when the peer can be told. */
    public CompletableFuture<LocalRoute> seek(RouteSearch finder, InetAddress local) {
        return told(() -> path.seek(finder, home(local), room.allocator().others(loop())));
    }

    /** Asks relays for an address to tell a peer without ICE, whose packets then take no other way; completes as {@link #seek}. */
    public CompletableFuture<LocalRoute> relay(RouteSearch finder, InetAddress local) {
        return told(() -> path.relay(finder, local));
    }

    /** Asks how others see us, for a peer without ICE; completes on the media loop when the peer can be told. */
    public CompletableFuture<LocalRoute> learn(RouteSearch finder, InetAddress local) {
        return told(() -> path.learn(finder, home(local)));
    }

    /**
     * Begins anew to look for ways, from this address of ours; completes on the media loop when the peer can be told.
     *
     * @param ofThisMachine as in {@link RouteSearch#addresses}
     */
    public CompletableFuture<LocalRoute> restart(InetAddress local, List<InetAddress> ofThisMachine) {
        return told(() -> path.restart(home(local), ofThisMachine));
    }

    /** The router passes on to our sockets what comes to these addresses; completes on the media loop when the peer can be told. */
    public CompletableFuture<LocalRoute> mapped(Optional<InetSocketAddress> rtp, Optional<InetSocketAddress> rtcp) {
        return told(() -> CompletableFuture.completedFuture(path.mapped(rtp, rtcp)));
    }

    /** Has {@link #route} say what is known of our ways by now; completes on the media loop. */
    public CompletableFuture<LocalRoute> refresh() {
        return told(() -> CompletableFuture.completedFuture(path.told()));
    }

    /** Takes what the peer's offer tells of its ways, before it is answered; completes on the media loop. As {@link MediaPath#follow}. */
    public CompletableFuture<LocalRoute> follow(List<String> attributes, boolean sharing) {
        return told(() -> path.follow(attributes, sharing));
    }

    private CompletableFuture<LocalRoute> told(Supplier<CompletableFuture<LocalRoute>> how) {
        return loop().submit(() -> stream == null ? CompletableFuture.completedFuture(LocalRoute.NONE) : how.get())
                .thenCompose(Function.identity()).thenApply(told -> {
                    route.set(Optional.of(told));
                    return told;
                });
    }

    /** Returns what to tell the peer of our ways to it; empty while none were looked for. */
    public Optional<LocalRoute> route() {
        return route.get();
    }

    /** Sends and receives as negotiated, with what goes along. A name instead of an address is looked up first. */
    public void apply(NegotiatedAudio audio, boolean held, Agreed agreed) {
        Optional<InetAddress> rtp = audio.remote().literal();
        Optional<InetAddress> rtcp = audio.remoteRtcp().map(MediaAddress::literal).orElse(rtp);
        if (rtp.isPresent() && rtcp.isPresent()) {
            loop().execute(() -> apply(audio, new Remote(rtp.get(), rtcp.get()), held, agreed));
        } else {
            loop().workers().execute(() -> {
                try {
                    InetAddress named = InetAddress.getByName(audio.remote().host());
                    loop().execute(() -> apply(audio, new Remote(named, rtcp.orElse(named)), held, agreed));
                } catch (UnknownHostException none) {
                    LOG.warn("The peer's media address {} cannot be found in DNS: no sound", audio.remote().host());
                }
            });
        }
    }

    private record Remote(InetAddress rtp, InetAddress rtcp) { }

    private void apply(NegotiatedAudio audio, Remote remote, boolean held, Agreed agreed) {
        if (stream == null) {
            return;
        }
        int rtcpPort = audio.remoteRtcp().map(MediaAddress::port).orElse(0);
        InetSocketAddress rtp = new InetSocketAddress(remote.rtp, audio.remote().port());
        InetSocketAddress rtcp = new InetSocketAddress(remote.rtcp, rtcpPort);
        MediaPath.Remote told = new MediaPath.Remote(rtp, audio.rtcpMux() ? Optional.empty() : Optional.of(rtcp), agreed.route);
        path.apply(agreed.protection, told);
        if (path.isRouted()) {
            route.set(Optional.of(path.told())); // what later offers tell: no ways for RTCP that shares the port
        }
        stream.routed(path.isRouted());
        stream.apply(audio, rtp, rtcp, held, loop().now());
        opener.open(stream, path, told);
        port.attach(stream);
    }

    private void received(InetSocketAddress source, java.nio.ByteBuffer datagram) {
        if (stream != null) {
            stream.received(source, datagram, loop().now());
        }
    }

    /** Measures once more, closes sockets, codecs and recordings, and takes the port out of the bridge. */
    public CompletableFuture<CallQuality> close() {
        sound.close();
        return loop().submit(() -> {
            if (!closed) {
                closed = true;
                room.engine().remove(clock);
                port.attach(null);
                if (stream != null) {
                    stream.measure(quality, path.path());
                    path.close();
                    stream.close(loop().now());
                    stream = null;
                }
            }
            return quality.read();
        });
    }

    private EventLoop loop() {
        return room.loop();
    }

    /** Runs the stream's timers, and measures once a second. */
    private final class QualityClock implements MediaEngine.Timed {
        private long next;

        @Override
        public long onTime(long now) {
            if (stream == null) {
                return Ticker.NEVER;
            }
            if (now >= next) {
                next = now + Ticker.SECOND;
                stream.measure(quality, path.path());
                watch.check(stream.silentFor(now), stream.everHeard());
            }
            return Math.min(next, Math.min(path.onTime(now), stream.onTime(now)));
        }
    }

    /** Connects another call with everything that this one is connected with, but for what belongs to this one alone. */
    public void shareSound(CallMedia other) {
        sound.share(other.sound);
    }
}
