package io.earshot.transport.tunnel.core;

import frames.Mutants;
import io.earshot.api.id.IdSource;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Mutated frames of a tunnel to the reader, and to a whole gateway that has been greeted: nobody is let in. */
public final class TunnelFrames {
    private TunnelFrames() {
    }

    public static boolean frames(long count, long seed) {
        Mutants mutants = new Mutants("tunnel", count, seed);
        InetSocketAddress peer = new InetSocketAddress("192.0.2.9", 5000);
        byte[] key = new byte[64];
        List<byte[]> seeds = List.of(new Frame.Hello(1, new byte[16], key, "alice"), new Frame.Challenge(new byte[16], key),
            new Frame.Proof(new byte[32], new byte[16]), new Frame.Welcome(new byte[32], new byte[16], true, 30),
            new Frame.Refused(Frame.Refusal.values()[0], "why"), new Frame.Open(7, 1, 5060), new Frame.Opened(7, peer),
            new Frame.Close(7, Frame.Refusal.values()[0]), new Frame.Ping(9), new Frame.Pong(9),
            new Frame.Connect(8, peer), new Frame.Stream(8, ByteBuffer.wrap(new byte[172])),
            new Frame.Sealed(ByteBuffer.wrap(new byte[200])), new Frame.Data(7, peer, ByteBuffer.wrap(new byte[172])))
            .stream().map(FrameWriter::write).toList();
        byte[] hello = seeds.get(0);
        InetAddress from = new InetSocketAddress("192.0.2.1", 0).getAddress();
        GatewayCore gateway = new GatewayCore(new GatewayRules(Map.of("alice", "secret-of-alice-0".getBytes(StandardCharsets.UTF_8)),
            new Destinations(), new Destinations(), Duration.ofSeconds(1).toNanos(), 1, 10, 1, 1, 10_000, 50),
            IdSource.seeded(seed), () -> 0,
            (wanted, sockets, receiver) -> {
                throw new IllegalStateException("somebody was let in");
            }, link -> { });
        Seal[] opened = {new Seal(new byte[32])};
        FrameReader[] reader = {new FrameReader()};
        long[] round = new long[1];
        while (mutants.more()) {
            byte[] mutant = mutants.of(seeds.get(mutants.random.nextInt(seeds.size())));
            mutants.give(mutant, frame -> {
                long now = round[0]++ * 100_000_000_000L;
                reader[0].feed(ByteBuffer.wrap(frame));
                int read = 0;
                while (reader[0].next().isPresent()) {
                    read++;
                }
                boolean broken = reader[0].isBroken();
                if (broken || round[0] % 3 == 0) {
                    reader[0] = new FrameReader();
                }
                GatewayLink link = gateway.link(from, now).orElseThrow();
                if (round[0] % 20 == 0) { // greets, which costs an agreement on keys
                    link.onReceived(ByteBuffer.wrap(hello), now);
                }
                link.onReceived(ByteBuffer.wrap(frame), now);
                link.transmit(now);
                link.onLost(now);
                if (opened[0].open(ByteBuffer.wrap(frame)).isPresent()) {
                    throw new IllegalStateException("a box that nobody sealed was opened");
                }
                return broken ? "broken" : read > 0 ? "well-formed" : "waits for more";
            });
        }
        return mutants.report() & gateway.counters().sessions() == 0 & gateway.counters().connections() == 0;
    }
}
