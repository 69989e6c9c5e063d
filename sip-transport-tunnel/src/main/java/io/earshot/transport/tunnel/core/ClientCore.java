package io.earshot.transport.tunnel.core;

import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The client's end of a tunnel, without input or output of its own: sockets at a gateway over one connection that may break and come back.
 * Takes what happens with the time {@code now} in ns, and wants {@link #poll} and {@link #transmit} called until they are empty after each
 * call. For one thread.
 */
public final class ClientCore {
    private static final int MOST_SIGNALLING = 512_000;
    private static final int MOST_MEDIA = 64_000;
    private static final int MOST_CHANNELS = 1_000;
    /** Told of at most, while it is down. */
    private static final int MOST_REASONS = 8;

    /** The kind of a channel that is a TCP connection. */
    private static final int STREAM = 3;
    /** A part is cut so that sound has not to wait long behind it. */
    private static final int MOST_PART = 8_000;

    private enum State { IDLE, WAITING, CONNECTING, GREETING, UP, OVER }

    private final ClientSettings settings;
    private final IdSource ids;
    private final Retry retry;
    private final SendQueue queue;
    private final Map<Integer, Channel> channels = new TreeMap<>();
    private final List<Integer> abandoned = new ArrayList<>();
    private final Deque<ClientOutput> outputs = new ArrayDeque<>();
    private State state = State.IDLE;
    private long at = Ticker.NEVER;
    private byte[] token = new byte[0];
    private Line line = new Line();
    private Pulse pulse = new Pulse(0, 0);
    private ClientHandshake handshake;
    private int lastChannel;
    /** Why it is down, each reason once. */
    private final Set<String> told = new HashSet<>();

    /** What is known of a channel: what it is, and where the gateway put it. */
    private static final class Channel {
        private final int kind;
        private int port;

        Channel(int kind) {
            this.kind = kind;
        }
    }

    /** Makes one; {@link #start} begins. */
    public ClientCore(ClientSettings settings, IdSource ids) {
        this.settings = settings;
        this.ids = ids;
        this.retry = new Retry(ids);
        this.queue = new SendQueue(settings.mostAge(), MOST_SIGNALLING, MOST_MEDIA);
    }

    // ---- commands

    /** Begins to connect. */
    public void start() {
        if (state == State.IDLE) {
            state = State.CONNECTING;
            outputs.add(new ClientOutput.Connect());
        }
    }

    /** Ends everything. */
    public void stop() {
        if (state == State.GREETING || state == State.UP || state == State.CONNECTING) {
            outputs.add(new ClientOutput.Disconnect(false));
        }
        state = State.OVER;
        at = Ticker.NEVER;
    }

    /** Asks for a socket for SIP. Returns the number of the channel. */
    public int openSignalling() {
        return open(Frame.SIGNALLING);
    }

    /** Asks for a pair of sockets. Returns the number of the channel for RTP; that for RTCP is one more. */
    public int openMedia() {
        return open(Frame.MEDIA);
    }

    private int open(int kind) {
        int channel = number();
        channels.put(channel, new Channel(kind));
        if (state == State.UP) {
            line.urgent(new Frame.Open(channel, kind, 0));
        }
        return channel;
    }

    private int number() {
        if (channels.size() >= MOST_CHANNELS) {
            throw new IllegalStateException("a tunnel has at most " + MOST_CHANNELS + " channels: close some");
        }
        do {
            lastChannel = (lastChannel + 2) % 0xFFFE;
        } while (channels.containsKey(lastChannel));
        return lastChannel;
    }

    /**
     * Asks for a TCP connection from the gateway to a server. It lives no longer than the connection to the gateway.
     *
     * @return the number of the channel, which is opened or gone soon
     */
    public int connect(InetSocketAddress peer) {
        int channel = number();
        channels.put(channel, new Channel(STREAM));
        if (state == State.UP) {
            queue.control(FrameWriter.write(new Frame.Connect(channel, peer)));
        } else {
            gone(channel, "the gateway is not reached");
        }
        return channel;
    }

    /** Sends bytes of a TCP connection. Returns whether they were taken: not if it is gone, or too much waits already. */
    public boolean stream(int channel, ByteBuffer bytes) {
        if (state != State.UP || kind(channel) != STREAM) {
            return false;
        }
        while (bytes.hasRemaining()) {
            int length = Math.min(MOST_PART, bytes.remaining());
            if (!queue.signalling(FrameWriter.write(new Frame.Stream(channel, bytes.slice(bytes.position(), length))))) {
                return false;
            }
            bytes.position(bytes.position() + length);
        }
        return true;
    }

    private void gone(int channel, String reason) {
        if (channels.remove(channel) != null) {
            outputs.add(new ClientOutput.Gone(channel, reason));
        }
    }

    /** Gives a channel up, of a pair both. */
    public void close(int channel) {
        Channel known = channels.remove(channel);
        if (known == null) {
            return;
        }
        if (known.kind == STREAM) {
            if (state == State.UP) {
                queue.control(FrameWriter.write(new Frame.Close(channel, Frame.Refusal.DONE))); // behind what was sent
            }
        } else if (state == State.UP) {
            line.urgent(new Frame.Close(channel, Frame.Refusal.DONE));
        } else {
            abandoned.add(channel);
        }
    }

    /**
     * Sends a datagram from a channel. Audio that cannot go now is dropped; signalling waits, up to a limit.
     *
     * @return whether it was taken
     */
    public boolean send(int channel, InetSocketAddress peer, ByteBuffer payload, long now) {
        int kind = kind(channel);
        boolean audio = kind == Frame.MEDIA;
        if (kind == 0 || kind == STREAM || payload.remaining() > Frame.MOST_DATA || state == State.OVER || audio && state != State.UP) {
            return false;
        }
        byte[] frame = FrameWriter.write(new Frame.Data(channel, peer, payload));
        if (audio) {
            pulse.busy(now);
            queue.media(frame, now);
            return true;
        }
        return queue.signalling(frame);
    }

    private int kind(int channel) {
        Channel known = channels.get(channel & ~1);
        return known == null ? 0 : known.kind;
    }

    // ---- what happens

    /** The connection is there. */
    public void onConnected(long now) {
        if (state != State.CONNECTING) {
            return;
        }
        state = State.GREETING;
        at = now + settings.patience();
        line = new Line();
        handshake = new ClientHandshake(settings, token, ids);
        line.urgent(handshake.hello());
    }

    /** The connection is gone, or there will be none. */
    public void onLost(String reason, long now) {
        if (state == State.OVER || state == State.IDLE || state == State.WAITING) {
            return;
        }
        down(reason);
        await(retry.after(now));
    }

    private void down(String reason) {
        if (state == State.UP) {
            queue.clear();
            List<Integer> streams = channels.keySet().stream().filter(one -> kind(one) == STREAM).toList();
            streams.forEach(one -> gone(one, reason));
        }
        if (told.size() < MOST_REASONS && told.add(reason)) {
            outputs.add(new ClientOutput.Down(reason));
        }
    }

    private void await(long time) {
        state = State.WAITING;
        at = time;
    }

    private void giveUp(String reason, long now) {
        outputs.add(new ClientOutput.Disconnect(state == State.GREETING));
        onLost(reason, now);
    }

    /** Bytes came. */
    public void onReceived(ByteBuffer data, long now) {
        if (state != State.GREETING && state != State.UP) {
            return;
        }
        pulse.heard(now);
        line.feed(data);
    }

    /** Looks at the time and at what came. */
    private void read(long now) {
        while (outputs.isEmpty() && (state == State.GREETING || state == State.UP)) {
            Optional<Frame> frame = line.next();
            if (frame.isPresent()) {
                take(frame.get(), now);
            } else if (line.isBroken()) {
                giveUp("the gateway said something that makes no sense", now);
            } else {
                return;
            }
        }
    }

    private void take(Frame frame, long now) {
        if (frame instanceof Frame.Refused refused) {
            refused(refused, now);
        } else if (state == State.GREETING) {
            greeted(frame, now);
        } else if (frame instanceof Frame.Data data) {
            if (channels.containsKey(data.channel() & ~1)) {
                outputs.add(new ClientOutput.Received(data.channel(), data.peer(), data.payload()));
            }
        } else if (frame instanceof Frame.Opened opened) {
            Channel channel = channels.get(opened.channel());
            if (channel != null) {
                channel.port = opened.address().getPort();
            }
            if (channels.containsKey(opened.channel() & ~1)) {
                outputs.add(new ClientOutput.Opened(opened.channel(), opened.address()));
            }
        } else if (frame instanceof Frame.Close close) {
            gone(close.channel(), "the gateway " + sentence(close.why()));
        } else if (frame instanceof Frame.Stream stream) {
            if (kind(stream.channel()) == STREAM) {
                outputs.add(new ClientOutput.Part(stream.channel(), stream.part()));
            }
        } else if (frame instanceof Frame.Ping ping) {
            line.urgent(new Frame.Pong(ping.mark()));
        } else if (frame instanceof Frame.Pong pong) {
            pulse.pong(pong.mark(), now);
        } else {
            giveUp("the gateway said something at the wrong time", now);
        }
    }

    private void greeted(Frame frame, long now) {
        if (frame instanceof Frame.Challenge challenge) {
            Optional<Frame.Proof> proof = handshake.answer(challenge);
            proof.ifPresent(line::urgent);
            if (proof.isEmpty()) {
                giveUp("the gateway's challenge makes no sense", now);
            }
        } else if (frame instanceof Frame.Welcome welcome && handshake.isGenuine(welcome)) {
            enter(welcome, now);
        } else {
            giveUp("the gateway does not know our key: somebody else may be in its place", now);
        }
    }

    private void enter(Frame.Welcome welcome, long now) {
        state = State.UP;
        at = Ticker.NEVER;
        told.clear();
        token = welcome.token();
        pulse = new Pulse(settings.mostAge(), now);
        retry.succeeded();
        line.sealOutgoing(handshake.seal("client"));
        line.sealIncoming(handshake.seal("gateway"));
        if (welcome.resumed()) {
            abandoned.forEach(channel -> line.urgent(new Frame.Close(channel, Frame.Refusal.DONE)));
        }
        abandoned.clear();
        channels.forEach((id, channel) -> line.urgent(new Frame.Open(id, channel.kind, channel.port)));
        outputs.add(new ClientOutput.Up(welcome.resumed()));
    }

    private void refused(Frame.Refused refused, long now) {
        String sentence = "the gateway " + sentence(refused.why()) + (refused.text().isEmpty() ? "" : ": " + refused.text());
        outputs.add(new ClientOutput.Disconnect(false));
        if (refused.why() == Frame.Refusal.LOGIN || refused.why() == Frame.Refusal.LIMIT) {
            outputs.add(new ClientOutput.Denied(sentence));
            told.add(sentence);
            down(sentence);
            await(retry.afterDenial(now));
        } else {
            onLost(sentence, now);
        }
    }

    private static String sentence(Frame.Refusal why) {
        return switch (why) {
            case LOGIN -> "does not accept this user and key";
            case LIMIT -> "has reached a limit";
            case PORT -> "has no free port, or no way to that server";
            case PROTOCOL -> "did not understand us";
            case GOING -> "is being stopped";
            case DONE -> "has closed it";
        };
    }

    /** Looks at the time; call it at {@link #deadline} at the latest. */
    public void onTime(long now) {
        if (state == State.WAITING && now >= at) {
            state = State.CONNECTING;
            at = Ticker.NEVER;
            outputs.add(new ClientOutput.Connect());
        } else if (state == State.GREETING && now >= at) {
            giveUp("the gateway did not let us in in time", now);
        } else if (state == State.UP && pulse.isDead(now)) {
            giveUp("the gateway does not answer any more", now);
        }
    }

    /** Returns when {@link #onTime} is wanted next. */
    public long deadline(long now) {
        return state == State.UP ? pulse.deadline(now) : at;
    }

    /** Returns what is to be done; empty when it is all done. */
    public Optional<ClientOutput> poll(long now) {
        if (outputs.isEmpty()) {
            read(now);
        }
        return Optional.ofNullable(outputs.poll());
    }

    /** Returns bytes for the connection, when it can take some; an empty buffer when there is nothing. */
    public ByteBuffer transmit(long now) {
        if (state != State.GREETING && state != State.UP) {
            return ByteBuffer.allocate(0);
        }
        if (state == State.UP) {
            pulse.due(now).ifPresent(mark -> line.urgent(new Frame.Ping(mark)));
        }
        return line.take(queue, now, state == State.UP, !pulse.isStalled(now));
    }

    /** Tells whether the tunnel can be used. */
    public boolean isUp() {
        return state == State.UP;
    }

    /** Returns how many packets of audio were dropped since they would have been late. */
    public long late() {
        return queue.late();
    }

    /** Returns how long the gateway took to answer last, in ns; 0 as long as it was not asked. */
    public long roundTrip() {
        return pulse.roundTrip();
    }
}
