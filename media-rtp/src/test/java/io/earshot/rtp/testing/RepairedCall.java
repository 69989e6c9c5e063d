package io.earshot.rtp.testing;

import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.rtp.audio.AudioReceiver;
import io.earshot.rtp.audio.PayloadFormat;
import io.earshot.rtp.jitter.JitterConfig;
import io.earshot.rtp.packet.RtpPacket;
import io.earshot.rtp.rtcp.NtpTime;
import io.earshot.rtp.session.FeedbackRules;
import io.earshot.rtp.session.PayloadTypes;
import io.earshot.rtp.session.ReceiveVerdict;
import io.earshot.rtp.session.RtpSession;
import io.earshot.rtp.session.RtpSessionConfig;
import io.earshot.rtp.session.SentPackets;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/** Two ends that speak and hear G.711 in steps of 1 ms, and a network between them that loses what it carries. */
public final class RepairedCall {
    /** Packets of RTCP as they were sent by the left end, with their times in ms. */
    public final List<Sent> reports = new ArrayList<>();
    public final End left;
    public final End right;
    private final SplittableRandom random;
    private final long oneWay;
    private final PriorityQueue<Flying> flying = new PriorityQueue<>(Comparator.comparingLong(Flying::at).thenComparingLong(Flying::order));
    private double loss;
    private long jitter;
    private long order;
    private long now;

    /** One packet of RTCP. */
    public record Sent(long millis, byte[] bytes) { }

    private record Flying(long at, long order, End to, byte[] bytes) { }

    /** One end. */
    public final class End {
        public final RtpSession session;
        public final AudioReceiver receiver = new AudioReceiver(JitterConfig.DEFAULT, 20,
            List.of(new PayloadFormat(0, MuLawCodec.DESCRIPTOR, new MuLawCodec())));
        public final SentPackets sent = new SentPackets();
        private final InetSocketAddress here;
        private final byte[] packet = new byte[RtpPacket.HEADER_BYTES + 160];
        private final byte[] rtcp = new byte[600];
        private final short[] pcm = new short[160];
        private long ticks;
        private End peer;
        private boolean repairing;

        private End(String name, long seed) {
            here = new InetSocketAddress("192.0.2." + seed, 4000);
            session = new RtpSession(RtpSessionConfig.forCall(name).withRtcpMux(true), IdSource.seeded(seed),
                NtpTime.startingAt(Instant.EPOCH, 0), 0);
            session.payloadTypes(PayloadTypes.none().with(0, 8000));
        }

        /** Agrees on feedback. */
        public void agree(FeedbackRules rules) {
            session.feedback(rules, receiver::playsIn, now);
            repairing = rules.nack();
        }

        private void meet(End other) {
            peer = other;
            session.negotiated(other.here, other.here);
        }

        private void speak() {
            int length = session.sender().packet(packet, 0, 0, ticks == 0, ticks, 160, now);
            ticks += 160;
            sent.keep(packet, 0, length, now);
            carry(this, packet, length);
        }

        private void clock() {
            if (now >= session.deadline()) {
                int length = session.poll(rtcp, 0, now);
                if (length > 0) {
                    if (this == left) {
                        reports.add(new Sent(now / Ticker.MILLISECOND, java.util.Arrays.copyOf(rtcp, length)));
                    }
                    carry(this, rtcp, length);
                }
            }
        }

        private void take(byte[] bytes) {
            ReceiveVerdict verdict = session.receive(bytes, 0, bytes.length, peer.here, now);
            if (verdict == ReceiveVerdict.RTCP) {
                for (int wanted = session.nextWanted(); wanted >= 0; wanted = session.nextWanted()) {
                    if (sent.find(session.sender().ssrc(), wanted, now)) {
                        ByteBuffer again = sent.found();
                        carry(this, again.array(), again.remaining());
                        session.repeated();
                    }
                }
            } else if (verdict == ReceiveVerdict.ACCEPTED || verdict == ReceiveVerdict.ACCEPTED_NEW_SOURCE) {
                if (session.isRepair()) {
                    receiver.onRepeat(session.packet(), now);
                } else {
                    receiver.onPacket(session.packet(), now);
                }
            }
            clock();
        }

        private void hear() {
            if (repairing) {
                receiver.waitFor(session.repairDelay(20 * Ticker.MILLISECOND, now));
            }
            receiver.read(now, pcm, 0);
        }
    }

    /** Starts a call over a way of so many milliseconds in one direction. */
    public RepairedCall(long seed, long oneWayMillis) {
        random = new SplittableRandom(seed);
        oneWay = oneWayMillis;
        left = new End("left", 1);
        right = new End("right", 2);
        left.meet(right);
        right.meet(left);
    }

    /** Both ends agree on feedback. */
    public RepairedCall agree(FeedbackRules rules) {
        left.agree(rules);
        right.agree(rules);
        return this;
    }

    /** Loses that share of all packets from now on, and delays each by up to so many milliseconds. */
    public RepairedCall network(double lost, long jitterMillis) {
        loss = lost;
        jitter = jitterMillis;
        return this;
    }

    private void carry(End from, byte[] bytes, int length) {
        if (random.nextDouble() >= loss) {
            long late = jitter == 0 ? 0 : random.nextLong(jitter);
            flying.add(new Flying(now / Ticker.MILLISECOND + oneWay + late, order++, from.peer, java.util.Arrays.copyOf(bytes, length)));
        }
    }

    /** Lets time go by. */
    public RepairedCall run(int millis) {
        for (int i = 0; i < millis; i++) {
            now += Ticker.MILLISECOND;
            long time = now / Ticker.MILLISECOND;
            while (!flying.isEmpty() && flying.peek().at <= time) {
                Flying next = flying.poll();
                next.to.take(next.bytes);
            }
            if (time % 20 == 0) {
                left.speak();
                right.speak();
            }
            if (time % 20 == 7) {
                left.hear();
                right.hear();
            }
            left.clock();
            right.clock();
        }
        return this;
    }
}
