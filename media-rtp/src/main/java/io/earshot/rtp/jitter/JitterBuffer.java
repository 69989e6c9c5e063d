package io.earshot.rtp.jitter;

import static java.util.Objects.requireNonNull;

import io.earshot.api.time.Ticker;
import io.earshot.rtp.packet.RtpPacket;
import io.earshot.rtp.packet.RtpTimestamp;
import io.earshot.rtp.packet.SequenceNumber;

/**
 * An adaptive jitter buffer over a fixed pool of packets.
 *
 * <p>{@link #insert} takes packets as they arrive. {@link #next} is asked whenever the player runs out of samples, and answers for one
 * whole packet or for a stretch to fill. Playout stands at a position in the stream's timestamps that moves with what is handed out;
 * its distance from the fastest packets' arrival is the delay, which {@link DelayEstimator} wants at a target:
 * <ul>
 * <li>too late a packet: the gap is concealed; if it still comes soon, it is played and the delay has grown;
 * <li>off the target: the view says by how much, and the player plays a little faster or slower; where it is not to
 *     ({@link JitterConfig#speedUp()}), single packets are skipped; beyond 400 ms, all at once;
 * <li>after a silence: the next talk-spurt starts exactly when its target delay has passed.
 * </ul>
 * Confined to one thread; allocates nothing after the first turn of its ring, but for payloads over {@link JitterConfig#slotBytes()}.
 */
public final class JitterBuffer {
    private static final long REWIND_LIMIT = 120 * Ticker.MILLISECOND;
    private static final long HARD_LIMIT = 400 * Ticker.MILLISECOND;
    private static final long SPEECH_TOLERANCE = 20 * Ticker.MILLISECOND;
    private static final long FAR_OVER = 100 * Ticker.MILLISECOND;
    private static final long IDLE_AFTER = 200 * Ticker.MILLISECOND;
    private static final int SPACING = 10;
    private static final int SPACING_FAR = 5;

    private final JitterConfig config;
    private final PacketRing ring;
    private final DelayEstimator delay;
    private final JumpDetector jumps = new JumpDetector();
    private final JitterCounters counters = new JitterCounters();
    private final LossBursts bursts = new LossBursts();
    private int clockRate;

    /** Extended sequence number to be played next, the highest one seen, and the timestamp that goes with it. */
    private long next;
    private long highest;
    private long highestTimestamp;

    private boolean started;
    private boolean everPlayed;
    private boolean playing;
    private boolean broken;
    private boolean pileUp; // what had come before the beginning is still being played, late as it is
    /** Timestamp expected of {@link #next}, and ticks concealed beyond it because it was late. */
    private long expected;
    private long ahead;
    private int lastDuration;
    private int sinceAdjustment;
    private long unseen;
    private boolean repeated;

    /**
     * Makes an empty buffer.
     *
     * @param clockRate timestamp ticks per second
     */
    public JitterBuffer(JitterConfig config, int clockRate) {
        this.config = requireNonNull(config, "config");
        ring = new PacketRing(config);
        delay = new DelayEstimator(config);
        reset(clockRate);
    }

    /** Forgets everything but the counters, as when another source starts to send. */
    public void reset(int newClockRate) {
        if (newClockRate <= 0) {
            throw new IllegalArgumentException("clock rate must be positive, not " + newClockRate);
        }
        clockRate = newClockRate;
        delay.reset();
        restart();
    }

    private void restart() {
        ring.clear();
        jumps.clear();
        started = false;
        everPlayed = false;
        pileUp = false;
        stopPlaying();
        lastDuration = clockRate / 50;
        sinceAdjustment = 0;
    }

    /**
     * Packets inserted from now on may have waited for that many nanoseconds as we stood still, 0 if they did not; or they were asked for
     * again, so that their delay says nothing of the network.
     */
    public void arriving(long unseenNanos, boolean again) {
        unseen = unseenNanos;
        repeated = again;
    }

    /** Has playout wait at least so many nanoseconds, so that what is asked for again comes in time; 0 for as the network needs. */
    public void waitFor(long nanos) {
        delay.atLeast(nanos);
    }

    /** Returns in how many nanoseconds a packet would be played that is not here; negative if it is too late for it. */
    public long playsIn(int sequenceNumber, long now) {
        if (!started || !delay.isStarted()) {
            return Ticker.SECOND;
        }
        long sequence = SequenceNumber.extend(sequenceNumber, highest);
        long timestamp = highestTimestamp - (highest - sequence) * lastDuration;
        return everPlayed && sequence < next ? -1 : -error(timestamp, now);
    }

    /**
     * Takes a packet of audio; its payload is copied.
     *
     * @param packet wrapped with verdict OK
     * @param duration what it plays, in timestamp ticks; positive
     * @param now when it arrived
     */
    public InsertVerdict insert(RtpPacket packet, int duration, long now) {
        return insert(packet, packet.payloadType(), packet.payloadOffset(), packet.payloadLength(), duration, now);
    }

    /**
     * Takes a part of a packet's payload, as the primary block of RFC 2198 is one.
     *
     * @param payloadType of that part
     */
    public InsertVerdict insert(RtpPacket packet, int payloadType, int offset, int length, int duration, long now) {
        if (duration <= 0) {
            throw new IllegalArgumentException("duration must be positive, not " + duration);
        }
        counters.inserted++;
        if (length > config.maxPayload()) {
            return InsertVerdict.TOO_LONG;
        }
        if (!started) {
            startWith(packet);
        }
        long sequence = SequenceNumber.extend(packet.sequence(), highest);
        long timestamp = RtpTimestamp.extend(packet.timestamp(), highestTimestamp);
        if (ring.holds(sequence, Slot.Content.AUDIO)) {
            counters.duplicates++;
            return InsertVerdict.DUPLICATE;
        }
        long transit = now - RtpTimestamp.toNanos(timestamp, clockRate);
        boolean resynchronised = false;
        if (repeated) {
            return store(packet, sequence, timestamp, payloadType, offset, length, duration);
        }
        if (delay.isStarted() && (JumpDetector.farInTime(transit - delay.base(), unseen)
                || JumpDetector.farInSequence(sequence - highest, timestamp - highestTimestamp, lastDuration, ring.capacity()))) {
            if (!jumps.confirms(packet.sequence(), transit)) {
                counters.suspects++;
                return InsertVerdict.SUSPECT;
            }
            resynchronised = true;
            counters.resynchronisations++;
            restart();
            delay.rebase();
            startWith(packet);
            sequence = highest;
            timestamp = highestTimestamp;
            transit = now - RtpTimestamp.toNanos(timestamp, clockRate);
        }
        jumps.clear();
        delay.add(transit, unseen, now);
        InsertVerdict verdict = store(packet, sequence, timestamp, payloadType, offset, length, duration);
        return resynchronised ? InsertVerdict.RESYNCHRONISED : verdict;
    }

    private InsertVerdict store(RtpPacket packet, long sequence, long timestamp, int payloadType, int offset, int length, int duration) {
        InsertVerdict verdict = place(sequence, timestamp);
        if (verdict != InsertVerdict.LATE) {
            ring.place(sequence).store(packet.buffer(), offset, length, config.maxPayload());
            ring.slot(sequence).describe(sequence, timestamp, payloadType, duration);
        }
        return verdict;
    }

    private void startWith(RtpPacket packet) {
        started = true;
        next = packet.sequence() + 0x1_0000L; // so that numbers before the first stay positive
        highest = next;
        highestTimestamp = packet.timestamp() & 0xFFFF_FFFFL;
    }

    private InsertVerdict place(long sequence, long timestamp) {
        if (sequence < next) {
            if (everPlayed || highest - sequence >= config.maxPackets()) {
                counters.late++;
                return InsertVerdict.LATE;
            }
            next = sequence; // overtaken by a later one before playout began
        }
        InsertVerdict verdict = makeRoom(sequence) ? InsertVerdict.STORED_AFTER_OVERFLOW : InsertVerdict.STORED;
        if (sequence >= highest) {
            highest = sequence;
            highestTimestamp = timestamp;
        }
        return verdict;
    }

    /**
     * Takes what a packet brings along of an earlier one (RFC 2198), which is worth something only if that one is missing. It says
     * nothing of the network's delay.
     *
     * @param sequenceNumber of the earlier packet
     * @param timestamp of the earlier packet
     * @param duration what it plays, in timestamp ticks; positive
     * @return whether it fills a gap
     */
    public boolean recover(int sequenceNumber, int timestamp, int payloadType, byte[] bytes, int offset, int length, int duration) {
        if (!started || duration <= 0 || length > config.maxPayload()) {
            return false;
        }
        long sequence = SequenceNumber.extend(sequenceNumber, highest);
        long time = RtpTimestamp.extend(timestamp, highestTimestamp);
        boolean fits = sequence < highest && time < highestTimestamp && highest - sequence < config.maxPackets()
            && !(everPlayed && time < expected);
        if (!fits || sequence < next && everPlayed || ring.slot(sequence).sequence == sequence
                && ring.slot(sequence).content != Slot.Content.NOTHING) {
            return false;
        }
        next = Math.min(next, sequence);
        ring.place(sequence).store(bytes, offset, length, config.maxPayload());
        ring.slot(sequence).describe(sequence, time, payloadType, duration);
        counters.recovered++;
        return true;
    }

    /** Gives up the oldest numbers when a new one would not fit; tells whether audio was lost by that. */
    private boolean makeRoom(long sequence) {
        long first = sequence - config.maxPackets() + 1;
        if (next >= first) {
            return false;
        }
        int dropped = ring.countAudio(next, Math.min(highest, first - 1));
        counters.overflows += dropped;
        next = first;
        stopPlaying();
        return dropped > 0;
    }

    /**
     * Notes that a sequence number was used for something that is no audio, as telephone events are, so that it is not taken for a
     * loss.
     */
    public void pass(int sequenceNumber) {
        note(sequenceNumber, Slot.Content.OTHER);
    }

    /** Notes that the sender falls silent with this packet, as with one of comfort noise: nothing is late until it speaks again. */
    public void silence(int sequenceNumber) {
        note(sequenceNumber, Slot.Content.SILENCE);
    }

    private void note(int sequenceNumber, Slot.Content content) {
        long sequence = SequenceNumber.extend(sequenceNumber, highest);
        if (!started || sequence < next || sequence - next >= ring.capacity() || ring.holds(sequence, Slot.Content.AUDIO)) {
            return;
        }
        Slot slot = ring.place(sequence);
        slot.content = content;
        slot.sequence = sequence;
    }

    /**
     * Says what comes next in the playout and fills the view.
     *
     * @param now when it is asked
     * @param wanted ticks that the player misses at least; a late or silent stretch is not made longer than that
     * @param quiet whether what is being played is silence, the time to skip unheard
     */
    public Playout next(long now, int wanted, boolean quiet, Frame frame) {
        if (wanted <= 0) {
            throw new IllegalArgumentException("wanted must be positive, not " + wanted);
        }
        while (playing) {
            if (ring.holds(next, Slot.Content.OTHER)) {
                next++;
                continue;
            }
            if (ring.holds(next, Slot.Content.SILENCE)) {
                next++;
                stopPlaying();
                break;
            }
            long held = ring.firstAudio(next, highest);
            if (held < 0) {
                return underrun(wanted, frame);
            }
            Slot slot = ring.slot(held);
            if (held == next) {
                if (slot.timestamp > expected) {
                    stopPlaying(); // a silence: the next talk-spurt has its own time
                } else if (ahead > 0 && isTooLate(slot, now)) {
                    giveUp(slot);
                } else {
                    return front(slot, now, quiet, frame);
                }
            } else if (slot.timestamp <= expected) {
                counters.lost += held - next; // lost, but there is no time between to fill
                next = held;
            } else if (lose(slot, held, frame)) {
                return Playout.LOST;
            }
        }
        return waiting(now, wanted, frame);
    }

    /** One packet is lost; {@code false} when its time has been concealed before, while it was only late. */
    private boolean lose(Slot later, long held, Frame frame) {
        int duration = (int) Math.min(lastDuration, later.timestamp - expected);
        counters.lost++;
        bursts.lost();
        next++;
        expected += duration;
        if (ahead >= duration) {
            ahead -= duration;
            return false;
        }
        int toConceal = duration - (int) ahead;
        if (held == next && ahead == 0) {
            frame.set(later, toConceal, true, false, 0);
        } else {
            frame.none(toConceal);
        }
        ahead = 0;
        return true;
    }

    /** A late packet is played and makes the delay longer, but not where the network would have it longer still than is allowed. */
    private boolean isTooLate(Slot slot, long now) {
        long error = error(slot, now);
        if (delay.isBounded() && error <= REWIND_LIMIT) {
            return error > RtpTimestamp.toNanos(slot.duration, clockRate);
        }
        return error > REWIND_LIMIT && ring.firstAudio(next + 1, highest) >= 0;
    }

    private void giveUp(Slot slot) {
        counters.late++;
        slot.content = Slot.Content.NOTHING;
        next++;
        expected = slot.timestamp + slot.duration;
        ahead = Math.max(0, ahead - slot.duration);
    }

    private Playout underrun(int wanted, Frame frame) {
        counters.underruns += ahead == 0 ? 1 : 0;
        int duration = Math.min(wanted, lastDuration);
        ahead += duration;
        if (RtpTimestamp.toNanos(ahead, clockRate) >= IDLE_AFTER) {
            stopPlaying();
        }
        frame.none(duration);
        return Playout.UNDERRUN;
    }

    private void stopPlaying() {
        playing = false;
        broken = true;
        ahead = 0;
    }

    private Playout front(Slot slot, long now, boolean quiet, Frame frame) {
        ahead = 0;
        long error = error(slot, now);
        pileUp &= error > HARD_LIMIT;
        if (error > (pileUp ? Ticker.SECOND : HARD_LIMIT)) {
            Slot kept = ring.slot(skipTo(RtpTimestamp.toNanos(slot.duration, clockRate), now));
            return handOut(kept, error(kept, now), frame);
        }
        sinceAdjustment++;
        long tolerance = RtpTimestamp.toNanos(slot.duration, clockRate) + (quiet ? 0 : SPEECH_TOLERANCE);
        if (!config.speedUp() && error >= tolerance && sinceAdjustment >= (error > FAR_OVER ? SPACING_FAR : SPACING)
                && ring.holds(next + 1, Slot.Content.AUDIO)) {
            sinceAdjustment = 0;
            handOut(slot, error, frame);
            counters.played--;
            counters.skipped++;
            return Playout.SKIP;
        }
        return handOut(slot, error, frame);
    }

    /** Drops packets from the front while their delay exceeds the target by more than {@code limit} and others follow. */
    private long skipTo(long limit, long now) {
        long front = ring.firstAudio(next, highest);
        while (error(ring.slot(front), now) > limit) {
            long following = ring.firstAudio(front + 1, highest);
            if (following < 0) {
                break;
            }
            ring.slot(front).content = Slot.Content.NOTHING;
            counters.skipped++;
            broken = true;
            front = following;
        }
        next = front;
        return front;
    }

    private Playout waiting(long now, int wanted, Frame frame) {
        if (!started || ring.firstAudio(next, highest) < 0) {
            frame.none(wanted);
            return Playout.EMPTY;
        }
        Slot slot = ring.slot(skipTo(everPlayed ? REWIND_LIMIT : config.dropFirst() ? REWIND_LIMIT / 2 : Ticker.SECOND, now));
        if (error(slot, now) < 0) {
            frame.none(wanted);
            return Playout.GAP;
        }
        playing = true;
        pileUp |= !everPlayed && !config.dropFirst();
        return handOut(slot, error(slot, now), frame);
    }

    private Playout handOut(Slot slot, long error, Frame frame) {
        frame.set(slot, slot.duration, false, broken, error);
        broken = false;
        everPlayed = true;
        ahead = 0;
        counters.played++;
        bursts.received();
        slot.content = Slot.Content.NOTHING;
        lastDuration = slot.duration;
        next = slot.sequence + 1;
        expected = slot.timestamp + slot.duration;
        return Playout.PACKET;
    }

    /** Returns by how much the delay would exceed its target if the packet were played now. */
    private long error(Slot slot, long now) {
        return error(slot.timestamp, now);
    }

    private long error(long timestamp, long now) {
        return now - RtpTimestamp.toNanos(timestamp, clockRate) - delay.base() - delay.target();
    }

    /** Returns the delay over the fastest packets that playout is to have, in nanoseconds. */
    public long targetDelay() {
        return delay.target();
    }

    /** Returns by how many nanoseconds the target may be missed without many more packets being late. */
    public long slack() {
        return delay.slack();
    }

    /** Returns by how much the sender's clock is slower than ours, in millionths; 0 until it is known. */
    public double driftPpm() {
        return delay.driftPpm();
    }

    /** Returns the audio held, from the position of playout to the end of the newest packet, in nanoseconds. */
    public long buffered() {
        long first = started ? ring.firstAudio(next, highest) : -1;
        if (first < 0) {
            return 0;
        }
        long end = highestTimestamp + ring.slot(highest).duration;
        return RtpTimestamp.toNanos(Math.max(0, end - ring.slot(first).timestamp), clockRate);
    }

    /** Returns the timestamp ticks per second. */
    public int clockRate() {
        return clockRate;
    }

    /** Returns how the losses bunch; it goes on counting. */
    public LossBursts bursts() {
        return bursts;
    }

    /** Returns the packets that came after their time. */
    public long late() {
        return counters.late;
    }

    /** Returns the packets left out to shorten the delay. */
    public long skipped() {
        return counters.skipped;
    }

    /** Returns the packets pushed out by newer ones. */
    public long overflows() {
        return counters.overflows;
    }

    /** Returns the counters as they are now. */
    public JitterStatistics statistics() {
        return counters.snapshot();
    }
}
