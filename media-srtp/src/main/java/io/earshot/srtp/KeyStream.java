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
            int blocks = Math.min(AesBlocks.CHUNK, (end - at + AesBlocks.BLOCK - 1) / AesBlocks.BLOCK);
            for (int i = 0; i < blocks; i++) {
                Wire.put64(counters, i * AesBlocks.BLOCK, high);
                Wire.put64(counters, i * AesBlocks.BLOCK + 8, counter++);
            }
            aes.encrypt(counters, blocks, stream);
            at = add(buffer, at, Math.min(end, at + blocks * AesBlocks.BLOCK));
        }
    }

    private int add(byte[] buffer, int from, int end) {
        int at = from;
        int i = 0;
        for (; end - at >= 8; at += 8, i += 8) {
            Wire.put64(buffer, at, Wire.i64(buffer, at) ^ Wire.i64(stream, i));
        }
        for (; at < end; at++, i++) {
            buffer[at] ^= stream[i];
        }
        return end;
    }
}
