package io.earshot.transport.udp;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.MembershipKey;
import java.nio.channels.spi.SelectorProvider;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;

/** A datagram channel whose send and receive do what a test wrote down: the errors that no real socket makes on demand. */
final class ScriptedChannel extends DatagramChannel {
    /** Full, or failing, while this is set. */
    boolean full;
    final Queue<IOException> sendErrors = new ArrayDeque<>();
    /** Either a byte[] or an IOException. */
    final Queue<Object> incoming = new ArrayDeque<>();
    final List<String> sent = new ArrayList<>();

    ScriptedChannel() {
        super(SelectorProvider.provider());
    }

    @Override
    public int send(ByteBuffer source, SocketAddress target) throws IOException {
        if (!sendErrors.isEmpty()) {
            throw sendErrors.remove();
        }
        if (full) {
            return 0;
        }
        byte[] data = new byte[source.remaining()];
        source.get(data);
        sent.add(new String(data, StandardCharsets.UTF_8));
        return data.length;
    }

    @Override
    public SocketAddress receive(ByteBuffer target) throws IOException {
        Object next = incoming.poll();
        if (next instanceof IOException failure) {
            throw failure;
        }
        if (next == null) {
            return null;
        }
        byte[] data = (byte[]) next;
        target.put(data, 0, Math.min(data.length, target.remaining()));
        return new InetSocketAddress(Loopback.IPV4, 4711);
    }

    @Override
    public SocketAddress getLocalAddress() {
        return new InetSocketAddress(Loopback.IPV4, 5060);
    }

    @Override
    protected void implCloseSelectableChannel() {
        incoming.clear();
    }

    @Override
    protected void implConfigureBlocking(boolean block) {
        // it never blocks
    }

    @Override
    public DatagramChannel bind(SocketAddress local) {
        return this;
    }

    @Override
    public <T> DatagramChannel setOption(SocketOption<T> name, T value) {
        return this;
    }

    @Override
    public <T> T getOption(SocketOption<T> name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return Set.of();
    }

    @Override
    public DatagramSocket socket() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isConnected() {
        return false;
    }

    @Override
    public DatagramChannel connect(SocketAddress remote) {
        throw new UnsupportedOperationException();
    }

    @Override
    public DatagramChannel disconnect() {
        return this;
    }

    @Override
    public SocketAddress getRemoteAddress() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int read(ByteBuffer target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int write(ByteBuffer source) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public MembershipKey join(InetAddress group, NetworkInterface on) {
        throw new UnsupportedOperationException();
    }

    @Override
    public MembershipKey join(InetAddress group, NetworkInterface on, InetAddress source) {
        throw new UnsupportedOperationException();
    }
}
