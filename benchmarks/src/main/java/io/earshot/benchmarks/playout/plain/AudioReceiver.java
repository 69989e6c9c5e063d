package io.earshot.benchmarks.playout.plain;

import static java.util.Objects.requireNonNull;

import io.earshot.api.codec.spi.AudioCodec;
import io.earshot.rtp.packet.RtpPacket;
import io.earshot.rtp.packet.SequenceNumber;
import java.util.Arrays;
import java.util.List;

/**
 * Plays one RTP stream: packets go in as they arrive, PCM comes out in ticks of fixed length, whatever the packet time. Packets are
 * decoded whole, a queue keeps what exceeds the tick. Several payload types may alternate; when one with another sample rate begins to
 * play, {@link #sampleRate()} changes with the tick that starts with it. A change of the RTP clock rate (RFC 7160) empties the jitter
 * buffer. Confined to one thread.
 */
public final class AudioReceiver {
    private static final int LONGEST_PACKET_MILLIS = 120;
    /** Mean magnitude below which everything is quiet: about -55 dBov. */
    private static final int QUIET_FLOOR = 60;

    private final int tickMillis;
    private final JitterBuffer jitter;
    private final Frame frame = new Frame();
    private final PayloadFormat[] formats = new PayloadFormat[128];
    private final PcmFifo fifo = new PcmFifo(0);
    private PayloadFormat current;
    private Concealment concealment;
    private short[] block = new short[0];
    private short[] skipped = new short[0];
    private boolean spliceDue;
    private boolean quiet;
    private int speechLevel;
    private long unplayable;
    private double playedMillis;
    private double concealedMillis;
    private double undecidedMillis;
    private int lastSequence;

    /**
     * Makes a receiver.
     *
     * @param tickMillis length of what {@link #read} returns, 10 or 20 usually
     * @param accepted payload types to expect, the most likely first; at least one
     */
    public AudioReceiver(JitterConfig config, int tickMillis, List<PayloadFormat> accepted) {
        if (tickMillis < 1 || tickMillis > LONGEST_PACKET_MILLIS) {
            throw new IllegalArgumentException("tick must be 1 to 120 ms, not " + tickMillis);
        }
        this.tickMillis = tickMillis;
        formats(accepted);
        jitter = new JitterBuffer(config, current.descriptor().rtpClockRate());
    }

    /** The negotiation has changed what is to be expected; what is buffered of formats that remain still plays. */
    public void formats(List<PayloadFormat> accepted) {
        if (accepted.isEmpty()) {
            throw new IllegalArgumentException("at least one format");
        }
        Arrays.fill(formats, null);
        int longest = 0;
        for (PayloadFormat format : accepted) {
            formats[format.payloadType()] = requireNonNull(format, "format");
            longest = Math.max(longest, format.descriptor().samplesIn(LONGEST_PACKET_MILLIS));
        }
        if (block.length < longest) {
            block = new short[longest];
            skipped = new short[longest];
            fifo.ensureCapacity(2 * longest);
        }
        use(accepted.get(0));
    }

    private void use(PayloadFormat format) {
        if (current == null || current.descriptor().sampleRate() != format.descriptor().sampleRate()
                || current.descriptor().channels() != format.descriptor().channels()) {
            fifo.clear();
            spliceDue = false;
            concealment = new Concealment(format.descriptor().sampleRate(), format.descriptor().channels());
        }
        current = format;
    }

    /** Returns the samples per second and channel of what {@link #read} returns now. */
    public int sampleRate() {
        return current.descriptor().sampleRate();
    }

    /** Returns the channels of what {@link #read} returns now. */
    public int channels() {
        return current.descriptor().channels();
    }

    /** Another source sends from now on: what is buffered is dropped, the measured delay is forgotten. */
    public void reset() {
        jitter.reset(current.descriptor().rtpClockRate());
        for (PayloadFormat format : formats) {
            if (format != null) {
                format.codec().resetDecoder();
            }
        }
    }

    /**
     * Takes a packet that the session let through. One of no payload type known here, or without decodable audio, is only noted, so
     * that it is not taken for a loss.
     *
     * @return whether it is going to be played
     */
    public boolean onPacket(RtpPacket packet, long now) {
        PayloadFormat format = formats[packet.payloadType()];
        if (format == null) {
            jitter.pass(packet.sequence());
            return false;
        }
        int samples = format.codec().duration(packet.buffer(), packet.payloadOffset(), packet.payloadLength());
        int ticks = format.ticks(Math.max(0, samples));
        if (ticks <= 0 || samples > format.descriptor().samplesIn(LONGEST_PACKET_MILLIS)) {
            unplayable++;
            jitter.pass(packet.sequence());
            return false;
        }
        if (format.descriptor().rtpClockRate() != jitter.clockRate()) {
            jitter.reset(format.descriptor().rtpClockRate());
        }
        InsertVerdict verdict = jitter.insert(packet, ticks, now);
        return verdict == InsertVerdict.STORED || verdict == InsertVerdict.STORED_AFTER_OVERFLOW
            || verdict == InsertVerdict.RESYNCHRONISED;
    }

    /**
     * Fetches one tick of audio; call it once per tick.
     *
     * @param pcm has room for a tick at the highest rate of the formats
     * @return the samples written: a whole tick, silence included
     */
    public int read(long now, short[] pcm, int offset) {
        while (fifo.size() < tickSamples()) {
            fill(now, tickSamples() - fifo.size());
        }
        int samples = tickSamples();
        fifo.read(pcm, offset, samples);
        return samples;
    }

    private int tickSamples() {
        return current.descriptor().samplesIn(tickMillis);
    }

    private void fill(long now, int missing) {
        int wanted = Math.max(1, current.ticks(missing));
        switch (jitter.next(now, wanted, quiet, frame)) {
            case PACKET -> {
                decideLate();
                play();
            }
            case SKIP -> {
                decideLate();
                skip();
            }
            case LOST -> conceal(current.samples(frame.duration()), frame.hasFec());
            case UNDERRUN -> late();
            case EXPAND -> conceal(current.samples(frame.duration()), false);
            case GAP, EMPTY -> silence(missing);
        }
    }

    private void play() {
        PayloadFormat format = formats[frame.payloadType()];
        if (format == null) { // negotiated away while it waited
            conceal(current.samples(frame.duration()), false);
            return;
        }
        if (format != current) {
            use(format);
        }
        int samples = format.codec().decode(frame.payload(), 0, frame.length(), block, 0);
        if (samples <= 0) {
            unplayable++;
            conceal(format.samples(frame.duration()), false);
            return;
        }
        if (spliceDue) {
            spliceDue = false;
            concealment.splice(skipped, block, 0, samples);
        }
        concealment.received(block, 0, samples);
        measure(samples);
        playedMillis += format.millis(samples);
        fifo.write(block, 0, samples);
    }

    /** Decodes without playing; the next packet is blended out of what would have been heard. */
    private void skip() {
        PayloadFormat format = formats[frame.payloadType()];
        if (format == current) {
            int samples = format.codec().decode(frame.payload(), 0, frame.length(), skipped, 0);
            spliceDue = samples >= format.descriptor().samplesIn(5);
        }
    }

    /** Conceals what is only late so far; the next packet tells whether it was that, or the sender had gone silent. */
    private void late() {
        double before = concealedMillis;
        conceal(current.samples(frame.duration()), false);
        undecidedMillis += concealedMillis - before;
        concealedMillis = before;
    }

    private void decideLate() {
        boolean senderWasSilent = frame.resumed() && frame.sequence() == SequenceNumber.next(lastSequence);
        concealedMillis += senderWasSilent ? 0 : undecidedMillis;
        undecidedMillis = 0;
        lastSequence = frame.sequence();
    }

    private void conceal(int samples, boolean fec) {
        int count = Math.min(samples > 0 ? samples : tickSamples(), block.length);
        AudioCodec codec = current.codec();
        int recovered = AudioCodec.NONE;
        if (fec && formats[frame.payloadType()] == current) {
            recovered = codec.decodeFec(frame.payload(), 0, frame.length(), block, 0, count);
        }
        boolean real = recovered > 0;
        if (!real) {
            recovered = codec.conceal(block, 0, count);
        }
        if (recovered > 0) {
            concealment.received(block, 0, recovered);
        } else {
            recovered = count;
            concealment.conceal(block, 0, count);
        }
        if (real) {
            playedMillis += current.millis(recovered);
        } else {
            concealedMillis += current.millis(recovered);
        }
        spliceDue = false;
        fifo.write(block, 0, recovered);
    }

    private void silence(int samples) {
        concealment.silence(block, 0, samples);
        spliceDue = false;
        quiet = true;
        fifo.write(block, 0, samples);
    }

    /** Quiet is what lies far below the level that speech has had of late. */
    private void measure(int samples) {
        long sum = 0;
        for (int i = 0; i < samples; i++) {
            sum += Math.abs(block[i]);
        }
        int level = (int) (sum / samples);
        speechLevel = level > speechLevel ? level : speechLevel - (speechLevel >> 7);
        quiet = level < Math.max(QUIET_FLOOR, speechLevel >> 4);
    }

    /** Returns the packets that carried nothing decodable. */
    public long unplayable() {
        return unplayable;
    }

    /** Returns the jitter buffer's counters. */
    public JitterStatistics jitterStatistics() {
        return jitter.statistics();
    }

    /** Returns the delay over the fastest packets that the jitter buffer aims at, in nanoseconds. */
    public long targetDelay() {
        return jitter.targetDelay();
    }

    /** Returns what became of the audio so far. */
    public PlayoutStatistics statistics() {
        JitterStatistics counts = jitter.statistics();
        double buffered = jitter.buffered() / 1e6 + current.millis(fifo.size());
        return new PlayoutStatistics(Math.round(playedMillis), Math.round(concealedMillis), counts.late(), counts.skipped(), buffered,
            jitter.targetDelay() / 1e6);
    }
}
