package io.earshot.rtp.session;

import io.earshot.api.time.Ticker;
import io.earshot.rtp.packet.SequenceNumber;
import io.earshot.rtp.rtcp.RtcpWriter;
import java.util.Arrays;

/**
 * Which packets of the peer's are missing, and when to ask for them (RFC 4585 §6.2.1): a few times each, and only as long as they could
 * still be played. While packets overtake each other it waits a little before it believes in a loss. Confined to one thread; allocates
 * nothing after it was made.
 */
final class LossRequests {
    /** Sequence numbers that are looked back at: more than a second of usual packets. */
    static final int ROOM = 64;
    private static final int MOST_TRIES = 3;
    private static final long SHORTEST_RETRY = 10 * Ticker.MILLISECOND;
    private static final long RETRY_WHILE_UNKNOWN = 60 * Ticker.MILLISECOND;
    /** What a repair is taken to last before anything tells. */
    private static final long GUESS = 40 * Ticker.MILLISECOND;
    private static final long MOST_PATIENCE = 40 * Ticker.MILLISECOND;
    private static final long PATIENCE_STEP = 10 * Ticker.MILLISECOND;
    /** What is due so soon goes along. */
    private static final long ALONG = 5 * Ticker.MILLISECOND;
    /** Playout waits for repeated packets no longer than this: more delay would be worse than the gaps. */
    private static final long LONGEST_WAIT = 150 * Ticker.MILLISECOND;
    private static final long LOSSY_FOR = 10 * Ticker.SECOND;

    private enum State { NONE, MISSING, BACK }

    private final State[] states = new State[ROOM];
    private final int[] numbers = new int[ROOM];
    private final long[] noticed = new long[ROOM];
    private final long[] asked = new long[ROOM];
    private final int[] tries = new int[ROOM];
    private int highest;
    private int missing;
    private long patience;
    private long roundTrip = -1;
    private long leastRoundTrip = -1;
    private long repairTime = -1;
    private long repairSpread;
    private long lossAt = Long.MIN_VALUE;
    private long lossBefore = Long.MIN_VALUE;
    private long requested;
    private long repaired;
    private long needless;

    LossRequests() {
        reset();
    }

    /** Another source sends, its numbers have jumped, or what may be asked for was negotiated anew. */
    void reset() {
        Arrays.fill(states, State.NONE);
        missing = 0;
    }

    /** The round trip by RTCP, -1 while unknown. */
    void roundTrip(long nanos) {
        roundTrip = nanos;
        if (nanos >= 0) {
            leastRoundTrip = leastRoundTrip < 0 ? nanos : Math.min(nanos, leastRoundTrip + leastRoundTrip / 8 + Ticker.MILLISECOND);
        }
    }

    /**
     * A packet has come.
     *
     * @param before the highest number before it
     * @return whether it is one that was asked for, so that its delay says nothing of the network
     */
    boolean arrived(int sequence, Arrival arrival, int before, long now) {
        return switch (arrival) {
            case IN_ORDER -> {
                advance(sequence, before & 0xFFFF, now);
                yield false;
            }
            case REORDERED -> back(sequence, now);
            case DUPLICATE -> {
                twice(sequence);
                yield false;
            }
            default -> {
                reset();
                highest = sequence;
                yield false;
            }
        };
    }

    private void advance(int sequence, int before, long now) {
        int step = SequenceNumber.difference(sequence, before);
        highest = sequence;
        for (int behind = Math.min(step, ROOM) - 1; behind > 0; behind--) {
            note(sequence - behind & 0xFFFF, State.MISSING, now);
        }
        note(sequence, State.NONE, now);
        if (step > 1) {
            lossBefore = lossAt;
            lossAt = now;
        }
    }

    private void note(int sequence, State state, long now) {
        int slot = sequence % ROOM;
        missing += (state == State.MISSING ? 1 : 0) - (states[slot] == State.MISSING ? 1 : 0);
        states[slot] = state;
        numbers[slot] = sequence;
        noticed[slot] = now;
        asked[slot] = 0;
        tries[slot] = 0;
    }

    private boolean is(int slot, int sequence, State state) {
        return states[slot] == state && numbers[slot] == sequence;
    }

    private boolean back(int sequence, long now) {
        int slot = sequence % ROOM;
        if (!is(slot, sequence, State.MISSING)) {
            return false;
        }
        missing--;
        if (tries[slot] == 0) {
            states[slot] = State.NONE;
            patience = Math.min(MOST_PATIENCE, Math.max(patience, now - noticed[slot] + ALONG));
            return false;
        }
        states[slot] = State.BACK;
        long took = now - asked[slot];
        if (leastRoundTrip > 0 && tries[slot] == 1 && took < leastRoundTrip / 2) {
            return false; // sooner than it could have been repeated: it was only late
        }
        if (tries[slot] == 1) {
            measure(took);
        }
        repaired++;
        patience -= patience / 16;
        return true;
    }

    private void measure(long took) {
        if (repairTime < 0) {
            repairTime = took;
            repairSpread = took / 8;
        } else {
            repairSpread += (Math.abs(took - repairTime) - repairSpread) / 8;
            repairTime += (took - repairTime) / 8;
        }
    }

    /** A packet that was asked for came twice: it had not been lost. */
    private void twice(int sequence) {
        int slot = sequence % ROOM;
        if (is(slot, sequence, State.BACK)) {
            states[slot] = State.NONE;
            needless++;
            patience = Math.min(MOST_PATIENCE, patience + PATIENCE_STEP);
        }
    }

    private long expected() {
        return repairTime >= 0 ? repairTime : Math.max(roundTrip, 0);
    }

    private long retry() {
        return expected() == 0 ? RETRY_WHILE_UNKNOWN : Math.max(SHORTEST_RETRY, expected() + 2 * repairSpread);
    }

    /** Returns when the next packet is to be asked for. */
    long due() {
        long first = Ticker.NEVER;
        for (int slot = 0; missing > 0 && slot < ROOM; slot++) {
            if (states[slot] == State.MISSING) {
                first = Math.min(first, dueAt(slot));
            }
        }
        return first;
    }

    private long dueAt(int slot) {
        return tries[slot] == 0 ? noticed[slot] + patience : asked[slot] + retry();
    }

    /** Gives up what would come too late, and tells whether there is something to ask for now. */
    boolean isWaiting(PlayoutClock playing, long now) {
        boolean waiting = false;
        for (int slot = 0; missing > 0 && slot < ROOM; slot++) {
            if (states[slot] != State.MISSING || dueAt(slot) > now + ALONG) {
                continue;
            }
            if (tries[slot] == MOST_TRIES || playing.playsIn(numbers[slot], now) <= expected()) {
                states[slot] = State.NONE;
                missing--;
            } else {
                waiting = true;
            }
        }
        return waiting;
    }

    /** Writes what {@link #isWaiting} has left to ask for. */
    void write(RtcpWriter writer, int ssrc, int source, long now) {
        writer.nack(ssrc, source);
        int first = -1;
        int following = 0;
        for (int behind = ROOM - 1; behind > 0; behind--) {
            int sequence = highest - behind & 0xFFFF;
            int slot = sequence % ROOM;
            if (!is(slot, sequence, State.MISSING) || dueAt(slot) > now + ALONG) {
                continue;
            }
            asked[slot] = now;
            tries[slot]++;
            requested += tries[slot] == 1 ? 1 : 0;
            int step = first < 0 ? 0 : SequenceNumber.difference(sequence, first);
            if (first >= 0 && step <= 16) {
                following |= 1 << step - 1;
            } else {
                if (first >= 0) {
                    writer.missing(first, following);
                }
                first = sequence;
                following = 0;
            }
        }
        if (first >= 0) {
            writer.missing(first, following);
        }
    }

    /**
     * Returns for how long playout is to wait, so that repeated packets come in time: 0 while none are lost, or while they would take
     * too long.
     *
     * @param packet nanoseconds between packets, after which a loss shows
     */
    long patience(long packet, long now) {
        boolean lossy = lossBefore != Long.MIN_VALUE && now - lossBefore < LOSSY_FOR;
        long repair = expected() > 0 ? expected() : GUESS;
        long wait = packet + patience + repair + Math.max(repairSpread, ALONG) + 2 * ALONG;
        return lossy && wait <= LONGEST_WAIT ? wait : 0;
    }

    /** Returns the packets that were asked for, each once. */
    long requested() {
        return requested;
    }

    /** Returns those of them that came, each once. */
    long repaired() {
        return repaired;
    }

    /** Returns those of them that came twice, as they had only been late. */
    long needless() {
        return needless;
    }
}
