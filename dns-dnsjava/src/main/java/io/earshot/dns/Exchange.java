package io.earshot.dns;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.List;

/**
 * One question to one server over a socket of its own, so that each has an unpredictable port (RFC 5452 §9.2). Confined to the loop.
 */
abstract sealed class Exchange implements AutoCloseable {
    final Lookup lookup;
    final InetSocketAddress server;
    final Reply.Asked asked;
    final boolean edns;

    private Exchange(Lookup lookup, InetSocketAddress server, Reply.Asked asked, boolean edns) {
        this.lookup = lookup;
        this.server = server;
        this.asked = asked;
        this.edns = edns;
    }

    static Exchange udp(Lookup lookup, InetSocketAddress server, Reply.Asked asked, byte[] query, Selector selector, boolean edns)
            throws IOException {
        return new Udp(lookup, server, asked, query, selector, edns);
    }

    static Exchange tcp(Lookup lookup, InetSocketAddress server, Reply.Asked asked, byte[] query, Selector selector) throws IOException {
        return new Tcp(lookup, server, asked, query, selector);
    }

    /** Does what the socket is ready for and returns the messages that came, often none. */
    abstract List<byte[]> onReady(SelectionKey key) throws IOException;

    abstract boolean isTcp();

    abstract SelectableChannel channel();

    @Override
    public void close() {
        try {
            channel().close();
        } catch (IOException gone) {
            // It was to be gone.
        }
    }

    private static final class Udp extends Exchange {
        private static final int LARGEST = 65_535;
        private final DatagramChannel channel;

        private Udp(Lookup lookup, InetSocketAddress server, Reply.Asked asked, byte[] query, Selector selector, boolean edns)
                throws IOException {
            super(lookup, server, asked, edns);
            channel = DatagramChannel.open();
            try {
                channel.configureBlocking(false);
                channel.connect(server);
                channel.register(selector, SelectionKey.OP_READ, this);
                channel.write(ByteBuffer.wrap(query));
            } catch (IOException | RuntimeException failed) {
                close();
                throw failed;
            }
        }

        @Override
        List<byte[]> onReady(SelectionKey key) throws IOException {
            ByteBuffer buffer = ByteBuffer.allocate(LARGEST);
            if (channel.read(buffer) <= 0) {
                return List.of();
            }
            return List.of(java.util.Arrays.copyOf(buffer.array(), buffer.position()));
        }

        @Override
        boolean isTcp() {
            return false;
        }

        @Override
        SelectableChannel channel() {
            return channel;
        }
    }

    private static final class Tcp extends Exchange {
        private final SocketChannel channel;
        private final ByteBuffer out;
        private final ByteBuffer length = ByteBuffer.allocate(2);
        private ByteBuffer body = ByteBuffer.allocate(0);

        private Tcp(Lookup lookup, InetSocketAddress server, Reply.Asked asked, byte[] query, Selector selector) throws IOException {
            super(lookup, server, asked, true);
            out = ByteBuffer.allocate(2 + query.length).putShort((short) query.length).put(query).flip();
            channel = SocketChannel.open();
            try {
                channel.configureBlocking(false);
                boolean connected = channel.connect(server);
                channel.register(selector, connected ? SelectionKey.OP_WRITE : SelectionKey.OP_CONNECT, this);
            } catch (IOException | RuntimeException failed) {
                close();
                throw failed;
            }
        }

        @Override
        List<byte[]> onReady(SelectionKey key) throws IOException {
            if (key.isConnectable() && channel.finishConnect()) {
                key.interestOps(SelectionKey.OP_WRITE);
            }
            if (key.isWritable()) {
                channel.write(out);
                key.interestOps(out.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
            }
            return key.isReadable() ? read() : List.of();
        }

        private List<byte[]> read() throws IOException {
            if (length.hasRemaining()) {
                readInto(length);
                if (length.hasRemaining()) {
                    return List.of();
                }
                body = ByteBuffer.allocate(length.getShort(0) & 0xFFFF);
            }
            readInto(body);
            if (body.hasRemaining()) {
                return List.of();
            }
            length.clear();
            return List.of(body.array());
        }

        private void readInto(ByteBuffer buffer) throws IOException {
            if (buffer.hasRemaining() && channel.read(buffer) < 0) {
                throw new IOException("closed the connection");
            }
        }

        @Override
        boolean isTcp() {
            return true;
        }

        @Override
        SelectableChannel channel() {
            return channel;
        }
    }
}
