package io.earshot.sdk.internal.socks;

import io.earshot.api.proxy.ProxyConfig;
import io.earshot.api.proxy.spi.ProxiedNames;
import io.earshot.api.proxy.spi.SocksDatagrams;
import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.IoLoop;
import io.earshot.api.transport.spi.MediaReceiver;
import io.earshot.api.transport.spi.MediaSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * A datagram socket whose datagrams go through a SOCKS5 proxy, each with an association of its own. Until there is one, the first few wait;
 * where the proxy does not want to, they go directly. Confined to its loop.
 */
final class SocksPort implements MediaSocket, IoLoop.ReadyHandler {
    private static final int MOST_WAITING = 16;
    private static final int BATCH = 32;

    /** Hears what becomes of the association, on the loop. */
    interface Watcher {
        void opened(boolean again);

        void lost(String reason);

        void refused(String reason);
    }

    private enum Way { NOT_YET, PROXY, DIRECT }

    private final DatagramChannel channel;
    private final IoLoop loop;
    private final Ticker ticker;
    private final MediaReceiver receiver;
    private final Watcher watcher;
    private final InetSocketAddress local;
    private final ByteBuffer input;
    private final Association association;
    private final Control control;
    private final SocksDatagrams datagrams = new SocksDatagrams();
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private Way way = Way.NOT_YET;
    private Optional<InetSocketAddress> relay = Optional.empty();
    private boolean before;
    private IoLoop.Scheduled alarm = () -> { };
    private boolean closed;

    private record Waiting(InetSocketAddress peer, ByteBuffer datagram) { }

    /**
     * Takes a bound channel and begins.
     *
     * @param largest bytes of a datagram
     */
    SocksPort(ProxyConfig proxy, DatagramChannel channel, int largest, IoLoop loop, Ticker ticker, MediaReceiver receiver,
            Watcher watcher) throws IOException {
        this.channel = channel;
        this.loop = loop;
        this.ticker = ticker;
        this.receiver = receiver;
        this.watcher = watcher;
        this.local = (InetSocketAddress) channel.getLocalAddress();
        this.input = ByteBuffer.allocate(largest + 300);
        this.association = new Association(proxy);
        this.control = new Control(proxy, loop, new Ear());
        channel.configureBlocking(false);
        loop.register(channel, SelectionKey.OP_READ, this);
        association.start(ticker.now());
        drain();
    }

    private void drain() {
        for (Association.Output next = association.poll(); !closed; next = association.poll()) {
            if (next instanceof Association.Output.Wait wait) {
                alarm.cancel();
                if (wait.deadline() != Ticker.NEVER) {
                    alarm = loop.schedule(Math.max(0, wait.deadline() - ticker.now()), () -> {
                        association.onTime(ticker.now());
                        drain();
                    });
                }
                return;
            }
            perform(next);
        }
    }

    private void perform(Association.Output output) {
        if (output instanceof Association.Output.Connect) {
            control.connect();
        } else if (output instanceof Association.Output.Send send) {
            control.send(send.data());
        } else if (output instanceof Association.Output.Close) {
            control.close();
        } else if (output instanceof Association.Output.Open open) {
            control.lookUp(open.relay(), this::open);
        } else if (output instanceof Association.Output.Lost lost) {
            relay = Optional.empty();
            way = way == Way.PROXY ? Way.NOT_YET : way;
            watcher.lost(lost.reason());
        } else if (output instanceof Association.Output.Refused refused) {
            relay = Optional.empty();
            way = Way.DIRECT;
            flush();
            watcher.refused(refused.reason());
        }
    }

    private void open(InetSocketAddress where) {
        relay = Optional.of(where);
        way = Way.PROXY;
        flush();
        watcher.opened(before);
        before = true;
    }

    private void flush() {
        for (Waiting next = waiting.poll(); next != null; next = waiting.poll()) {
            send(next.peer, next.datagram);
        }
    }

    @Override
    public boolean proxied() {
        return way != Way.DIRECT;
    }

    /** Returns the address of ours that leads to the proxy, while there is an association. */
    Optional<InetAddress> inside() {
        return way == Way.DIRECT ? Optional.empty() : control.local();
    }

    @Override
    public InetSocketAddress localAddress() {
        return local;
    }

    @Override
    public boolean send(InetSocketAddress peer, ByteBuffer datagram) {
        if (closed) {
            return false;
        }
        try {
            if (way == Way.DIRECT) {
                return ProxiedNames.name(peer.getAddress()).isEmpty() && channel.send(datagram, peer) > 0;
            }
            if (relay.isPresent()) {
                Optional<ByteBuffer> wrapped = datagrams.wrap(peer, datagram);
                return wrapped.isPresent() && channel.send(wrapped.get(), relay.get()) > 0;
            }
        } catch (IOException | IllegalArgumentException lost) { // no route; port 0
            return false;
        }
        if (waiting.size() >= MOST_WAITING) {
            waiting.remove(); // the youngest are worth most
        }
        waiting.add(new Waiting(peer, ByteBuffer.allocate(datagram.remaining()).put(datagram).flip()));
        return true;
    }

    @Override
    public void ready(SelectionKey key) {
        for (int i = 0; i < BATCH && !closed; i++) {
            input.clear();
            SocketAddress source;
            try {
                source = channel.receive(input);
            } catch (ClosedChannelException gone) {
                return;
            } catch (IOException refused) {
                continue; // ICMP about something sent earlier
            }
            if (source == null) {
                return;
            }
            input.flip();
            if (way == Way.DIRECT) {
                receiver.received((InetSocketAddress) source, input);
            } else if (relay.isPresent() && relay.get().equals(source) && datagrams.unwrap(input)) {
                receiver.received(datagrams.source(), input);
            }
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        association.end();
        control.close();
        closed = true;
        alarm.cancel();
        waiting.clear();
        try {
            channel.close();
        } catch (IOException ignored) {
            way = Way.NOT_YET; // nothing is left to be done about it
        }
    }

    /** What the connection tells. */
    private final class Ear implements Control.Listener {
        @Override
        public void connected(InetSocketAddress to) {
            association.connected(to, ticker.now());
            drain();
        }

        @Override
        public void received(ByteBuffer data) {
            association.received(data, ticker.now());
            drain();
        }

        @Override
        public void closed(String reason) {
            association.closed(reason, ticker.now());
            drain();
        }
    }
}
