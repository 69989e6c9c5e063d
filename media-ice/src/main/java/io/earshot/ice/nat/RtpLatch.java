package io.earshot.ice.nat;

import static java.util.Objects.requireNonNull;

import io.earshot.api.time.Ticker;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Where to send to when a peer without ICE is behind a NAT: symmetric RTP (RFC 4961). Media is sent to where it comes from, but a
 * stranger cannot draw it to himself: only the first seconds of a call, or silence of the address in use, let another one in, and only
 * after some packets in a row of one SSRC. With SRTP only authenticated packets are asked about, and then any of them moves the address.
 */
public final class RtpLatch {
    /** What to do with a packet. */
    public enum Verdict {
        /** Play it. */
        ACCEPT,
        /** Play it, and from now on send to {@link #target}. */
        LATCHED,
        /** Drop it. */
        REJECT
    }

    /**
     * The rule.
     *
     * @param packets how many in a row a new address must send
     * @param window nanoseconds after the start or a change of the SDP in which it may do so freely
     * @param silence nanoseconds of silence of the address in use after which it may do so later
     * @param sameAddress whether later a new port of the same address only is let in
     */
    public record Rule(int packets, long window, long silence, boolean sameAddress) {
        /** 3 packets, 5 s, 1 s, any address. */
        public static final Rule STANDARD = new Rule(3, 5 * Ticker.SECOND, Ticker.SECOND, false);
        /** Never: media comes from where the SDP says, or is dropped. */
        public static final Rule OFF = new Rule(Integer.MAX_VALUE, 0, Ticker.NEVER, true);
    }

    private final Rule rule;
    private InetSocketAddress target;
    private boolean heard;
    private long since;
    private long lastHeard;
    private Optional<InetSocketAddress> candidate = Optional.empty();
    private int candidateSsrc;
    private int candidateCount;
    private long rejected;

    /** Begins with what the SDP says. */
    public RtpLatch(Rule rule, InetSocketAddress described, long now) {
        this.rule = requireNonNull(rule);
        target = requireNonNull(described);
        since = now;
        lastHeard = now;
    }

    /** The peer described another address. */
    public void described(InetSocketAddress address, long now) {
        target = requireNonNull(address);
        since = now;
        lastHeard = now;
        heard = false;
        candidate = Optional.empty();
    }

    /** Judges a packet whose header is valid. */
    public Verdict judge(InetSocketAddress source, int ssrc, boolean authenticated, long now) {
        if (source.equals(target)) {
            heard = true;
            lastHeard = now;
            candidateCount = 0;
            return Verdict.ACCEPT;
        }
        if (!authenticated && !open(source, now)) {
            rejected++;
            return Verdict.REJECT;
        }
        boolean same = candidate.isPresent() && candidate.get().equals(source) && candidateSsrc == ssrc;
        if (!same) {
            candidate = Optional.of(source);
            candidateSsrc = ssrc;
            candidateCount = 0;
        }
        if (++candidateCount < rule.packets && !authenticated) {
            rejected++;
            return Verdict.REJECT;
        }
        target = source;
        heard = true;
        lastHeard = now;
        candidateCount = 0;
        candidate = Optional.empty();
        return Verdict.LATCHED;
    }

    private boolean open(InetSocketAddress source, long now) {
        if (rule.packets == Integer.MAX_VALUE) {
            return false;
        }
        boolean fresh = !heard && now - since < rule.window;
        boolean silent = now - lastHeard >= rule.silence && (!rule.sameAddress || source.getAddress().equals(target.getAddress()));
        return fresh || silent;
    }

    /** Returns where to send to. */
    public InetSocketAddress target() {
        return target;
    }

    /** Counts what was dropped. */
    public long rejected() {
        return rejected;
    }
}
