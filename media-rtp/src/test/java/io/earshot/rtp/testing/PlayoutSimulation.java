package io.earshot.rtp.testing;

import io.earshot.api.time.Ticker;
import io.earshot.rtp.audio.AudioReceiver;
import io.earshot.rtp.audio.PayloadFormat;
import io.earshot.rtp.jitter.JitterConfig;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.LongPredicate;
import java.util.function.LongUnaryOperator;

/**
 * A sender, a lossy network and a player under virtual time. The speaker talks for 1.2 s and pauses for 0.6 s, in turns; without
 * {@link #dtx} packets are sent in pauses too.
 */
public final class PlayoutSimulation {
    /** What a test sets before {@link #run}. */
    public double loss;
    /** Mean length of a loss in packets. */
    public double burst = 1;
    public double duplicates;
    public long jitterMillis;
    public double driftPpm;
    public int ptime = 20;
    public boolean dtx;
    /** Extra network delay in nanoseconds by the time of sending; negative loses the packet. */
    public LongUnaryOperator extraDelay = at -> 0;
    /** Whether the player is stopped at a time, as by a garbage collection. */
    public LongPredicate stalled = at -> false;
    /** Whether the sender is stopped at a time: it leaves out what it did not send, and its timestamps stand still meanwhile. */
    public LongPredicate mute = at -> false;
    /** Whether a player that was stopped asks for sound before it looks at what has come meanwhile. */
    public boolean readsFirst;

    /** One decoded packet: when, which, and its age since it was spoken, in nanoseconds. */
    public record Played(long at, int index, long age) {
    }

    /** The state of the receiver once per second. */
    public record Second(long target, double buffered, long played, long concealed, long late) {
    }

    private record Arrival(long at, int index, byte[] bytes) {
    }

    private final SplittableRandom random;
    private final List<Long> sendTimes = new ArrayList<>();
    private final PriorityQueue<Arrival> network =
        new PriorityQueue<>(Comparator.comparingLong(Arrival::at).thenComparingInt(Arrival::index));
    public final List<Played> played = new ArrayList<>();
    public final List<Second> seconds = new ArrayList<>();
    public final AudioReceiver receiver;
    private long now;
    private int sent;
    private long nextSend;
    private int sequence = 65_000;
    private boolean losing;
    private int timestamp = -40_000;
    public long sentMillis;

    /** Makes a simulation that a seed repeats. */
    public PlayoutSimulation(long seed, JitterConfig config) {
        random = new SplittableRandom(seed);
        PayloadFormat format = new PayloadFormat(100, TaggedCodec.DESCRIPTOR, new TaggedCodec(this::decoded));
        receiver = new AudioReceiver(config, 20, List.of(format));
    }

    private void decoded(int index) {
        played.add(new Played(now, index, now - sendTime(index)));
    }

    private long sendTime(int index) {
        return sendTimes.get(index);
    }

    /** Runs for a while more. */
    public PlayoutSimulation run(long seconds) {
        short[] pcm = new short[160];
        long end = now + seconds * Ticker.SECOND;
        for (; now < end; now += 20 * Ticker.MILLISECOND) {
            send();
            if (!stalled.test(now)) {
                if (readsFirst && stalled.test(now - 20 * Ticker.MILLISECOND)) {
                    receiver.read(now, pcm, 0);
                    deliver();
                } else {
                    deliver();
                    receiver.read(now, pcm, 0);
                }
            }
            if (now % Ticker.SECOND == 0) {
                var statistics = receiver.statistics();
                this.seconds.add(new Second(receiver.targetDelay(), statistics.buffered(), statistics.played(), statistics.concealed(),
                    statistics.late()));
            }
        }
        return this;
    }

    private void send() {
        while (nextSend <= now) {
            if (mute.test(nextSend)) {
                nextSend += ptime * Ticker.MILLISECOND;
                continue;
            }
            boolean talking = nextSend % (1800 * Ticker.MILLISECOND) < 1200 * Ticker.MILLISECOND;
            if (talking || !dtx) {
                transmit(talking ? 8000 : 10);
            }
            timestamp += 8 * ptime;
            nextSend += (long) (ptime * Ticker.MILLISECOND * (1 + driftPpm * 1e-6));
        }
    }

    private void transmit(int level) {
        int index = sent++;
        sendTimes.add(nextSend);
        sentMillis += ptime;
        byte[] bytes = Packets.rtp(100, sequence, timestamp, 7, TaggedCodec.payload(index, 8 * ptime, level));
        sequence = sequence + 1 & 0xFFFF;
        long extra = extraDelay.applyAsLong(nextSend);
        double draw = random.nextDouble();
        losing = losing && burst > 1 ? draw >= 1 / burst : draw < loss / (burst * (1 - loss) + (burst > 1 ? 0 : loss));
        boolean lost = losing;
        long jitter = jitterMillis == 0 ? 0 : random.nextLong(jitterMillis * Ticker.MILLISECOND);
        boolean twice = random.nextDouble() < duplicates;
        if (lost || extra < 0) {
            return;
        }
        long at = nextSend + 30 * Ticker.MILLISECOND + extra + jitter;
        network.add(new Arrival(at, index, bytes));
        if (twice) {
            network.add(new Arrival(at + 3 * Ticker.MILLISECOND, index, bytes));
        }
    }

    private void deliver() {
        while (!network.isEmpty() && network.peek().at() <= now) {
            Arrival arrival = network.poll();
            receiver.onPacket(Packets.wrap(arrival.bytes()), stalled.test(arrival.at()) ? now : arrival.at());
        }
    }

    /** Lets the timestamps or sequence numbers jump. */
    public void jump(int ticks, int packets) {
        timestamp += ticks;
        sequence = sequence + packets & 0xFFFF;
    }

    /** Another source takes over, and the session tells the receiver; what is under way of the old one it would not let through. */
    public void changeSource() {
        jump(123_456_789, 31_000);
        network.clear();
        receiver.reset();
    }

    /** Returns the mean age of what was played between two seconds, in milliseconds. */
    public double meanAge(long fromSecond, long toSecond) {
        return played.stream().filter(p -> p.at() >= fromSecond * Ticker.SECOND && p.at() < toSecond * Ticker.SECOND)
            .mapToLong(Played::age).average().orElse(-1) / 1e6;
    }

    /** Returns the share of the packets sent that were played. */
    public double playedShare() {
        return (double) played.size() / sent;
    }
}
