package io.earshot.srtp.guard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.id.IdSource;
import io.earshot.rtp.secure.KeyExchange;
import io.earshot.rtp.secure.KeyExchangeProvider;
import io.earshot.rtp.secure.KeyPolicy;
import io.earshot.rtp.secure.KeyPolicy.Demand;
import io.earshot.rtp.secure.KeyVerdict;
import io.earshot.rtp.secure.KeyVerdict.Secured;
import io.earshot.rtp.secure.PacketGuard;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("rfc4568")
class SdesKeysTest {
    private static final String SAVP = "RTP/SAVP";
    private static final int PACKET = 172;
    private static final int ROOM = 256;
    private final KeyExchangeProvider provider = new SrtpKeyProvider();
    private final KeyExchange bob = exchange(Demand.WHEN_OFFERED, 2);
    private Optional<PacketGuard> alices = Optional.empty();
    private Optional<PacketGuard> bobs = Optional.empty();

    private KeyExchange exchange(Demand demand, long seed, String... suites) {
        return provider.sdes(new KeyPolicy(demand, List.of(suites), false), IdSource.seeded(seed));
    }

    private void agree(KeyExchange offerer) {
        Secured answered = assertInstanceOf(Secured.class, bob.answer(SAVP, offerer.offer(true), true));
        Secured accepted = assertInstanceOf(Secured.class, offerer.accept(SAVP, List.of(answered.answer().orElseThrow())));
        alices = Optional.of(accepted.change().apply(alices));
        bobs = Optional.of(answered.change().apply(bobs));
    }

    private static byte[] rtp(int sequence) {
        byte[] packet = new byte[ROOM];
        Arrays.fill(packet, 12, PACKET, (byte) 0x55);
        packet[0] = (byte) 0x80;
        packet[2] = (byte) (sequence >> 8);
        packet[3] = (byte) sequence;
        packet[11] = 7;
        return packet;
    }

    private byte[] sent(int sequence) {
        byte[] packet = rtp(sequence);
        int length = alices.orElseThrow().protectRtp(packet, 0, PACKET);
        assertTrue(length > PACKET && length <= PACKET + alices.orElseThrow().overhead(), () -> "length " + length);
        return Arrays.copyOf(packet, length);
    }

    private void heard(byte[] packet, int sequence) {
        byte[] copy = packet.clone();
        assertEquals(PACKET, bobs.orElseThrow().unprotectRtp(copy, 0, copy.length));
        assertArrayEquals(Arrays.copyOf(rtp(sequence), PACKET), Arrays.copyOf(copy, PACKET));
    }

    @ParameterizedTest
    @ValueSource(strings = {"AES_CM_128_HMAC_SHA1_80", "AES_CM_128_HMAC_SHA1_32", "AES_256_CM_HMAC_SHA1_80", "AEAD_AES_128_GCM",
        "AEAD_AES_256_GCM"})
    void soundAndReportsPassUnderEachSuiteAndAForgedPacketDoesNot(String suite) {
        agree(exchange(Demand.REQUIRED, 1, suite));
        assertEquals(suite, alices.orElseThrow().suite());
        byte[] packet = sent(1);
        assertFalse(Arrays.equals(Arrays.copyOfRange(rtp(1), 12, PACKET), Arrays.copyOfRange(packet, 12, PACKET)));
        byte[] forged = packet.clone();
        forged[20] ^= 1;
        assertEquals(PacketGuard.REFUSED, bobs.orElseThrow().unprotectRtp(forged, 0, forged.length));
        heard(packet, 1);
        assertEquals(PacketGuard.REFUSED, bobs.orElseThrow().unprotectRtp(packet, 0, packet.length), "a replay");
        byte[] report = new byte[ROOM];
        report[0] = (byte) 0x80;
        report[1] = (byte) 201;
        report[3] = 1;
        int length = alices.orElseThrow().protectRtcp(report, 0, 8);
        assertTrue(length > 8);
        assertEquals(8, bobs.orElseThrow().unprotectRtcp(report, 0, length));
    }

    @Test
    void aLaterOfferKeepsTheGuardAndItsReplayWindow() {
        KeyExchange alice = exchange(Demand.REQUIRED, 1);
        agree(alice);
        PacketGuard first = bobs.orElseThrow();
        byte[] packet = sent(1);
        heard(packet, 1);
        agree(alice);
        assertSame(first, bobs.orElseThrow());
        assertEquals(PacketGuard.REFUSED, first.unprotectRtp(packet, 0, packet.length), "a replay");
        heard(sent(2), 2);
    }

    @Test
    void newKeysTakeOverAndPacketsUnderWayAreStillHeard() {
        KeyExchange alice = exchange(Demand.REQUIRED, 1);
        agree(alice);
        heard(sent(1), 1);
        byte[] underWay = sent(2);
        alice.renew();
        bob.renew();
        agree(alice);
        heard(sent(3), 3);
        heard(underWay, 2);
    }

    @Test
    void anotherSuiteAndBackNeverUsesAnIndexTwice() {
        KeyExchange alice = exchange(Demand.REQUIRED, 1, "AES_CM_128_HMAC_SHA1_80", "AEAD_AES_128_GCM");
        List<String> offer = alice.offer(true);
        Secured sha = fork(alice, offer.get(0), 3);
        Secured gcm = fork(alice, offer.get(1), 4);
        PacketGuard guard = sha.change().apply(Optional.empty());
        assertTrue(guard.protectRtp(rtp(1), 0, PACKET) > 0);
        guard = gcm.change().apply(Optional.of(guard));
        assertEquals("AEAD_AES_128_GCM", guard.suite());
        guard = sha.change().apply(Optional.of(guard));
        assertEquals(PacketGuard.REFUSED, guard.protectRtp(rtp(1), 0, PACKET));
        assertTrue(guard.protectRtp(rtp(2), 0, PACKET) > 0);
    }

    private Secured fork(KeyExchange alice, String line, long seed) {
        Secured answered = (Secured) exchange(Demand.WHEN_OFFERED, seed).answer(SAVP, List.of(line), true);
        return assertInstanceOf(Secured.class, alice.accept(SAVP, List.of(answered.answer().orElseThrow())));
    }

    @Test
    void whatIsRequiredIsRefusedInClear() {
        KeyExchange alice = exchange(Demand.REQUIRED, 1);
        assertTrue(alice.offersSecureProfile());
        assertEquals(List.of(), alice.offer(false), "keys stay out of signalling in clear");
        assertInstanceOf(KeyVerdict.Refused.class, alice.answer("RTP/AVP", List.of(), true));
        assertInstanceOf(KeyVerdict.InClear.class, bob.answer("RTP/AVP", List.of(), true));
    }

    @Test
    void anUnknownSuiteIsNamed() {
        String message = assertThrows(IllegalArgumentException.class, () -> exchange(Demand.REQUIRED, 1, "ROT_13")).getMessage();
        assertTrue(message.startsWith("SRTP suite 'ROT_13' is not one of [AES_CM_128_HMAC_SHA1_80"), message);
    }
}
