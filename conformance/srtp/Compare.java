import io.earshot.srtp.SrtpMasterKey;
import io.earshot.srtp.SrtpParameters;
import io.earshot.srtp.SrtpReceiver;
import io.earshot.srtp.SrtpSender;
import io.earshot.srtp.SrtpSuite;
import io.earshot.srtp.SrtpVerdict;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/** Our SRTP beside libsrtp: what each makes of the same packets must be the same bytes, and what each refuses the same packets. */
public final class Compare {
    private static final int BATCH = 5_000;
    private final DataOutputStream to;
    private final DataInputStream from;
    private final SplittableRandom random;
    private SrtpSender sender;
    private SrtpReceiver receiver;

    private record Packet(boolean rtcp, byte[] bytes) { }

    private record Delivery(long at, long order, Packet packet) { }

    private Compare(Process oracle, long seed) {
        to = new DataOutputStream(new BufferedOutputStream(oracle.getOutputStream(), 1 << 16));
        from = new DataInputStream(new BufferedInputStream(oracle.getInputStream(), 1 << 16));
        random = new SplittableRandom(seed);
    }

    public static void main(String[] args) throws Exception {
        long packets = args.length > 1 ? Long.parseLong(args[1]) : 1_000_000;
        long seed = args.length > 2 ? Long.parseLong(args[2]) : 1;
        int bad = 0;
        boolean packaged = args.length > 3 && args[3].equals("packaged");
        System.out.println("against " + new String(new ProcessBuilder(args[0], "version").start().getInputStream().readAllBytes()).strip());
        for (SrtpSuite suite : SrtpSuite.values()) {
            if (suite.keyBytes() == 24 && packaged) { // libsrtp 2.5 has no RFC 6188 for 192 bits: see docs/media-srtp.md
                System.out.println(suite + ": not compared, this libsrtp derives session keys of 192 bits in a way of its own");
                continue;
            }
            Process oracle = new ProcessBuilder(args[0]).redirectError(ProcessBuilder.Redirect.INHERIT).start();
            bad += new Compare(oracle, seed + suite.ordinal()).run(suite, packets);
            oracle.destroy();
        }
        System.exit(bad == 0 ? 0 : 1);
    }

    private void command(int what, byte[] bytes) throws IOException {
        to.write(what);
        to.writeShort(bytes.length);
        to.write(bytes);
    }

    private byte[] answer() throws IOException {
        return from.readNBytes(from.readUnsignedShort());
    }

    private int run(SrtpSuite suite, long count) throws IOException {
        byte[] both = new byte[suite.keyBytes() + suite.saltBytes()];
        random.nextBytes(both);
        byte[] setup = new byte[65];
        setup[0] = (byte) suite.ordinal();
        System.arraycopy(both, 0, setup, 1, both.length);
        command('K', setup);
        SrtpMasterKey key = SrtpMasterKey.of(suite, both);
        sender = new SrtpSender(SrtpParameters.of(suite), key);
        receiver = new SrtpReceiver(SrtpParameters.of(suite), key);
        Map<SrtpVerdict, Long> verdicts = new EnumMap<>(SrtpVerdict.class);
        PriorityQueue<Delivery> network = new PriorityQueue<>((a, b) -> a.at != b.at ? Long.compare(a.at, b.at) : Long.compare(a.order,
                b.order));
        Traffic traffic = new Traffic(random, sender);
        long differences = 0;
        long received = 0;
        long sent = 0;
        while (received < count) {
            List<Packet> clear = new ArrayList<>();
            for (int i = 0; i < BATCH; i++) {
                clear.add(traffic.next());
            }
            List<Packet> wire = new ArrayList<>();
            differences += protect(clear, wire);
            for (Packet packet : wire) {
                deliver(network, packet, sent++);
            }
            List<Packet> arrived = new ArrayList<>();
            while (!network.isEmpty() && network.peek().at <= sent && received + arrived.size() < count) {
                arrived.add(network.poll().packet);
            }
            differences += unprotect(arrived, verdicts);
            received += arrived.size();
        }
        System.out.println(suite + ": " + sent + " protected alike, " + received + " received, " + verdicts + ", differences "
                + differences);
        return differences == 0 ? 0 : 1;
    }

    private long protect(List<Packet> clear, List<Packet> wire) throws IOException {
        for (Packet packet : clear) {
            command(packet.rtcp ? 'P' : 'p', packet.bytes);
        }
        command('F', new byte[0]);
        to.flush();
        long differences = 0;
        for (Packet packet : clear) {
            byte[] buffer = Arrays.copyOf(packet.bytes, packet.bytes.length + 64);
            SrtpVerdict verdict = packet.rtcp ? sender.protectRtcp(buffer, 0, packet.bytes.length)
                : sender.protectRtp(buffer, 0, packet.bytes.length);
            byte[] ours = verdict == SrtpVerdict.OK ? Arrays.copyOf(buffer, sender.length()) : new byte[0];
            byte[] theirs = answer();
            if (!Arrays.equals(ours, theirs)) {
                differences++;
                System.out.println("protect differs: " + verdict + " " + ours.length + " and " + theirs.length + " bytes, rtcp "
                        + packet.rtcp);
            }
            if (theirs.length > 0) {
                wire.add(new Packet(packet.rtcp, theirs));
            }
        }
        return differences;
    }

    /** Loss, doubling, reordering near and far, flipped bits, truncation. */
    private void deliver(PriorityQueue<Delivery> network, Packet packet, long at) {
        int fate = random.nextInt(1000);
        if (fate < 50) {
            return;
        }
        long delay = fate < 150 ? random.nextInt(20) : fate < 250 ? random.nextInt(400) : fate < 255 ? random.nextInt(120_000) : 0;
        if (fate < 980) { // of the others a forgery comes alone, so that no replay window knows of it
            network.add(new Delivery(at + delay, 2 * at, packet));
        }
        if (fate >= 900) {
            byte[] copy = packet.bytes;
            if (fate >= 960) {
                copy = copy.clone();
                copy[random.nextInt(copy.length)] ^= 1 << random.nextInt(8);
            } else if (fate >= 940) {
                copy = Arrays.copyOf(copy, random.nextInt(copy.length));
            }
            network.add(new Delivery(at + random.nextInt(500), 2 * at + 1, new Packet(packet.rtcp, copy)));
        }
    }

    private long unprotect(List<Packet> arrived, Map<SrtpVerdict, Long> verdicts) throws IOException {
        for (Packet packet : arrived) {
            command(packet.rtcp ? 'U' : 'u', packet.bytes);
        }
        command('F', new byte[0]);
        to.flush();
        long differences = 0;
        for (Packet packet : arrived) {
            byte[] buffer = packet.bytes.clone();
            SrtpVerdict verdict = packet.rtcp ? receiver.unprotectRtcp(buffer, 0, buffer.length) : receiver.unprotectRtp(buffer, 0,
                    buffer.length);
            byte[] ours = verdict == SrtpVerdict.OK ? Arrays.copyOf(buffer, receiver.length()) : new byte[0];
            byte[] theirs = answer();
            verdicts.merge(verdict, 1L, Long::sum);
            if (!Arrays.equals(ours, theirs)) {
                differences++;
                System.out.println("unprotect differs: " + verdict + " and " + theirs.length + " bytes, rtcp " + packet.rtcp + ", "
                    + packet.bytes.length + " bytes");
            }
        }
        return differences;
    }

    /** Several sources, one after the other and at once; sequence numbers that jump, and that are used twice. */
    private static final class Traffic {
        private final SplittableRandom random;
        private final int[] ssrc = new int[5];
        private final long[] sequence = new long[5];
        private final boolean[] reported = new boolean[5];
        private final SrtpSender sender;

        Traffic(SplittableRandom random, SrtpSender sender) {
            this.random = random;
            this.sender = sender;
            for (int i = 0; i < ssrc.length; i++) {
                ssrc[i] = random.nextInt();
                sequence[i] = random.nextInt(65_536);
            }
        }

        Packet next() {
            int source = random.nextInt(10) < 8 ? 0 : random.nextInt(ssrc.length);
            if (random.nextInt(20) == 0) {
                if (!reported[source]) { // libsrtp's first SRTCP index is 1, ours 0: any peer takes both
                    reported[source] = true;
                    byte[] unused = Arrays.copyOf(packet(8, 0x80, 201, ssrc[source], 4), 80);
                    sender.protectRtcp(unused, 0, 8);
                }
                return new Packet(true, packet(8 + 4 * random.nextInt(20), 0x80, 201, ssrc[source], 4));
            }
            int dice = random.nextInt(100_000);
            if (dice < 5) {
                sequence[source] += random.nextInt(30_000);
            } else if (dice < 100) {
                sequence[source] -= random.nextInt(300);
            }
            sequence[source] = Math.max(0, sequence[source] + 1);
            byte[] rtp = packet(12 + random.nextInt(200), 0x80, random.nextInt(128), ssrc[source], 8);
            rtp[2] = (byte) (sequence[source] >> 8);
            rtp[3] = (byte) sequence[source];
            if (rtp.length > 40 && random.nextInt(4) == 0) {
                rtp[0] = (byte) 0x91; // an extension of one word and a contributing source
                rtp[18] = 0;
                rtp[19] = 1;
            }
            return new Packet(false, rtp);
        }

        private byte[] packet(int length, int first, int second, int source, int at) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            bytes[0] = (byte) first;
            bytes[1] = (byte) second;
            for (int i = 0; i < 4; i++) {
                bytes[at + i] = (byte) (source >>> 24 - 8 * i);
            }
            return bytes;
        }
    }
}
