package io.earshot.rtp.session;

import io.earshot.api.time.Ticker;
import io.earshot.rtp.rtcp.GenericNack;
import io.earshot.rtp.rtcp.RtcpCompound;
import io.earshot.rtp.rtcp.RtcpWriter;

/** Feedback of a session: what we miss, and what the peer does. Does nothing until it was negotiated. Confined to one thread. */
final class Feedback implements RepairFigures {
    private static final int ROOM = 64;
    private static final int NONE = -1;

    private final GenericNack nack = new GenericNack();
    private FeedbackRules rules = FeedbackRules.NONE;
    private PlayoutClock playing = (sequence, now) -> NONE;
    /** Made when it is first agreed on. */
    private LossRequests requests;
    private int[] wanted = new int[0];
    private int from;
    private int to;
    private long asked;
    private long repeated;
    private boolean repair;

    /** Applies what was negotiated. */
    void negotiated(FeedbackRules agreed, PlayoutClock clock) {
        rules = agreed;
        playing = clock;
        if (agreed.nack() && requests == null) {
            requests = new LossRequests();
            wanted = new int[ROOM];
        }
        if (requests != null) {
            requests.reset();
        }
        from = to;
    }

    FeedbackRules rules() {
        return rules;
    }

    /** A packet was accepted; {@code before} is the highest number before it. */
    void arrived(int sequence, Arrival arrival, int before, long now) {
        repair = rules.nack() && requests.arrived(sequence, arrival, before, now);
    }

    /** Tells whether the packet that came last had been asked for. */
    boolean isRepair() {
        return repair;
    }

    void roundTrip(long nanos) {
        if (requests != null) {
            requests.roundTrip(nanos);
        }
    }

    long due() {
        return rules.nack() ? requests.due() : Ticker.NEVER;
    }

    boolean isWaiting(long now) {
        return rules.nack() && requests.isWaiting(playing, now);
    }

    void write(RtcpWriter writer, int ssrc, int source, long now) {
        requests.write(writer, ssrc, source, now);
    }

    long patience(long packet, long now) {
        return rules.nack() ? requests.patience(packet, now) : 0;
    }

    /** Takes the current packet of a compound of the peer's. */
    void take(RtcpCompound compound, int ourSsrc) {
        if (!rules.nack() || !nack.wrap(compound) || nack.source() != ourSsrc) {
            return;
        }
        for (int sequence = nack.next(); sequence >= 0; sequence = nack.next()) {
            asked++;
            if (to - from < ROOM) {
                wanted[to++ % ROOM] = sequence;
            }
        }
    }

    /** Returns the number of the next packet that the peer wants again, -1 when there is none. */
    int nextWanted() {
        if (from == to) {
            from = 0;
            to = 0;
            return NONE;
        }
        return wanted[from++ % ROOM];
    }

    void countRepeated() {
        repeated++;
    }

    @Override
    public long requested() {
        return requests == null ? 0 : requests.requested();
    }

    @Override
    public long repaired() {
        return requests == null ? 0 : requests.repaired();
    }

    @Override
    public long needless() {
        return requests == null ? 0 : requests.needless();
    }

    @Override
    public long wanted() {
        return asked;
    }

    @Override
    public long repeated() {
        return repeated;
    }

    @Override
    public String toString() {
        return "asked for " + requested() + ", " + repaired() + " came, " + needless() + " needless; wanted " + asked + ", repeated " + repeated;
    }
}
