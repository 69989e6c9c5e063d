package io.earshot.sdk.internal.media;

import io.earshot.api.audio.PcmFrame;
import io.earshot.sdk.internal.loop.PcmRing;
import io.earshot.sdk.internal.loop.SerialExecutor;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;

/** Frames of a sink for one subscriber, as fast as it asks for them. What it is called with runs in order on another executor. */
final class FramePublisher implements Flow.Publisher<PcmFrame>, Flow.Subscription {
    private final PcmRing ring;
    private final int rate;
    private final int samples;
    private final SerialExecutor order;
    private final AtomicBoolean taken = new AtomicBoolean();

    // Confined to the tasks of the executor.
    private Flow.Subscriber<? super PcmFrame> subscriber;
    private long demand;
    private boolean over;

    FramePublisher(PcmRing ring, int rate, int millis, Executor callbacks) {
        this.ring = ring;
        this.rate = rate;
        this.samples = rate / 1000 * millis;
        this.order = new SerialExecutor(callbacks);
    }

    @Override
    public void subscribe(Flow.Subscriber<? super PcmFrame> wanted) {
        boolean first = taken.compareAndSet(false, true);
        order.execute(() -> {
            if (first) {
                subscriber = wanted;
                wanted.onSubscribe(this);
                pump();
            } else {
                wanted.onSubscribe(new Flow.Subscription() {
                    @Override
                    public void request(long n) {
                        // It was told already that there is nothing to be had.
                    }

                    @Override
                    public void cancel() {
                        // Nothing was begun.
                    }
                });
                wanted.onError(new IllegalStateException("there is a subscriber already; ask for frames() again"));
            }
        });
    }

    @Override
    public void request(long n) {
        order.execute(() -> {
            if (n <= 0 && !over) {
                over = true;
                subscriber.onError(new IllegalArgumentException("a demand of " + n));
                return;
            }
            demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
            pump();
        });
    }

    @Override
    public void cancel() {
        order.execute(() -> over = true);
    }

    /** There is more sound, or the end; called by the media loop, which gets away at once. */
    void wake() {
        if (taken.get()) {
            order.execute(this::pump);
        }
    }

    private void pump() {
        while (!over && subscriber != null && demand > 0 && (ring.queued() >= samples || ring.isClosed() && ring.queued() > 0)) {
            short[] pcm = new short[samples];
            long position = ring.position();
            int got = ring.poll(pcm, 0, samples);
            if (got > 0) {
                demand--;
                subscriber.onNext(new PcmFrame(got == samples ? pcm : Arrays.copyOf(pcm, got), position, rate));
            }
        }
        if (!over && subscriber != null && ring.isClosed() && ring.queued() == 0) {
            over = true;
            subscriber.onComplete();
        }
    }
}
