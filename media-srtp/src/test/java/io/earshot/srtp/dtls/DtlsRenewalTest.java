package io.earshot.srtp.dtls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.earshot.api.id.IdSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** New keys on the same two ports: what is still on its way of the association before comes into the handshake of the next. */
@Tag("rfc6347")
@Tag("rfc8842")
@Timeout(30)
class DtlsRenewalTest {
    private static final ExecutorService WORKERS = Executors.newCachedThreadPool();
    private static final DtlsIdentity ALICE = DtlsIdentity.generate(IdSource.seeded(1), Instant.parse("2026-01-01T00:00:00Z"));
    private static final DtlsIdentity BOB = DtlsIdentity.generate(IdSource.seeded(2), Instant.parse("2026-01-01T00:00:00Z"));
    /** Before the first datagram that an end gets, before the second, the third; more there are not. */
    private static final int PLACES = 3;

    /** What of the association before comes late. */
    enum Late { LAST_FLIGHTS, RECORDS_ONE_BY_ONE, WHOLE_HANDSHAKE, FAREWELLS, DATA, EPOCH_2, ALL_OF_IT }

    @AfterAll static void endWorkers() {
        WORKERS.shutdownNow();
    }

    /** Everything that was sent in a first association, each way. */
    private static final class Old {
        final List<byte[]> toServer = new ArrayList<>();
        final List<byte[]> toClient = new ArrayList<>();
        final DtlsOutput.Established keys;
        final Pair pair = Pair.of(ALICE, BOB, DtlsSettings.DEFAULT, WORKERS, 1, 0);

        Old(boolean closed) throws InterruptedException {
            pair.tap = (toServer, bytes) -> to(toServer).add(bytes);
            pair.start();
            pair.run();
            keys = assertInstanceOf(DtlsOutput.Established.class, pair.clientHeard.get(0));
            if (!closed) {
                return;
            }
            pair.client.close();
            pair.client.settle();
            pair.server.close();
            pair.server.settle();
            pair.tap = (toServer, bytes) -> to(toServer).add(bytes);
            pair.drain();
            pair.run();
        }

        List<byte[]> to(boolean server) {
            return server ? toServer : toClient;
        }

        List<byte[]> late(boolean server, Late what) {
            List<byte[]> all = to(server);
            byte[] farewell = all.get(all.size() - 1);
            List<byte[]> handshake = all.subList(0, all.size() - 1);
            byte[] last = handshake.get(handshake.size() - 1);
            return switch (what) {
                case LAST_FLIGHTS -> List.of(last);
                case RECORDS_ONE_BY_ONE -> records(handshake);
                case WHOLE_HANDSHAKE -> handshake;
                case FAREWELLS -> List.of(farewell);
                case DATA -> List.of(typed(farewell, 23, 1));
                case EPOCH_2 -> List.of(typed(farewell, 21, 2), typed(farewell, 22, 2), typed(farewell, 23, 2), typed(last, 20, 2));
                case ALL_OF_IT -> {
                    List<byte[]> out = new ArrayList<>(records(all));
                    out.addAll(all);
                    out.add(typed(farewell, 23, 1));
                    yield out;
                }
            };
        }

        private static List<byte[]> records(List<byte[]> datagrams) {
            List<byte[]> out = new ArrayList<>();
            for (byte[] bytes : datagrams) {
                for (int at = 0, end; at < bytes.length; at = end) {
                    end = at + 13 + ((bytes[at + 11] & 0xFF) << 8 | bytes[at + 12] & 0xFF);
                    out.add(Arrays.copyOfRange(bytes, at, end));
                }
            }
            return out;
        }

        private static byte[] typed(byte[] record, int type, int epoch) {
            byte[] out = record.clone();
            out[0] = (byte) type;
            out[4] = (byte) epoch;
            return out;
        }
    }

    @ParameterizedTest @EnumSource
    void whatIsLateOfTheAssociationBeforeDoesNotHarmTheNextWhereverItComes(Late what) throws InterruptedException {
        Old old = new Old(true);
        for (int place = 0; place < PLACES; place++) {
            Pair pair = Pair.of(ALICE, BOB, DtlsSettings.DEFAULT, WORKERS, 2, 0);
            pair.client.follow(old.pair.client);
            pair.server.follow(old.pair.server);
            int[] got = new int[2];
            int here = place;
            pair.tap = (toServer, bytes) -> {
                if (got[toServer ? 1 : 0]++ == here) {
                    for (byte[] late : old.late(toServer, what)) {
                        pair.give(toServer ? pair.server : pair.client, late);
                    }
                }
            };
            pair.start();
            pair.run();
            String where = what + " before datagram " + place + ": " + pair.clientHeard + " " + pair.serverHeard;
            DtlsOutput.Established client = assertInstanceOf(DtlsOutput.Established.class, pair.clientHeard.get(0), where);
            DtlsOutput.Established server = assertInstanceOf(DtlsOutput.Established.class, pair.serverHeard.get(0), where);
            assertEquals(client.sendKey(), server.receiveKey(), where);
            assertNotEquals(old.keys.sendKey(), client.sendKey(), where);
        }
    }

    /** The end that asked for new keys still has the old ones when the other begins. */
    @Test void aHelloThatCameToTheAssociationBeforeIsHeardWhenItComesAgain() throws InterruptedException {
        Old old = new Old(false);
        Pair pair = Pair.of(ALICE, BOB, DtlsSettings.DEFAULT, WORKERS, 2, 0);
        pair.client.start(0);
        pair.client.settle();
        byte[] hello = assertInstanceOf(DtlsOutput.Transmit.class, pair.client.poll(0)).datagram();
        old.pair.give(old.pair.server, hello);
        old.pair.server.close();
        old.pair.server.settle();
        pair.server.follow(old.pair.server);
        pair.server.start(0);
        pair.server.settle();
        pair.give(pair.server, hello);
        pair.run();
        assertInstanceOf(DtlsOutput.Established.class, pair.clientHeard.get(0), pair.clientHeard::toString);
        assertEquals(0, pair.server.dropped());
    }

    /** What began and came to nothing, as with another certificate of the same peer, teaches nothing. */
    @Test void aHelloThatCameToAHandshakeThatWasGivenUpIsHeardWhenItComesAgain() throws InterruptedException {
        Pair pair = Pair.of(ALICE, BOB, DtlsSettings.DEFAULT, WORKERS, 2, 0);
        DtlsSession before = new DtlsSession(DtlsRole.SERVER, BOB, List.of(), DtlsSettings.DEFAULT, WORKERS, () -> { });
        before.start(0);
        before.settle();
        pair.client.start(0);
        pair.client.settle();
        byte[] hello = assertInstanceOf(DtlsOutput.Transmit.class, pair.client.poll(0)).datagram();
        before.onPacket(hello, 0, hello.length);
        before.settle();
        before.close();
        pair.server.follow(before);
        pair.server.start(0);
        pair.server.settle();
        pair.give(pair.server, hello);
        pair.run();
        assertInstanceOf(DtlsOutput.Established.class, pair.clientHeard.get(0), pair.clientHeard::toString);
    }
}
