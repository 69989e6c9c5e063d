package io.earshot.zrtp;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/** A message in its packet: header, checksum (RFC 6189 §5). */
final class ZrtpFrame {
    private static final int COOKIE = 0x5A525450;
    private static final int HEADER = 12;
    private static final int LEAST = HEADER + 12 + 4;
    private static final int MOST = 3072;
    private static final int PREAMBLE = 0x505A;

    private ZrtpFrame() {
    }

    /** Returns the message of a packet; empty for what is not well-formed. */
    static Optional<byte[]> message(byte[] buffer, int offset, int length) {
        if (length < LEAST || length > MOST || length % 4 != 0) {
            return Optional.empty();
        }
        ByteBuffer packet = ByteBuffer.wrap(buffer, offset, length).slice();
        boolean good = (packet.get(0) & 0xF0) == 0x10 && packet.getInt(4) == COOKIE
            && packet.getInt(length - 4) == crc(buffer, offset, length - 4) && (packet.getShort(HEADER) & 0xFFFF) == PREAMBLE
            && (packet.getShort(HEADER + 2) & 0xFFFF) * 4 == length - HEADER - 4;
        return good ? Optional.of(Arrays.copyOfRange(buffer, offset + HEADER, offset + length - 4)) : Optional.empty();
    }

    /** Returns the packet of a message. */
    static byte[] packet(int sequence, int ssrc, byte[] message) {
        byte[] out = new byte[HEADER + message.length + 4];
        ByteBuffer packet = ByteBuffer.wrap(out).putShort((short) 0x1000).putShort((short) sequence).putInt(COOKIE).putInt(ssrc)
            .put(message);
        packet.putInt(crc(out, 0, out.length - 4));
        return out;
    }

    /** The checksum of SCTP, in SCTP's order of bytes (RFC 4960 appendix B). */
    private static int crc(byte[] buffer, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(buffer, offset, length);
        return Integer.reverseBytes((int) crc.getValue());
    }

    /** Returns a message with its preamble, length and type in front of the parts. */
    static byte[] compose(String type, byte[]... parts) {
        int length = 12;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteBuffer out = ByteBuffer.allocate(length).putShort((short) PREAMBLE).putShort((short) (length / 4))
            .put(ZrtpHash.ascii((type + "        ").substring(0, 8)));
        for (byte[] part : parts) {
            out.put(part);
        }
        return out.array();
    }

    static String type(byte[] message) {
        return new String(message, 4, 8, java.nio.charset.StandardCharsets.US_ASCII).strip();
    }
}
