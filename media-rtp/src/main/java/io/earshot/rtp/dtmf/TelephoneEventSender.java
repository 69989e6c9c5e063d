package io.earshot.rtp.dtmf;

import static java.util.Objects.requireNonNull;

import io.earshot.api.time.Ticker;
import io.earshot.rtp.packet.RtpPacket;
import io.earshot.rtp.packet.RtpTimestamp;
import io.earshot.rtp.session.RtpSender;

/**
 * Plays a queue of digits as telephone events (RFC 4733 §2.5.1). All packets of an event carry the timestamp of its start, the first one
 * the marker, the last one three times the end bit, a packet time apart; an event longer than a packet can tell goes on in segments. No
 * digit is cut short, pauses and gaps are kept. Confined to one thread.
 *
 * <p>The owner calls {@link #next} whenever {@link #deadline()} has come, with the same media time that its audio has, and sends no audio
 * while {@link #isActive()}.
 *
 * <pre>{@code
 * sender.enqueue('5', now);
 * while ((length = sender.next(out, 0, audio.mediaTicks(), now)) > 0) { send(out, length); }
 * }</pre>
 */
public final class TelephoneEventSender {
    /** What the deadline is while nothing is to be sent. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final int QUEUE = 256;
    private static final int PAUSE = -1;
    private static final int END_PACKETS = 3;

    private enum Phase { IDLE, TONE, ENDING, GAP }

    private final RtpSender rtp;
    private final int payloadType;
    private final int clockRate;
    private final TelephoneEventTiming timing;
    private final int[] events = new int[QUEUE];
    private final long[] lengths = new long[QUEUE];
    private int head;
    private int size;

    private Phase phase = Phase.IDLE;
    private int event;
    private long startedAt;
    private long endsAt;
    private long wakeAt = NEVER;
    private long segmentTicks;
    private long segmentsTicks;
    private int endsLeft;
    private int endTicks;
    private boolean marker;

    /**
     * Makes a sender.
     *
     * @param rtp the stream, shared with its audio
     * @param payloadType what the peer wants telephone events in
     * @param clockRate of that payload type: that of the audio it stands in for (RFC 4733 §2.5.1.1)
     */
    public TelephoneEventSender(RtpSender rtp, int payloadType, int clockRate, TelephoneEventTiming timing) {
        this.rtp = requireNonNull(rtp, "rtp");
        this.timing = requireNonNull(timing, "timing");
        if (clockRate < 1000 || payloadType < 0 || payloadType > 127) {
            throw new IllegalArgumentException("payload type " + payloadType + " at " + clockRate + " Hz");
        }
        this.payloadType = payloadType;
        this.clockRate = clockRate;
    }

    /**
     * Plays a digit after those that wait: {@code 0-9 * # A-D}, {@code !} or {@code F} for a flash, {@code ,} or {@code p} for two seconds
     * of pause, a blank for half a second.
     *
     * @return false, and nothing happens, when the character is none of these or the queue is full (256)
     */
    public boolean enqueue(char digit, long now) {
        if (digit == ',' || digit == 'p' || digit == 'P') {
            return add(PAUSE, 2 * Ticker.SECOND, now);
        }
        if (digit == ' ') {
            return add(PAUSE, Ticker.SECOND / 2, now);
        }
        int code = TelephoneEvent.ofDigit(digit);
        return code >= 0 && add(code, timing.toneMillis() * Ticker.MILLISECOND, now);
    }

    /**
     * Presses a key that stays pressed until {@link #release}; digits that wait come first.
     *
     * @return as for {@link #enqueue}
     */
    public boolean press(char digit, long now) {
        int code = TelephoneEvent.ofDigit(digit);
        return code >= 0 && add(code, NEVER, now);
    }

    /** Lets go of the key pressed last: it ends when its shortest length is over, now if it has been played for longer. */
    public void release(long now) {
        long shortest = timing.toneMillis() * Ticker.MILLISECOND;
        int last = (head + size - 1 + QUEUE) % QUEUE;
        if (size > 0 && lengths[last] == NEVER) {
            lengths[last] = shortest;
        } else if (size == 0 && phase == Phase.TONE && endsAt == NEVER) {
            endsAt = Math.max(now, startedAt + shortest);
            wakeAt = Math.min(wakeAt, endsAt);
        }
    }

    /** Forgets the digits that wait; the one that sounds is played to its end. */
    public void clear(long now) {
        release(now);
        size = 0;
    }

    /** Returns how many digits and pauses wait, without the one that sounds. */
    public int waiting() {
        return size;
    }

    /** Tells whether an event is being told, its end packets included: audio pauses meanwhile. */
    public boolean isActive() {
        return phase == Phase.TONE || phase == Phase.ENDING;
    }

    /** Returns when {@link #next} wants to be called, {@link #NEVER} while there is nothing to do. */
    public long deadline() {
        return wakeAt;
    }

    /**
     * Writes the next packet that is due; call until it returns 0.
     *
     * @param out has room for {@code RtpPacket.HEADER_BYTES + TelephoneEvent.BYTES} from {@code offset}
     * @param mediaTicks the present on the stream's own scale
     * @return the packet's length, 0 when none is due
     */
    public int next(byte[] out, int offset, long mediaTicks, long now) {
        while (now >= wakeAt) {
            switch (phase) {
                case IDLE, GAP -> begin(mediaTicks, now);
                case TONE -> {
                    return tone(out, offset, now);
                }
                default -> {
                    return ending(out, offset, now);
                }
            }
        }
        return 0;
    }

    private boolean add(int code, long length, long now) {
        if (size == QUEUE) {
            return false;
        }
        int at = (head + size) % QUEUE;
        events[at] = code;
        lengths[at] = length;
        size++;
        if (phase == Phase.IDLE) {
            wakeAt = Math.min(wakeAt, now);
        }
        return true;
    }

    private void begin(long mediaTicks, long now) {
        if (size == 0) {
            phase = Phase.IDLE;
            wakeAt = NEVER;
            return;
        }
        event = events[head];
        long length = lengths[head];
        head = (head + 1) % QUEUE;
        size--;
        if (event == PAUSE) {
            phase = Phase.GAP;
            wakeAt = now + length;
            return;
        }
        phase = Phase.TONE;
        startedAt = now;
        endsAt = length == NEVER ? NEVER : now + length;
        segmentTicks = mediaTicks;
        segmentsTicks = 0;
        marker = true;
        wakeAt = Math.min(endsAt, now + packetNanos());
    }

    private int tone(byte[] out, int offset, long now) {
        long told = Math.min(now, endsAt);
        long ticks = RtpTimestamp.toTicks(told - startedAt, clockRate) - segmentsTicks;
        if (ticks > TelephoneEvent.LONGEST_TICKS) { // the packet that closes the segment has no end bit
            int length = packet(out, offset, false, TelephoneEvent.LONGEST_TICKS, now);
            segmentsTicks += TelephoneEvent.LONGEST_TICKS;
            segmentTicks += TelephoneEvent.LONGEST_TICKS;
            return length; // still due: the next call starts the next segment
        }
        if (now >= endsAt) {
            phase = Phase.ENDING;
            endsLeft = END_PACKETS;
            endTicks = (int) Math.max(1, ticks);
            return ending(out, offset, now);
        }
        wakeAt = Math.min(endsAt, now + packetNanos());
        return packet(out, offset, false, (int) Math.max(1, ticks), now);
    }

    private int ending(byte[] out, int offset, long now) {
        int length = packet(out, offset, true, endTicks, now);
        endsLeft--;
        wakeAt = now + packetNanos();
        if (endsLeft == 0) {
            phase = Phase.GAP;
            wakeAt = Math.max(now, endsAt + timing.gapMillis() * Ticker.MILLISECOND);
        }
        return length;
    }

    private int packet(byte[] out, int offset, boolean end, int ticks, long now) {
        int bytes = TelephoneEvent.write(out, offset + RtpPacket.HEADER_BYTES, event, end, timing.volume(), ticks);
        int length = rtp.packet(out, offset, payloadType, marker, segmentTicks, bytes, now);
        marker = false;
        return length;
    }

    private long packetNanos() {
        return timing.packetMillis() * Ticker.MILLISECOND;
    }
}
