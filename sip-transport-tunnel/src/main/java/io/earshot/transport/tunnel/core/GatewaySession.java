package io.earshot.transport.tunnel.core;

import io.earshot.api.time.Ticker;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a user has at the gateway; it outlives the connection for a while. */
final class GatewaySession {
    private static final int MOST_SIGNALLING = 256_000;
    private static final int MOST_MEDIA = 128_000;

    private final String user;
    private final byte[] token;
    private final GatewayRules rules;
    private final Outside outside;
    private final GatewayCounts counts;
    private final GatewayOwner owner;
    private final GatewayStreams streams;
    private final SendQueue queue;
    private final Map<Integer, Sockets> channels = new HashMap<>();
    private Optional<GatewayLink> link = Optional.empty();
    private long abandonedAt = Ticker.NEVER;
    private long credit;
    private long creditAt;
    private long lateSoFar;

    private record Sockets(int kind, Outside.Socket[] ports) { }

    GatewaySession(String user, byte[] token, GatewayRules rules, Outside outside, GatewayCounts counts, GatewayOwner owner) {
        this.user = user;
        this.token = token;
        this.rules = rules;
        this.outside = outside;
        this.counts = counts;
        this.owner = owner;
        this.streams = new GatewayStreams(this, rules, outside, counts);
        this.queue = new SendQueue(rules.mostAge(), MOST_SIGNALLING, MOST_MEDIA);
        this.credit = rules.maxBytesPerSecond();
    }

    String user() {
        return user;
    }

    byte[] token() {
        return token;
    }

    SendQueue queue() {
        return queue;
    }

    int channels() {
        return channels.size() + streams.size();
    }

    GatewayStreams streams() {
        return streams;
    }

    boolean isTaken(int channel) {
        return channels.containsKey(channel) || streams.has(channel);
    }

    /** Queues what is to stay in order with signalling. */
    void control(Frame frame) {
        queue.control(FrameWriter.write(frame));
        link.ifPresent(owner::wake);
    }

    /** Queues signalling. Returns whether there was room. */
    boolean signalling(Frame frame) {
        boolean taken = queue.signalling(FrameWriter.write(frame));
        counts.overflowed += taken ? 0 : 1;
        link.ifPresent(owner::wake);
        return taken;
    }

    Optional<GatewayLink> link() {
        return link;
    }

    boolean isAttached() {
        return link.isPresent();
    }

    /** A connection takes the session over; the one before is told to end. */
    void attach(GatewayLink fresh) {
        link.ifPresent(GatewayLink::superseded);
        streams.closeAll();
        link = Optional.of(fresh);
        abandonedAt = Ticker.NEVER;
        queue.clear();
    }

    void detach(GatewayLink gone, long now) {
        if (link.isPresent() && link.get() == gone) {
            link = Optional.empty();
            abandonedAt = now;
            streams.closeAll();
        }
    }

    boolean isExpired(long now) {
        return abandonedAt != Ticker.NEVER && now - abandonedAt >= rules.keep();
    }

    void end() {
        streams.closeAll();
        channels.values().forEach(GatewaySession::close);
        channels.clear();
    }

    private static void close(Sockets sockets) {
        for (Outside.Socket port : sockets.ports) {
            port.close();
        }
    }

    /** Opens a channel, or tells again where it is. */
    void open(Frame.Open open, GatewayLink to, Ticker ticker) {
        int pair = open.kind() == Frame.MEDIA ? 2 : 1;
        Sockets known = channels.get(open.channel());
        if (known == null) {
            if (channels() >= rules.maxChannels() || open.channel() % 2 != 0 || isTaken(open.channel())) {
                counts.refusedLimits++;
                to.urgent(new Frame.Close(open.channel(), Frame.Refusal.LIMIT));
                return;
            }
            try {
                known = new Sockets(open.kind(), outside.bind(open.port(), pair,
                    (index, peer, payload) -> arrived(open.channel() + index, open.kind(), peer, payload, ticker.now())));
                channels.put(open.channel(), known);
            } catch (IOException none) {
                to.urgent(new Frame.Close(open.channel(), Frame.Refusal.PORT));
                return;
            }
        }
        for (int i = 0; i < known.ports.length; i++) {
            to.urgent(new Frame.Opened(open.channel() + i, known.ports[i].address()));
        }
    }

    void close(int channel) {
        streams.close(channel);
        Sockets sockets = channels.remove(channel);
        if (sockets != null) {
            close(sockets);
        }
    }

    /** A datagram from the world. */
    private void arrived(int channel, int kind, InetSocketAddress peer, ByteBuffer payload, long now) {
        if (!permits(kind, peer)) {
            counts.forbidden++;
            return;
        }
        if (payload.remaining() > Frame.MOST_DATA) {
            return;
        }
        boolean audio = kind == Frame.MEDIA;
        if (audio && link.isEmpty()) {
            return;
        }
        Frame.Data frame = new Frame.Data(channel, peer, payload);
        counts.in++;
        if (audio) {
            link.get().busy(now);
            queue.media(FrameWriter.write(frame), now);
            counts.late += queue.late() - lateSoFar;
            lateSoFar = queue.late();
            owner.wake(link.get());
        } else {
            signalling(frame);
        }
    }

    /** A datagram to the world. */
    void depart(Frame.Data data, long now) {
        Sockets sockets = channels.get(data.channel() & ~1);
        int index = data.channel() & 1;
        if (sockets == null || index >= sockets.ports.length) {
            return;
        }
        if (!permits(sockets.kind, data.peer())) {
            counts.forbidden++;
            return;
        }
        if (!affords(data.payload().remaining(), now)) {
            counts.throttled++;
            return;
        }
        counts.out++;
        sockets.ports[index].send(data.peer(), data.payload());
    }

    private boolean permits(int kind, InetSocketAddress peer) {
        return kind == Frame.MEDIA ? rules.signalling().allowHost(peer) || rules.media().allow(peer) || outside.isOwn(peer)
            : rules.signalling().allow(peer);
    }

    /** A second's worth may come at once. */
    boolean affords(int bytes, long now) {
        long most = rules.maxBytesPerSecond();
        credit = Math.min(most, credit + (long) ((now - creditAt) / (double) Ticker.SECOND * most));
        creditAt = now;
        if (credit < bytes) {
            return false;
        }
        credit -= bytes;
        return true;
    }
}
