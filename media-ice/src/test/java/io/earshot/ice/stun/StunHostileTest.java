package io.earshot.ice.stun;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.id.IdSource;
import io.earshot.ice.agent.CandidateType;
import io.earshot.ice.agent.Candidate;
import io.earshot.ice.agent.IceAgent;
import io.earshot.ice.agent.IceConfig;
import io.earshot.ice.agent.IceCredentials;
import io.earshot.ice.agent.IceDescription;
import io.earshot.ice.agent.IceOutput;
import io.earshot.ice.agent.LocalAddress;
import io.earshot.ice.turn.TurnClient;
import io.earshot.ice.turn.TurnConfig;
import io.earshot.ice.turn.TurnOutput;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A million broken messages: a verdict for each, never an exception. */
@Tag("rfc8489")
class StunHostileTest {
    private static final InetSocketAddress PEER = new InetSocketAddress("192.0.2.9", 5000);

    private final SplittableRandom random = new SplittableRandom(2026);
    private final List<byte[]> seeds = seeds();

    private static List<byte[]> seeds() {
        StunKey key = StunKey.shortTerm("0123456789012345678901");
        StunMessage request = StunVectorsTest.parse(StunBuilder.request(Stun.BINDING, new TransactionId(1, 2)).build());
        return List.of(
            StunBuilder.request(Stun.BINDING, new TransactionId(1, 2)).text(Stun.USERNAME, "aaaa:bbbb").number(Stun.PRIORITY, 99)
                .number64(Stun.ICE_CONTROLLING, 5).flag(Stun.USE_CANDIDATE).integrity(key).fingerprint(),
            StunBuilder.success(request).xorAddress(Stun.XOR_MAPPED_ADDRESS, PEER).integrity(key).integritySha256(key).build(),
            StunBuilder.error(request, 401, "Unauthenticated").text(Stun.REALM, "r").text(Stun.NONCE, "obMatJos2AAABn")
                .bytes(Stun.PASSWORD_ALGORITHMS, new byte[] {0, 2, 0, 0, 0, 1, 0, 0}).build(),
            StunBuilder.error(request, 420, "x").unknown(List.of(1, 2, 3)).build(),
            StunBuilder.indication(Stun.DATA_METHOD, new TransactionId(3, 4)).xorAddress(Stun.XOR_PEER_ADDRESS, PEER)
                .bytes(Stun.DATA, new byte[33]).build(),
            StunBuilder.success(request).xorAddress(Stun.XOR_RELAYED_ADDRESS, PEER).number(Stun.LIFETIME, 600).build(),
            new byte[] {0x40, 0, 0, 8, 1, 2, 3, 4, 5, 6, 7, 8});
    }

    private byte[] mutant() {
        byte[] data = seeds.get(random.nextInt(seeds.size())).clone();
        int how = random.nextInt(8);
        if (how == 0) {
            data = Arrays.copyOf(data, random.nextInt(data.length + 1));
        } else if (how == 1) {
            data = Arrays.copyOf(data, data.length + random.nextInt(64));
        }
        for (int flips = random.nextInt(6); flips > 0 && data.length > 0; flips--) {
            data[random.nextInt(data.length)] = (byte) random.nextInt();
        }
        if (random.nextBoolean() && data.length >= 20) { // let it through the header, for what lies behind
            data[2] = (byte) (data.length - 20 >> 8);
            data[3] = (byte) (data.length - 20);
            System.arraycopy(new byte[] {0x21, 0x12, (byte) 0xA4, 0x42}, 0, data, 4, 4);
        }
        return data;
    }

    @Test
    void aMillionMutantsGetAVerdict() {
        int parsed = 0;
        for (int i = 0; i < 1_000_000; i++) {
            byte[] data = mutant();
            if (StunMessage.parse(data) instanceof StunResult.Parsed good) {
                parsed++;
                look(good.message(), i % 100 == 0);
            }
        }
        int count = parsed;
        assertTrue(count > 100_000 && count < 900_000, () -> "the mutants are too broken, or not enough: " + count);
    }

    private static void look(StunMessage message, boolean deep) {
        message.kind();
        message.method();
        message.mapped();
        message.error();
        message.unknown(java.util.Set.of());
        message.text(Stun.USERNAME);
        message.number(Stun.PRIORITY);
        message.xorAddresses(Stun.XOR_RELAYED_ADDRESS);
        new LongTermAuth("u", "p").challenge(message);
        if (deep) {
            message.integrity(StunKey.shortTerm("p"));
        }
    }

    @Test
    void relayAndAgentSurviveAHundredThousandMutantsEach() {
        TurnClient udp = new TurnClient(TurnConfig.udp(PEER, "u", "p"), IdSource.seeded(1));
        udp.start(0);
        IceAgent agent = new IceAgent(IceConfig.defaults().withStun(PEER).withTurn(TurnConfig.udp(PEER, "u", "p")), true,
            IdSource.seeded(2));
        InetSocketAddress local = new InetSocketAddress("192.0.2.1", 4000);
        agent.gather(List.of(new LocalAddress(1, local)), 0);
        agent.remote(new IceDescription(new IceCredentials("aaaa", "0123456789012345678901"), false, List.of(), List.of(
            Candidate.udp("1", 1, 1000, PEER, CandidateType.HOST, Optional.empty())), true, Map.of()), 0);
        for (int i = 0; i < 100_000; i++) {
            byte[] data = mutant();
            udp.received(data, 0, data.length, i * 1000L);
            for (TurnOutput output = udp.poll(); !(output instanceof TurnOutput.Wait); output = udp.poll()) {
                assertTrue(!(output instanceof TurnOutput.Data), "data of nobody");
            }
            agent.received(local, PEER, data, 0, data.length, i * 1000L);
            for (IceOutput output = agent.poll(i * 1000L); !(output instanceof IceOutput.Wait); output = agent.poll(i * 1000L)) {
                assertTrue(!(output instanceof IceOutput.Selected), "a path that nobody proved");
            }
        }
        assertTrue(udp.rejected() > 50_000);
        assertTrue(agent.counters().malformed() > 10_000);
    }

    @Test
    void aStreamOfMutantsBreaksTheConnectionAndNothingElse() {
        for (int i = 0; i < 20_000; i++) {
            TurnClient tcp = new TurnClient(TurnConfig.udp(PEER, "u", "p").withTransport(TurnConfig.Transport.TCP), IdSource.seeded(i));
            tcp.start(0);
            for (int part = 0; part < 5; part++) {
                byte[] data = mutant();
                tcp.received(data, 0, data.length, part);
            }
        }
        assertInstanceOf(StunResult.Malformed.class, StunMessage.parse(new byte[0]));
    }

    @Test
    @Tag("rfc8489")
    void shortErrorCodesAndWrongFingerprintsAreRefused() {
        StunMessage request = StunVectorsTest.parse(StunBuilder.request(1, new TransactionId(1, 2)).build());
        byte[] shortError = StunBuilder.success(request).bytes(Stun.ERROR_CODE, new byte[] {0, 0, 4}).build();
        assertEquals(Optional.empty(), StunVectorsTest.parse(shortError).error());
        byte[] flipped = StunBuilder.success(request).fingerprint();
        flipped[flipped.length - 1] ^= 1;
        assertEquals(new StunResult.Malformed("fingerprint"), StunMessage.parse(flipped));
    }

    /** As CVE-2023-22741 and GHSA-g88q-c2hm-q7p7: an attribute that says more than there is, in every place of a message. */
    @Test
    void lengthsThatReachPastTheEndAreRefusedAndNamesOfAnyLengthAreRead() {
        byte[] request = StunBuilder.request(Stun.BINDING, new TransactionId(1, 2)).text(Stun.USERNAME, "aaaa:bbbb").number(Stun.PRIORITY,
                99)
            .build();
        for (int at : new int[] {22, 22 + 16}) { // the length of either attribute
            for (int length = at == 22 ? 21 : 5; length < 65_536; length++) {
                byte[] bad = request.clone();
                bad[at] = (byte) (length >> 8);
                bad[at + 1] = (byte) length;
                assertInstanceOf(StunResult.Malformed.class, StunMessage.parse(bad), "length " + length + " at " + at);
            }
        }
        for (int length : new int[] {0, 1, 512, 513, 763, 2_000, 60_000}) {
            String name = "n".repeat(length);
            byte[] named = StunBuilder.request(Stun.BINDING, new TransactionId(1, 2)).text(Stun.USERNAME, name).build();
            assertEquals(Optional.of(name), StunVectorsTest.parse(named).text(Stun.USERNAME));
        }
    }

    /** CVE-2020-4067: what was in memory before must not travel as padding. */
    @Test
    void paddingIsZero() {
        StunBuilder builder = StunBuilder.request(Stun.BINDING, new TransactionId(1, 2));
        for (int length = 0; length < 200; length++) {
            byte[] ones = new byte[length];
            Arrays.fill(ones, (byte) 0xFF);
            builder.bytes(Stun.DATA, ones);
        }
        byte[] built = builder.build();
        int at = Stun.HEADER;
        for (int length = 0; length < 200; length++) {
            for (int padding = at + 4 + length; padding % 4 != 0; padding++) {
                assertEquals(0, built[padding], "behind " + length + " bytes");
            }
            at += 4 + (length + 3 & ~3);
        }
        assertEquals(built.length, at);
    }
}
