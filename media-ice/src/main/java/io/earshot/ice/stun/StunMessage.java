package io.earshot.ice.stun;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.zip.CRC32;

/** A STUN message that was received. Immutable. Attributes behind the integrity that do not belong there are not visible. */
public final class StunMessage {
    /** What a message is, the two class bits. */
    public enum Kind { REQUEST, INDICATION, SUCCESS, ERROR }

    /** What checking a message's integrity came to. */
    public enum Integrity { VALID, ABSENT, WRONG }

    /** ERROR-CODE. */
    public record Error(int code, String reason) { }

    private record Slot(int type, int offset, int length) { }

    private final byte[] data;
    private final TransactionId id;
    private final List<Slot> slots;

    private StunMessage(byte[] data, List<Slot> slots) {
        this.data = data;
        this.slots = slots;
        long low = 0;
        for (int i = 12; i < 20; i++) {
            low = low << 8 | data[i] & 0xFF;
        }
        id = new TransactionId(StunWire.int32(data, 8), low);
    }

    /** Reads the one message that these bytes are; nothing may follow it. */
    public static StunResult parse(byte[] bytes, int offset, int length) {
        if (length < Stun.HEADER || length > Stun.MAX_MESSAGE) {
            return new StunResult.Malformed("length " + length);
        }
        if (!Stun.looksLike(bytes, offset, length)) {
            return new StunResult.Malformed("no STUN header");
        }
        if (StunWire.int16(bytes, offset + 2) != length - Stun.HEADER) {
            return new StunResult.Malformed("declared length");
        }
        byte[] data = Arrays.copyOfRange(bytes, offset, offset + length);
        List<Slot> slots = new ArrayList<>();
        String fault = scan(data, slots);
        return fault.isEmpty() ? new StunResult.Parsed(new StunMessage(data, List.copyOf(slots))) : new StunResult.Malformed(fault);
    }

    /** Reads the one message that these bytes are. */
    public static StunResult parse(byte[] bytes) {
        return parse(bytes, 0, bytes.length);
    }

    private static String scan(byte[] data, List<Slot> slots) {
        int stage = 0; // 0 plain, 1 behind MESSAGE-INTEGRITY, 2 behind MESSAGE-INTEGRITY-SHA256
        int seen = 0;
        for (int at = Stun.HEADER; at < data.length;) {
            if (data.length - at < 4) {
                return "attribute header";
            }
            int type = StunWire.int16(data, at);
            int length = StunWire.int16(data, at + 2);
            if (length > data.length - at - 4) {
                return "attribute length";
            }
            if (++seen > Stun.MAX_ATTRIBUTES) {
                return "too many attributes";
            }
            if (type == Stun.FINGERPRINT) {
                return fingerprint(data, at, length) ? "" : "fingerprint";
            }
            if (stage == 0 || stage == 1 && type == Stun.MESSAGE_INTEGRITY_SHA256) {
                slots.add(new Slot(type, at + 4, length));
            }
            stage = type == Stun.MESSAGE_INTEGRITY_SHA256 ? 2 : type == Stun.MESSAGE_INTEGRITY ? Math.max(1, stage) : stage;
            at += 4 + (length + 3 & ~3);
        }
        return "";
    }

    private static boolean fingerprint(byte[] data, int at, int length) {
        if (length != 4 || at + 8 != data.length) {
            return false;
        }
        CRC32 crc = new CRC32();
        crc.update(data, 0, at);
        return ((int) crc.getValue() ^ StunWire.FINGERPRINT_XOR) == StunWire.int32(data, at + 4);
    }

    /** Returns request, indication, success or error. */
    public Kind kind() {
        return Kind.values()[data[0] << 1 & 2 | data[1] >> 4 & 1];
    }

    /** Returns the method. */
    public int method() {
        int type = StunWire.int16(data, 0);
        return type & 0xF | type >> 1 & 0x70 | type >> 2 & 0xF80;
    }

    /** Returns the transaction's identifier. */
    public TransactionId id() {
        return id;
    }

    private Optional<Slot> slot(int type) {
        return slots.stream().filter(slot -> slot.type == type).findFirst();
    }

    /** Tells whether an attribute is there. */
    public boolean has(int type) {
        return slot(type).isPresent();
    }

    /** Returns a copy of the first attribute of this type. */
    public Optional<byte[]> bytes(int type) {
        return slot(type).map(slot -> Arrays.copyOfRange(data, slot.offset, slot.offset + slot.length));
    }

    /** Returns a text attribute; bytes that are no UTF-8 become replacement characters. */
    public Optional<String> text(int type) {
        return slot(type).map(slot -> new String(data, slot.offset, slot.length, StandardCharsets.UTF_8));
    }

    /** Returns a 32-bit attribute, empty when absent or of another length. */
    public OptionalInt number(int type) {
        Optional<Slot> slot = slot(type).filter(found -> found.length == 4);
        return slot.isPresent() ? OptionalInt.of(StunWire.int32(data, slot.get().offset)) : OptionalInt.empty();
    }

    /** Returns a 64-bit attribute, empty when absent or of another length. */
    public OptionalLong number64(int type) {
        Optional<Slot> slot = slot(type).filter(found -> found.length == 8);
        return slot.isPresent() ? OptionalLong.of((long) StunWire.int32(data, slot.get().offset) << 32
            | StunWire.int32(data, slot.get().offset + 4) & 0xFFFF_FFFFL) : OptionalLong.empty();
    }

    /** Returns an address attribute that is XORed with the cookie. */
    public Optional<InetSocketAddress> xorAddress(int type) {
        return slot(type).flatMap(slot -> StunWire.address(data, slot.offset, slot.length, true));
    }

    /** Returns all of one type, as an allocation of both address families has them. */
    public List<InetSocketAddress> xorAddresses(int type) {
        return slots.stream().filter(slot -> slot.type == type)
            .flatMap(slot -> StunWire.address(data, slot.offset, slot.length, true).stream()).toList();
    }

    /** Returns a plain address attribute. */
    public Optional<InetSocketAddress> address(int type) {
        return slot(type).flatMap(slot -> StunWire.address(data, slot.offset, slot.length, false));
    }

    /** Returns the sender's address as the server saw it: XOR-MAPPED-ADDRESS, or MAPPED-ADDRESS of older servers. */
    public Optional<InetSocketAddress> mapped() {
        return xorAddress(Stun.XOR_MAPPED_ADDRESS).or(() -> address(Stun.MAPPED_ADDRESS));
    }

    /** Returns ERROR-CODE, empty when absent, short, or outside 300 to 699. */
    public Optional<Error> error() {
        return slot(Stun.ERROR_CODE).filter(slot -> slot.length >= 4).map(slot -> {
            int code = (data[slot.offset + 2] & 7) * 100 + (data[slot.offset + 3] & 0xFF);
            return new Error(code, new String(data, slot.offset + 4, Math.min(slot.length - 4, 763), StandardCharsets.UTF_8));
        }).filter(error -> error.code >= 300 && error.code <= 699);
    }

    /** Returns the comprehension-required attributes that are in nobody's list. */
    public List<Integer> unknown(Set<Integer> known) {
        return slots.stream().map(Slot::type).filter(type -> type < 0x8000 && !known.contains(type)).distinct().toList();
    }

    /** Checks the strongest integrity that is there. */
    public Integrity integrity(StunKey key) {
        Optional<Slot> strong = slot(Stun.MESSAGE_INTEGRITY_SHA256);
        return strong.isPresent() ? check(strong.get(), key, "HmacSHA256", 16, 32)
            : slot(Stun.MESSAGE_INTEGRITY).map(slot -> check(slot, key, "HmacSHA1", 20, 20)).orElse(Integrity.ABSENT);
    }

    /** Checks MESSAGE-INTEGRITY, and no other. */
    public Integrity integritySha1(StunKey key) {
        return slot(Stun.MESSAGE_INTEGRITY).map(slot -> check(slot, key, "HmacSHA1", 20, 20)).orElse(Integrity.ABSENT);
    }

    private Integrity check(Slot slot, StunKey key, String hmac, int least, int most) {
        if (slot.length < least || slot.length > most || slot.length % 4 != 0) {
            return Integrity.WRONG;
        }
        byte[] expected = key.hmac(hmac, data, slot.offset - 4, slot.offset + slot.length - Stun.HEADER);
        byte[] there = Arrays.copyOfRange(data, slot.offset, slot.offset + slot.length);
        return MessageDigest.isEqual(Arrays.copyOf(expected, slot.length), there) ? Integrity.VALID : Integrity.WRONG;
    }

    @Override
    public String toString() {
        return "STUN " + kind() + " method " + method() + error().map(error -> " " + error.code).orElse("");
    }
}
