package io.earshot.ice.stun;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/** Numbers and addresses as they travel. */
final class StunWire {
    static final int FINGERPRINT_XOR = 0x5354554E;

    private StunWire() {
    }

    static int int16(byte[] data, int at) {
        return (data[at] & 0xFF) << 8 | data[at + 1] & 0xFF;
    }

    static int int32(byte[] data, int at) {
        return int16(data, at) << 16 | int16(data, at + 2);
    }

    /** Reads an address attribute of a message; the message starts at 0. */
    static Optional<InetSocketAddress> address(byte[] data, int offset, int length, boolean xor) {
        if (length != 8 && length != 20 || data[offset + 1] != (length == 8 ? 1 : 2)) {
            return Optional.empty();
        }
        int port = int16(data, offset + 2);
        byte[] ip = Arrays.copyOfRange(data, offset + 4, offset + length);
        if (xor) {
            port ^= Stun.MAGIC >>> 16;
            for (int i = 0; i < ip.length; i++) {
                ip[i] ^= data[4 + i];
            }
        }
        try {
            return Optional.of(new InetSocketAddress(InetAddress.getByAddress(ip), port));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** Writes an address attribute's value; the header is what it is XORed with. */
    static byte[] address(InetSocketAddress address, byte[] header, boolean xor) {
        byte[] ip = address.getAddress().getAddress();
        int port = xor ? address.getPort() ^ Stun.MAGIC >>> 16 : address.getPort();
        byte[] out = new byte[4 + ip.length];
        out[1] = (byte) (ip.length == 4 ? 1 : 2);
        out[2] = (byte) (port >>> 8);
        out[3] = (byte) port;
        for (int i = 0; i < ip.length; i++) {
            out[4 + i] = (byte) (xor ? ip[i] ^ header[4 + i] : ip[i]);
        }
        return out;
    }
}
