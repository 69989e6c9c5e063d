package io.earshot.transport.ws;

import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.Flow;
import io.earshot.api.transport.spi.IoLoop;
import io.earshot.api.transport.spi.StreamConfig;
import io.earshot.transport.common.Reasons;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One connection as the transport's owner sees it, from the first attempt to the end. Confined to the loop; Netty's thread reaches it
 * through tasks only.
 */
final class Link {
    /** How long a connection we end may take to get rid of its last frames. */
    private static final long FAREWELL = 2 * Ticker.SECOND;
    private static final IoLoop.Scheduled NONE = () -> { };
    private static final byte[] PING = {'\r', '\n', '\r', '\n'};

    /** In order; a connection never goes back. */
    private enum State { CONNECTING, OPEN, PARTING, OVER }

    /** Who owns connections. */
    interface Owner {
        IoLoop loop();

        StreamConfig config();

        Counts counts();

        void received(Link from, ByteBuffer message);

        /** It never came to be; those who wanted to send over it wait for an answer. */
        void stillborn(Link link, String reason, int messages);

        /** It had no room for a message. */
        void overflowed(Link link, String reason);

        /** It can carry no more messages. */
        void ended(Link link, String reason);
    }

    private final Owner owner;
    private final InetSocketAddress remote;
    private final List<String> names;
    private final boolean outbound;
    private final long id;
    private final List<byte[]> early = new ArrayList<>();
    private State state = State.CONNECTING;
    private Optional<Channel> channel = Optional.empty();
    private Optional<Flow> flow = Optional.empty();
    private int accepted;
    private Optional<Runnable> whenOpen = Optional.empty();
    private int queued;
    private boolean touched;
    private IoLoop.Scheduled setup = NONE;
    private IoLoop.Scheduled stall = NONE;
    private IoLoop.Scheduled idle = NONE;

    /**
     * Makes a connection that is not there yet.
     *
     * @param names what it may be asked for by
     */
    Link(Owner owner, InetSocketAddress remote, List<String> names, boolean outbound, long id) {
        this.owner = owner;
        this.remote = remote;
        this.names = names;
        this.outbound = outbound;
        this.id = id;
    }

    long id() {
        return id;
    }

    InetSocketAddress remote() {
        return remote;
    }

    Optional<Flow> flow() {
        return flow;
    }

    /** The attempt has begun. */
    void connecting(Channel attempt) {
        channel = Optional.of(attempt);
        waiting();
    }

    boolean isConnecting() {
        return state == State.CONNECTING;
    }

    /** From now on it has to be open within the time that there is. */
    void waiting() {
        setup.cancel();
        long patience = owner.config().connectTimeout();
        setup = owner.loop().schedule(patience, () -> gone("it was not open for messages within " + Reasons.seconds(patience)));
    }

    /** Somebody waits for it before there is anything to send, and is told of its failure as a message would be. */
    void tellWhenOpen(Runnable waiting) {
        if (state == State.OPEN) {
            owner.loop().execute(waiting);
        } else {
            whenOpen = Optional.of(waiting);
        }
    }

    /** Tells whether it was made for somebody who has not used it. */
    boolean isUnused() {
        return outbound && whenOpen.isPresent() && accepted == 0;
    }

    /** Nobody waits for it any more. */
    void forsake() {
        whenOpen = Optional.empty();
        part("it was not needed");
    }

    /** The handshake is over. */
    void opened(Channel open, Flow known) {
        if (state != State.CONNECTING) {
            open.close();
            return;
        }
        setup.cancel();
        channel = Optional.of(open);
        flow = Optional.of(known);
        state = State.OPEN;
        watch();
        List<byte[]> waiting = List.copyOf(early);
        early.clear();
        queued = 0;
        waiting.forEach(this::write);
        whenOpen.ifPresent(owner.loop()::execute);
    }

    /**
     * Tells whether a message for this host may go over this connection. One that a client made serves for its own address, and for the
     * names under {@code .invalid} that clients go by (RFC 7118 §5).
     */
    boolean serves(String name) {
        if (state.compareTo(State.OPEN) > 0) {
            return false;
        }
        return names.stream().anyMatch(name::equalsIgnoreCase) || !outbound && name.toLowerCase(Locale.ROOT).endsWith(".invalid");
    }

    /** Tells whether this is the empty line that keeps a connection alive (RFC 5626 §3.5.1). */
    static boolean isPing(ByteBuffer message) {
        return message.equals(ByteBuffer.wrap(PING));
    }

    /** Sends a message, now or when the connection is there; an empty line becomes a ping (RFC 7118 §6). */
    void send(ByteBuffer message) {
        byte[] bytes = new byte[message.remaining()];
        message.get(bytes);
        boolean ping = Arrays.equals(bytes, PING);
        if (state == State.OPEN && ping) {
            channel.ifPresent(open -> open.pipeline().fireUserEventTriggered(Frames.Order.PING));
            return;
        }
        if (!ping) {
            accepted++;
        }
        if (bytes.length > owner.config().maxQueued() - queued) {
            owner.counts().queueFull++;
            owner.overflowed(this, "the peer does not take messages as fast as they come");
            gone("the peer does not take messages as fast as they come");
        } else if (state == State.OPEN) {
            owner.counts().sent++;
            write(bytes);
        } else if (!ping) {
            queued += bytes.length;
            early.add(bytes);
        }
    }

    private void write(byte[] bytes) {
        touched = true;
        if (queued == 0) {
            long patience = owner.config().stallTimeout();
            stall = owner.loop().schedule(patience, () -> gone("the peer took nothing for " + Reasons.seconds(patience)));
        }
        queued += bytes.length;
        Channel open = channel.orElseThrow();
        open.writeAndFlush(Frames.frame(bytes)).addListener(done -> owner.loop().execute(() -> {
            if (done.isSuccess()) {
                written(bytes.length);
            } else {
                gone(Reasons.broken(done.cause()));
            }
        }));
    }

    private void written(int bytes) {
        queued -= bytes;
        stall.cancel();
        if (queued > 0 && state != State.OVER) {
            long patience = owner.config().stallTimeout();
            stall = owner.loop().schedule(patience, () -> gone("the peer took nothing for " + Reasons.seconds(patience)));
        }
    }

    void received(byte[] message) {
        if (state == State.OPEN) {
            touched = true;
            owner.counts().received++;
            owner.received(this, ByteBuffer.wrap(message));
        }
    }

    private void watch() {
        long patience = owner.config().idleTimeout();
        if (patience > 0) {
            touched = false;
            idle = owner.loop().schedule(patience, () -> {
                if (touched) {
                    watch();
                } else {
                    part("nothing was said for " + Reasons.seconds(patience));
                }
            });
        }
    }

    // ---- ends

    /** Ends it in good order: what was accepted is still sent. */
    void part(String reason) {
        if (state == State.CONNECTING) {
            gone(reason);
        } else if (state == State.OPEN) {
            state = State.PARTING;
            calm();
            channel.ifPresent(open -> open.pipeline().fireUserEventTriggered(Frames.Order.CLOSE));
            owner.loop().schedule(FAREWELL, this::drop);
            owner.ended(this, reason);
        }
    }

    /** It is no more, or is not to be any more. */
    void gone(String reason) {
        State before = state;
        drop();
        if (before == State.CONNECTING) {
            owner.stillborn(this, reason, Math.max(accepted, whenOpen.isPresent() ? 1 : 0));
        } else if (before == State.OPEN) {
            owner.ended(this, reason);
        }
    }

    /** Ends it without a word. */
    void drop() {
        if (state != State.OVER) {
            state = State.OVER;
            calm();
            early.clear();
            channel.ifPresent(Channel::close);
        }
    }

    /** Ends it with a close frame and without waiting. */
    void abandon() {
        boolean polite = state == State.OPEN;
        state = State.OVER;
        calm();
        channel.ifPresent(open -> {
            if (polite) {
                open.pipeline().fireUserEventTriggered(Frames.Order.GO_AWAY);
            } else {
                open.close();
            }
        });
    }

    private void calm() {
        setup.cancel();
        stall.cancel();
        idle.cancel();
    }
}
