package io.earshot.rtp.jitter;

/**
 * Tells bursts of losses from the gaps between them (RFC 3611 §4.7.2): a burst begins and ends with a loss and has fewer than 16 received
 * packets in a row within.
 */
public final class LossBursts {
    private static final int GMIN = 16;

    /** Packets received in a row, and losses of the burst under way. */
    private long run;
    private long burst;
    private long receivedInGaps;
    private long lostInGaps;
    private long bursts;
    private long receivedInBursts;
    private long lostInBursts;
    private long pendingReceived;

    /** Starts without a packet. */
    public LossBursts() {
    }

    /** A packet is played. */
    public void received() {
        run++;
    }

    /** A packet is missing. */
    public void lost() {
        if (run >= GMIN || burst == 0) {
            close();
            receivedInGaps += run;
            burst = 1;
        } else {
            pendingReceived += run;
            burst++;
        }
        run = 0;
    }

    /** A loss alone belongs to the gap. */
    private void close() {
        if (burst == 1) {
            lostInGaps++;
        } else if (burst > 1) {
            bursts++;
            lostInBursts += burst;
            receivedInBursts += pendingReceived;
        }
        burst = 0;
        pendingReceived = 0;
    }

    /** Returns the share of packets missing within bursts, in 1/256, 0 to 255. */
    public int burstDensity() {
        long lost = lostInBursts + (burst > 1 ? burst : 0);
        long received = receivedInBursts + (burst > 1 ? pendingReceived : 0);
        return share(lost, lost + received);
    }

    /** Returns the share of packets missing between bursts, in 1/256, 0 to 255. */
    public int gapDensity() {
        long lost = lostInGaps + (burst == 1 ? 1 : 0);
        return share(lost, lost + receivedInGaps + run);
    }

    private static int share(long part, long whole) {
        return whole == 0 ? 0 : (int) Math.min(255, part * 256 / whole);
    }

    /** Returns the mean length of a burst in packets. */
    public double burstPackets() {
        long count = bursts + (burst > 1 ? 1 : 0);
        long packets = lostInBursts + receivedInBursts + (burst > 1 ? burst + pendingReceived : 0);
        return count == 0 ? 0 : (double) packets / count;
    }

    /** Returns the mean length of a gap in packets. */
    public double gapPackets() {
        long count = bursts + (burst > 1 ? 1 : 0) + 1;
        long packets = receivedInGaps + lostInGaps + run + (burst == 1 ? 1 : 0);
        return (double) packets / count;
    }
}
