package io.earshot.testkit.node;

import static java.util.Objects.requireNonNull;

import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.Flow;
import io.earshot.api.transport.spi.IoLoop;
import io.earshot.api.transport.spi.SipTransport;
import io.earshot.api.transport.spi.SipTransportListener;
import io.earshot.api.transport.spi.SipTransportProvider;
import io.earshot.api.transport.spi.TransportConfig;
import io.earshot.testkit.StandstillError;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongConsumer;

/** What both kinds of node share: transports, the drain after every input, the watch over deadlines. Confined to one thread. */
final class Core implements Sender {
    /** As often may a machine ask to be woken at once before it counts as standing still. */
    static final int IDLE_WAKES = 1_000;

    private static final Driven NOTHING = new Nothing();

    private final String name;
    private final Ticker ticker;
    private final LongConsumer wakeAt;
    private final Map<String, SipTransport> transports = new LinkedHashMap<>();
    private Driven machine = NOTHING;
    private boolean busy;
    private boolean again;
    private int idleWakes;

    /**
     * Makes the core.
     *
     * @param wakeAt told the deadline after every drain; replaces the one before
     */
    Core(String name, Ticker ticker, LongConsumer wakeAt) {
        this.name = name;
        this.ticker = ticker;
        this.wakeAt = wakeAt;
    }

    SipTransport open(SipTransportProvider provider, TransportConfig config, IoLoop loop) throws IOException {
        String protocol = provider.protocol();
        if (transports.containsKey(protocol)) {
            throw new IllegalStateException(name + " has a transport for " + protocol + " already");
        }
        SipTransport transport = provider.open(config, loop, new Listener(protocol));
        transports.put(protocol, transport);
        return transport;
    }

    InetSocketAddress localAddress(String protocol, InetSocketAddress peer) {
        return transport(protocol).localAddress(peer);
    }

    private SipTransport transport(String protocol) {
        SipTransport transport = transports.get(protocol);
        if (transport == null) {
            throw new IllegalStateException(name + " has no transport for " + protocol + "; it has " + transports.keySet());
        }
        return transport;
    }

    void drive(Driven driven) {
        if (machine != NOTHING) {
            throw new IllegalStateException(name + " drives a machine already");
        }
        machine = requireNonNull(driven);
        input(now -> { });
    }

    /** Gives an input and drains; an input that comes from within another one is drained with it. */
    void input(LongConsumer action) {
        if (busy) {
            action.accept(ticker.now());
            again = true;
            return;
        }
        busy = true;
        try {
            long now = ticker.now();
            action.accept(now);
            long deadline;
            do {
                again = false;
                deadline = machine.drain(now, this);
            } while (again);
            idleWakes = deadline > now ? 0 : idleWakes;
            wakeAt.accept(deadline);
        } finally {
            busy = false;
        }
    }

    /** The deadline has come. */
    void wake() {
        input(now -> {
            if (++idleWakes > IDLE_WAKES) {
                throw new StandstillError(name + " stands still at " + now + " ns: it was woken " + IDLE_WAKES
                    + " times and still wants to be woken by then; onTime(now) must move every deadline up to now");
            }
            machine.onTime(now);
        });
    }

    @Override
    public void send(String protocol, InetSocketAddress peer, String host, ByteBuffer message) {
        transport(protocol).send(peer, host, message);
    }

    @Override
    public void send(Flow flow, ByteBuffer message) {
        transport(flow.protocol()).send(flow, message);
    }

    @Override
    public void close(Flow flow, String reason) {
        transport(flow.protocol()).close(flow, reason);
    }

    @Override
    public boolean connect(String protocol, InetSocketAddress peer, String host) {
        return transport(protocol).connect(peer, host);
    }

    @Override
    public void abandon(String protocol, InetSocketAddress peer, String host) {
        transport(protocol).abandon(peer, host);
    }

    @Override
    public void alias(Flow flow, InetSocketAddress address, String host) {
        transport(flow.protocol()).alias(flow, address, host);
    }

    void close() {
        transports.values().forEach(SipTransport::close);
        machine = NOTHING;
    }

    /** Hands on what one transport tells. */
    private final class Listener implements SipTransportListener {
        private final String protocol;

        private Listener(String protocol) {
            this.protocol = protocol;
        }

        @Override
        public void received(Flow flow, ByteBuffer data) {
            input(now -> machine.onDatagram(flow, data, now));
        }

        @Override
        public void sendFailed(InetSocketAddress peer, String reason) {
            input(now -> machine.onSendFailed(protocol, peer, reason, now));
        }

        @Override
        public void connected(InetSocketAddress peer) {
            input(now -> machine.onConnected(protocol, peer, now));
        }

        @Override
        public void closed(Flow flow, String reason) {
            input(now -> machine.onFlowClosed(flow, reason, now));
        }
    }

    /** Stands in until a machine is plugged in, and after the end. */
    private static final class Nothing implements Driven {
        @Override
        public void onDatagram(Flow flow, ByteBuffer data, long now) {
            // nobody is there to take it
        }

        @Override
        public void onTime(long now) {
            // nothing is due
        }

        @Override
        public long drain(long now, Sender sender) {
            return Ticker.NEVER;
        }
    }
}
