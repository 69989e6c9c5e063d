package io.earshot.zrtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.rtp.secure.HandshakeOutput;
import io.earshot.rtp.secure.HandshakeVerdict;
import io.earshot.rtp.secure.PacketGuard;
import io.earshot.srtp.SrtpSuite;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Agreements on keys between two of ours; those with somebody else's are in conformance/zrtp. */
@Tag("rfc6189")
class ZrtpSessionTest {
    /** What one end protects the other reads. */
    private static void assertTalk(ZrtpPair pair) {
        assertEquals("", pair.near.failure + pair.far.failure);
        assertTrue(pair.near.shortString.matches("[ybndrfg8ejkmcpqxot1uwisza345h769]{4}"), pair.near.shortString);
        assertEquals(pair.near.shortString, pair.far.shortString);
        assertTalk(pair.near.guard.orElseThrow(), pair.far.guard.orElseThrow());
        assertTalk(pair.far.guard.orElseThrow(), pair.near.guard.orElseThrow());
    }

    private static void assertTalk(PacketGuard from, PacketGuard to) {
        byte[] packet = new byte[200];
        packet[0] = (byte) 0x80;
        packet[3] = 1;
        Arrays.fill(packet, 12, 172, (byte) 0x55);
        byte[] clear = Arrays.copyOf(packet, 172);
        int length = from.protectRtp(packet, 0, 172);
        assertFalse(Arrays.equals(clear, Arrays.copyOf(packet, 172)));
        assertEquals(172, to.unprotectRtp(packet, 0, length));
        assertEquals(Arrays.toString(clear), Arrays.toString(Arrays.copyOf(packet, 172)));
    }

    @ParameterizedTest
    @EnumSource(names = {"AES_CM_128_HMAC_SHA1_80", "AES_CM_128_HMAC_SHA1_32", "AES_256_CM_HMAC_SHA1_80", "AES_256_CM_HMAC_SHA1_32"})
    void bothEndsAgreeOnTheSuiteThatWhoeverBeginsPrefers(SrtpSuite suite) {
        ZrtpPair pair = new ZrtpPair(new ZrtpPair.End(new ZrtpCache(IdSource.seeded(1)), List.of(suite), 3),
            new ZrtpPair.End(new ZrtpCache(IdSource.seeded(2)), List.of(suite), 4), 5, 0).run();
        assertTalk(pair);
        assertEquals(suite.name(), pair.near.guard.orElseThrow().suite());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 30})
    void lostDoubledAndReorderedPacketsAreMadeUpFor(int loss) {
        for (long seed = 0; seed < 5; seed++) {
            assertTalk(ZrtpPair.of(seed * 10, loss).run());
        }
    }

    @Test
    void aSecretKeptOfAnEarlierCallGoesIntoTheNextAndIsMissedWhereItWasLost() {
        ZrtpCache near = new ZrtpCache(IdSource.seeded(1));
        ZrtpCache far = new ZrtpCache(IdSource.seeded(2));
        ZrtpPair first = pair(near, far, 10);
        assertTalk(first);
        assertFalse(first.near.session.secretForgotten());
        ZrtpPair second = pair(near, far, 20);
        assertTalk(second);
        assertFalse(second.near.session.secretForgotten() || second.far.session.secretForgotten());
        assertEquals(2, near.secrets(far.zid()).size());
        assertEquals(Arrays.toString(near.secrets(far.zid()).get(0)), Arrays.toString(far.secrets(near.zid()).get(0)));
        ZrtpCache impostor = new ZrtpCache(IdSource.seeded(2));
        ZrtpPair third = pair(near, impostor, 30);
        assertTalk(third);
        assertTrue(third.near.session.secretForgotten());
        assertNotEquals(first.near.shortString, second.near.shortString);
    }

    private static ZrtpPair pair(ZrtpCache near, ZrtpCache far, long seed) {
        return new ZrtpPair(new ZrtpPair.End(near, List.of(), seed), new ZrtpPair.End(far, List.of(), seed + 1), seed, 0).run();
    }

    @Test
    void nobodyInBetweenCanChangeAMessage() {
        SplittableRandom random = new SplittableRandom(7);
        for (String type : new String[] {"Commit", "DHPart1", "DHPart2", "Confirm1", "Confirm2"}) {
            ZrtpPair pair = ZrtpPair.of(77, 0).between(bytes -> {
                byte[] message = ZrtpFrame.message(bytes, 0, bytes.length).orElseThrow();
                if (!ZrtpFrame.type(message).equals(type)) {
                    return bytes;
                }
                message[12 + random.nextInt(message.length - 12)] ^= (byte) (1 << random.nextInt(8));
                return ZrtpFrame.packet(1, 2, message);
            });
            pair.run();
            boolean sent = !pair.far.failure.isEmpty();
            assertTrue(sent || pair.near.shortString.equals(pair.far.shortString), type);
            assertTrue(!sent || pair.far.guard.isEmpty(), type + " was changed, and there are keys");
        }
    }

    @Test
    void aPeerWithoutZrtpIsToldOfOnlyWhereItIsRequired() {
        for (boolean required : new boolean[] {true, false}) {
            ZrtpSession session = new ZrtpSession(new ZrtpCache(IdSource.seeded(1)), new ZrtpSession.Settings(List.of(), required),
                IdSource.seeded(2), new ZrtpSession.Loop(Runnable::run, () -> { }), 0);
            int hellos = 0;
            String failure = "";
            for (long now = 0; now < 10 * Ticker.SECOND; now += 10 * Ticker.MILLISECOND) {
                session.onTime(now);
                for (HandshakeOutput next = session.poll(now); !(next instanceof HandshakeOutput.Wait); next = session.poll(now)) {
                    hellos += next instanceof HandshakeOutput.Transmit ? 1 : 0;
                    failure = next instanceof HandshakeOutput.Failed failed ? failed.reason() : failure;
                }
            }
            assertEquals(20, hellos);
            assertEquals(required ? "no keys by ZRTP: the peer does not speak ZRTP" : "", failure);
        }
    }

    @Test
    void mutatedPacketsAreDroppedWithoutHarm() {
        SplittableRandom random = new SplittableRandom(3);
        for (int round = 0; round < 20; round++) {
            ZrtpPair pair = ZrtpPair.of(round, 0).between(bytes -> {
                byte[] copy = Arrays.copyOf(bytes, random.nextInt(4) == 0 ? random.nextInt(bytes.length + 1) : bytes.length);
                for (int i = 0; copy.length > 0 && i < random.nextInt(3); i++) {
                    copy[random.nextInt(copy.length)] = (byte) random.nextInt();
                }
                // Sometimes with a checksum that fits, so that it gets further.
                return copy.length > 28 && copy.length % 4 == 0 && random.nextBoolean()
                    ? ZrtpFrame.packet(1, 2, Arrays.copyOfRange(copy, 12, copy.length - 4)) : copy;
            });
            pair.run();
            assertTrue(pair.far.guard.isEmpty() || pair.near.guard.isEmpty() || pair.near.shortString.equals(pair.far.shortString));
        }
    }

    @Test
    void publicValuesThatGiveTheSecretAwayAreRefused() {
        for (ZrtpAgreement agreement : ZrtpAgreement.values()) {
            var own = agreement.generate();
            byte[] one = new byte[agreement.publicBytes];
            assertTrue(agreement.secret(own, one).isEmpty(), "0");
            one[one.length - 1] = 1;
            assertTrue(agreement.secret(own, one).isEmpty(), "1, or off the curve");
            assertTrue(agreement.secret(own, new byte[7]).isEmpty());
            var peer = agreement.generate();
            assertEquals(Arrays.toString(agreement.secret(own, agreement.publicValue(peer)).orElseThrow()),
                Arrays.toString(agreement.secret(peer, agreement.publicValue(own)).orElseThrow()));
        }
        for (ZrtpAgreement agreement : List.of(ZrtpAgreement.DH2K, ZrtpAgreement.DH3K)) {
            byte[] most = agreement.modulus().subtract(BigInteger.ONE).toByteArray();
            assertTrue(agreement.secret(agreement.generate(), Arrays.copyOfRange(most, most.length - agreement.publicBytes, most.length))
                .isEmpty(), "p - 1");
        }
    }

    @Test
    void theGroupsAreThoseOfRfc3526() {
        assertGroup(ZrtpAgreement.DH2K, 512, "15728e5a8aacaa68ffffffffffffffff");
        assertGroup(ZrtpAgreement.DH3K, 768, "4b82d120a93ad2caffffffffffffffff");
    }

    private static void assertGroup(ZrtpAgreement agreement, int digits, String end) {
        String hex = agreement.modulus().toString(16);
        assertEquals(digits, hex.length());
        assertTrue(hex.startsWith("ffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd1"), hex);
        assertTrue(hex.endsWith(end), hex);
        assertTrue(agreement.modulus().isProbablePrime(4) && agreement.modulus().shiftRight(1).isProbablePrime(4));
    }

    @Test
    void theShortStringIsTheFirstTwentyBits() {
        assertEquals("yyyy", ZrtpSecrets.base32(new byte[4]));
        assertEquals("9999", ZrtpSecrets.base32(new byte[] {-1, -1, -1, -1}));
        assertEquals("ybnd", ZrtpSecrets.base32(new byte[] {0x00, 0x44, 0x30, 0}));
    }

    /** RFC 6189 §4.1.2: the faster of what each prefers, whoever begins. */
    @ParameterizedTest
    @CsvSource({"DH2k DH3k, DH2k", "DH3k DH2k, DH3k", "DH3k EC25, EC25", "EC38 DH3k, DH3k", "EC38, DH3k", "'', DH3k", "XXXX DH2k, DH2k"})
    void bothEndsChooseTheSameKeyAgreementWhateverEachPrefers(String theirs, String chosen) {
        ZrtpPreferences ours = ZrtpPreferences.of(List.of());
        List<String> agreements = theirs.isEmpty() ? List.of() : List.of(theirs.split(" "));
        ZrtpHello peer = new ZrtpHello(new byte[0], new byte[0], new byte[12], false,
            List.of(List.of("S256"), List.of("AES1"), List.of("HS80"), agreements, List.of("B32 ")));
        assertEquals(chosen, ZrtpChoice.choose(ours, peer).agreement().code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DH2k", "DH3k", "EC25", "EC38"})
    void whateverTheInitiatorChoosesIsAgreedOnAlsoWhereBothBeginAtOnceWithAnother(String agreement) {
        for (long seed = 0; seed < 4; seed++) {
            ZrtpPair pair = new ZrtpPair(new ZrtpPair.End(new ZrtpCache(IdSource.seeded(seed)), agreement, seed + 100),
                new ZrtpPair.End(new ZrtpCache(IdSource.seeded(seed + 1)), List.of(), seed + 200), seed, seed < 2 ? 0 : 25).run();
            assertTalk(pair);
        }
    }

    @Test
    void aHelloThatIsNotTheOneOfTheSdpIsDroppedAndTheReasonSaysSo() {
        ZrtpExchange near = exchange(1);
        ZrtpExchange far = exchange(2);
        ZrtpExchange impostor = exchange(3);
        for (ZrtpExchange comes : List.of(far, impostor)) {
            List<String> told = far.offer();
            assertTrue(told.get(0).matches("zrtp-hash:1\\.10 [0-9a-f]{64}"), told.toString());
            ZrtpSession ours = session(near.answer(List.of(), told));
            ZrtpSession theirs = session(comes.answer(List.of(), List.of()));
            ZrtpSession nobody = session(exchange(9).answer(List.of(), List.of()));
            String failure = "";
            for (long now = 0; now < 10 * Ticker.SECOND; now += 10 * Ticker.MILLISECOND) {
                failure += run(theirs, ours, now) + run(ours, nobody, now);
            }
            boolean good = comes == far;
            assertEquals(good, ours.dropped() == 0, "dropped " + ours.dropped());
            assertEquals(good, failure.contains("does not answer"), failure);
            assertEquals(!good, failure.contains("the Hello that came is not the one that the peer's SDP tells of"), failure);
        }
    }

    private static ZrtpExchange exchange(long seed) {
        return new ZrtpExchange(new ZrtpCache(IdSource.seeded(seed)), new ZrtpSession.Settings(List.of(), true), IdSource.seeded(seed + 50),
            Runnable::run);
    }

    private static ZrtpSession session(HandshakeVerdict verdict) {
        return (ZrtpSession) ((HandshakeVerdict.Agreed) verdict).change().apply(Optional.empty(), () -> { }, 0);
    }

    /** Brings what one sends to the other; returns why it failed. */
    private static String run(ZrtpSession from, ZrtpSession to, long now) {
        String failure = "";
        from.onTime(now);
        for (HandshakeOutput next = from.poll(now); !(next instanceof HandshakeOutput.Wait); next = from.poll(now)) {
            if (next instanceof HandshakeOutput.Transmit transmit) {
                to.received(transmit.datagram(), 0, transmit.datagram().length);
            }
            failure = next instanceof HandshakeOutput.Failed failed ? failed.reason() : failure;
        }
        return failure;
    }

    @Test
    void suitesThatZrtpDoesNotHaveAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> ZrtpPreferences.of(List.of(SrtpSuite.AEAD_AES_128_GCM)));
    }
}
