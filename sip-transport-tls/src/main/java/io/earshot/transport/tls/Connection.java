package io.earshot.transport.tls;

import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.Flow;
import io.earshot.api.transport.spi.IoLoop;
import io.earshot.api.transport.spi.StreamConfig;
import io.earshot.transport.common.Reasons;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.RejectedExecutionException;

/** One connection, from the first attempt to the last byte. Confined to the loop. */
final class Connection implements Layer.Wire {
    /** How long a connection we end may take to get rid of its last bytes. */
    private static final long FAREWELL = 2 * Ticker.SECOND;
    private static final IoLoop.Scheduled NONE = () -> { };

    /** In order; a connection never goes back. */
    private enum State { CONNECTING, PROXYING, SECURING, OPEN, PARTING, OVER }

    private final Owner owner;
    private SocketChannel channel;
    private final String protocol;
    private final InetSocketAddress remote;
    private final String host;
    private final boolean outbound;
    private final long id;
    private final Layer layer;
    private final Road road;
    private final OutQueue early;
    private final OutQueue queue;
    private SelectionKey key;
    private InetSocketAddress from;
    private InetSocketAddress first;
    private Flow flow;
    private State state = State.CONNECTING;
    private boolean working;
    private boolean finSent;
    private boolean touched;
    private boolean heard;
    private int accepted;
    private IoLoop.Scheduled setup = NONE;
    private IoLoop.Scheduled stall = NONE;
    private IoLoop.Scheduled idle = NONE;
    private IoLoop.Scheduled farewell = NONE;

    /** Identifies a connection. */
    record Ends(String protocol, InetSocketAddress remote, String host, boolean outbound, long id) { }

    Connection(Owner owner, SocketChannel channel, Ends ends, Layer.Factory layers) throws IOException {
        this.owner = owner;
        this.channel = channel;
        this.protocol = ends.protocol;
        this.remote = ends.remote;
        this.host = ends.host;
        this.outbound = ends.outbound;
        this.id = ends.id;
        this.early = new OutQueue(owner.config().maxQueued());
        this.queue = new OutQueue(owner.config().maxQueued());
        this.layer = layers.layer(this, remote, ends.host, outbound);
        this.road = new Road(owner.proxy(), remote, owner.loop(), new Toll());
    }

    /** Begins; the channel is connected already where the peer made the connection. */
    void open(InetSocketAddress own) throws IOException {
        from = own;
        StreamConfig config = owner.config();
        if (outbound) {
            setup = owner.loop().schedule(config.connectTimeout(), () -> fail(late() + Reasons.seconds(config.connectTimeout())));
            road.begin();
        } else {
            key = owner.loop().register(channel, SelectionKey.OP_READ, this::ready);
            setup = owner.loop().schedule(config.silenceTimeout(), () -> fail("the peer said nothing"));
            secure();
        }
    }

    private String late() {
        return switch (state) {
            case CONNECTING -> "no answer to the attempt to connect within ";
            case PROXYING -> "the proxy did not say that the way is open within ";
            default -> "the TLS handshake did not end within ";
        };
    }

    private void dial(InetSocketAddress address) {
        first = address;
        try {
            if (!from.getAddress().isAnyLocalAddress() && from.getAddress().getClass() == address.getAddress().getClass()) {
                channel.bind(new InetSocketAddress(from.getAddress(), 0));
            }
            boolean connected = channel.connect(address);
            key = owner.loop().register(channel, connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, this::ready);
            if (connected) {
                connected();
            }
        } catch (IOException | RuntimeException e) { // unchecked ones: port 0, unsupported address
            owner.counts().errors++;
            fail(Reasons.connecting(e));
        }
    }

    long id() {
        return id;
    }

    InetSocketAddress remote() {
        return remote;
    }

    /** Returns the flow; there is one once the connection is established. */
    Flow flow() {
        return flow;
    }

    boolean isOutbound() {
        return outbound;
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    /** Tells whether we made it and nothing was ever sent or received over it. */
    boolean isIdle() {
        return outbound && accepted == 0 && !heard;
    }

    /** Tells whether the peer has proved to be this host, by more than being at the other end. */
    boolean proves(String host) {
        return state == State.OPEN && layer.proves(host);
    }

    /** Tells whether a message for this host may go over this connection. */
    boolean serves(String host) {
        return state.compareTo(State.OPEN) <= 0 && layer.speaksFor(host);
    }

    /** Sends a message, now or when the connection is there. */
    void send(ByteBuffer message) {
        accepted++;
        if (state == State.OPEN) {
            heard = true; // who sends over it wants to know of its end
            owner.counts().sent++;
            layer.send(message);
        } else if (!early.add(message)) {
            overflow();
        }
    }

    // ---- the socket

    private void ready(SelectionKey ready) {
        try {
            if (ready.isValid() && ready.isConnectable()) {
                finishConnecting();
            }
            if (ready.isValid() && ready.isWritable()) {
                flush();
            }
            if (ready.isValid() && ready.isReadable()) {
                read();
            }
        } catch (IOException e) {
            owner.counts().errors++;
            fail(state == State.SECURING ? "during the TLS handshake " + Reasons.broken(e) : Reasons.broken(e));
        }
    }

    private void finishConnecting() {
        try {
            channel.finishConnect();
        } catch (IOException e) {
            owner.counts().errors++;
            fail(Reasons.connecting(e));
            return;
        }
        interest();
        try {
            connected();
        } catch (IOException e) {
            fail(Reasons.connecting(e));
        }
    }

    private void connected() throws IOException {
        if (road.arrived()) {
            secure();
        } else if (state == State.CONNECTING) {
            state = State.PROXYING;
            interest();
        }
    }

    private void secure() throws IOException {
        flow = new Flow(protocol, (InetSocketAddress) channel.getLocalAddress(), remote, id);
        state = State.SECURING;
        interest();
        layer.start();
    }

    /** What becomes of the way through a proxy. */
    private final class Toll implements Road.Traveller {
        @Override
        public void dial(InetSocketAddress address) {
            if (state == State.CONNECTING) {
                Connection.this.dial(address);
            }
        }

        @Override
        public void send(ByteBuffer data) {
            write(data);
        }

        @Override
        public void open(ByteBuffer rest) {
            try {
                secure();
                if (rest.hasRemaining() && state.compareTo(State.PARTING) < 0) {
                    layer.received(rest);
                }
            } catch (IOException e) {
                fail(Reasons.broken(e));
            }
        }

        @Override
        public void again() {
            try {
                channel.close();
                queue.clear();
                stall.cancel();
                channel = SocketChannel.open();
                Binding.prepare(channel, owner.trafficClass());
                state = State.CONNECTING;
                Connection.this.dial(first);
            } catch (IOException e) {
                fail(Reasons.connecting(e));
            }
        }

        @Override
        public void failed(String reason) {
            fail(reason);
        }
    }

    private void read() throws IOException {
        ByteBuffer buffer = owner.readBuffer().clear();
        int count = channel.read(buffer);
        if (count < 0) {
            if (state == State.PARTING) {
                gone();
            } else if (state == State.PROXYING) {
                road.ended();
            } else {
                layer.end();
            }
        } else if (state == State.PROXYING) {
            road.received(buffer.flip());
        } else if (state != State.PARTING) {
            touched = true;
            layer.received(buffer.flip());
        }
    }

    @Override
    public void write(ByteBuffer net) {
        if (state == State.OVER) {
            return;
        }
        touched = true;
        try {
            if (queue.isEmpty()) {
                channel.write(net);
            }
        } catch (IOException e) {
            owner.counts().errors++;
            String reason = Reasons.broken(e);
            owner.loop().execute(() -> fail(reason)); // not from within the owner's own call
            return;
        }
        if (net.hasRemaining()) {
            boolean first = queue.isEmpty();
            if (!queue.add(net)) {
                overflow();
            } else if (first) {
                interest();
                watch();
            }
        }
    }

    private void flush() throws IOException {
        boolean progress = queue.writeTo(channel);
        if (queue.isEmpty()) {
            stall.cancel();
            interest();
            finish();
        } else if (progress) {
            watch();
        }
    }

    private void watch() {
        stall.cancel();
        long timeout = owner.config().stallTimeout();
        stall = owner.loop().schedule(timeout, () -> fail("the peer has taken no data for " + Reasons.seconds(timeout)));
    }

    private void interest() {
        if (key != null && key.isValid()) {
            boolean reading = state != State.CONNECTING && !working;
            key.interestOps((reading ? SelectionKey.OP_READ : 0) | (queue.isEmpty() ? 0 : SelectionKey.OP_WRITE));
        }
    }

    // ---- what the layer tells

    @Override
    public void established() {
        if (state != State.SECURING) {
            return;
        }
        state = State.OPEN;
        if (outbound) {
            setup.cancel();
        }
        touch(owner.config().idleTimeout());
        owner.established(this, host);
        while (state == State.OPEN && !early.isEmpty()) {
            heard = true;
            owner.counts().sent++;
            layer.send(early.take());
        }
    }

    private void touch(long timeout) {
        if (timeout > 0) {
            touched = false;
            idle = owner.loop().schedule(timeout, () -> {
                if (touched) {
                    touch(timeout);
                } else {
                    part("it was idle for " + Reasons.seconds(timeout));
                }
            });
        }
    }

    @Override
    public void deliver(ByteBuffer plain) {
        if (state == State.OPEN) {
            heard = true;
            setup.cancel();
            owner.counts().received++;
            owner.received(this, plain);
        }
    }

    @Override
    public void peerEnded() {
        if (state == State.OPEN) {
            part("the peer closed the connection");
        } else {
            fail("the peer closed the connection before it could be used");
        }
    }

    @Override
    public void failed(String reason) {
        fail(reason);
    }

    @Override
    public void work(Runnable work, Runnable then) {
        working = true;
        interest();
        try {
            owner.loop().workers().execute(() -> {
                work.run();
                owner.loop().execute(() -> {
                    working = false;
                    if (state != State.OVER) {
                        interest();
                        then.run();
                    }
                });
            });
        } catch (RejectedExecutionException e) {
            fail("the engine is shutting down");
        }
    }

    @Override
    public boolean isOver() {
        return state.compareTo(State.PARTING) >= 0;
    }

    // ---- ends

    private void overflow() {
        owner.counts().sendQueueFull++;
        String reason = "more than " + owner.config().maxQueued() + " bytes wait for the peer, which does not take them";
        boolean open = state == State.OPEN;
        if (open) {
            owner.overflowed(this, reason);
        }
        fail(reason);
    }

    /** Ends with courtesy: what is queued still goes out, and what comes in is thrown away. */
    void part(String reason) {
        if (state == State.PARTING || state == State.OVER) {
            return;
        }
        if (state != State.OPEN) {
            fail(reason);
            return;
        }
        layer.close();
        if (state == State.OVER) {
            return; // the goodbye failed
        }
        State before = state;
        state = State.PARTING;
        cancelTimers();
        farewell = owner.loop().schedule(FAREWELL, this::gone);
        tell(before, reason);
        finish();
    }

    private void finish() {
        if (state == State.PARTING && queue.isEmpty() && !finSent) {
            finSent = true;
            try {
                channel.shutdownOutput(); // closing at once would reset, and take our last words back
            } catch (IOException e) {
                gone();
            }
        }
    }

    private void fail(String reason) {
        if (state == State.OVER) {
            return;
        }
        State before = state;
        gone();
        tell(before, reason);
    }

    private void tell(State before, String reason) {
        if (before == State.OPEN && heard) {
            owner.ended(this, reason);
        } else if (before.compareTo(State.OPEN) < 0) {
            owner.stillborn(this, reason, accepted);
        }
    }

    /** Ends at once and without a word to the owner, but with one to the peer if that is possible. */
    void abandon() {
        if (state == State.OPEN) {
            layer.close();
        }
        gone();
    }

    private void gone() {
        if (state == State.OVER) {
            return;
        }
        state = State.OVER;
        cancelTimers();
        farewell.cancel();
        queue.clear();
        early.clear();
        try {
            channel.close();
        } catch (IOException e) {
            owner.counts().errors++;
        }
        owner.gone(this);
    }

    private void cancelTimers() {
        setup.cancel();
        stall.cancel();
        idle.cancel();
    }
}
