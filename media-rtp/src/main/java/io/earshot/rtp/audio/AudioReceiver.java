package io.earshot.rtp.audio;

import static java.util.Objects.requireNonNull;

import io.earshot.api.codec.spi.AudioCodec;
import io.earshot.rtp.jitter.Frame;
import io.earshot.rtp.jitter.InsertVerdict;
import io.earshot.rtp.jitter.JitterBuffer;
import io.earshot.rtp.jitter.JitterConfig;
import io.earshot.rtp.jitter.JitterStatistics;
import io.earshot.rtp.jitter.LossBursts;
import io.earshot.rtp.jitter.Playout;
import io.earshot.rtp.jitter.PlayoutFigures;
import io.earshot.rtp.jitter.PlayoutStatistics;
import io.earshot.rtp.packet.RedundantBlocks;
import io.earshot.rtp.packet.RtpPacket;
import io.earshot.rtp.packet.SequenceNumber;
import java.util.Arrays;
import java.util.List;

/**
 * Plays one RTP stream: packets go in as they arrive, PCM comes out in ticks of fixed length, whatever the packet time. Packets are
 * decoded whole, a queue keeps what exceeds the tick. The delay follows the network's: it is corrected by time-stretching, pitch period
 * by pitch period. What is lost is recovered from redundancy ({@link #redundancy}, in-band FEC), else made up for by the codec, else by
 * {@link Concealment}.
 *
 * <p>Several payload types may alternate; when one with another sample rate begins to play, {@link #sampleRate()} changes with the tick
 * that starts with it. A change of the RTP clock rate (RFC 7160) empties the jitter buffer. Confined to one thread.
 */
public final class AudioReceiver {
    private static final int LONGEST_PACKET_MILLIS = 120;
    /** Mean magnitude below which everything is quiet: about -55 dBov. */
    private static final int QUIET_FLOOR = 60;
    private static final int NONE = -1;

    private final int tickMillis;
    private final JitterConfig config;
    private final JitterBuffer jitter;
    private final Frame frame = new Frame();
    private final PayloadFormat[] formats = new PayloadFormat[128];
    private final RedundantBlocks blocks = new RedundantBlocks();
    private final ComfortNoise noise = new ComfortNoise();
    private final PcmFifo fifo = new PcmFifo(0);
    private final Tally tally;
    private int redundancy = NONE;
    private int comfortNoise = NONE;
    private PayloadFormat current;
    private Concealment concealment;
    private boolean concealing = true;
    private Pace pace;
    private short[] block = new short[0];
    private short[] spare = new short[0];
    private boolean spliceDue;
    private boolean quiet;
    private int speechLevel;
    private int lastSequence;
    private int noiseSequence;
    private final OwnStalls stalls;

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
        stalls = new OwnStalls(tickMillis);
        this.config = requireNonNull(config, "config");
        requireOne(accepted);
        jitter = new JitterBuffer(config, accepted.get(0).descriptor().rtpClockRate());
        tally = new Tally(jitter, fifo);
        formats(accepted);
    }

    /** The negotiation has changed what is to be expected; what is buffered of formats that remain still plays. */
    public void formats(List<PayloadFormat> accepted) {
        requireOne(accepted);
        Arrays.fill(formats, null);
        int longest = 0;
        for (PayloadFormat format : accepted) {
            formats[format.payloadType()] = requireNonNull(format, "format");
            longest = Math.max(longest, format.descriptor().samplesIn(LONGEST_PACKET_MILLIS));
        }
        if (block.length < longest) {
            block = new short[longest];
            spare = new short[longest];
            fifo.ensureCapacity(4 * longest);
        }
        use(accepted.get(0));
    }

    private static void requireOne(List<PayloadFormat> accepted) {
        if (accepted.isEmpty()) {
            throw new IllegalArgumentException("at least one format");
        }
    }

    /** Sets the payload type that carries redundant audio (RFC 2198), or -1 for none; its blocks are of the known formats. */
    public void redundancy(int payloadType) {
        redundancy = payloadType;
    }

    /** Says whether gaps are bridged by what came before, as they are at first, or left silent. */
    public void conceal(boolean on) {
        concealing = on;
    }

    /** Sets the payload type that describes the background noise of a silent sender (RFC 3389), or -1 for none. */
    public void comfortNoise(int payloadType) {
        comfortNoise = payloadType;
    }

    private void use(PayloadFormat format) {
        if (current == null || current.descriptor().sampleRate() != format.descriptor().sampleRate()
                || current.descriptor().channels() != format.descriptor().channels()) {
            fifo.clear();
            spliceDue = false;
            concealment = new Concealment(format.descriptor().sampleRate(), format.descriptor().channels());
            pace = new Pace(format, tickMillis, config.speedUp());
        }
        current = format;
        tally.follow(format, pace);
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
        stalls.reset();
        noise.stop();
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
        jitter.unseen(stalls.before(now));
        int type = packet.payloadType();
        if (type == comfortNoise && noise.describe(packet.buffer(), packet.payloadOffset(), packet.payloadLength())) {
            noiseSequence = packet.sequence();
            jitter.silence(noiseSequence);
            return true;
        }
        if (type == redundancy) {
            return unpack(packet, now);
        }
        return take(packet, type, packet.payloadOffset(), packet.payloadLength(), now);
    }

    /** Takes a packet that was asked for again; as {@link #onPacket}, but its delay says nothing of the network. */
    public boolean onRepeat(RtpPacket packet, long now) {
        jitter.repeated(true);
        boolean played = onPacket(packet, now);
        jitter.repeated(false);
        return played;
    }

    /** Has playout wait at least so many nanoseconds for what is asked for again; 0 for as the network needs. */
    public void waitFor(long nanos) {
        jitter.waitFor(nanos);
    }

    /** Returns in how many nanoseconds a missing packet would be played; negative if it is too late for it. */
    public long playsIn(int sequence, long now) {
        return jitter.playsIn(sequence, now);
    }

    private boolean unpack(RtpPacket packet, long now) {
        if (!blocks.wrap(packet.buffer(), packet.payloadOffset(), packet.payloadLength())) {
            tally.unplayable++;
            jitter.pass(packet.sequence());
            return false;
        }
        int primary = blocks.count() - 1;
        boolean taken = take(packet, blocks.payloadType(primary), blocks.offset(primary), blocks.length(primary), now);
        for (int i = 0; taken && i < primary; i++) {
            PayloadFormat format = formats[blocks.payloadType(i)];
            int ticks = format == null ? 0 : ticks(format, blocks.buffer(), blocks.offset(i), blocks.length(i));
            if (ticks > 0 && blocks.ticksBehind(i) % ticks == 0) {
                int sequence = packet.sequence() - blocks.ticksBehind(i) / ticks & 0xFFFF;
                jitter.recover(sequence, packet.timestamp() - blocks.ticksBehind(i), blocks.payloadType(i), blocks.buffer(),
                    blocks.offset(i), blocks.length(i), ticks);
            }
        }
        return taken;
    }

    private boolean take(RtpPacket packet, int payloadType, int offset, int length, long now) {
        PayloadFormat format = formats[payloadType];
        int ticks = format == null ? 0 : ticks(format, packet.buffer(), offset, length);
        if (ticks <= 0) {
            tally.unplayable += format == null ? 0 : 1;
            jitter.pass(packet.sequence());
            return false;
        }
        if (format.descriptor().rtpClockRate() != jitter.clockRate()) {
            jitter.reset(format.descriptor().rtpClockRate());
        }
        InsertVerdict verdict = jitter.insert(packet, payloadType, offset, length, ticks, now);
        return verdict == InsertVerdict.STORED || verdict == InsertVerdict.STORED_AFTER_OVERFLOW
            || verdict == InsertVerdict.RESYNCHRONISED;
    }

    /** Returns what a payload plays in timestamp ticks, 0 if it cannot be told or is too long. */
    private static int ticks(PayloadFormat format, byte[] bytes, int offset, int length) {
        int samples = length == 0 ? 0 : format.codec().duration(bytes, offset, length);
        return samples <= 0 || samples > format.descriptor().samplesIn(LONGEST_PACKET_MILLIS) ? 0 : format.ticks(samples);
    }

    /**
     * Fetches one tick of audio; call it once per tick.
     *
     * @param pcm has room for a tick at the highest rate of the formats
     * @return the samples written: a whole tick, silence included
     */
    public int read(long now, short[] pcm, int offset) {
        stalls.read(now);
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
        Playout next = jitter.next(now, wanted, quiet, frame);
        if (next == Playout.LOST) {
            lost(now, missing);
        } else {
            follow(next, missing);
        }
    }

    private void follow(Playout playout, int missing) {
        switch (playout) {
            case PACKET -> {
                decideLate();
                play();
            }
            case SKIP -> {
                decideLate();
                skip();
            }
            case LOST -> conceal(current.samples(frame.duration()));
            case UNDERRUN -> late();
            case GAP, EMPTY -> silence(Math.min(missing, Math.max(current.samples(frame.duration()), 1)));
        }
    }

    private void play() {
        int samples = decode();
        if (samples > 0) {
            concealment.received(block, 0, samples);
            queue(samples);
        }
    }

    /** Decodes the packet in the view into the block, or conceals it and returns 0. */
    private int decode() {
        PayloadFormat format = formats[frame.payloadType()];
        if (format == null) { // negotiated away while it waited
            conceal(current.samples(frame.duration()));
            return 0;
        }
        if (format != current) {
            use(format);
        }
        int samples = format.codec().decode(frame.payload(), 0, frame.length(), block, 0);
        if (samples <= 0) {
            tally.unplayable++;
            conceal(format.samples(frame.duration()));
            return 0;
        }
        if (SequenceNumber.difference(frame.sequence(), noiseSequence) > 0) {
            noise.stop();
        }
        return samples;
    }

    private void queue(int samples) {
        if (spliceDue) {
            spliceDue = false;
            concealment.splice(spare, block, 0, samples);
        }
        measure(samples);
        tally.playedMillis += current.millis(samples);
        int before = fifo.size();
        fifo.write(block, 0, samples);
        pace.correct(fifo, before, frame.excess(), jitter.slack(), quiet);
    }

    /** Decodes without playing; the next packet is blended out of what would have been heard. */
    private void skip() {
        PayloadFormat format = formats[frame.payloadType()];
        if (format == current) {
            int samples = format.codec().decode(frame.payload(), 0, frame.length(), spare, 0);
            spliceDue = samples >= format.descriptor().samplesIn(5);
        }
    }

    /** Conceals what is only late so far; the next packet tells whether it was that, or the sender had gone silent. */
    private void late() {
        double before = tally.concealedMillis;
        conceal(current.samples(frame.duration()));
        tally.undecidedMillis += tally.concealedMillis - before;
        tally.concealedMillis = before;
    }

    private void decideLate() {
        boolean senderWasSilent = frame.resumed() && frame.sequence() == SequenceNumber.next(lastSequence);
        tally.concealedMillis += senderWasSilent ? 0 : tally.undecidedMillis;
        tally.undecidedMillis = 0;
        lastSequence = frame.sequence();
    }

    /** A packet is lost: by what the one behind it holds, by the codec, or between what was before and what is behind. */
    private void lost(long now, int missing) {
        int count = Math.min(current.samples(frame.duration()), block.length);
        AudioCodec codec = current.codec();
        if (!frame.hasFec() || formats[frame.payloadType()] != current || count == 0) {
            conceal(count);
            return;
        }
        int recovered = codec.decodeFec(frame.payload(), 0, frame.length(), block, 0, count);
        if (recovered > 0) {
            concealment.received(block, 0, recovered);
            tally.playedMillis += current.millis(recovered);
            spliceDue = false;
            fifo.write(block, 0, recovered);
            return;
        }
        if (!concealing) {
            conceal(count);
            return;
        }
        recovered = codec.conceal(block, 0, count);
        if (recovered > 0) {
            made(recovered);
            return;
        }
        Playout next = jitter.next(now, Math.max(1, current.ticks(missing)), quiet, frame);
        if (next != Playout.PACKET || formats[frame.payloadType()] != current) {
            conceal(count);
            follow(next, missing);
            return;
        }
        decideLate();
        int samples = codec.decode(frame.payload(), 0, frame.length(), block, 0);
        if (samples <= 0) {
            tally.unplayable++;
            conceal(count);
            conceal(current.samples(frame.duration()));
            return;
        }
        concealment.bridge(spare, 0, count, block, 0, samples);
        tally.concealedMillis += current.millis(count);
        spliceDue = false;
        fifo.write(spare, 0, count);
        concealment.received(block, 0, samples);
        queue(samples);
    }

    private void conceal(int samples) {
        int count = Math.min(samples > 0 ? samples : tickSamples(), block.length);
        int recovered = concealing ? current.codec().conceal(block, 0, count) : 0;
        if (recovered > 0) {
            made(recovered);
            return;
        }
        if (concealing) {
            concealment.conceal(block, 0, count);
        } else {
            Arrays.fill(block, 0, count, (short) 0);
        }
        tally.concealedMillis += current.millis(count);
        spliceDue = false;
        fifo.write(block, 0, count);
    }

    private void made(int samples) {
        concealment.received(block, 0, samples);
        tally.concealedMillis += current.millis(samples);
        spliceDue = false;
        fifo.write(block, 0, samples);
    }

    private void silence(int samples) {
        concealment.silence(block, 0, samples);
        if (noise.isActive()) {
            noise.addTo(block, 0, samples);
            tally.noiseMillis += current.millis(samples);
        }
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
        return tally.unplayable;
    }

    /** Returns how losses bunch; it goes on counting. */
    public LossBursts bursts() {
        return jitter.bursts();
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
        return PlayoutStatistics.of(tally);
    }

    /** Returns what becomes of the audio, as it is whenever it is asked; always the same object. */
    public PlayoutFigures figures() {
        return tally;
    }
}
