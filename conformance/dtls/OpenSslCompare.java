package io.earshot.srtp.dtls;

import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Handshakes between our DTLS and OpenSSL's on virtual time, over a path that loses, delays and reorders datagrams: both have the same
 * keys.
 */
public final class OpenSslCompare {
    private static final HexFormat HEX = HexFormat.of();
    private static final long STEP = 10;
    private static final ExecutorService WORKERS = Executors.newCachedThreadPool();
    private final BufferedReader from;
    private final PrintStream to;
    private final Fingerprint theirs;
    private final DtlsIdentity identity;
    private final String version;
    private static final List<String> PROFILES = List.of("SRTP_AEAD_AES_128_GCM:SRTP_AES128_CM_SHA1_80", "SRTP_AES128_CM_SHA1_80",
        "SRTP_AES128_CM_SHA1_32", "SRTP_AEAD_AES_256_GCM");

    private record Datagram(long at, int order, boolean toUs, byte[] bytes) { }

    /** One handshake. */
    private final class Run {
        final DtlsRole role;
        final SplittableRandom random;
        final int loss;
        final DtlsSession session;
        final PriorityQueue<Datagram> path =
            new PriorityQueue<>((a, b) -> a.at != b.at ? Long.compare(a.at, b.at) : a.order - b.order);
        Optional<DtlsOutput.Established> ours = Optional.empty();
        String[] keys = {};
        String failure = "";
        int order;
        long now;

        Run(DtlsRole role, long seed, int loss) {
            this.role = role;
            this.loss = loss;
            random = new SplittableRandom(seed * 31 + loss);
            session = new DtlsSession(role, identity, List.of(theirs), DtlsSettings.DEFAULT, WORKERS, () -> { });
        }

        void tell(String command) throws IOException {
            to.println(command);
            for (String line = from.readLine(); !".".equals(line); line = from.readLine()) {
                if (line == null) {
                    throw new IOException("OpenSSL's program ended at " + command);
                } else if (line.startsWith("S ")) {
                    send(true, HEX.parseHex(line.substring(2)));
                } else if (line.startsWith("K ")) {
                    keys = line.split(" ");
                } else {
                    failure = "OpenSSL: " + line.substring(2);
                }
            }
        }

        void send(boolean toUs, byte[] bytes) {
            if (random.nextInt(100) >= loss) {
                path.add(new Datagram(now + 10 + random.nextInt(50), order++, toUs, bytes));
            }
        }

        void drain() {
            for (DtlsOutput next = poll(); !(next instanceof DtlsOutput.Wait); next = poll()) {
                if (next instanceof DtlsOutput.Transmit transmit) {
                    send(false, transmit.datagram());
                } else if (next instanceof DtlsOutput.Established established) {
                    ours = Optional.of(established);
                } else if (next instanceof DtlsOutput.Failed failed) {
                    failure = "ours: " + failed.failure().reason();
                }
            }
        }

        DtlsOutput poll() {
            return session.poll(now * Ticker.MILLISECOND);
        }

        boolean over() {
            return !failure.isEmpty() || ours.isPresent() && keys.length > 0;
        }

        /** Returns what went wrong; nothing if the keys are the same. */
        String go(int mtu, String profiles) throws IOException, InterruptedException {
            session.start(0);
            session.settle();
            tell("N " + (role == DtlsRole.CLIENT ? "server " : "client ") + mtu + ' ' + profiles);
            drain();
            for (; !over() && now < 90_000; now += STEP) {
                while (!path.isEmpty() && path.peek().at <= now) {
                    Datagram next = path.poll();
                    if (next.toUs) {
                        long before = session.dropped();
                        session.onPacket(next.bytes, 0, next.bytes.length);
                        if (session.dropped() == before) {
                            session.settle();
                        }
                    } else {
                        tell("P " + HEX.formatHex(next.bytes));
                    }
                    drain();
                }
                tell("T " + now);
                DtlsOutput next = poll();
                if (next instanceof DtlsOutput.Wait wait && wait.deadline() <= now * Ticker.MILLISECOND) {
                    session.onTime(now * Ticker.MILLISECOND);
                    session.settle();
                }
                drain();
            }
            session.close();
            if (failure.isEmpty() && !over()) {
                return "after 90 s ours has keys " + ours.isPresent() + ", OpenSSL has " + (keys.length > 0);
            }
            return failure.isEmpty() ? same() : failure + " at " + now + " ms";
        }

        private String same() {
            DtlsOutput.Established established = ours.orElseThrow();
            boolean client = role == DtlsRole.CLIENT;
            boolean suite = established.suite().dtlsProfile() == Integer.parseInt(keys[1]);
            byte[] send = HEX.parseHex(keys[client ? 2 : 3]);
            byte[] receive = HEX.parseHex(keys[client ? 3 : 2]);
            return suite && Arrays.equals(established.sendKey().keyAndSalt(), send)
                && Arrays.equals(established.receiveKey().keyAndSalt(), receive) ? "" : "the keys differ";
        }
    }

    private OpenSslCompare(Process oracle) throws IOException {
        from = new BufferedReader(new InputStreamReader(oracle.getInputStream()));
        to = new PrintStream(oracle.getOutputStream(), true);
        String[] first = from.readLine().split(" ", 2);
        theirs = Fingerprint.parse("sha-256 " + HexFormat.ofDelimiter(":").formatHex(HEX.parseHex(first[0]))).orElseThrow();
        version = first[1];
        identity = DtlsIdentity.generate(IdSource.seeded(1), Instant.EPOCH);
    }

    public static void main(String[] arguments) throws Exception {
        Process oracle = new ProcessBuilder(arguments[0]).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        int rounds = Integer.parseInt(arguments[1]);
        OpenSslCompare compare = new OpenSslCompare(oracle);
        System.out.println("against " + compare.version);
        boolean good = true;
        for (int loss : new int[] {0, 10, 25}) {
            for (DtlsRole role : DtlsRole.values()) {
                good &= compare.many(role, loss, rounds) || loss > 10;
            }
        }
        oracle.destroy();
        System.exit(good ? 0 : 1);
    }

    private boolean many(DtlsRole role, int loss, int rounds) throws IOException, InterruptedException {
        long[] times = new long[rounds];
        int good = 0;
        TreeMap<String, Integer> wrong = new TreeMap<>();
        for (int seed = 0; seed < rounds; seed++) {
            Run run = new Run(role, seed, loss);
            String what = run.go(seed % 3 == 0 ? 600 : 1200, PROFILES.get(seed % PROFILES.size()));
            if (what.isEmpty()) {
                times[good++] = run.now;
            } else {
                wrong.merge(what.replaceAll(" at [0-9]+ ms", ""), 1, Integer::sum);
            }
        }
        Arrays.sort(times, 0, good);
        System.out.printf("we are the %s, %2d %% lost each way: %d of %d have the same keys, half of them after %d ms, all but 1 %% "
                + "after %d ms, the last after %d ms %s%n",
            role == DtlsRole.CLIENT ? "client" : "server", loss, good, rounds, good == 0 ? 0 : times[good / 2],
            good == 0 ? 0 : times[Math.max(0, good * 99 / 100 - 1)], good == 0 ? 0 : times[good - 1], wrong.isEmpty() ? "" : wrong);
        return good == rounds;
    }
}
