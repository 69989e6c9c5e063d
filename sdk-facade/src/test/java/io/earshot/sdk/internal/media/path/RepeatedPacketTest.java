package io.earshot.sdk.internal.media.path;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a path repeats of the packets that it sent. */
class RepeatedPacketTest {
    private final MediaPathTest paths = new MediaPathTest();

    @AfterEach
    void close() {
        paths.close();
    }

    @Test
    @Tag("rfc4585")
    void aPacketIsRepeatedByteForByteAndNeverAcrossAChangeOfKeys() {
        paths.near.path.keep(true);
        paths.near.socket.send(MediaPathTest.PEER, ByteBuffer.wrap(MediaPathTest.packet(1)));
        assertTrue(paths.near.path.repeat(7, 1, MediaPathTest.PEER));
        assertArrayEquals(MediaPathTest.packet(1), paths.near.wire.get(1));
        paths.agree();
        assertFalse(paths.near.path.repeat(7, 1, MediaPathTest.PEER), "what went in clear stays behind");
        paths.near.socket.send(MediaPathTest.PEER, ByteBuffer.wrap(MediaPathTest.packet(2)));
        paths.near.socket.send(MediaPathTest.PEER, ByteBuffer.wrap(MediaPathTest.packet(3)));
        assertTrue(paths.near.path.repeat(7, 2, MediaPathTest.PEER));
        assertArrayEquals(paths.near.wire.get(2), paths.near.wire.get(4));
        paths.far.receive(paths.near.wire.get(3));
        paths.far.receive(paths.near.wire.get(4));
        assertArrayEquals(MediaPathTest.packet(2), paths.far.heard.get(1), "late, but readable");
        paths.agree();
        assertFalse(paths.near.path.repeat(7, 3, MediaPathTest.PEER));
        paths.near.path.keep(false);
        paths.near.socket.send(MediaPathTest.PEER, ByteBuffer.wrap(MediaPathTest.packet(4)));
        assertFalse(paths.near.path.repeat(7, 4, MediaPathTest.PEER));
    }
}
