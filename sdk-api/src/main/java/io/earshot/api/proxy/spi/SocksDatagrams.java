package io.earshot.api.proxy.spi;

import static io.earshot.api.check.Check.requireNonNull;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Puts datagrams into those of a SOCKS5 proxy and takes them out again (RFC 1928 §7). Fragments are dropped, as the RFC allows. Allocates
 * nothing while the peer stays the same. For one thread.
 */
public final class SocksDatagrams {
    /** The largest payload in bytes. */
    public static final int MOST = 65_000;
    private static final int MOST_NAMES = 64;

    private final ByteBuffer out = ByteBuffer.allocate(3 + SocksAddress.LONGEST + MOST);
    private InetSocketAddress last = InetSocketAddress.createUnresolved("none", 0);
    private int headLength;
    private InetSocketAddress source = last;
    private byte[] sourceHead = {};
    /** Who was sent to by name; answers may come with that name. */
    private final Map<String, InetAddress> names = new LinkedHashMap<>();
    private long dropped;

    /** Makes one for one association. */
    public SocksDatagrams() {
    }

    /**
     * Wraps a datagram.
     *
     * @param peer looked up, or an address of {@link ProxiedNames}
     * @return from position to limit, valid until the next call; empty if the peer's name or the payload is too long
     */
    public Optional<ByteBuffer> wrap(InetSocketAddress peer, ByteBuffer payload) {
        requireNonNull(peer, "peer");
        if (requireNonNull(payload, "payload").remaining() > MOST || !peer.equals(last) && !address(peer)) {
            dropped++;
            return Optional.empty();
        }
        out.limit(out.capacity()).position(headLength);
        return Optional.of(out.put(payload).flip());
    }

    private boolean address(InetSocketAddress peer) {
        String host = ProxiedNames.target(peer);
        out.clear().putShort((short) 0).put((byte) 0);
        if (!SocksAddress.write(host, peer.getPort(), out)) {
            last = InetSocketAddress.createUnresolved("none", 0);
            return false;
        }
        if (!peer.isUnresolved() && ProxiedNames.name(peer.getAddress()).isPresent() && names.size() < MOST_NAMES) {
            names.put(host.toLowerCase(Locale.ROOT), peer.getAddress());
        }
        headLength = out.position();
        last = peer;
        return true;
    }

    /**
     * Takes the header off.
     *
     * @param datagram from position to limit; stands at the payload when this returns {@code true}
     * @return whether it makes sense; {@link #source} says who sent it then
     */
    public boolean unwrap(ByteBuffer datagram) {
        int start = requireNonNull(datagram, "datagram").position();
        if (datagram.remaining() < 4 || datagram.get(start + 2) != 0) {
            dropped++;
            return false;
        }
        if (isSame(datagram, start)) {
            datagram.position(start + sourceHead.length);
            return true;
        }
        datagram.position(start + 3);
        Optional<InetSocketAddress> from = SocksAddress.read(datagram).flatMap(this::known);
        if (from.isEmpty() || from.get().getPort() == 0) {
            dropped++;
            datagram.position(start);
            return false;
        }
        source = from.get();
        sourceHead = new byte[datagram.position() - start];
        datagram.get(start, sourceHead);
        return true;
    }

    private boolean isSame(ByteBuffer datagram, int start) {
        int length = sourceHead.length;
        if (length == 0 || datagram.remaining() < length) {
            return false;
        }
        for (int i = 3; i < length; i++) { // the first two are reserved
            if (datagram.get(start + i) != sourceHead[i]) {
                return false;
            }
        }
        return true;
    }

    /** A name is known if we sent to it. */
    private Optional<InetSocketAddress> known(InetSocketAddress from) {
        if (!from.isUnresolved()) {
            return Optional.of(from);
        }
        InetAddress address = names.get(from.getHostString().toLowerCase(Locale.ROOT));
        return address == null ? Optional.empty() : Optional.of(new InetSocketAddress(address, from.getPort()));
    }

    /** Returns who sent the datagram that was unwrapped last. */
    public InetSocketAddress source() {
        return source;
    }

    /** Returns how many datagrams were dropped, in either direction. */
    public long dropped() {
        return dropped;
    }
}
