package io.earshot.api.proxy.spi;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Addresses as SOCKS writes them: type, address, port (RFC 1928 §5). */
final class SocksAddress {
    /** Bytes of the longest: type, length, name, port. */
    static final int LONGEST = 1 + 1 + 255 + 2;
    private static final int IPV4 = 1;
    private static final int NAME = 3;
    private static final int IPV6 = 4;
    private static final int MOST = 255;

    private SocksAddress() {
    }

    /** Writes one; false, and nothing is written, when the name is empty or too long. */
    static boolean write(String host, int port, ByteBuffer out) {
        Optional<byte[]> ip = Numeric.address(host);
        byte[] name = host.getBytes(StandardCharsets.US_ASCII);
        if (ip.isEmpty() && (name.length > MOST || name.length == 0)) {
            return false;
        }
        if (ip.isPresent()) {
            out.put((byte) (ip.get().length == 4 ? IPV4 : IPV6)).put(ip.get());
        } else {
            out.put((byte) NAME).put((byte) name.length).put(name);
        }
        out.putShort((short) port);
        return true;
    }

    /** Reads one, which may be followed by other bytes; empty if it is cut off or of no known type. Names are not looked up. */
    static Optional<InetSocketAddress> read(ByteBuffer in) {
        if (in.remaining() < 2) {
            return Optional.empty();
        }
        int type = in.get();
        int length = switch (type) {
            case IPV4 -> 4;
            case IPV6 -> 16;
            case NAME -> in.get() & 0xFF;
            default -> -1;
        };
        if (length < 1 || in.remaining() < length + 2) {
            return Optional.empty();
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        int port = in.getShort() & 0xFFFF;
        return type == NAME ? named(bytes, port) : Optional.of(new InetSocketAddress(ip(bytes), port));
    }

    /** A name, or an IP address written as one. */
    private static Optional<InetSocketAddress> named(byte[] bytes, int port) {
        for (byte one : bytes) {
            if (one <= ' ' || one > '~') {
                return Optional.empty();
            }
        }
        String host = new String(bytes, StandardCharsets.US_ASCII);
        return Optional.of(Numeric.address(host).map(address -> new InetSocketAddress(ip(address), port))
            .orElseGet(() -> InetSocketAddress.createUnresolved(host, port)));
    }

    private static InetAddress ip(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException wrongLength) {
            throw new IllegalStateException(wrongLength);
        }
    }
}
