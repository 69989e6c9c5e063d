package io.earshot.rtp.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Big-endian numbers in byte arrays. Offsets are the caller's to check: it knows what the verdict should be. */
public final class Wire {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Wire() {
    }

    /** Returns 8 bits, 0 to 255. */
    public static int u8(byte[] buffer, int offset) {
        return buffer[offset] & 0xFF;
    }

    /** Returns 16 bits, 0 to 65535. */
    public static int u16(byte[] buffer, int offset) {
        return (short) SHORT.get(buffer, offset) & 0xFFFF;
    }

    /** Returns 32 bits as they are. */
    public static int i32(byte[] buffer, int offset) {
        return (int) INT.get(buffer, offset);
    }

    /** Returns 32 bits, 0 to 2^32 - 1. */
    public static long u32(byte[] buffer, int offset) {
        return i32(buffer, offset) & 0xFFFF_FFFFL;
    }

    /** Returns 64 bits as they are. */
    public static long i64(byte[] buffer, int offset) {
        return (long) LONG.get(buffer, offset);
    }

    /** Writes the low 16 bits. */
    public static void put16(byte[] buffer, int offset, int value) {
        SHORT.set(buffer, offset, (short) value);
    }

    /** Writes 32 bits. */
    public static void put32(byte[] buffer, int offset, int value) {
        INT.set(buffer, offset, value);
    }

    /** Writes 64 bits. */
    public static void put64(byte[] buffer, int offset, long value) {
        LONG.set(buffer, offset, value);
    }
}
