package io.earshot.testkit.audio;

import io.earshot.api.audio.spi.AudioBackend.PlaybackLine;
import io.earshot.api.time.Ticker;
import java.util.Arrays;
import java.util.Queue;

/** The open speaker: takes no more than its buffer holds beyond what time has played. */
final class FakePlayback implements PlaybackLine, FakeLine {
    private static final long BUFFER = 200 * Ticker.MILLISECOND;

    private final FakeAudioBackend backend;
    private final SampleClock clock;
    private final Queue<short[]> sink;
    private long end;

    FakePlayback(FakeAudioBackend backend, SampleClock clock, Queue<short[]> sink) {
        this.backend = backend;
        this.clock = clock;
        this.sink = sink;
    }

    @Override
    public int write(short[] pcm, int offset, int samples) {
        if (!backend.isPlugged(FakeAudioBackend.SPEAKER)) {
            return -1;
        }
        long played = clock.samples();
        end = Math.max(end, played); // it ran dry: what comes now is played now
        int taken = (int) Math.min(samples, clock.in(BUFFER) - (end - played));
        if (taken > 0) {
            sink.add(Arrays.copyOfRange(pcm, offset, offset + taken));
            end += taken;
        }
        return Math.max(0, taken);
    }

    @Override
    public void close() {
        backend.released(this);
    }
}
