package io.earshot.benchmarks.playout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What becomes of a stream of packets of 20 ms on its way: when each arrives, if it does.
 *
 * @param loss share of packets lost, 0 to 1
 * @param burst mean length of a loss in packets; 1 for random losses
 * @param jitterMillis delays are spread evenly over so much, each packet's for itself, so that some overtake others
 * @param driftPpm by how much the sender's clock is slower than the player's
 */
record Network(double loss, double burst, int jitterMillis, double driftPpm) {
    static final double FIXED = 30;

    /** A packet's arrival in milliseconds of the player's clock. */
    record Arrival(int index, double at) { }

    /** Returns the time at which a packet is sent. */
    double sentAt(int index, double phase) {
        return phase + index * 20 * (1 + driftPpm * 1e-6);
    }

    /** Returns what arrives, in the order of arrival. */
    List<Arrival> carry(int packets, double phase, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Arrival> out = new ArrayList<>();
        boolean bad = false;
        for (int i = 0; i < packets; i++) {
            double delay = FIXED + random.nextDouble() * jitterMillis;
            double draw = random.nextDouble();
            if (burst <= 1) {
                bad = draw < loss;
            } else {
                bad = bad ? draw >= 1 / burst : draw < loss / (burst * (1 - loss));
            }
            if (!bad) {
                out.add(new Arrival(i, sentAt(i, phase) + 20 + delay)); // a packet is sent when it is full
            }
        }
        out.sort(Comparator.comparingDouble(Arrival::at));
        return out;
    }
}
