package io.earshot.audio.javasound;

import io.earshot.api.audio.spi.AudioBackend.PcmFormat;
import io.earshot.api.audio.spi.AudioBackend.PlaybackLine;
import java.util.Arrays;
import java.util.Optional;

/**
 * An open speaker: blocks of 10 ms from the queue, resampled and doubled where the card wants it otherwise, into the line. What is
 * missing is silence: the line never runs dry, and its buffer is all the delay there is.
 */
final class PlaybackThread extends LineThread implements PlaybackLine {
    private final FrameCodec card;
    private final ClockMatch clock;
    private final short[] taken;
    private final int block;
    private final int prefill;
    private final boolean mono;
    private boolean flowing;
    private long refused;
    private final int patience;

    PlaybackThread(SoundSystem.Line line, PcmFormat card, PcmFormat wanted, Runnable onClosed, Optional<Pump> pump) {
        super("earshot-speaker", line, new SampleQueue(samples(wanted, Latency.QUEUE_MILLIS)), onClosed);
        this.card = new FrameCodec(card, wanted);
        block = samples(wanted, Latency.BLOCK_MILLIS);
        prefill = samples(wanted, Latency.PREFILL_MILLIS);
        clock = new ClockMatch(prefill, samples(wanted, Latency.SLACK_MILLIS));
        taken = new short[block + 2];
        mono = wanted.channels() == 1;
        patience = samples(wanted, PATIENCE_BLOCKS * Latency.BLOCK_MILLIS);
        start(pump);
    }

    private static int samples(PcmFormat format, int millis) {
        return format.sampleRate() / 100 * millis / 10 * format.channels();
    }

    @Override
    int blockBytes() {
        return card.cardBytes();
    }

    @Override
    boolean block(SoundSystem.Line to) {
        if (queue.catchUp(prefill)) {
            // The line took nothing for a while: what waited is late, and would make everything after it late.
            clock.reset();
        }
        int there = queue.size();
        flowing = there >= (flowing ? block + 1 : prefill);
        short[] pcm = card.wanted();
        if (flowing) {
            int count = mono ? block - clock.correction(there) : block;
            queue.poll(taken, 0, count);
            ClockMatch.stretch(taken, count, pcm, block);
        } else {
            clock.reset();
            Arrays.fill(pcm, 0, block, (short) 0);
        }
        int length = card.encode(block);
        return to.transfer(card.bytes(), 0, length) == length;
    }

    @Override
    public int write(short[] pcm, int offset, int samples) {
        if (queue.isGone()) {
            return -1;
        }
        int took = queue.offer(pcm, offset, samples);
        refused = took == 0 ? refused + samples : 0;
        return refused > patience ? -1 : took;
    }
}
