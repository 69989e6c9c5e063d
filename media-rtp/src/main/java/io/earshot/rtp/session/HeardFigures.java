package io.earshot.rtp.session;

import io.earshot.rtp.jitter.LossBursts;
import io.earshot.rtp.rtcp.VoipFigures;

/** What we say of how we hear the peer, at the moment when it is asked for. */
final class HeardFigures implements VoipFigures {
    /** What sound systems add to the playout delay on both of their sides, in milliseconds. */
    private static final int SOUND_SYSTEM = 40;
    private static final int LONGEST_BUFFER = 1000;
    private static final int MOST_SHARE = 255;

    private final RemoteSource remote;
    private final SessionFigures now;
    private LossBursts bursts = new LossBursts();
    private int packetMillis;

    HeardFigures(RemoteSource remote, SessionFigures now) {
        this.remote = remote;
        this.now = now;
    }

    void follow(LossBursts losses, int millis) {
        bursts = losses;
        packetMillis = millis;
    }

    @Override
    public int source() {
        return packetMillis == 0 || !remote.isKnown() ? 0 : remote.ssrc();
    }

    @Override
    public int lossRate() {
        return (int) Math.min(MOST_SHARE, now.lossPercent() * 2.56);
    }

    @Override
    public int discardRate() {
        return (int) Math.min(MOST_SHARE, now.discardPercent() * 2.56);
    }

    @Override
    public int burstDensity() {
        return bursts.burstDensity();
    }

    @Override
    public int gapDensity() {
        return bursts.gapDensity();
    }

    @Override
    public int burstMillis() {
        return (int) (bursts.burstPackets() * packetMillis);
    }

    @Override
    public int gapMillis() {
        return (int) (bursts.gapPackets() * packetMillis);
    }

    @Override
    public int roundTripMillis() {
        return (int) Math.max(0, now.rtt());
    }

    @Override
    public int endSystemMillis() {
        return bufferMillis() + SOUND_SYSTEM;
    }

    @Override
    public int rFactor() {
        return (int) Math.round(now.rating());
    }

    @Override
    public int mosLq() {
        return (int) Math.round(10 * EModel.mos(EModel.rating(Math.min(100, now.lossPercent() + now.discardPercent()), 0)));
    }

    @Override
    public int mosCq() {
        return (int) Math.round(10 * now.mos());
    }

    @Override
    public int bufferMillis() {
        return (int) Math.round(now.target());
    }

    @Override
    public int bufferMost() {
        return Math.max(bufferMillis(), (int) now.buffered());
    }

    @Override
    public int bufferLimit() {
        return LONGEST_BUFFER;
    }
}
