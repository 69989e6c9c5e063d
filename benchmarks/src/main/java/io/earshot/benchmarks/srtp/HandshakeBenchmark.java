package io.earshot.benchmarks.srtp;

import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.srtp.dtls.DtlsIdentity;
import io.earshot.srtp.dtls.DtlsOutput;
import io.earshot.srtp.dtls.DtlsRole;
import io.earshot.srtp.dtls.DtlsSession;
import io.earshot.srtp.dtls.DtlsSettings;
import io.earshot.srtp.dtls.Fingerprint;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * DTLS handshakes a second: client and server of one call in one process, P-256 certificates on both sides, every datagram delivered at
 * once. An operation is both halves, so a phone, which does one, can do about twice as many on as many cores. Run it with {@code -t 2} to
 * use both of two cores.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class HandshakeBenchmark {
    private final Ticker ticker = Ticker.system();
    private final Semaphore news = new Semaphore(0);
    private ExecutorService workers;
    private DtlsIdentity near;
    private DtlsIdentity far;

    /** Makes certificates and threads, which calls have already. */
    @Setup
    public void identities() {
        workers = Executors.newCachedThreadPool();
        near = DtlsIdentity.generate(IdSource.secure(), InstantSource.system().instant());
        far = DtlsIdentity.generate(IdSource.secure(), InstantSource.system().instant());
    }

    /** Ends the threads. */
    @TearDown
    public void end() {
        workers.shutdown();
    }

    private DtlsSession session(DtlsRole role, DtlsIdentity own, DtlsIdentity peer) {
        return new DtlsSession(role, own, List.of(peer.fingerprint(Fingerprint.Hash.SHA_256)), DtlsSettings.DEFAULT, workers,
            news::release);
    }

    /** From the first datagram until both sides have keys. */
    @Benchmark
    public int handshake() throws InterruptedException {
        DtlsSession client = session(DtlsRole.CLIENT, near, far);
        DtlsSession server = session(DtlsRole.SERVER, far, near);
        server.start(ticker.now());
        client.start(ticker.now());
        int keys = 0;
        while (keys < 2) {
            news.tryAcquire(20, TimeUnit.MILLISECONDS);
            keys += drain(client, server) + drain(server, client);
            client.onTime(ticker.now());
            server.onTime(ticker.now());
        }
        client.close();
        server.close();
        drain(client, server);
        drain(server, client);
        return keys;
    }

    private int drain(DtlsSession from, DtlsSession to) {
        int keys = 0;
        for (DtlsOutput next = from.poll(ticker.now()); !(next instanceof DtlsOutput.Wait); next = from.poll(ticker.now())) {
            if (next instanceof DtlsOutput.Transmit transmit) {
                to.onPacket(transmit.datagram(), 0, transmit.datagram().length);
            } else if (next instanceof DtlsOutput.Established) {
                keys++;
            } else if (next instanceof DtlsOutput.Failed failed) {
                throw new IllegalStateException(failed.failure().toString());
            }
        }
        return keys;
    }
}
