package io.earshot.transport.tunnel.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.time.Ticker;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What somebody who is let in can do with frames that make no sense, and what a gateway can that has gone mad. */
class ForgedFramesTest {
    private static final InetSocketAddress PEER = new InetSocketAddress("192.0.2.10", 30_000);
    private static final int ROUNDS = 100_000;

    private static Ends up() {
        Ends ends = new Ends(Ends.KEY, false);
        ends.client.start();
        ends.run(200);
        assertTrue(ends.client.isUp());
        return ends;
    }

    private static byte[] frame(Random random) {
        InetSocketAddress peer = random.nextBoolean() ? PEER : Ends.SERVER;
        int channel = random.nextInt(10);
        Frame frame = switch (random.nextInt(10)) {
            case 0 -> new Frame.Open(2 * channel, random.nextInt(3), random.nextInt(3) == 0 ? random.nextInt(65_536) : 0);
            case 1 -> new Frame.Close(channel, Frame.Refusal.DONE);
            case 2 -> new Frame.Ping(random.nextLong());
            case 3 -> new Frame.Pong(random.nextLong());
            case 4 -> new Frame.Opened(channel, peer);
            case 5 -> new Frame.Connect(channel, peer);
            case 6 -> new Frame.Stream(channel, ByteBuffer.wrap(new byte[1 + random.nextInt(300)]));
            default -> new Frame.Data(channel, peer, ByteBuffer.wrap(new byte[random.nextInt(300)]));
        };
        byte[] bytes = FrameWriter.write(frame);
        if (random.nextInt(3) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }

    @Test
    void aUserWhoSendsNonsenseHasNoMoreThanOthersAndDoesNoHarm() {
        Ends ends = up();
        Random random = new Random(3);
        int most = 0;
        for (int i = 0; i < ROUNDS; i++) {
            ends.forgeToGateway(frame(random));
            most = Math.max(most, ends.bound.size());
            if (i % 100 == 99) {
                ends.run(5);
                ends.sentOut.clear();
                ends.wire.clear();
                ends.seen.clear();
                ends.arrived.clear();
            }
            if (i % 500 == 499) {
                ends.breakLine();
                ends.run(200);
            }
        }
        assertTrue(most > 2 && most <= 2 * 4 * 2, most + " sockets at once, of 4 channels in each of 2 sessions");
        assertTrue(ends.gateway.counters().sessions() <= 2, ends.gateway.counters().toString());
        assertTrue(ends.gateway.counters().malformed() > 100, ends.gateway.counters().toString());
        ends.breakLine();
        ends.run(40_000); // longer than a lost session lives
        assertTrue(ends.client.isUp());
        assertEquals(1, ends.gateway.counters().sessions());
    }

    @Test
    void aGatewayThatSendsNonsenseIsLeftAndDoesNoHarm() {
        Ends ends = up();
        int rtp = ends.client.openMedia();
        ends.run(100);
        Random random = new Random(5);
        for (int i = 0; i < ROUNDS; i++) {
            ends.forgeToClient(frame(random));
            if (i % 100 == 99) {
                ends.run(200);
                ends.sentOut.clear();
                ends.wire.clear();
                ends.seen.clear();
                ends.arrived.clear();
            }
        }
        long from = ends.now;
        while (!(ends.client.isUp() && ends.send(rtp, PEER, "well")) && ends.now - from < 120 * Ticker.SECOND) {
            ends.run(100);
        }
        assertTrue(ends.client.isUp(), "it goes on with a gateway that is well again");
        assertTrue(ends.connects() > 10, ends.connects() + " connections");
    }
}
