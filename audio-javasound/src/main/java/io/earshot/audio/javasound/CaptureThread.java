package io.earshot.audio.javasound;

import io.earshot.api.audio.spi.AudioBackend.CaptureLine;
import io.earshot.api.audio.spi.AudioBackend.PcmFormat;
import java.util.Optional;

/** An open microphone: blocks of 10 ms from the line, mixed down and resampled where the card wants it otherwise, into the queue. */
final class CaptureThread extends LineThread implements CaptureLine {
    private final FrameCodec card;
    private final ClockMatch clock;
    private final short[] stretched;
    private final int prefill;
    private boolean flowing;
    private long waited;
    private final int patience;

    CaptureThread(SoundSystem.Line line, PcmFormat card, PcmFormat wanted, Runnable onClosed, Optional<Pump> pump) {
        super("earshot-microphone", line, new SampleQueue(samples(wanted, Latency.QUEUE_MILLIS)), onClosed);
        this.card = new FrameCodec(card, wanted);
        prefill = samples(wanted, Latency.PREFILL_MILLIS);
        clock = new ClockMatch(prefill, samples(wanted, Latency.SLACK_MILLIS));
        stretched = new short[this.card.maxWanted() + 2 * wanted.channels()];
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
    boolean block(SoundSystem.Line from) {
        if (from.transfer(card.bytes(), 0, card.cardBytes()) < card.cardBytes()) {
            return false;
        }
        int count = card.decode();
        int length = card.isMono() ? count + clock.correction(queue.size()) : count;
        ClockMatch.stretch(card.wanted(), count, stretched, length);
        queue.force(stretched, 0, length);
        return true;
    }

    @Override
    public int read(short[] pcm, int offset, int samples) {
        if (queue.isGone()) {
            return -1;
        }
        int there = queue.size();
        if (!flowing && there < prefill || there == 0) {
            flowing = false;
            waited += samples;
            if (there == 0 && waited > patience) {
                return -1;
            }
            return 0;
        }
        waited = 0;
        flowing = true;
        return queue.poll(pcm, offset, samples);
    }
}
