package io.earshot.testkit.audio;

import io.earshot.api.audio.spi.AudioBackend.CaptureLine;
import io.earshot.api.time.Ticker;
import java.util.Queue;

/** The open microphone: as many samples as time has passed, of which a bounded number waits. */
final class FakeCapture implements CaptureLine, FakeLine {
    private static final long BUFFER = 200 * Ticker.MILLISECOND;

    private final FakeAudioBackend backend;
    private final SampleClock clock;
    private final Queue<short[]> source;
    private short[] piece = new short[0];
    private int used;
    private long given;

    FakeCapture(FakeAudioBackend backend, SampleClock clock, Queue<short[]> source) {
        this.backend = backend;
        this.clock = clock;
        this.source = source;
    }

    @Override
    public int read(short[] pcm, int offset, int samples) {
        if (!backend.isPlugged(FakeAudioBackend.MICROPHONE)) {
            return -1;
        }
        long captured = clock.samples();
        long overrun = captured - given - clock.in(BUFFER);
        for (long i = 0; i < overrun; i++) {
            next(); // nobody fetched it in time
        }
        given += Math.max(0, overrun);
        int ready = (int) Math.min(samples, captured - given);
        for (int i = 0; i < ready; i++) {
            pcm[offset + i] = next();
        }
        given += ready;
        return ready;
    }

    private short next() {
        while (used == piece.length) {
            short[] more = source.poll();
            if (more == null) {
                return 0;
            }
            piece = more;
            used = 0;
        }
        return piece[used++];
    }

    @Override
    public void close() {
        backend.released(this);
    }
}
