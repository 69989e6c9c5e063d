package io.earshot.benchmarks.srtp;

import io.earshot.srtp.SrtpMasterKey;
import io.earshot.srtp.SrtpParameters;
import io.earshot.srtp.SrtpReceiver;
import io.earshot.srtp.SrtpSender;
import io.earshot.srtp.SrtpSuite;
import io.earshot.srtp.SrtpVerdict;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Nanoseconds to protect and to unprotect a packet of 160 bytes of sound; beside it runs {@code oracle bench} of conformance/srtp. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SrtpBenchmark {
    private static final int PACKETS = 1_000;
    private static final int LENGTH = 172;
    private static final int ROOM = 32;

    @Param({"AES_CM_128_HMAC_SHA1_80", "AES_256_CM_HMAC_SHA1_80", "AEAD_AES_128_GCM", "AEAD_AES_256_GCM"})
    private SrtpSuite suite;

    private SrtpParameters parameters;
    private SrtpMasterKey key;
    private SrtpSender sender;
    private SrtpReceiver receiver;
    private final byte[][] clear = new byte[PACKETS][LENGTH + ROOM];
    private final byte[][] wire = new byte[PACKETS][LENGTH + ROOM];
    private int sequence;
    private int length;

    /** Makes keys. */
    @Setup
    public void keys() {
        parameters = SrtpParameters.of(suite);
        key = SrtpMasterKey.of(suite, new byte[suite.keyBytes() + suite.saltBytes()]);
        sender = new SrtpSender(parameters, key);
        receiver = new SrtpReceiver(parameters, key);
    }

    /** Makes the packets of one invocation, which is long beside them. */
    @Setup(Level.Invocation)
    public void packets() {
        SrtpSender other = sender;
        for (int i = 0; i < PACKETS; i++, sequence++) {
            write(clear[i], 1);
            write(wire[i], 2);
            if (other.protectRtp(wire[i], 0, LENGTH) != SrtpVerdict.OK) {
                throw new IllegalStateException();
            }
            length = other.length();
        }
    }

    private void write(byte[] packet, int ssrc) {
        packet[0] = (byte) 0x80;
        packet[2] = (byte) (sequence >> 8);
        packet[3] = (byte) sequence;
        packet[11] = (byte) ssrc;
    }

    /** Protects 1000 packets in order. */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public int protect() {
        for (int i = 0; i < PACKETS; i++) {
            if (sender.protectRtp(clear[i], 0, LENGTH) != SrtpVerdict.OK) {
                throw new IllegalStateException();
            }
        }
        return sender.length();
    }

    /** Unprotects 1000 packets in order. */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public int unprotect() {
        for (int i = 0; i < PACKETS; i++) {
            if (receiver.unprotectRtp(wire[i], 0, length) != SrtpVerdict.OK) {
                throw new IllegalStateException();
            }
        }
        return receiver.length();
    }
}
