package io.earshot.srtp.dtls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Before there are keys, anybody can write an alert (RFC 6347 §4.1.2.7): it ends nothing. Afterwards only the peer can. */
@Tag("rfc6347")
@Timeout(30)
class DtlsAlertsTest {
    private static final ExecutorService WORKERS = Executors.newCachedThreadPool();
    private static final DtlsIdentity ALICE = DtlsIdentity.generate(IdSource.seeded(1), Instant.parse("2026-01-01T00:00:00Z"));
    private static final DtlsIdentity BOB = DtlsIdentity.generate(IdSource.seeded(2), Instant.parse("2026-01-01T00:00:00Z"));
    private static final DtlsSettings BRIEF = new DtlsSettings(DtlsSettings.DEFAULT.suites(), DtlsSettings.DEFAULT.resend(),
        DtlsSettings.DEFAULT.maxResend(), Ticker.SECOND);
    private static final int WARNING = 1;
    private static final int FATAL = 2;
    private static final int CLOSE_NOTIFY = 0;
    private static final int HANDSHAKE_FAILURE = 40;

    @AfterAll static void endWorkers() {
        WORKERS.shutdownNow();
    }

    private static byte[] alert(int level, int description, int number) {
        return new byte[] {21, (byte) 0xFE, (byte) 0xFD, 0, 0, 0, 0, 0, 0, 0, (byte) number, 0, 2, (byte) level, (byte) description};
    }

    private static byte[] joined(byte[] one, byte[] two) {
        byte[] out = Arrays.copyOf(one, one.length + two.length);
        System.arraycopy(two, 0, out, one.length, two.length);
        return out;
    }

    private static void assertAgreed(Pair pair) {
        DtlsOutput.Established client = assertInstanceOf(DtlsOutput.Established.class, pair.clientHeard.get(0),
            () -> pair.clientHeard + " " + pair.serverHeard);
        DtlsOutput.Established server = assertInstanceOf(DtlsOutput.Established.class, pair.serverHeard.get(0),
            () -> pair.serverHeard.toString());
        assertEquals(client.sendKey(), server.receiveKey());
        assertEquals(client.receiveKey(), server.sendKey());
    }

    private static DtlsFailure failure(List<DtlsOutput> heard) {
        return assertInstanceOf(DtlsOutput.Failed.class, heard.get(0)).failure();
    }

    @ParameterizedTest @ValueSource(ints = {CLOSE_NOTIFY, 10, HANDSHAKE_FAILURE, 80, 255})
    void aForgedAlertBeforeEveryDatagramOfTheHandshakeEndsNothingAndIsCounted(int description) throws InterruptedException {
        for (int level = WARNING; level <= FATAL; level++) {
            Pair pair = Pair.of(ALICE, BOB, DtlsSettings.DEFAULT, WORKERS, 1, 0);
            byte[] forged = alert(level, description, 50);
            int[] given = new int[2];
            pair.tap = (toServer, bytes) -> {
                pair.give(toServer ? pair.server : pair.client, forged);
                given[toServer ? 1 : 0]++;
            };
            pair.start();
            pair.give(pair.server, forged);
            pair.give(pair.client, forged);
            pair.run();
            assertAgreed(pair);
            assertTrue(pair.now < 200 * Ticker.MILLISECOND, "nothing was sent twice");
            assertEquals(1 + given[0], pair.client.dropped());
            assertEquals(1 + given[1], pair.server.dropped());
        }
    }

    @Test void anAlertInFrontOfAFlightAndBehindItIsTakenOut() throws InterruptedException {
        Pair pair = Pair.of(ALICE, BOB, DtlsSettings.DEFAULT, WORKERS, 1, 0);
        pair.tap = (toServer, bytes) -> {
            byte[] more = joined(joined(alert(FATAL, HANDSHAKE_FAILURE, 50), bytes), alert(FATAL, CLOSE_NOTIFY, 51));
            pair.give(toServer ? pair.server : pair.client, more);
        };
        pair.start();
        pair.run();
        assertAgreed(pair);
        assertTrue(pair.client.dropped() > 1 && pair.server.dropped() > 1);
    }

    @Test void whatThePeerRefusedIsToldWhenTheTimeIsOver() throws InterruptedException {
        Pair pair = Pair.of(ALICE, BOB, BRIEF, WORKERS, 1, 100);
        pair.start();
        pair.give(pair.client, alert(FATAL, HANDSHAKE_FAILURE, 0));
        pair.give(pair.server, alert(WARNING, 100, 0));
        pair.give(pair.server, alert(WARNING, CLOSE_NOTIFY, 1));
        pair.run();
        assertEquals(Ticker.SECOND, pair.now);
        assertEquals(new DtlsFailure(DtlsFailure.Cause.REFUSED_BY_PEER,
            "no DTLS handshake within 1 s: the peer refused: handshake_failure(40)"), failure(pair.clientHeard));
        assertEquals(new DtlsFailure(DtlsFailure.Cause.REFUSED_BY_PEER,
            "no DTLS handshake within 1 s: the peer refused: close_notify(0)"), failure(pair.serverHeard));
    }

    @Test void underKeysNobodyButThePeerCloses() throws InterruptedException {
        Pair pair = Pair.of(ALICE, BOB, DtlsSettings.DEFAULT, WORKERS, 1, 0);
        pair.start();
        pair.run();
        pair.give(pair.server, alert(FATAL, HANDSHAKE_FAILURE, 60));
        pair.give(pair.server, alert(WARNING, CLOSE_NOTIFY, 61));
        pair.client.close();
        pair.client.settle();
        pair.tap = (toServer, bytes) -> {
            if (!toServer) { // its own farewell
                return;
            }
            assertEquals(21, bytes[0]);
            assertEquals(1, bytes[4], "its epoch");
            byte[] forged = bytes.clone();
            forged[forged.length - 1] ^= 1;
            pair.give(pair.server, forged);
            pair.drain();
            assertEquals(1, pair.serverHeard.size(), () -> pair.serverHeard.toString());
        };
        pair.drain();
        pair.run();
        assertInstanceOf(DtlsOutput.Closed.class, pair.serverHeard.get(1));
        assertEquals(2, pair.server.dropped());
    }
}
