package io.earshot.ice.stun;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/** Writes a STUN message, attribute by attribute, in the order called; integrity and fingerprint last. Padding is zeros. */
public final class StunBuilder {
    private byte[] data = new byte[256];
    private int length = Stun.HEADER;

    private StunBuilder(StunMessage.Kind kind, int method, TransactionId id) {
        int type = method & 0xF | (method & 0x70) << 1 | (method & 0xF80) << 2 | (kind.ordinal() & 1) << 4 | (kind.ordinal() & 2) << 7;
        ByteBuffer.wrap(data).putShort((short) type).putShort((short) 0).putInt(Stun.MAGIC).put(id.bytes());
    }

    /** Starts a request. */
    public static StunBuilder request(int method, TransactionId id) {
        return new StunBuilder(StunMessage.Kind.REQUEST, method, id);
    }

    /** Starts an indication. */
    public static StunBuilder indication(int method, TransactionId id) {
        return new StunBuilder(StunMessage.Kind.INDICATION, method, id);
    }

    /** Starts the success response to a request. */
    public static StunBuilder success(StunMessage request) {
        return new StunBuilder(StunMessage.Kind.SUCCESS, request.method(), request.id());
    }

    /** Starts the error response to a request. */
    public static StunBuilder error(StunMessage request, int code, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        byte[] value = ByteBuffer.allocate(4 + text.length).putShort((short) 0).put((byte) (code / 100)).put((byte) (code % 100))
            .put(text).array();
        return new StunBuilder(StunMessage.Kind.ERROR, request.method(), request.id()).bytes(Stun.ERROR_CODE, value);
    }

    /** Adds an attribute; at most 65,000 bytes fit a message. */
    public StunBuilder bytes(int type, byte[] value) {
        int padded = value.length + 3 & ~3;
        if (length + 4 + padded > Stun.MAX_MESSAGE) {
            throw new IllegalArgumentException("a STUN message cannot carry " + value.length + " bytes more");
        }
        if (length + 4 + padded > data.length) {
            data = Arrays.copyOf(data, Math.max(data.length * 2, length + 4 + padded));
        }
        ByteBuffer.wrap(data, length, 4).putShort((short) type).putShort((short) value.length);
        System.arraycopy(value, 0, data, length + 4, value.length);
        length += 4 + padded;
        return declare();
    }

    private StunBuilder declare() {
        ByteBuffer.wrap(data).putShort(2, (short) (length - Stun.HEADER));
        return this;
    }

    /** Adds an attribute without a value, as USE-CANDIDATE is. */
    public StunBuilder flag(int type) {
        return bytes(type, new byte[0]);
    }

    /** Adds text. */
    public StunBuilder text(int type, String value) {
        return bytes(type, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds 32 bits. */
    public StunBuilder number(int type, int value) {
        return bytes(type, ByteBuffer.allocate(4).putInt(value).array());
    }

    /** Adds 64 bits. */
    public StunBuilder number64(int type, long value) {
        return bytes(type, ByteBuffer.allocate(8).putLong(value).array());
    }

    /** Adds an address, XORed. */
    public StunBuilder xorAddress(int type, InetSocketAddress address) {
        return bytes(type, StunWire.address(address, data, true));
    }

    /** Adds an address as it is. */
    public StunBuilder address(int type, InetSocketAddress address) {
        return bytes(type, StunWire.address(address, data, false));
    }

    /** Adds UNKNOWN-ATTRIBUTES. */
    public StunBuilder unknown(List<Integer> types) {
        ByteBuffer value = ByteBuffer.allocate(types.size() * 2);
        types.forEach(type -> value.putShort(type.shortValue()));
        return bytes(Stun.UNKNOWN_ATTRIBUTES, value.array());
    }

    /** Adds MESSAGE-INTEGRITY over what is there. */
    public StunBuilder integrity(StunKey key) {
        return bytes(Stun.MESSAGE_INTEGRITY, key.hmac("HmacSHA1", data, length, length + 24 - Stun.HEADER));
    }

    /** Adds MESSAGE-INTEGRITY-SHA256 over what is there. */
    public StunBuilder integritySha256(StunKey key) {
        return bytes(Stun.MESSAGE_INTEGRITY_SHA256, key.hmac("HmacSHA256", data, length, length + 36 - Stun.HEADER));
    }

    /** Adds FINGERPRINT and returns the message. */
    public byte[] fingerprint() {
        ByteBuffer.wrap(data).putShort(2, (short) (length + 8 - Stun.HEADER));
        CRC32 crc = new CRC32();
        crc.update(data, 0, length);
        return number(Stun.FINGERPRINT, (int) crc.getValue() ^ StunWire.FINGERPRINT_XOR).build();
    }

    /** Returns the message. */
    public byte[] build() {
        return Arrays.copyOf(data, length);
    }
}
