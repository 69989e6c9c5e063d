package io.earshot.srtp;

import io.earshot.rtp.wire.Wire;

/** GHASH (NIST SP 800-38D §6.4): multiplication by one key in GF(2^128), by a table of each nibble at each of its 32 places. */
final class Ghash {
    private static final int NIBBLES = 32;
    private static final long REDUCTION = 0xE1L << 56;

    /** High and low half of (nibble at place) · H, at {@code (place * 16 + nibble) * 2}. */
    private final long[] table = new long[NIBBLES * 16 * 2];
    private final byte[] last = new byte[16];
    private long high;
    private long low;

    /** The key is AES of a block of zeros. */
    Ghash(byte[] key) {
        long h = Wire.i64(key, 0);
        long l = Wire.i64(key, 8);
        for (int place = 0; place < NIBBLES; place++) {
            for (int bit = 8; bit > 0; bit >>= 1) { // the first bit is the highest of a nibble
                for (int nibble = 0; nibble < 16; nibble++) {
                    if ((nibble & bit) != 0) {
                        table[(place * 16 + nibble) * 2] ^= h;
                        table[(place * 16 + nibble) * 2 + 1] ^= l;
                    }
                }
                long carry = -(l & 1) & REDUCTION;
                l = l >>> 1 | h << 63;
                h = h >>> 1 ^ carry;
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
            for (int i = 0; i < 16; i++) {
                last[i] = i < left ? buffer[at + i] : 0;
            }
            block(Wire.i64(last, 0), Wire.i64(last, 8));
        }
    }

    void block(long h, long l) {
        long x = high ^ h;
        long y = low ^ l;
        long[] t = table;
        long a = 0;
        long b = 0;
        for (int place = 0; place < 16; place++) {
            int i = place * 32 + ((int) (x >>> 60 - 4 * place) & 15) * 2;
            int j = place * 32 + 512 + ((int) (y >>> 60 - 4 * place) & 15) * 2;
            a ^= t[i] ^ t[j];
            b ^= t[i + 1] ^ t[j + 1];
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
