package io.earshot.sdk.internal.socks;

import io.earshot.api.proxy.ProxyConfig;
import io.earshot.api.transport.spi.IoLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/** The TCP connection that an association lives by, and each one after it. Confined to its loop. */
final class Control {
    private final ProxyConfig proxy;
    private final IoLoop loop;
    private final Listener listener;
    private final ByteBuffer input = ByteBuffer.allocate(512);
    private Optional<SocketChannel> channel = Optional.empty();
    private long attempt;

    /** Hears of the connection, on the loop. */
    interface Listener {
        void connected(InetSocketAddress to);

        void received(ByteBuffer data);

        void closed(String reason);
    }

    Control(ProxyConfig proxy, IoLoop loop, Listener listener) {
        this.proxy = proxy;
        this.loop = loop;
        this.listener = listener;
    }

    void connect() {
        close();
        long mine = attempt;
        lookUp(InetSocketAddress.createUnresolved(proxy.host(), proxy.port()), to -> {
            if (mine == attempt) {
                dial(to);
            }
        });
    }

    /** Finds the IP address of a name, on a worker if it is one. */
    void lookUp(InetSocketAddress where, Consumer<InetSocketAddress> found) {
        if (!where.isUnresolved()) {
            found.accept(where);
            return;
        }
        long mine = attempt;
        try {
            loop.workers().execute(() -> {
                try {
                    InetSocketAddress known = new InetSocketAddress(InetAddress.getByName(where.getHostString()), where.getPort());
                    loop.execute(() -> {
                        if (mine == attempt) {
                            found.accept(known);
                        }
                    });
                } catch (UnknownHostException none) {
                    loop.execute(() -> fail(mine, "the SOCKS proxy " + where.getHostString()
                            + " is not known here: DNS has no address of it"));
                }
            });
        } catch (RejectedExecutionException closing) {
            loop.execute(() -> fail(mine, "the phone is closing"));
        }
    }

    private void dial(InetSocketAddress to) {
        long mine = attempt;
        try {
            SocketChannel open = SocketChannel.open();
            channel = Optional.of(open);
            open.configureBlocking(false);
            open.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            boolean connected = open.connect(to);
            loop.register(open, connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, key -> ready(key, open, to, mine));
            if (connected) {
                listener.connected(to);
            }
        } catch (IOException | RuntimeException failed) { // unchecked ones: unsupported address
            String reason = reason(failed);
            loop.execute(() -> fail(mine, reason));
        }
    }

    private String reason(Exception failed) {
        return "the SOCKS proxy " + proxy.host() + " cannot be reached: " + failed.getMessage();
    }

    private void ready(SelectionKey key, SocketChannel open, InetSocketAddress to, long mine) {
        if (mine != attempt) {
            return;
        }
        try {
            if (key.isValid() && key.isConnectable() && open.finishConnect()) {
                key.interestOps(SelectionKey.OP_READ);
                listener.connected(to);
            } else if (key.isValid() && key.isReadable()) {
                read(open, mine);
            }
        } catch (IOException broken) {
            fail(mine, reason(broken));
        }
    }

    private void read(SocketChannel open, long mine) throws IOException {
        input.clear();
        if (open.read(input) < 0) {
            fail(mine, "the SOCKS proxy " + proxy.host() + " ended the connection");
        } else {
            listener.received(input.flip());
        }
    }

    private void fail(long mine, String reason) {
        if (mine == attempt) {
            close();
            listener.closed(reason);
        }
    }

    /** Returns our end of it. */
    Optional<InetAddress> local() {
        return channel.filter(SocketChannel::isConnected).map(open -> open.socket().getLocalAddress())
                .filter(ip -> !ip.isAnyLocalAddress());
    }

    /** Sends some bytes, which a connection that has just been made takes at once. */
    void send(ByteBuffer data) {
        long mine = attempt;
        try {
            if (channel.isPresent() && channel.get().write(data) >= 0 && data.hasRemaining()) {
                throw new IOException("it takes no data");
            }
        } catch (IOException broken) {
            loop.execute(() -> fail(mine, reason(broken)));
        }
    }

    void close() {
        attempt++;
        channel.ifPresent(open -> {
            try {
                open.close();
            } catch (IOException ignored) {
                input.clear(); // nothing is left to be done about it
            }
        });
        channel = Optional.empty();
    }
}
