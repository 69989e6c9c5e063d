package io.earshot.srtp.dtls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.srtp.SrtpSuite;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("rfc5763")
@Tag("rfc5764")
@Tag("rfc6347")
@Timeout(30)
class DtlsSessionTest {
    private static final ExecutorService WORKERS = Executors.newCachedThreadPool();
    private static final DtlsIdentity ALICE = DtlsIdentity.generate(IdSource.seeded(1), Instant.parse("2026-01-01T00:00:00Z"));
    private static final DtlsIdentity BOB = DtlsIdentity.generate(IdSource.seeded(2), Instant.parse("2026-01-01T00:00:00Z"));

    /** An alert in clear does not end a handshake at once, only its time does. */
    private static final DtlsSettings BRIEF = new DtlsSettings(DtlsSettings.DEFAULT.suites(), DtlsSettings.DEFAULT.resend(),
        DtlsSettings.DEFAULT.maxResend(), Ticker.SECOND);

    @AfterAll static void endWorkers() {
        WORKERS.shutdownNow();
    }

    private static void assertAgreed(Pair pair, SrtpSuite suite) {
        DtlsOutput.Established client = assertInstanceOf(DtlsOutput.Established.class, pair.clientHeard.get(0),
            () -> pair.clientHeard + " " + pair.serverHeard);
        DtlsOutput.Established server = assertInstanceOf(DtlsOutput.Established.class, pair.serverHeard.get(0));
        assertEquals(suite, client.suite());
        assertEquals(suite, server.suite());
        assertEquals(client.sendKey(), server.receiveKey());
        assertEquals(client.receiveKey(), server.sendKey());
        assertFalse(client.sendKey().equals(client.receiveKey()));
    }

    private static DtlsFailure failure(List<DtlsOutput> heard) {
        return assertInstanceOf(DtlsOutput.Failed.class, heard.get(0)).failure();
    }

    @ParameterizedTest @EnumSource(names = {"AES_CM_128_HMAC_SHA1_80", "AES_CM_128_HMAC_SHA1_32", "AEAD_AES_128_GCM", "AEAD_AES_256_GCM"})
    void bothSidesHaveTheSameKeys(SrtpSuite suite) throws InterruptedException {
        Pair pair = Pair.of(ALICE, BOB, DtlsSettings.DEFAULT.withSuites(List.of(suite)), WORKERS, 1, 0);
        pair.start();
        pair.run();
        assertAgreed(pair, suite);
        assertTrue(pair.now < 200 * Ticker.MILLISECOND, "nothing was sent twice");
    }

    @ParameterizedTest @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void theHandshakeOutlivesLossAndReordering(long seed) throws InterruptedException {
        Pair pair = Pair.of(ALICE, BOB, DtlsSettings.DEFAULT, WORKERS, seed, 30);
        pair.start();
        pair.run();
        assertAgreed(pair, SrtpSuite.AEAD_AES_128_GCM);
    }

    /** OpenSSL repeats a flight record by record: the change of keys may come before what it follows, and what follows it before it. */
    @ParameterizedTest @ValueSource(longs = {6, 7, 8})
    void recordsMayComeInAnyOrderAndOneByOne(long seed) throws InterruptedException {
        Pair pair = Pair.of(ALICE, BOB, DtlsSettings.DEFAULT, WORKERS, seed, 10);
        pair.split = true;
        pair.start();
        pair.run();
        assertAgreed(pair, SrtpSuite.AEAD_AES_128_GCM);
        assertTrue(pair.now < 3 * Ticker.SECOND, pair.now / Ticker.MILLISECOND + " ms");
    }

    /** Some peers wait seconds before they repeat theirs. */
    @Test void theLastFlightIsSentAFewTimesMoreUnaskedAndOnceWheneverThePeerRepeatsAnythingOfTheHandshake() throws InterruptedException {
        Pair pair = Pair.of(ALICE, BOB, DtlsSettings.DEFAULT, WORKERS, 1, 0);
        pair.start();
        pair.run();
        long now = pair.now;
        byte[] last = new byte[0];
        for (int again = 0; again < 3; again++) {
            now = resendAt(pair.server, now);
            pair.server.onTime(now);
            List<byte[]> flight = flight(pair.server, now);
            assertEquals(1, flight.size());
            last = flight.get(0);
        }
        assertEquals(Ticker.NEVER, resendAt(pair.server, now));
        assertEquals(20, last[0], "it begins with the change of keys");
        byte[] finished = last.clone(); // any record of a handshake will do
        finished[0] = 22;
        finished[13] = 16;
        now += Ticker.SECOND;
        for (int record = 0; record < 5; record++) {
            pair.server.onPacket(finished, 0, finished.length);
        }
        List<byte[]> answer = flight(pair.server, now);
        assertEquals(1, answer.size());
        assertArrayEquals(last, answer.get(0));
        pair.server.onPacket(finished, 0, finished.length);
        assertTrue(flight(pair.server, now + 10 * Ticker.MILLISECOND).isEmpty(), "not for every one of many");
    }

    @Test void aFlightThatAnswersThePeerIsRepeatedAsSoonAsTheFirstWasHoweverLongThatTook() throws InterruptedException {
        Pair pair = Pair.of(ALICE, BOB, DtlsSettings.DEFAULT, WORKERS, 1, 0);
        pair.server.start(0);
        pair.server.settle();
        pair.client.start(0);
        pair.client.settle();
        List<byte[]> hello = flight(pair.client, 0);
        long now = 0;
        while (now < 5 * Ticker.SECOND) {
            now = resendAt(pair.client, now);
            pair.client.onTime(now);
            pair.client.settle();
            hello = flight(pair.client, now);
        }
        assertEquals(now + DtlsSettings.DEFAULT.maxResend(), resendAt(pair.client, now), "the first flight alone waits that long");
        give(pair.server, hello);
        give(pair.client, flight(pair.server, now));
        assertFalse(flight(pair.client, now).isEmpty());
        assertEquals(now + DtlsSettings.DEFAULT.resend(), resendAt(pair.client, now));
    }

    private static void give(DtlsSession session, List<byte[]> datagrams) throws InterruptedException {
        for (byte[] datagram : datagrams) {
            session.onPacket(datagram, 0, datagram.length);
            session.settle();
        }
    }

    private static List<byte[]> flight(DtlsSession session, long now) {
        List<byte[]> out = new ArrayList<>();
        for (DtlsOutput next = session.poll(now); next instanceof DtlsOutput.Transmit transmit; next = session.poll(now)) {
            out.add(transmit.datagram());
        }
        return out;
    }

    private static long resendAt(DtlsSession session, long now) {
        return assertInstanceOf(DtlsOutput.Wait.class, session.poll(now)).deadline();
    }

    @Test void aWrongFingerprintEndsTheHandshakeWithItsReason() throws InterruptedException {
        Pair pair = new Pair(
            new DtlsSession(DtlsRole.CLIENT, ALICE, List.of(ALICE.fingerprint(Fingerprint.Hash.SHA_256)), DtlsSettings.DEFAULT,
                WORKERS, () -> { }),
            new DtlsSession(DtlsRole.SERVER, BOB, List.of(ALICE.fingerprint(Fingerprint.Hash.SHA_256)), BRIEF, WORKERS, () -> { }), 1, 0);
        pair.start();
        pair.run();
        DtlsFailure failure = failure(pair.clientHeard);
        assertEquals(DtlsFailure.Cause.WRONG_FINGERPRINT, failure.cause());
        assertEquals("the peer's certificate is not the one announced in SDP: announced " + ALICE.fingerprint(Fingerprint.Hash.SHA_256)
            + ", presented " + BOB.fingerprint(Fingerprint.Hash.SHA_256), failure.reason());
        assertEquals(new DtlsFailure(DtlsFailure.Cause.REFUSED_BY_PEER,
                "no DTLS handshake within 1 s: the peer refused: bad_certificate(42)"),
            failure(pair.serverHeard));
    }

    @Test void theServerChecksTheClientToo() throws InterruptedException {
        Pair pair = Pair.of(ALICE, BOB, BRIEF, WORKERS, 1, 0);
        Pair wrong = new Pair(pair.client, new DtlsSession(DtlsRole.SERVER, BOB, List.of(BOB.fingerprint(Fingerprint.Hash.SHA_384)),
            DtlsSettings.DEFAULT, WORKERS, () -> { }), 1, 0);
        wrong.start();
        wrong.run();
        assertEquals(DtlsFailure.Cause.WRONG_FINGERPRINT, failure(wrong.serverHeard).cause());
        assertEquals(DtlsFailure.Cause.REFUSED_BY_PEER, failure(wrong.clientHeard).cause());
    }

    @Test void nothingInCommonIsSaid() throws InterruptedException {
        List<Fingerprint> any = List.of();
        DtlsSettings one = BRIEF.withSuites(List.of(SrtpSuite.AEAD_AES_256_GCM));
        DtlsSettings other = DtlsSettings.DEFAULT.withSuites(List.of(SrtpSuite.AES_CM_128_HMAC_SHA1_80));
        Pair pair = new Pair(new DtlsSession(DtlsRole.CLIENT, ALICE, any, one, WORKERS, () -> { }),
            new DtlsSession(DtlsRole.SERVER, BOB, any, other, WORKERS, () -> { }), 1, 0);
        pair.start();
        pair.run();
        assertEquals(new DtlsFailure(DtlsFailure.Cause.NOTHING_IN_COMMON, "no SRTP protection profile in common with the peer"),
            failure(pair.serverHeard));
        assertEquals(DtlsFailure.Cause.REFUSED_BY_PEER, failure(pair.clientHeard).cause());
    }

    /** RFC 5763 §5: the handshake may be over before the answer with the fingerprint arrives. Until then there is no key. */
    @Test void aHandshakeFasterThanTheAnswerIsJudgedByIt() throws InterruptedException {
        for (boolean right : new boolean[] {true, false}) {
            Pair pair = new Pair(
                new DtlsSession(DtlsRole.CLIENT, ALICE, List.of(BOB.fingerprint(Fingerprint.Hash.SHA_256)), DtlsSettings.DEFAULT, WORKERS,
                    () -> { }),
                new DtlsSession(DtlsRole.SERVER, BOB, List.of(), DtlsSettings.DEFAULT, WORKERS, () -> { }), 1, 0);
            pair.start();
            for (int i = 0; i < 20; i++) {
                pair.now += Ticker.MILLISECOND;
            }
            pair.serverHeard.add(new DtlsOutput.Wait(0)); // lets run() end when the client is done
            pair.run();
            assertEquals(1, pair.serverHeard.size(), "no key without a fingerprint");
            pair.serverHeard.clear();
            pair.server.expect(List.of((right ? ALICE : BOB).fingerprint(Fingerprint.Hash.SHA_256)));
            pair.drain();
            if (right) {
                assertAgreed(pair, SrtpSuite.AEAD_AES_128_GCM);
            } else {
                assertEquals(DtlsFailure.Cause.WRONG_FINGERPRINT, failure(pair.serverHeard).cause());
            }
        }
    }

    @Test void silenceEndsInATimeOutAfterAFewFlights() throws InterruptedException {
        DtlsSettings brief = new DtlsSettings(DtlsSettings.DEFAULT.suites(), DtlsSettings.DEFAULT.resend(),
            DtlsSettings.DEFAULT.maxResend(), 12 * Ticker.SECOND); // each repetition takes twice the real time of the one before
        Pair pair = Pair.of(ALICE, BOB, brief, WORKERS, 1, 100);
        pair.start();
        pair.run();
        assertEquals(12 * Ticker.SECOND, pair.now);
        assertEquals(new DtlsFailure(DtlsFailure.Cause.TIMEOUT,
            "no DTLS handshake within 12 s: the peer does not answer on the media port"),
            failure(pair.clientHeard));
        assertEquals(7, pair.sent, "at 0, 0.2, 0.6, 1.4, 3, 6.2 and 10.2 s");
    }

    /** A peer like OpenSSL, which waits 1, 2, 4, 8 and 16 s, has sent its flight six times before we give up. */
    @Test void theTimeToGiveUpLetsSlowPeersTrySixTimes() {
        assertTrue(DtlsSettings.DEFAULT.timeout() > (1 + 2 + 4 + 8 + 16 + 2) * Ticker.SECOND);
    }

    @Test void theFarewellIsHeard() throws InterruptedException {
        Pair pair = Pair.of(ALICE, BOB, DtlsSettings.DEFAULT, WORKERS, 1, 0);
        pair.start();
        pair.run();
        pair.client.close();
        pair.client.settle();
        pair.drain();
        pair.run();
        assertInstanceOf(DtlsOutput.Closed.class, pair.serverHeard.get(1));
    }

    @Test void closingEarlyIsAFailureOfItsOwn() throws InterruptedException {
        Pair pair = Pair.of(ALICE, BOB, DtlsSettings.DEFAULT, WORKERS, 1, 0);
        pair.start();
        pair.client.close();
        pair.client.settle();
        pair.drain();
        assertEquals(DtlsFailure.Cause.CANCELLED, failure(pair.clientHeard).cause());
        pair.server.close();
        pair.server.settle();
    }

    /** A stranger's bytes, well-formed records among them, neither end the handshake nor make it send without bound. */
    @Test void junkNeitherHarmsNorIsAnsweredWithoutBound() throws InterruptedException {
        Pair pair = Pair.of(ALICE, BOB, DtlsSettings.DEFAULT, WORKERS, 1, 0);
        pair.server.start(0);
        pair.server.settle();
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 2_000; i++) {
            byte[] junk = new byte[13 + random.nextInt(60)];
            random.nextBytes(junk);
            if (i % 2 == 0) { // a record of epoch 1, which nobody can have the keys of
                junk[0] = (byte) (20 + random.nextInt(4));
                junk[1] = (byte) 0xFE;
                junk[2] = (byte) 0xFD;
                junk[3] = 0;
                junk[4] = 1;
                junk[11] = 0;
                junk[12] = (byte) (junk.length - 13);
            }
            long before = pair.server.dropped();
            pair.server.onPacket(junk, 0, junk.length);
            if (pair.server.dropped() == before) {
                pair.server.settle();
            }
        }
        assertTrue(pair.server.dropped() >= 900);
        pair.drain();
        assertTrue(pair.sent <= 40, pair.sent + " datagrams");
        pair.client.start(0);
        pair.client.settle();
        pair.drain();
        pair.run();
        assertAgreed(pair, SrtpSuite.AEAD_AES_128_GCM);
    }
}
