package io.earshot.sdk.internal.media;

import io.earshot.api.audio.PcmFrame;
import io.earshot.api.audio.PcmSink;
import io.earshot.api.audio.PcmSource;
import io.earshot.api.check.Check;
import io.earshot.sdk.internal.loop.PcmRing;
import io.earshot.sdk.internal.loop.Published;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/** The ports that programs feed and read. Between their threads and the media loop there is a {@link PcmRing}. */
final class PcmPorts {
    private PcmPorts() {
    }

    /** A program speaks. */
    static final class Source extends PortHandle implements PcmSource {
        private final PcmRing ring;

        Source(MediaRoom room, int rate, int bufferMillis) {
            this(room, rate, new PcmRing(rate / 1000 * bufferMillis));
        }

        private Source(MediaRoom room, int rate, PcmRing ring) {
            super(room, "program " + rate + " Hz", new RingSource(ring, rate));
            this.ring = ring;
        }

        @Override
        public void write(short[] pcm, int offset, int samples) throws InterruptedException {
            Check.part(pcm, offset, samples);
            ring.put(pcm, offset, samples);
        }

        @Override
        public int offer(short[] pcm, int offset, int samples) {
            Check.part(pcm, offset, samples);
            return Math.max(0, ring.offer(pcm, offset, samples));
        }

        @Override
        public int clear() {
            return ring.clear();
        }

        @Override
        public int queued() {
            return ring.queued();
        }

        @Override
        public CompletableFuture<Void> drained() {
            CompletableFuture<Void> told = new CompletableFuture<>();
            ring.drained().thenRun(() -> room().complete(told, null));
            return told;
        }

        @Override
        public CompletableFuture<Boolean> mark() {
            CompletableFuture<Boolean> told = new CompletableFuture<>();
            ring.mark().thenAccept(reached -> room().complete(told, reached));
            return told;
        }

        @Override
        public long played() {
            return ring.used();
        }

        @Override
        void onClosed() {
            ring.close();
        }
    }

    /** A program listens. */
    static final class Sink extends PortHandle implements PcmSink {
        private final PcmRing ring;
        private final Published<Optional<FramePublisher>> publisher;

        Sink(MediaRoom room, int rate, int bufferMillis) {
            this(room, rate, new PcmRing(rate / 1000 * bufferMillis), new Published<>(Optional.empty()));
        }

        private Sink(MediaRoom room, int rate, PcmRing ring, Published<Optional<FramePublisher>> publisher) {
            super(room, "listener " + rate + " Hz", new BridgePort() {
                @Override
                public int rate() {
                    return rate;
                }

                @Override
                public boolean isSource() {
                    return false;
                }

                @Override
                public boolean isSink() {
                    return true;
                }

                @Override
                public void push(short[] frame, int samples, boolean sound) {
                    ring.force(frame, 0, samples);
                    publisher.get().ifPresent(FramePublisher::wake);
                }

                @Override
                public void onRemoved() {
                    ring.close();
                    publisher.get().ifPresent(FramePublisher::wake);
                }
            });
            this.ring = ring;
            this.publisher = publisher;
        }

        @Override
        public int read(short[] pcm, int offset, int samples) throws InterruptedException {
            Check.part(pcm, offset, samples);
            return ring.take(pcm, offset, samples);
        }

        @Override
        public int poll(short[] pcm, int offset, int samples) {
            Check.part(pcm, offset, samples);
            return ring.poll(pcm, offset, samples);
        }

        @Override
        public long dropped() {
            return ring.dropped();
        }

        @Override
        public long position() {
            return ring.position();
        }

        @Override
        public Flow.Publisher<PcmFrame> frames(int millis) {
            if (millis < 10 || millis > 1000 || millis % 10 != 0) {
                throw new IllegalArgumentException("frames must have 10 to 1000 ms, a multiple of 10, not " + millis);
            }
            FramePublisher made = new FramePublisher(ring, sampleRate(), millis, room().callbacks());
            publisher.set(Optional.of(made));
            return made;
        }

        @Override
        void onClosed() {
            ring.close();
            publisher.get().ifPresent(FramePublisher::wake);
        }
    }
}
