package io.earshot.srtp;

import io.earshot.rtp.wire.Wire;

/**
 * GHASH (NIST SP 800-38D §6.4): multiplication by one key in GF(2^128). For sound by a table of each byte at each of its 16 places, 64 KB
 * for a key; for the few packets of reports bit by bit.
 */
final class Ghash {
    private static final int PLACES = 16;
    private static final int ENTRIES = 256;
    private static final long REDUCTION = 0xE1L << 56;

    /** High and low half of (byte at place) · H, at {@code (place * 256 + byte) * 2}; empty for bit by bit. */
    private final long[] table;
    private final long keyHigh;
    private final long keyLow;
    private long high;
    private long low;

    /** The key is AES of a block of zeros; {@code fast} for many packets. */
    Ghash(byte[] key, boolean fast) {
        keyHigh = Wire.i64(key, 0);
        keyLow = Wire.i64(key, 8);
        table = new long[fast ? PLACES * ENTRIES * 2 : 0];
        if (fast) {
            fill();
        }
    }

    private void fill() {
        long h = keyHigh;
        long l = keyLow;
        for (int place = 0; place < PLACES; place++) {
            int from = place * ENTRIES * 2;
            for (int bit = 128; bit > 0; bit >>= 1) { // the first bit is the highest of a byte
                table[from + bit * 2] = h;
                table[from + bit * 2 + 1] = l;
                long carry = -(l & 1) & REDUCTION;
                l = l >>> 1 | h << 63;
                h = h >>> 1 ^ carry;
            }
            for (int entry = 3; entry < ENTRIES; entry++) {
                int bit = Integer.highestOneBit(entry);
                if (bit != entry) {
                    int rest = from + (entry ^ bit) * 2;
                    table[from + entry * 2] = table[from + bit * 2] ^ table[rest];
                    table[from + entry * 2 + 1] = table[from + bit * 2 + 1] ^ table[rest + 1];
                }
            }
        }
    }

    void begin() {
        high = 0;
        low = 0;
    }

    /** Takes bytes, filled up with zeros to whole blocks. */
    void update(byte[] buffer, int offset, int length) {
        int at = offset;
        int left = length;
        for (; left >= 16; at += 16, left -= 16) {
            block(Wire.i64(buffer, at), Wire.i64(buffer, at + 8));
        }
        if (left > 0) {
            long h = left >= 8 ? Wire.i64(buffer, at) : part(buffer, at, left);
            block(h, left > 8 ? part(buffer, at + 8, left - 8) : 0);
        }
    }

    private static long part(byte[] buffer, int from, int bytes) {
        long out = 0;
        for (int i = 0; i < bytes; i++) {
            out |= (buffer[from + i] & 0xFFL) << 56 - 8 * i;
        }
        return out;
    }

    void block(long h, long l) {
        if (table.length == 0) {
            bitByBit(high ^ h, low ^ l);
        } else {
            byTable(high ^ h, low ^ l, table);
        }
    }

    private void byTable(long x, long y, long[] t) {
        long a = 0;
        long b = 0;
        for (int place = 0; place < 8; place++) {
            int i = place * 512 + ((int) (x >>> 56 - 8 * place) & 255) * 2;
            int j = place * 512 + 4096 + ((int) (y >>> 56 - 8 * place) & 255) * 2;
            a ^= t[i] ^ t[j];
            b ^= t[i + 1] ^ t[j + 1];
        }
        high = a;
        low = b;
    }

    private void bitByBit(long x, long y) {
        long a = 0;
        long b = 0;
        long h = keyHigh;
        long l = keyLow;
        for (int bit = 0; bit < 128; bit++) {
            long mask = -((bit < 64 ? x >>> 63 - bit : y >>> 127 - bit) & 1);
            a ^= h & mask;
            b ^= l & mask;
            long carry = -(l & 1) & REDUCTION;
            l = l >>> 1 | h << 63;
            h = h >>> 1 ^ carry;
        }
        high = a;
        low = b;
    }

    long high() {
        return high;
    }

    long low() {
        return low;
    }
}
