package io.earshot.rtp.dtmf;

import io.earshot.api.time.Ticker;
import io.earshot.rtp.packet.RtpTimestamp;
import java.util.ArrayDeque;
import java.util.Optional;

/**
 * Reads each telephone event once, in order, from packets that are lost, doubled and reordered (RFC 4733 §2.5.2). An event is known by its
 * timestamp; a missing marker, lost end packets, segments of long events, and senders that move the timestamp during an event are all
 * expected. Confined to one thread.
 */
public final class TelephoneEventReceiver {
    /** An event of which nothing is heard for so long is over. */
    static final long SILENCE = 200 * Ticker.MILLISECOND;
    /** What the deadline is while no event sounds. */
    public static final long NEVER = Long.MAX_VALUE;

    /** A network does not hold a packet back for so long: a timestamp that went back is that of a stream started anew. */
    private static final long RESTART = 3 * Ticker.SECOND;
    private static final int REMEMBERED = 64;

    private final int clockRate;
    private final ArrayDeque<ReceivedEvent> finished = new ArrayDeque<>();
    private boolean any;
    private boolean sounding;
    private int event;
    private int volume;
    private int timestamp;
    private int ticks;
    private long ticksBefore;
    private long lastPacket;

    /**
     * Makes a receiver.
     *
     * @param clockRate of the payload type
     */
    public TelephoneEventReceiver(int clockRate) {
        if (clockRate < 1000) {
            throw new IllegalArgumentException("clock rate " + clockRate);
        }
        this.clockRate = clockRate;
    }

    /** Takes the payload of a packet; then drain {@link #poll}. */
    public TelephoneEventVerdict receive(byte[] payload, int offset, int length, int packetTimestamp, long now) {
        if (length < TelephoneEvent.BYTES || offset < 0 || offset > payload.length - TelephoneEvent.BYTES) {
            return TelephoneEventVerdict.MALFORMED;
        }
        int code = TelephoneEvent.event(payload, offset);
        boolean end = TelephoneEvent.end(payload, offset);
        int told = TelephoneEvent.ticks(payload, offset);
        if (!any) {
            return start(code, payload, offset, packetTimestamp, now);
        }
        int ahead = RtpTimestamp.difference(packetTimestamp, timestamp);
        if (code == event && ahead == 0) {
            return follow(told, end, now);
        }
        if (ahead <= 0 && now - lastPacket < RESTART) {
            return late(code, ahead);
        }
        if (ahead > 0 && code == event && belongs(ahead)) {
            ticksBefore += ahead;
            timestamp = packetTimestamp;
            ticks = 0;
            return follow(told, end, now);
        }
        finish();
        return start(code, payload, offset, packetTimestamp, now);
    }

    /** Ends an event whose end packets were all lost; then drain {@link #poll}. */
    public void expire(long now) {
        if (now >= deadline()) {
            finish();
        }
    }

    /** Returns when {@link #expire} wants to be called. */
    public long deadline() {
        return sounding ? lastPacket + SILENCE : NEVER;
    }

    /** Tells whether an event sounds, so that its in-band tone, if any, can be muted. */
    public boolean isSounding() {
        return sounding;
    }

    /** Returns the event that sounds, or sounded last; -1 before the first. */
    public int current() {
        return any ? event : -1;
    }

    /** Returns the next event that is over. */
    public Optional<ReceivedEvent> poll() {
        return Optional.ofNullable(finished.poll());
    }

    /** Forgets the stream, as when its SSRC changes; an event that sounds is over. */
    public void reset() {
        finish();
        any = false;
    }

    /** An event that begins before or where the same one ended is that one: a segment, or a sender whose timestamps run on. */
    private boolean belongs(int ahead) {
        return ahead < ticks || sounding && (ahead == ticks || ahead == TelephoneEvent.LONGEST_TICKS);
    }

    private TelephoneEventVerdict start(int code, byte[] payload, int offset, int packetTimestamp, long now) {
        any = true;
        sounding = true;
        event = code;
        volume = TelephoneEvent.volume(payload, offset);
        timestamp = packetTimestamp;
        ticks = TelephoneEvent.ticks(payload, offset);
        ticksBefore = 0;
        lastPacket = now;
        if (TelephoneEvent.end(payload, offset)) {
            finish();
        }
        return TelephoneEventVerdict.STARTED;
    }

    private TelephoneEventVerdict follow(int told, boolean end, long now) {
        if (!sounding) {
            ticks = Math.max(ticks, told);
            return TelephoneEventVerdict.DUPLICATE;
        }
        lastPacket = now;
        boolean news = told > ticks;
        ticks = Math.max(ticks, told);
        if (end) {
            finish();
            return TelephoneEventVerdict.ENDED;
        }
        return news ? TelephoneEventVerdict.CONTINUED : TelephoneEventVerdict.DUPLICATE;
    }

    private TelephoneEventVerdict late(int code, int ahead) {
        return code == event && -ahead <= ticksBefore ? TelephoneEventVerdict.DUPLICATE : TelephoneEventVerdict.LATE;
    }

    private void finish() {
        if (sounding) {
            sounding = false;
            if (finished.size() < REMEMBERED) { // nobody polls: the first keys of a flood are more likely to be meant than the last
                finished.add(new ReceivedEvent(event, volume, (ticksBefore + ticks) * 1000 / clockRate));
            }
        }
    }
}
