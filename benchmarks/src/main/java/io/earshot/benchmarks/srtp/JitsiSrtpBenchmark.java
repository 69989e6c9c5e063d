package io.earshot.benchmarks.srtp;

import io.earshot.srtp.SrtpSuite;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import org.jitsi.srtp.SrtpContextFactory;
import org.jitsi.srtp.SrtpCryptoContext;
import org.jitsi.srtp.SrtpErrorStatus;
import org.jitsi.srtp.SrtpPolicy;
import org.jitsi.utils.ByteArrayBuffer;
import org.jitsi.utils.logging2.LoggerImpl;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What {@link SrtpBenchmark} measures, of jitsi-srtp as it comes: with whichever cipher it chooses. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class JitsiSrtpBenchmark {
    private static final int PACKETS = 1_000;
    private static final int LENGTH = 172;
    private static final int ROOM = 32;
    private static final int OURS = 1;
    private static final int THEIRS = 2;

    @Param({"AES_CM_128_HMAC_SHA1_80", "AES_256_CM_HMAC_SHA1_80", "AEAD_AES_128_GCM", "AEAD_AES_256_GCM"})
    private SrtpSuite suite;

    private SrtpCryptoContext sender;
    private SrtpCryptoContext other;
    private SrtpCryptoContext receiver;
    private final Packet[] clear = packetsOfRoom();
    private final Packet[] wire = packetsOfRoom();
    private int sequence;

    private static Packet[] packetsOfRoom() {
        Packet[] all = new Packet[PACKETS];
        Arrays.setAll(all, i -> new Packet());
        return all;
    }

    /** Makes keys. */
    @Setup
    public void keys() throws GeneralSecurityException {
        sender = context(true, OURS);
        other = context(true, THEIRS);
        receiver = context(false, THEIRS);
    }

    private SrtpCryptoContext context(boolean sends, int ssrc) throws GeneralSecurityException {
        boolean gcm = suite.name().endsWith("GCM");
        SrtpPolicy policy = new SrtpPolicy(gcm ? SrtpPolicy.AESGCM_ENCRYPTION : SrtpPolicy.AESCM_ENCRYPTION, suite.keyBytes(),
            gcm ? SrtpPolicy.NULL_AUTHENTICATION : SrtpPolicy.HMACSHA1_AUTHENTICATION, gcm ? 0 : 20, gcm ? 16 : 10, suite.saltBytes());
        return new SrtpContextFactory(sends, new byte[suite.keyBytes()], new byte[suite.saltBytes()], policy, policy,
            new LoggerImpl("jitsi", Level.OFF)).deriveContext(ssrc, 0);
    }

    /** Makes the packets of one invocation, which is long beside them. */
    @Setup(org.openjdk.jmh.annotations.Level.Invocation)
    public void packets() throws GeneralSecurityException {
        for (int i = 0; i < PACKETS; i++, sequence++) {
            clear[i].write(sequence, OURS);
            wire[i].write(sequence, THEIRS);
            if (other.transformPacket(wire[i]) != SrtpErrorStatus.OK) {
                throw new IllegalStateException();
            }
        }
    }

    /** Protects 1000 packets in order. */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public int protect() throws GeneralSecurityException {
        for (int i = 0; i < PACKETS; i++) {
            if (sender.transformPacket(clear[i]) != SrtpErrorStatus.OK) {
                throw new IllegalStateException();
            }
        }
        return clear[0].length;
    }

    /** Unprotects 1000 packets in order. */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public int unprotect() throws GeneralSecurityException {
        for (int i = 0; i < PACKETS; i++) {
            if (receiver.reverseTransformPacket(wire[i], false) != SrtpErrorStatus.OK) {
                throw new IllegalStateException();
            }
        }
        return wire[0].length;
    }

    /** A packet with room behind it. */
    private static final class Packet implements ByteArrayBuffer {
        private final byte[] bytes = new byte[LENGTH + ROOM];
        private int length = LENGTH;

        void write(int sequence, int ssrc) {
            length = LENGTH;
            bytes[0] = (byte) 0x80;
            bytes[2] = (byte) (sequence >> 8);
            bytes[3] = (byte) sequence;
            bytes[11] = (byte) ssrc;
        }

        @Override
        public byte[] getBuffer() {
            return bytes;
        }

        @Override
        public int getOffset() {
            return 0;
        }

        @Override
        public int getLength() {
            return length;
        }

        @Override
        public void setLength(int now) {
            length = now;
        }

        @Override
        public void setOffset(int offset) {
            if (offset != 0) {
                throw new IllegalArgumentException("packets begin where they began");
            }
        }

        @Override
        public boolean isInvalid() {
            return false;
        }

        @Override
        public void readRegionToBuff(int offset, int count, byte[] to) {
            System.arraycopy(bytes, offset, to, 0, count);
        }

        @Override
        public void grow(int by) {
            if (length + by > bytes.length) {
                throw new IllegalArgumentException("there is no room for " + by + " bytes more");
            }
        }

        @Override
        public void append(byte[] tail, int count) {
            System.arraycopy(tail, 0, bytes, length, count);
            length += count;
        }

        @Override
        public void shrink(int by) {
            length -= by;
        }
    }
}
