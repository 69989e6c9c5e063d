package frames;

import io.earshot.api.id.IdSource;
import io.earshot.srtp.SrtpMasterKey;
import io.earshot.srtp.SrtpParameters;
import io.earshot.srtp.SrtpReceiver;
import io.earshot.srtp.SrtpSender;
import io.earshot.srtp.SrtpSuite;
import io.earshot.srtp.SrtpVerdict;
import io.earshot.srtp.dtls.DtlsIdentity;
import io.earshot.srtp.dtls.DtlsOutput;
import io.earshot.srtp.dtls.DtlsRole;
import io.earshot.srtp.dtls.DtlsSession;
import io.earshot.srtp.dtls.DtlsSettings;
import io.earshot.srtp.dtls.Fingerprint;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;

/** Mutated STUN, ChannelData, DTLS, SRTP, ZRTP and tunnel frames, a million of each: no exception, bounded memory, nothing accepted. */
public final class MutatedFrames {
    private MutatedFrames() {
    }

    public static void main(String[] args) throws Exception {
        long count = Long.parseLong(args[0]);
        long seed = Long.parseLong(args[1]);
        System.out.printf("%d frames of each kind, seed %d, JDK %s, heap of at most %d MB%n", count, seed, Runtime.version(),
            Runtime.getRuntime().maxMemory() >> 20);
        boolean good = io.earshot.ice.turn.IceFrames.stun(count, seed);
        good &= io.earshot.ice.turn.IceFrames.channels(count, seed);
        good &= srtp(count, seed);
        good &= io.earshot.zrtp.ZrtpFrames.run(count, seed);
        good &= io.earshot.transport.tunnel.core.TunnelFrames.frames(count, seed);
        good &= dtls(count, seed);
        System.out.println(good ? "nothing threw, nothing was accepted, nothing grew" : "FAILED");
        System.exit(good ? 0 : 1);
    }

    private static boolean srtp(long count, long seed) {
        Mutants mutants = new Mutants("SRTP", count, seed);
        List<SrtpReceiver> receivers = new ArrayList<>();
        List<SrtpSender> senders = new ArrayList<>();
        for (SrtpSuite suite : SrtpSuite.values()) {
            byte[] both = new byte[suite.keyBytes() + suite.saltBytes()];
            mutants.random.nextBytes(both);
            receivers.add(new SrtpReceiver(SrtpParameters.of(suite), SrtpMasterKey.of(suite, both)));
            senders.add(new SrtpSender(SrtpParameters.of(suite), SrtpMasterKey.of(suite, both)));
        }
        boolean[] accepted = new boolean[1];
        byte[] sequence = new byte[senders.size()];
        while (mutants.more()) {
            int which = mutants.random.nextInt(senders.size());
            boolean report = mutants.random.nextInt(4) == 0;
            byte[] clear = new byte[300];
            mutants.random.nextBytes(clear);
            clear[0] = (byte) 0x80;
            clear[1] = (byte) (report ? 200 : 0);
            clear[2] = 0;
            clear[3] = sequence[which]++;
            Arrays.fill(clear, report ? 4 : 8, report ? 8 : 12, (byte) which);
            SrtpSender sender = senders.get(which);
            SrtpReceiver receiver = receivers.get(which);
            SrtpVerdict sealed = report ? sender.protectRtcp(clear, 0, 80) : sender.protectRtp(clear, 0, 172);
            byte[] good = sealed == SrtpVerdict.OK ? Arrays.copyOf(clear, sender.length()) : Arrays.copyOf(clear, 182);
            byte[] mutant = mutants.of(good);
            boolean same = sealed == SrtpVerdict.OK && Arrays.equals(good, mutant);
            mutants.give(mutant, frame -> {
                SrtpVerdict verdict = report ? receiver.unprotectRtcp(frame, 0, frame.length) : receiver.unprotectRtp(frame, 0,
                        frame.length);
                accepted[0] |= verdict == SrtpVerdict.OK && !same;
                return same ? "unchanged" : verdict.name();
            });
        }
        // A tag of 32 bits is guessed once in four thousand million tries: not here.
        return mutants.report() & !accepted[0];
    }

    /**
     * Runs what a session wants to run when asked to, so that there are no threads: its input is there before, and ends by its being
     * closed.
     */
    private static final class Later {
        final Queue<Runnable> tasks = new ArrayDeque<>();

        void run() {
            for (Runnable next = tasks.poll(); next != null; next = tasks.poll()) {
                next.run();
            }
        }
    }

    private static boolean dtls(long count, long seed) throws InterruptedException {
        DtlsIdentity ours = DtlsIdentity.generate(IdSource.seeded(seed), Instant.EPOCH);
        DtlsIdentity theirs = DtlsIdentity.generate(IdSource.seeded(seed + 1), Instant.EPOCH);
        List<byte[]> toServer = new ArrayList<>();
        List<byte[]> toClient = new ArrayList<>();
        record(ours, theirs, toServer, toClient);
        Mutants mutants = new Mutants("DTLS", count, seed);
        List<Fingerprint> expected = List.of(theirs.fingerprint(Fingerprint.Hash.SHA_256));
        boolean[] keys = new boolean[1];
        while (mutants.more()) {
            DtlsRole role = mutants.random.nextBoolean() ? DtlsRole.SERVER : DtlsRole.CLIENT;
            List<byte[]> flights = role == DtlsRole.SERVER ? toServer : toClient;
            Later later = new Later();
            DtlsSession session = new DtlsSession(role, ours, expected, DtlsSettings.DEFAULT, later.tasks::add, () -> { });
            session.start(0);
            int first = mutants.random.nextInt(flights.size());
            for (int good = 0; good < first; good++) {
                session.onPacket(flights.get(good), 0, flights.get(good).length);
            }
            for (int i = 1 + mutants.random.nextInt(30); i > 0 && mutants.more(); i--) {
                byte[] mutant = mutants.of(flights.get(mutants.random.nextInt(flights.size())));
                if (mutant.length > 13 && mutants.random.nextBoolean()) { // let it through the header, for what lies behind
                    mutant[0] = (byte) (20 + mutants.random.nextInt(6));
                    mutant[1] = (byte) 0xFE;
                    mutant[2] = (byte) 0xFD;
                    mutant[11] = (byte) (mutant.length - 13 >> 8);
                    mutant[12] = (byte) (mutant.length - 13);
                }
                long before = session.dropped();
                mutants.give(mutant, frame -> {
                    session.onPacket(frame, 0, frame.length);
                    return session.dropped() > before ? "no record" : "to the handshake";
                });
            }
            session.close();
            later.run();
            for (DtlsOutput next = session.poll(0); !(next instanceof DtlsOutput.Wait); next = session.poll(0)) {
                keys[0] |= next instanceof DtlsOutput.Established;
            }
        }
        return mutants.report() & !keys[0];
    }

    /** A handshake of two good ends, to be mutated. */
    private static void record(DtlsIdentity one, DtlsIdentity two, List<byte[]> toServer,
            List<byte[]> toClient) throws InterruptedException {
        CountDownLatch over = new CountDownLatch(2);
        DtlsSession client = new DtlsSession(DtlsRole.CLIENT, one, List.of(two.fingerprint(Fingerprint.Hash.SHA_256)),
            DtlsSettings.DEFAULT, task -> new Thread(task).start(), () -> { });
        DtlsSession server = new DtlsSession(DtlsRole.SERVER, two, List.of(one.fingerprint(Fingerprint.Hash.SHA_256)),
            DtlsSettings.DEFAULT, task -> new Thread(task).start(), () -> { });
        server.start(0);
        client.start(0);
        while (over.getCount() > 0) {
            pass(client, server, toServer, over);
            pass(server, client, toClient, over);
            Thread.sleep(1);
        }
    }

    private static void pass(DtlsSession from, DtlsSession to, List<byte[]> kept, CountDownLatch over) {
        for (DtlsOutput next = from.poll(0); !(next instanceof DtlsOutput.Wait); next = from.poll(0)) {
            if (next instanceof DtlsOutput.Transmit transmit) {
                kept.add(transmit.datagram());
                to.onPacket(transmit.datagram(), 0, transmit.datagram().length);
            } else if (next instanceof DtlsOutput.Established) {
                over.countDown();
            } else {
                throw new IllegalStateException("no handshake to begin with: " + next);
            }
        }
    }
}
