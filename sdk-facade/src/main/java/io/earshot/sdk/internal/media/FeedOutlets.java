package io.earshot.sdk.internal.media;

import io.earshot.api.Failure;
import io.earshot.api.VoipException;
import io.earshot.api.audio.MediaFeed.Side;
import io.earshot.api.audio.MediaQueue;
import io.earshot.api.check.Check;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Where feeds go: another program's UDP port, or a queue in this one. */
final class FeedOutlets {
    private FeedOutlets() {
    }

    /**
     * Returns an outlet to a UDP port.
     *
     * @throws VoipException when no socket can be had
     */
    static Feed.Outlet udp(InetSocketAddress to) {
        try {
            if (to.isUnresolved()) {
                throw new IOException("there is no host " + to.getHostString());
            }
            DatagramChannel channel = DatagramChannel.open();
            channel.configureBlocking(false);
            return new Udp(channel, to);
        } catch (IOException none) {
            throw new VoipException(new Failure.LocalResource("Cannot send the call's sound to " + to.getHostString() + " port "
                    + to.getPort() + ": " + none.getMessage() + "."), none);
        }
    }

    private record Udp(DatagramChannel channel, InetSocketAddress to) implements Feed.Outlet {
        @Override
        public void send(Side side, ByteBuffer packet) {
            try {
                channel.send(packet, to);
            } catch (IOException lost) {
                // Nobody listens at present: that is no matter of the call's.
            }
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException late) {
                // There is nothing in it to be lost.
            }
        }
    }

    /** The queue: bounded, and emptied when it is full. */
    static final class Queue implements MediaQueue {
        private static final MediaPacket END = new MediaPacket(Side.INCOMING, new byte[0]);

        private final BlockingQueue<MediaPacket> packets;
        private final AtomicLong dropped = new AtomicLong();
        private final AtomicBoolean closed = new AtomicBoolean();

        Queue(int most) {
            packets = new ArrayBlockingQueue<>(most);
        }

        boolean isClosed() {
            return closed.get();
        }

        private void send(Side side, ByteBuffer packet) {
            if (closed.get()) {
                return;
            }
            byte[] copy = new byte[packet.remaining()];
            packet.get(copy);
            MediaPacket made = new MediaPacket(side, copy);
            while (!packets.offer(made)) {
                List<MediaPacket> old = new ArrayList<>();
                dropped.addAndGet(packets.drainTo(old));
            }
        }

        @Override
        public Optional<MediaPacket> poll(Duration timeout) throws InterruptedException {
            Check.range(timeout, Duration.ZERO, Duration.ofDays(365), "timeout");
            MediaPacket next = timeout.isZero() ? packets.poll() : packets.poll(timeout.toNanos(), TimeUnit.NANOSECONDS);
            if (next == END) {
                packets.offer(END);
                return Optional.empty();
            }
            return Optional.ofNullable(next);
        }

        @Override
        public long dropped() {
            return dropped.get();
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                packets.clear();
                packets.offer(END);
            }
        }

        /** Returns an outlet into this queue that leaves it open. */
        Feed.Outlet inlet() {
            return new Feed.Outlet() {
                @Override
                public void send(Side side, ByteBuffer packet) {
                    Queue.this.send(side, packet);
                }

                @Override
                public void close() {
                    // The queue has other feeds.
                }
            };
        }
    }
}
