package io.earshot.transport.tunnel.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.id.IdSource;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameTest {
    private static byte[] bytes(Random random, int length) {
        byte[] out = new byte[length];
        random.nextBytes(out);
        return out;
    }

    private static InetSocketAddress address(Random random) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(bytes(random, random.nextBoolean() ? 4 : 16)), random.nextInt(65_536));
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static Frame any(Random random) {
        Frame.Refusal why = Frame.Refusal.values()[random.nextInt(Frame.Refusal.values().length)];
        return switch (random.nextInt(14)) {
            case 0 -> new Frame.Hello(random.nextInt(256), bytes(random, 16), bytes(random, random.nextInt(65)), "user" + random.nextInt());
            case 1 -> new Frame.Challenge(bytes(random, 16), bytes(random, random.nextInt(65)));
            case 2 -> new Frame.Proof(bytes(random, 32), bytes(random, random.nextBoolean() ? 16 : 0));
            case 3 -> new Frame.Welcome(bytes(random, 32), bytes(random, 16), random.nextBoolean(), random.nextInt(65_536));
            case 4 -> new Frame.Refused(why, "because " + random.nextInt());
            case 5 -> new Frame.Open(random.nextInt(65_536), random.nextInt(256), random.nextInt(65_536));
            case 6 -> new Frame.Opened(random.nextInt(65_536), address(random));
            case 7 -> new Frame.Close(random.nextInt(65_536), why);
            case 8 -> new Frame.Ping(random.nextLong());
            case 9 -> new Frame.Pong(random.nextLong());
            case 10 -> new Frame.Sealed(ByteBuffer.wrap(bytes(random, random.nextInt(3_000))));
            case 11 -> new Frame.Connect(random.nextInt(65_536), address(random));
            case 12 -> new Frame.Stream(random.nextInt(65_536), ByteBuffer.wrap(bytes(random, 1 + random.nextInt(3_000))));
            default -> new Frame.Data(random.nextInt(65_536), address(random), ByteBuffer.wrap(bytes(random, random.nextInt(3_000))));
        };
    }

    @Test
    void framesComeOutAsTheyWentInHoweverTheBytesAreCut() {
        Random random = new Random(20261121);
        for (int round = 0; round < 500; round++) {
            ByteArrayOutputStream stream = new ByteArrayOutputStream();
            List<byte[]> written = new ArrayList<>();
            for (int i = random.nextInt(20); i >= 0; i--) {
                written.add(FrameWriter.write(any(random)));
                stream.writeBytes(written.get(written.size() - 1));
            }
            FrameReader reader = new FrameReader();
            List<byte[]> read = new ArrayList<>();
            for (ByteBuffer rest = ByteBuffer.wrap(stream.toByteArray()); rest.hasRemaining(); ) {
                int piece = Math.min(rest.remaining(), 1 + random.nextInt(1_500));
                reader.feed(rest.slice(rest.position(), piece));
                rest.position(rest.position() + piece);
                reader.next().ifPresent(frame -> read.add(FrameWriter.write(frame)));
                for (Optional<Frame> next = reader.next(); next.isPresent(); next = reader.next()) {
                    read.add(FrameWriter.write(next.get()));
                }
            }
            assertEquals(written.size(), read.size());
            for (int i = 0; i < read.size(); i++) {
                assertArrayEquals(written.get(i), read.get(i));
            }
        }
    }

    @Test
    void aMillionMutatedFramesDoNoHarm() {
        Random random = new Random(7);
        long broken = 0;
        FrameReader reader = new FrameReader();
        for (int i = 0; i < 1_000_000; i++) {
            byte[] frame = SAMPLES[random.nextInt(SAMPLES.length)].clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                frame[random.nextInt(frame.length)] = (byte) random.nextInt();
            }
            reader.feed(ByteBuffer.wrap(frame, 0, random.nextInt(8) == 0 ? random.nextInt(frame.length + 1) : frame.length));
            while (reader.next().isPresent()) {
                // each is dropped
                continue;
            }
            if (reader.isBroken() || i % 50 == 0) {
                broken += reader.isBroken() ? 1 : 0;
                reader = new FrameReader();
            }
        }
        assertTrue(broken > 10_000, "broken " + broken);
    }

    private static final byte[][] SAMPLES = samples();

    private static byte[][] samples() {
        Random random = new Random(1);
        byte[][] all = new byte[200][];
        for (int i = 0; i < all.length; i++) {
            Frame frame = any(random);
            all[i] = FrameWriter.write(frame instanceof Frame.Data data
                ? new Frame.Data(data.channel(), data.peer(), data.payload().limit(Math.min(40, data.payload().limit()))) : frame);
        }
        return all;
    }

    @Test
    void aGatewayTakesAHundredThousandMutatedConversationsWithoutHarm() {
        Random random = new Random(11);
        GatewayCore gateway = new GatewayCore(new GatewayRules(Map.of("alice", Ends.KEY.getBytes(StandardCharsets.UTF_8)),
            new Destinations(), new Destinations(), Duration.ofSeconds(1).toNanos(), 1, 10, 1, 1, 10_000, 50), IdSource.seeded(5), () -> 0,
            (wanted, count, receiver) -> {
                throw new AssertionError("nobody is let in");
            }, link -> { });
        InetAddress from = new InetSocketAddress("192.0.2.1", 0).getAddress();
        byte[] hello = FrameWriter.write(new Frame.Hello(1, new byte[16], new byte[0], "alice"));
        for (int i = 0; i < 100_000; i++) {
            GatewayLink link = gateway.link(from, (long) i * 100_000_000_000L).orElseThrow();
            link.onReceived(ByteBuffer.wrap(hello), i);
            byte[] frame = SAMPLES[random.nextInt(SAMPLES.length)].clone();
            frame[random.nextInt(frame.length)] = (byte) random.nextInt();
            link.onReceived(ByteBuffer.wrap(frame), i);
            link.transmit(i);
            link.onLost(i);
        }
        assertEquals(0, gateway.counters().sessions());
        assertEquals(0, gateway.counters().connections());
    }

    @Test
    void aBoxThatIsChangedOrComesTwiceDoesNotOpen() {
        Seal out = new Seal(new byte[32]);
        Seal in = new Seal(new byte[32]);
        byte[] first = out.seal(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        assertArrayEquals(new byte[] {1, 2, 3}, in.open(ByteBuffer.wrap(first)).orElseThrow());
        assertFalse(in.open(ByteBuffer.wrap(first)).isPresent());
        byte[] third = out.seal(ByteBuffer.wrap(new byte[] {4}));
        third[0] ^= 1;
        assertFalse(new Seal(new byte[32]).open(ByteBuffer.wrap(third)).isPresent());
        for (int length = 0; length < 40; length++) {
            assertFalse(new Seal(new byte[32]).open(ByteBuffer.allocate(length)).isPresent());
        }
    }
}
