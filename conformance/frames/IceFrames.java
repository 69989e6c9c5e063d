package io.earshot.ice.turn;

import frames.Mutants;
import io.earshot.api.id.IdSource;
import io.earshot.ice.agent.Candidate;
import io.earshot.ice.agent.CandidateType;
import io.earshot.ice.agent.IceAgent;
import io.earshot.ice.agent.IceConfig;
import io.earshot.ice.agent.IceCredentials;
import io.earshot.ice.agent.IceDescription;
import io.earshot.ice.agent.IceOutput;
import io.earshot.ice.agent.LocalAddress;
import io.earshot.ice.stun.Stun;
import io.earshot.ice.stun.StunBuilder;
import io.earshot.ice.stun.StunKey;
import io.earshot.ice.stun.StunMessage;
import io.earshot.ice.stun.StunResult;
import io.earshot.ice.stun.TransactionId;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Mutated STUN to the reader and to a whole ICE agent; mutated ChannelData and STUN to a TURN client, over datagrams and over a stream. */
public final class IceFrames {
    private static final InetSocketAddress PEER = new InetSocketAddress("192.0.2.9", 5000);
    private static final InetSocketAddress LOCAL = new InetSocketAddress("192.0.2.1", 4000);

    private IceFrames() {
    }

    private static List<byte[]> seeds() {
        StunKey key = StunKey.shortTerm("0123456789012345678901");
        StunMessage request = ((StunResult.Parsed) StunMessage.parse(StunBuilder.request(Stun.BINDING, new TransactionId(1, 2)).build()))
            .message();
        return List.of(
            StunBuilder.request(Stun.BINDING, new TransactionId(1, 2)).text(Stun.USERNAME, "aaaa:bbbb").number(Stun.PRIORITY, 99)
                .number64(Stun.ICE_CONTROLLING, 5).flag(Stun.USE_CANDIDATE).integrity(key).fingerprint(),
            StunBuilder.success(request).xorAddress(Stun.XOR_MAPPED_ADDRESS, PEER).integrity(key).integritySha256(key).build(),
            StunBuilder.error(request, 401, "Unauthenticated").text(Stun.REALM, "r").text(Stun.NONCE, "obMatJos2AAABn").build(),
            StunBuilder.indication(Stun.DATA_METHOD, new TransactionId(3, 4)).xorAddress(Stun.XOR_PEER_ADDRESS, PEER)
                .bytes(Stun.DATA, new byte[33]).build(),
            StunBuilder.success(request).xorAddress(Stun.XOR_RELAYED_ADDRESS, PEER).number(Stun.LIFETIME, 600).build());
    }

    private static byte[] framed(Mutants mutants, byte[] data) {
        if (mutants.random.nextBoolean() && data.length >= 20) { // let it through the header, for what lies behind
            data[0] &= 0x3F;
            data[2] = (byte) (data.length - 20 >> 8);
            data[3] = (byte) (data.length - 20);
            System.arraycopy(new byte[] {0x21, 0x12, (byte) 0xA4, 0x42}, 0, data, 4, 4);
        }
        return data;
    }

    public static boolean stun(long count, long seed) {
        Mutants mutants = new Mutants("STUN", count, seed);
        List<byte[]> seeds = seeds();
        IceAgent agent = new IceAgent(IceConfig.defaults().withStun(PEER), true, IdSource.seeded(seed));
        agent.gather(List.of(new LocalAddress(1, LOCAL)), 0);
        agent.remote(new IceDescription(new IceCredentials("aaaa", "0123456789012345678901"), false, List.of(), List.of(
            Candidate.udp("1", 1, 1000, PEER, CandidateType.HOST, Optional.empty())), true, Map.of()), 0);
        long[] state = new long[2];
        while (mutants.more()) {
            byte[] mutant = framed(mutants, mutants.of(seeds.get(mutants.random.nextInt(seeds.size()))));
            mutants.give(mutant, frame -> {
                long now = state[0]++ * 1000L;
                boolean parsed = StunMessage.parse(frame) instanceof StunResult.Parsed;
                agent.received(LOCAL, PEER, frame, 0, frame.length, now);
                for (IceOutput output = agent.poll(now); !(output instanceof IceOutput.Wait); output = agent.poll(now)) {
                    state[1] += output instanceof IceOutput.Selected ? 1 : 0;
                }
                return parsed ? "well-formed" : "malformed";
            });
        }
        return mutants.report() & state[1] == 0;
    }

    public static boolean channels(long count, long seed) {
        Mutants mutants = new Mutants("ChannelData", count, seed);
        List<byte[]> seeds = new java.util.ArrayList<>(seeds());
        for (int i = 0; i < 15; i++) {
            seeds.add(ChannelData.wrap(ChannelData.FIRST + i % 3, new byte[i * 11], i % 2 == 0));
        }
        TurnClient udp = client(TurnConfig.Transport.UDP, seed);
        TurnClient[] tcp = {client(TurnConfig.Transport.TCP, seed)};
        long[] state = new long[2];
        while (mutants.more()) {
            byte[] mutant = framed(mutants, mutants.of(seeds.get(mutants.random.nextInt(seeds.size()))));
            boolean stream = mutants.random.nextInt(3) == 0;
            mutants.give(mutant, frame -> {
                TurnClient client = stream ? tcp[0] : udp;
                long before = client.rejected();
                client.received(frame, 0, frame.length, state[0]++);
                for (TurnOutput output = client.poll(); !(output instanceof TurnOutput.Wait); output = client.poll()) {
                    state[1] += output instanceof TurnOutput.Data ? 1 : 0;
                }
                if (client.ended()) {
                    tcp[0] = client(TurnConfig.Transport.TCP, state[0]);
                    return "stream given up";
                }
                return client.rejected() > before ? "rejected" : "waits or ignored";
            });
        }
        return mutants.report() & state[1] == 0;
    }

    private static TurnClient client(TurnConfig.Transport transport, long seed) {
        TurnConfig config = TurnConfig.udp(PEER, "u", "p");
        TurnClient made = new TurnClient(transport == TurnConfig.Transport.UDP ? config : config.withTransport(transport),
                IdSource.seeded(seed));
        made.start(0);
        return made;
    }
}
