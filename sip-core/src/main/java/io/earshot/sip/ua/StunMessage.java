package io.earshot.sip.ua;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;

/** As much of STUN (RFC 5389) as keep-alives over UDP need (RFC 5626 §3.5.2): a Binding request, and what its answer says. */
final class StunMessage {
    private static final int HEADER = 20;
    private static final int COOKIE = 0x2112A442;
    private static final int REQUEST = 0x0001;
    private static final int SUCCESS = 0x0101;
    private static final int ERROR = 0x0111;
    private static final int XOR_MAPPED_ADDRESS = 0x0020;

    /**
     * An answer.
     *
     * @param transaction what it answers
     * @param seen where the server saw the request come from
     */
    record Answer(String transaction, Optional<InetSocketAddress> seen) { }

    private StunMessage() {
    }

    /** Tells whether a datagram is STUN and not SIP: no SIP message begins with these bytes (RFC 5626 §8). */
    static boolean isOne(ByteBuffer datagram) {
        int start = datagram.position();
        return datagram.remaining() >= HEADER && (datagram.get(start) & 0xC0) == 0 && datagram.getInt(start + 4) == COOKIE;
    }

    /** Returns a Binding request whose transaction is these 12 bytes as hexadecimal digits. */
    static byte[] request(String transaction) {
        return ByteBuffer.allocate(HEADER).putShort((short) REQUEST).putShort((short) 0).putInt(COOKIE)
            .put(HexFormat.of().parseHex(transaction)).array();
    }

    /** Reads an answer to a Binding request; empty for anything else. */
    static Optional<Answer> answer(byte[] datagram) {
        ByteBuffer in = ByteBuffer.wrap(datagram);
        int type = in.getShort() & 0xFFFF;
        int length = in.getShort() & 0xFFFF;
        if (type != SUCCESS && type != ERROR || length != datagram.length - HEADER) {
            return Optional.empty();
        }
        String transaction = HexFormat.of().formatHex(datagram, 8, HEADER);
        in.position(HEADER);
        while (in.remaining() >= 4) {
            int attribute = in.getShort() & 0xFFFF;
            int size = in.getShort() & 0xFFFF;
            if (size > in.remaining()) {
                return Optional.empty();
            }
            if (attribute == XOR_MAPPED_ADDRESS && type == SUCCESS) {
                return Optional.of(new Answer(transaction, address(datagram, in.position(), size)));
            }
            in.position(in.position() + Math.min(in.remaining(), size + 3 & ~3));
        }
        return Optional.of(new Answer(transaction, Optional.empty()));
    }

    /** RFC 5389 §15.2: the port is mixed with the cookie, the address with the cookie and the transaction, which follow each other. */
    private static Optional<InetSocketAddress> address(byte[] datagram, int at, int size) {
        int bytes = size == 8 && datagram[at + 1] == 1 ? 4 : size == 20 && datagram[at + 1] == 2 ? 16 : 0;
        if (bytes == 0) {
            return Optional.empty();
        }
        int port = (ByteBuffer.wrap(datagram).getShort(at + 2) & 0xFFFF) ^ COOKIE >>> 16;
        byte[] address = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            address[i] = (byte) (datagram[at + 4 + i] ^ datagram[4 + i]);
        }
        try {
            return Optional.of(new InetSocketAddress(InetAddress.getByAddress(address), port));
        } catch (UnknownHostException impossible) {
            return Optional.empty();
        }
    }
}
