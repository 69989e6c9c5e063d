package io.earshot.sdk.internal.media;

import io.earshot.api.CallPath;
import io.earshot.api.CallQuality;
import io.earshot.api.time.Ticker;
import io.earshot.rtp.jitter.PlayoutFigures;
import io.earshot.rtp.rtcp.VoipFigures;
import io.earshot.rtp.session.RepairFigures;
import io.earshot.rtp.session.RtpFigures;
import io.earshot.sdk.internal.loop.Published;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The figures of a call, measured by the media loop and read by anybody, without a lock and without an object until somebody asks. There
 * are two places for each figure: the loop writes where nobody is to read, and then says that this is where to read. A reader who was so
 * slow that the loop has measured again meanwhile looks once more.
 */
final class QualityFigures {
    /** What is kept, in this order. Times are in nanoseconds, the others the bits of a double where they are no count. */
    private enum Figure {
        SENT, RECEIVED, LOST, LOSS, JITTER, ROUND_TRIP, BUFFERED, CONCEALED, MOS, LATE, DISCARDED, DISCARD, SHORTENED, LENGTHENED, NOISE,
        DRIFT, FAR_LOSS, FAR_JITTER, FAR_MOS, FAR_BUFFER, REQUESTED, REPAIRED, REPEATED, FOREIGN, MALFORMED
    }

    private static final int FIGURES = Figure.values().length;

    private final AtomicLongArray places = new AtomicLongArray(1 + 2 * FIGURES);
    private final Published<CallPath> way = new Published<>(CallPath.NONE);
    /** Where the loop writes; its own. */
    private int writing;

    /** Measures; on the media loop. Allocates nothing, unless the way has changed. */
    void measure(RtpFigures now, VoipFigures peer, PlayoutFigures playout, RepairFigures repairs, CallPath path) {
        long generation = places.getPlain(0) + 1;
        writing = base(generation);
        put(Figure.SENT, now.sent());
        put(Figure.RECEIVED, now.received());
        put(Figure.LOST, now.lost());
        put(Figure.LOSS, now.lossPercent());
        time(Figure.JITTER, now.jitter());
        time(Figure.ROUND_TRIP, Math.max(0, now.rtt()));
        time(Figure.BUFFERED, now.buffered());
        time(Figure.CONCEALED, now.concealed());
        put(Figure.MOS, now.received() == 0 ? 0 : now.mos());
        put(Figure.LATE, now.late());
        put(Figure.DISCARDED, now.discarded());
        put(Figure.DISCARD, now.discardPercent());
        time(Figure.SHORTENED, playout.shortened());
        time(Figure.LENGTHENED, playout.lengthened());
        time(Figure.NOISE, playout.noise());
        put(Figure.DRIFT, playout.driftPpm());
        far(peer, now);
        put(Figure.REQUESTED, repairs.requested());
        put(Figure.REPAIRED, repairs.repaired());
        put(Figure.REPEATED, repairs.repeated());
        put(Figure.FOREIGN, now.rejected());
        put(Figure.MALFORMED, now.malformed());
        if (way.get() != path) {
            way.set(path);
        }
        places.set(0, generation);
    }

    private void far(VoipFigures metrics, RtpFigures now) {
        boolean told = metrics.mosLq() >= 10 && metrics.mosLq() <= 50;
        put(Figure.FAR_LOSS, Math.max(0, now.remoteLossPercent()));
        time(Figure.FAR_JITTER, Math.max(0, now.remoteJitter()));
        put(Figure.FAR_MOS, told ? metrics.mosLq() / 10.0 : now.remoteMos());
        time(Figure.FAR_BUFFER, told ? metrics.bufferMillis() : 0);
    }

    private static int base(long generation) {
        return 1 + (int) (generation & 1) * FIGURES;
    }

    private void put(Figure figure, long count) {
        places.set(writing + figure.ordinal(), count);
    }

    private void put(Figure figure, double value) {
        put(figure, Double.doubleToRawLongBits(value));
    }

    private void time(Figure figure, double millis) {
        put(figure, (long) (millis * Ticker.MILLISECOND));
    }

    /** Returns what was measured last, {@link CallQuality#NONE} before; by any thread. */
    CallQuality read() {
        long[] seen = new long[FIGURES];
        CallPath path;
        long generation;
        do {
            generation = places.get(0);
            path = way.get();
            for (int i = 0; i < FIGURES; i++) {
                seen[i] = places.get(base(generation) + i);
            }
        } while (places.get(0) != generation);
        return new Seen(seen).quality(path);
    }

    /** One reader's copy. */
    private record Seen(long[] figures) {
        long count(Figure figure) {
            return figures[figure.ordinal()];
        }

        double value(Figure figure) {
            return Double.longBitsToDouble(count(figure));
        }

        Duration time(Figure figure) {
            return Duration.ofNanos(count(figure));
        }

        /** What the sockets refused, and what the stream did. */
        private CallPath refused(CallPath path) {
            long foreign = count(Figure.FOREIGN);
            long malformed = count(Figure.MALFORMED);
            if (foreign == 0 && malformed == 0) {
                return path;
            }
            CallPath.Refused below = path.refused();
            return new CallPath(path.local(), path.remote(), path.peer(), new CallPath.Refused(below.strangers() + foreign,
                    below.unprotected(), below.stun(), below.handshake(), below.malformed() + malformed));
        }

        CallQuality quality(CallPath path) {
            CallQuality.Heard heard = new CallQuality.Heard(count(Figure.LATE), count(Figure.DISCARDED), value(Figure.DISCARD),
                    time(Figure.SHORTENED), time(Figure.LENGTHENED), time(Figure.NOISE), value(Figure.DRIFT));
            CallQuality.Far far = new CallQuality.Far(value(Figure.FAR_LOSS), time(Figure.FAR_JITTER), value(Figure.FAR_MOS),
                    time(Figure.FAR_BUFFER));
            return new CallQuality(count(Figure.SENT), count(Figure.RECEIVED), count(Figure.LOST), value(Figure.LOSS),
                    time(Figure.JITTER), time(Figure.ROUND_TRIP), time(Figure.BUFFERED), time(Figure.CONCEALED), value(Figure.MOS),
                    heard, far, refused(path), new CallQuality.Repair(count(Figure.REQUESTED), count(Figure.REPAIRED),
                            count(Figure.REPEATED)));
        }
    }
}
