package io.earshot.srtp.dtls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rfc6347")
class RecordOrderTest {
    private static final byte[] CHANGE = record(20, 0, new byte[] {1});
    private static final byte[] FINISHED = record(22, 1, new byte[48]);
    private final RecordOrder server = new RecordOrder(DtlsRole.SERVER);

    private static byte[] record(int type, int epoch, byte[] content) {
        byte[] out = new byte[13 + content.length];
        out[0] = (byte) type;
        out[1] = (byte) 0xFE;
        out[2] = (byte) 0xFD;
        out[4] = (byte) epoch;
        out[11] = (byte) (content.length >> 8);
        out[12] = (byte) content.length;
        System.arraycopy(content, 0, out, 13, content.length);
        return out;
    }

    private static byte[] message(int type, int number, int length, int from, int size) {
        byte[] content = new byte[12 + size];
        content[0] = (byte) type;
        content[2] = (byte) (length >> 8);
        content[3] = (byte) length;
        content[5] = (byte) number;
        content[7] = (byte) (from >> 8);
        content[8] = (byte) from;
        content[10] = (byte) (size >> 8);
        content[11] = (byte) size;
        return record(22, 0, content);
    }

    private static byte[] joined(byte[]... records) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] record : records) {
            out.writeBytes(record);
        }
        return out.toByteArray();
    }

    private void passes(byte[] record) {
        assertArrayEquals(record, server.take(record));
    }

    @Test void whatIsEncryptedAndTheChangeOfKeysWaitForAllMessagesBefore() {
        server.take(record(22, 1, new byte[60])); // of an association before
        passes(message(1, 0, 40, 0, 40));
        assertArrayEquals(new byte[0], server.take(FINISHED));
        assertArrayEquals(new byte[0], server.take(CHANGE));
        passes(message(15, 3, 70, 0, 70));
        passes(message(16, 2, 33, 0, 33));
        passes(message(11, 1, 500, 0, 200));
        assertNull(server.next(), "300 bytes of the certificate are missing");
        passes(message(11, 1, 500, 150, 350));
        assertArrayEquals(CHANGE, server.next());
        assertArrayEquals(FINISHED, server.next());
        assertNull(server.next());
        passes(FINISHED);
        assertArrayEquals(FINISHED, server.take(joined(message(16, 2, 33, 0, 33), CHANGE, FINISHED)),
            "the library would drop all of a datagram that begins in clear");
    }

    @Test void aDatagramIsTakenApart() {
        byte[] one = message(1, 0, 40, 0, 40);
        byte[] two = message(11, 1, 0, 0, 0);
        assertArrayEquals(joined(one, two), server.take(joined(one, CHANGE, two, FINISHED)));
    }

    @Test void aClientWaitsForTheServersHelloToBeDone() {
        RecordOrder client = new RecordOrder(DtlsRole.CLIENT);
        client.take(joined(message(14, 1, 0, 0, 0), CHANGE, FINISHED));
        assertNull(client.next());
        client.take(message(2, 0, 60, 0, 60));
        assertArrayEquals(CHANGE, client.next());
        assertArrayEquals(FINISHED, client.next());
    }

    @Test void whatTheLibraryWouldEndTheHandshakeForIsDropped() {
        assertArrayEquals(new byte[0], server.take(record(22, 1, new byte[20])));
        server.take(joined(message(1, 0, 4, 0, 4), CHANGE, message(15, 1, 4, 0, 4)));
        assertArrayEquals(CHANGE, server.next());
        assertNull(server.next());
        assertArrayEquals(new byte[0], server.take(record(22, 1, new byte[20])));
    }

    @Test void aFloodIsHeldInPartOnly() {
        server.take(message(1, 0, 4, 0, 4));
        for (int i = 0; i < 100; i++) {
            server.take(record(22, 1, new byte[60 + i]));
        }
        server.take(joined(message(1, 0, 4, 0, 4), CHANGE, message(15, 1, 4, 0, 4)));
        assertArrayEquals(CHANGE, server.next());
        for (int i = 84; i < 100; i++) {
            assertArrayEquals(record(22, 1, new byte[60 + i]), server.next());
        }
        assertNull(server.next());
    }

    @Test void brokenRecordsPass() {
        passes(new byte[] {22, 1, 2});
        passes(record(22, 0, new byte[] {1, 0, 0, 9, 0, 0, 0, 0, 9, 0, 0, 9}));
        passes(message(1, 200, 4, 0, 4));
    }
}
