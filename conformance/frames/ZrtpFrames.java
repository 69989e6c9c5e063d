package io.earshot.zrtp;

import frames.Mutants;
import io.earshot.api.id.IdSource;
import io.earshot.rtp.secure.HandshakeOutput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Mutated ZRTP packets at each step of an agreement, half of them with a checksum that fits. */
public final class ZrtpFrames {
    private ZrtpFrames() {
    }

    public static boolean run(long count, long seed) {
        Mutants mutants = new Mutants("ZRTP", count, seed);
        ZrtpCache ours = new ZrtpCache(IdSource.seeded(seed));
        ZrtpCache theirs = new ZrtpCache(IdSource.seeded(seed + 1));
        long[] wrong = new long[1];
        for (long round = 0; mutants.more(); round++) {
            ZrtpSession near = session(ours, seed + 2 * round);
            ZrtpSession far = session(theirs, seed + 2 * round + 1);
            List<byte[]> told = new ArrayList<>();
            int steps = mutants.random.nextInt(12);
            for (int step = 0; step < steps; step++) {
                pass(far, near, told);
                pass(near, far, new ArrayList<>());
            }
            pass(far, near, told);
            boolean secure = near.shortString().isPresent();
            for (int i = 0; i < 2_000 && mutants.more(); i++) {
                byte[] packet = mutants.of(told.get(mutants.random.nextInt(told.size())));
                byte[] mutant = packet.length > 32 && packet.length % 4 == 0 && mutants.random.nextBoolean()
                    ? ZrtpFrame.packet(1, 2, Arrays.copyOfRange(packet, 12, packet.length - 4)) : packet;
                long before = near.dropped();
                mutants.give(mutant, frame -> {
                    near.received(frame, 0, frame.length);
                    return near.dropped() > before ? "dropped" : "taken";
                });
                if (!secure) {
                    wrong[0] += pass(near, far, new ArrayList<>(), false);
                } else {
                    pass(near, far, new ArrayList<>(), false);
                }
            }
        }
        boolean good = mutants.report();
        if (wrong[0] > 0) {
            System.out.println("ZRTP: keys by mutants alone, " + wrong[0] + " times");
        }
        return good && wrong[0] == 0;
    }

    private static ZrtpSession session(ZrtpCache cache, long seed) {
        return new ZrtpSession(cache, new ZrtpSession.Settings(List.of(), true), IdSource.seeded(seed),
            new ZrtpSession.Loop(Runnable::run, () -> { }), 0);
    }

    private static void pass(ZrtpSession from, ZrtpSession to, List<byte[]> kept) {
        pass(from, to, kept, true);
    }

    /** Returns how many keys came out. */
    private static int pass(ZrtpSession from, ZrtpSession to, List<byte[]> kept, boolean deliver) {
        int keys = 0;
        for (HandshakeOutput next = from.poll(0); !(next instanceof HandshakeOutput.Wait); next = from.poll(0)) {
            if (next instanceof HandshakeOutput.Transmit transmit) {
                kept.add(transmit.datagram());
                if (deliver) {
                    to.received(transmit.datagram(), 0, transmit.datagram().length);
                }
            }
            keys += next instanceof HandshakeOutput.Keys ? 1 : 0;
        }
        return keys;
    }
}
