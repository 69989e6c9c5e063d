package io.earshot.srtp.dtls;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;

/**
 * What came before its turn is held back. A peer that repeats a flight may put every record in a datagram of its own, of which some come
 * first that were sent last, and others not at all. The protocol on the worker drops what is of the next epoch, and once told of the change
 * of keys it reads nothing more of the epoch before; so the change, and what is encrypted, wait here until the messages before it are
 * complete. Confined to the worker.
 */
final class RecordOrder {
    private static final int RECORD_HEADER = 13;
    private static final int MESSAGE_HEADER = 12;
    private static final int CHANGE_CIPHER_SPEC = 20;
    private static final int HANDSHAKE = 22;
    private static final int SERVER_HELLO_DONE = 14;
    private static final int CERTIFICATE_VERIFY = 15;
    private static final int MOST_MESSAGES = 16;
    private static final int LONGEST_MESSAGE = 65_536;
    private static final int MOST_HELD = 16;
    /** Its header, 12 bytes, and a tag of 16. */
    private static final int SHORTEST_FINISHED = 40;

    /** Of a message, which bytes have come. */
    private record Message(int type, int length, BitSet bytes) {
        boolean complete() {
            return bytes.cardinality() == length;
        }
    }

    private final int last;
    private final Map<Integer, Message> messages = new HashMap<>();
    private final Queue<byte[]> held = new ArrayDeque<>();
    private byte[] change = {};
    private boolean open;

    RecordOrder(DtlsRole role) {
        last = role == DtlsRole.SERVER ? CERTIFICATE_VERIFY : SERVER_HELLO_DONE;
    }

    /** Takes a datagram and returns what of it may be read now, maybe nothing. */
    byte[] take(byte[] datagram) {
        byte[] out = new byte[datagram.length];
        int length = 0;
        for (int at = 0, end; at < datagram.length; at = end) {
            end = end(datagram, at);
            if (!hold(datagram, at, end)) {
                System.arraycopy(datagram, at, out, length, end - at);
                length += end - at;
            }
        }
        return Arrays.copyOf(out, length);
    }

    /** Returns where the record ends; what is no record goes on with the rest. */
    private static int end(byte[] datagram, int at) {
        if (datagram.length - at < RECORD_HEADER) {
            return datagram.length;
        }
        return Math.min(datagram.length, at + RECORD_HEADER + u16(datagram, at + 11));
    }

    private boolean hold(byte[] datagram, int at, int end) {
        if (end - at <= RECORD_HEADER) {
            return false;
        }
        boolean encrypted = u16(datagram, at + 3) > 0;
        if (encrypted && datagram[at] == HANDSHAKE && end - at < RECORD_HEADER + SHORTEST_FINISHED) {
            return true; // the library takes such for an error of the peer's, and ends the handshake
        } else if (open) { // a datagram that begins with what is in clear would be dropped as a whole, with a Finished behind it
            return !encrypted && (datagram[at] == CHANGE_CIPHER_SPEC || datagram[at] == HANDSHAKE);
        } else if (datagram[at] == CHANGE_CIPHER_SPEC && !encrypted) {
            change = Arrays.copyOfRange(datagram, at, end);
            return true;
        } else if (datagram[at] == HANDSHAKE && encrypted) {
            if (held.size() == MOST_HELD) {
                held.remove();
            }
            held.add(Arrays.copyOfRange(datagram, at, end));
            return true;
        } else if (datagram[at] == HANDSHAKE) {
            note(datagram, at + RECORD_HEADER, end);
        }
        return false;
    }

    /** RFC 6347 §4.2.2: type, length, number, where the fragment begins and how long it is. */
    private void note(byte[] datagram, int from, int end) {
        for (int at = from; end - at >= MESSAGE_HEADER;) {
            int length = u24(datagram, at + 1);
            int number = u16(datagram, at + 4);
            int start = u24(datagram, at + 6);
            int size = u24(datagram, at + 9);
            if (number >= MOST_MESSAGES || length > LONGEST_MESSAGE || start + size > length || size > end - at - MESSAGE_HEADER) {
                return;
            }
            if (messages.isEmpty()) { // what came before the first message is of an association before
                held.clear();
                change = new byte[0];
            }
            int type = datagram[at];
            Message message = messages.computeIfAbsent(number, none -> new Message(type, length, new BitSet()));
            if (message.length == length && message.type == type) {
                message.bytes.set(start, start + size);
            }
            at += MESSAGE_HEADER + size;
        }
    }

    /** Returns the next of what was held back, if it is its turn and all else has been read; null if there is none. */
    byte[] next() {
        if (change.length > 0 && !open && complete()) {
            open = true;
            return change;
        }
        return open ? held.poll() : null;
    }

    private boolean complete() {
        for (int number = 0; ; number++) {
            Message message = messages.get(number);
            if (message == null || !message.complete()) {
                return false;
            } else if (message.type == last) {
                return true;
            }
        }
    }

    private static int u16(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
    }

    private static int u24(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 16 | u16(bytes, at + 1);
    }
}
