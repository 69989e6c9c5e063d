package io.earshot.rtp.session;

import static java.util.Objects.requireNonNull;

import io.earshot.rtp.packet.SequenceNumber;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Decides from which address media is taken and to which it is sent. It starts with the signalled address and follows the first
 * source that proves to send a stream; later it moves only when the old address has gone silent and the same stream continues from
 * a new one, so that a third party can neither listen (CVE-2017-14099, "RTP bleed") nor be heard. Confined to one thread.
 */
public final class SymmetricLatch {
    /** What to do with a packet. */
    public enum Decision {
        /** From the address in use. */
        CURRENT,
        /** Its address is the one in use from now on. */
        LATCHED,
        /** Its address may become the one in use; the packet is not to be played. */
        CANDIDATE,
        /** From nowhere that matters. */
        REJECTED
    }

    private final LatchRules rules;
    private InetSocketAddress signalled;
    private InetSocketAddress remote;
    private Optional<InetSocketAddress> shown = Optional.empty();
    private boolean latched;
    private long lastFromRemote;
    private InetSocketAddress candidate;
    private int candidateSsrc;
    private int candidateNext;
    private int candidateCount;

    /** Starts without an address; packets may latch it already, as early media does before the answer. */
    public SymmetricLatch(LatchRules rules) {
        this.rules = requireNonNull(rules, "rules");
    }

    /** The negotiation has said where the peer receives. Saying the same again changes nothing; another address starts over. */
    public void negotiated(InetSocketAddress address) {
        requireNonNull(address, "address");
        if (address.equals(signalled)) {
            return;
        }
        signalled = address;
        candidateCount = 0;
        if (!address.equals(remote)) {
            move(address);
            latched = false;
        }
    }

    /** Returns where to send, empty before anything is known. */
    public Optional<InetSocketAddress> remote() {
        return shown;
    }

    private void move(InetSocketAddress to) {
        remote = to;
        shown = Optional.of(to);
    }

    /** Tells whether the peer has been heard at the address in use. */
    public boolean isLatched() {
        return latched;
    }

    /** Tells whether packets of this address are let through now. */
    public boolean isCurrent(InetSocketAddress source) {
        return source.equals(remote);
    }

    /** Tells whether two addresses are of one host; never for unresolved ones. */
    boolean isSameHost(InetSocketAddress source) {
        return remote != null && source.getAddress() != null && source.getAddress().equals(remote.getAddress());
    }

    /**
     * Judges the source of a well-formed RTP packet of a payload type that was negotiated.
     *
     * @param sameStream whether the SSRC is the one that is being received, and the sequence number near its last
     */
    public Decision onPacket(InetSocketAddress source, int ssrc, int sequence, boolean sameStream, long now) {
        if (source.equals(remote)) {
            latched = true;
            lastFromRemote = now;
            candidateCount = 0;
            return Decision.CURRENT;
        }
        if (!rules.enabled() || latched && (!sameStream || now - lastFromRemote < rules.quiet())) {
            return Decision.REJECTED;
        }
        boolean follows = candidateCount > 0 && ssrc == candidateSsrc && sequence == candidateNext && source.equals(candidate);
        candidateCount = follows ? candidateCount + 1 : 1;
        candidate = source;
        candidateSsrc = ssrc;
        candidateNext = SequenceNumber.next(sequence);
        if (candidateCount < (latched ? rules.laterPackets() : rules.firstPackets())) {
            return Decision.CANDIDATE;
        }
        move(source);
        latched = true;
        lastFromRemote = now;
        candidateCount = 0;
        return Decision.LATCHED;
    }
}
