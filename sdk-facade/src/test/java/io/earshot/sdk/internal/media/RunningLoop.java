package io.earshot.sdk.internal.media;

import com.sun.management.ThreadMXBean;
import io.earshot.api.audio.AudioSetup;
import io.earshot.api.codec.spi.AudioCodecProvider;
import io.earshot.api.time.Ticker;
import io.earshot.sdk.internal.loop.EventLoop;
import io.earshot.sdk.internal.net.UdpMediaTransport;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.net.InetAddress;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The media loop of a phone as it is, selector and UDP sockets of the loopback interface included, with a clock that jumps to the next
 * deadline instead of waiting for it: minutes of sound go by as fast as the processor has it.
 */
final class RunningLoop implements Ticker, AutoCloseable {
    static final InetAddress HOST = InetAddress.getLoopbackAddress();
    private static final int FIRST_PORT = 42_000;
    private static final int LAST_PORT = 47_999;

    private final AtomicLong time = new AtomicLong();
    private final ExecutorService workers = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    });
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final MediaEngine engine = new MediaEngine();
    private final Meter meter = new Meter();
    private final EventLoop loop = new EventLoop("running-loop", this, workers, meter);
    final MediaRoom room;

    RunningLoop() {
        List<AudioCodecProvider> codecs = ServiceLoader.load(AudioCodecProvider.class).stream().map(ServiceLoader.Provider::get).toList();
        room = new MediaRoom(loop, engine, workers, new PortAllocator(new UdpMediaTransport(), HOST, FIRST_PORT, LAST_PORT),
            NullAudioBackend::new, AudioSetup.DEFAULT, new RecordingFormats(codecs, List.of()));
        loop.start();
    }

    /**
     * What the loop's thread did.
     *
     * @param bytes allocated in all turns
     * @param waits how often it waited for a lock or for another thread
     */
    record Seen(long bytes, long waits) { }

    @Override
    public long now() {
        return time.get();
    }

    /** Runs so many turns of 20 ms. */
    Seen run(int turns) {
        CompletableFuture<Seen> done = new CompletableFuture<>();
        loop.execute(() -> meter.begin(turns, done));
        return done.join();
    }

    /** Lets the clock jump while turns are to be made, and looks at the thread before and after them. */
    private final class Meter implements EventLoop.Agent {
        private CompletableFuture<Seen> done;
        private int left;
        private long seenTurns;
        private long firstBytes;
        private long waited;

        void begin(int turns, CompletableFuture<Seen> told) {
            done = told;
            left = turns;
            waited = waits();
            seenTurns = engine.turns();
            firstBytes = threads.getCurrentThreadAllocatedBytes();
        }

        private long waits() {
            ThreadInfo info = threads.getThreadInfo(Thread.currentThread().getId());
            return info.getBlockedCount() + info.getWaitedCount();
        }

        @Override
        public long onTurn(long now) {
            long next = engine.onTurn(now);
            if (left > 0 && engine.turns() != seenTurns) {
                seenTurns = engine.turns();
                count();
            }
            if (left > 0 && next != NEVER) {
                time.set(Math.max(now, next)); // the loop looks into its sockets, and is at once where it wanted to be
            }
            return next;
        }

        /** From turn to turn, so that what the selector and the sockets do is in it too. */
        private void count() {
            left--;
            if (left == 0) {
                long bytes = threads.getCurrentThreadAllocatedBytes() - firstBytes;
                done.complete(new Seen(bytes, waits() - waited));
            }
        }

        @Override
        public void onClose() {
            engine.onClose();
        }
    }

    @Override
    public void close() {
        room.close();
        loop.close();
        workers.shutdown();
    }
}
