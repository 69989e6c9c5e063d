package io.earshot.srtp;

import io.earshot.rtp.wire.Wire;

/** Counter mode: AES over a counter, added to the bytes. */
final class KeyStream {
    private final AesBlocks aes;
    private final byte[] counters = new byte[AesBlocks.CHUNK * AesBlocks.BLOCK];
    private final byte[] stream = new byte[AesBlocks.CHUNK * AesBlocks.BLOCK];

    KeyStream(AesBlocks aes) {
        this.aes = aes;
    }

    /** Adds the stream that starts at block {@code (high, low)} to the bytes; the counter is in the last bits of {@code low}. */
    void apply(byte[] buffer, int offset, int length, long high, long low) {
        long counter = low;
        int at = offset;
        int end = offset + length;
        while (at < end) {
            int blocks = Math.min(AesBlocks.CHUNK, blocks(end - at));
            make(blocks, high, counter);
            counter += blocks;
            at = add(buffer, at, Math.min(end, at + blocks * AesBlocks.BLOCK), 0);
        }
    }

    /** Makes as many blocks of the stream as {@code length} bytes need after a first one, as far as there is room for them. */
    void make(int length, long high, long low, long[] first) {
        make(Math.min(AesBlocks.CHUNK, 1 + blocks(length)), high, low);
        first[0] = Wire.i64(stream, 0);
        first[1] = Wire.i64(stream, 8);
    }

    /** Adds what was made, but for its first block, to the bytes, and what follows it. */
    void applyRest(byte[] buffer, int offset, int length, long high, long low) {
        int made = Math.min(length, (AesBlocks.CHUNK - 1) * AesBlocks.BLOCK);
        add(buffer, offset, offset + made, AesBlocks.BLOCK);
        apply(buffer, offset + made, length - made, high, low + AesBlocks.CHUNK);
    }

    private static int blocks(int length) {
        return (length + AesBlocks.BLOCK - 1) / AesBlocks.BLOCK;
    }

    private void make(int blocks, long high, long low) {
        for (int i = 0; i < blocks; i++) {
            Wire.put64(counters, i * AesBlocks.BLOCK, high);
            Wire.put64(counters, i * AesBlocks.BLOCK + 8, low + i);
        }
        aes.encrypt(counters, blocks, stream);
    }

    private int add(byte[] buffer, int from, int end, int skip) {
        int at = from;
        int i = skip;
        for (; end - at >= 8; at += 8, i += 8) {
            Wire.put64(buffer, at, Wire.i64(buffer, at) ^ Wire.i64(stream, i));
        }
        for (; at < end; at++, i++) {
            buffer[at] ^= stream[i];
        }
        return end;
    }
}
