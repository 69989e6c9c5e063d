import io.earshot.api.id.IdSource;
import io.earshot.rtp.secure.HandshakeOutput;
import io.earshot.rtp.secure.PacketGuard;
import io.earshot.srtp.SrtpMasterKey;
import io.earshot.srtp.SrtpParameters;
import io.earshot.srtp.SrtpReceiver;
import io.earshot.srtp.SrtpSender;
import io.earshot.srtp.SrtpSuite;
import io.earshot.srtp.SrtpVerdict;
import io.earshot.zrtp.ZrtpCache;
import io.earshot.zrtp.ZrtpSession;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;

/** Agreements on keys between ours and libbzrtp on virtual time, over a path that loses packets: same keys, same string. */
final class Compare {
    private static final long MILLI = 1_000_000;
    private static int failures;

    private final BufferedReader from;
    private final PrintStream to;
    private final Queue<byte[]> toOurs = new ArrayDeque<>();
    private String[] theirs = {};
    private Optional<PacketGuard> guard = Optional.empty();
    private String shortString = "";
    private String failure = "";
    private boolean initiator;
    private String agreement = "";

    private Compare(Process oracle) {
        from = new BufferedReader(new InputStreamReader(oracle.getInputStream()));
        to = new PrintStream(oracle.getOutputStream(), true);
    }

    public static void main(String[] arguments) throws Exception {
        String[] libraries = {"- - - -", "S256 AES1 HS32 DH3k", "S256 AES1 HS80 DH3k", "S256 AES1 HS80 DH2k",
            "S384 AES3 HS80 DH3k", "S256 AES3 HS32 DH3k"};
        int rounds = Integer.parseInt(arguments[1]);
        for (String library : libraries) {
            for (int loss : new int[] {0, 20}) {
                int began = 0;
                String agreed = "";
                String suite = "";
                for (int seed = 0; seed < rounds; seed++) {
                    Process oracle = new ProcessBuilder((arguments[0] + " " + (7 + seed) + " " + library).split(" "))
                        .redirectError(ProcessBuilder.Redirect.INHERIT).start();
                    Compare run = new Compare(oracle);
                    run.run(seed, loss);
                    oracle.destroy();
                    began += run.initiator ? 1 : 0;
                    agreed = run.agreement;
                    suite = run.guard.map(PacketGuard::suite).orElse("none");
                }
                System.out.printf("%-22s loss %2d %%: %d tried, the last %s, %s; we began %d of them%n", library, loss, rounds, agreed,
                        suite,
                    began);
            }
        }
        System.exit(failures > 0 ? 1 : 0);
    }

    private void run(int seed, int loss) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        ZrtpSession ours = new ZrtpSession(new ZrtpCache(IdSource.seeded(seed)), new ZrtpSession.Settings(List.of(), true),
            IdSource.seeded(seed + 1), new ZrtpSession.Loop(Runnable::run, () -> { }), 0);
        for (long now = 0; now < 30_000 && (theirs.length == 0 || guard.isEmpty()); now += 10) {
            tell("T " + now);
            for (byte[] packet = toOurs.poll(); packet != null; packet = toOurs.poll()) {
                note(packet, false);
                if (random.nextInt(100) >= loss) {
                    ours.received(packet, 0, packet.length);
                }
            }
            ours.onTime(now * MILLI);
            for (HandshakeOutput next = ours.poll(now * MILLI); !(next instanceof HandshakeOutput.Wait); next = ours.poll(now * MILLI)) {
                if (next instanceof HandshakeOutput.Transmit transmit) {
                    note(transmit.datagram(), true);
                    if (random.nextInt(100) >= loss) {
                        tell("P " + HexFormat.of().formatHex(transmit.datagram()));
                    }
                } else if (next instanceof HandshakeOutput.Keys keys) {
                    guard = Optional.of(keys.change().apply(guard));
                    shortString = keys.shortString().orElseThrow().text();
                } else if (next instanceof HandshakeOutput.Failed failed) {
                    failure = failed.reason();
                }
            }
        }
        String wrong = judge();
        if (!wrong.isEmpty()) {
            failures++;
            System.out.println("seed " + seed + ": " + wrong);
        }
    }

    private void note(byte[] packet, boolean sent) {
        String type = new String(packet, 16, 8, java.nio.charset.StandardCharsets.US_ASCII);
        if (type.equals("DHPart2 ")) {
            initiator = sent;
        } else if (type.equals("Commit  ")) {
            agreement = new String(packet, 68, 16, java.nio.charset.StandardCharsets.US_ASCII);
        }
    }

    private void tell(String command) throws IOException {
        to.println(command);
        for (String line = from.readLine(); line != null && !line.equals("."); line = from.readLine()) {
            if (line.startsWith("S ")) {
                toOurs.add(HexFormat.of().parseHex(line.substring(2)));
            } else if (line.startsWith("K ")) {
                theirs = line.split(" ");
            }
        }
    }

    /** Returns what is wrong: what either end protects the other's keys must open. */
    private String judge() {
        if (guard.isEmpty() || theirs.length == 0 || !failure.isEmpty()) {
            return "no keys: ours " + guard.isPresent() + ", libbzrtp's " + (theirs.length > 0) + " " + failure;
        }
        if (!shortString.equals(theirs[1])) {
            return "our string is " + shortString + ", libbzrtp's is " + theirs[1];
        }
        SrtpSuite suite = SrtpSuite.valueOf(guard.get().suite());
        SrtpParameters parameters = SrtpParameters.of(suite);
        byte[] packet = new byte[220];
        packet[0] = (byte) 0x80;
        Arrays.fill(packet, 12, 172, (byte) 7);
        byte[] clear = Arrays.copyOf(packet, 172);
        int length = guard.get().protectRtp(packet, 0, 172);
        SrtpReceiver receiver = new SrtpReceiver(parameters, SrtpMasterKey.of(suite, HexFormat.of().parseHex(theirs[3])));
        boolean out = receiver.unprotectRtp(packet, 0, length) == SrtpVerdict.OK && Arrays.equals(clear, Arrays.copyOf(packet, 172));
        SrtpSender sender = new SrtpSender(parameters, SrtpMasterKey.of(suite, HexFormat.of().parseHex(theirs[2])));
        byte[] other = Arrays.copyOf(clear, 220);
        boolean in = sender.protectRtp(other, 0, 172) == SrtpVerdict.OK && guard.get().unprotectRtp(other, 0, sender.length()) == 172
            && Arrays.equals(clear, Arrays.copyOf(other, 172));
        return out && in ? "" : "the keys differ: ours open " + in + ", libbzrtp's open " + out;
    }
}
