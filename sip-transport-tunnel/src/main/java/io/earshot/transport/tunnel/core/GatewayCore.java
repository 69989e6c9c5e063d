package io.earshot.transport.tunnel.core;

import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.api.tunnel.TunnelCounters;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A gateway without input or output of its own: who is let in, and what they have. For one thread. */
public final class GatewayCore {
    private static final int MOST_FAILURES = 10;
    private static final int MOST_REMEMBERED = 10_000;
    private static final long FORGIVEN_AFTER = 60 * Ticker.SECOND;

    private final GatewayRules rules;
    private final IdSource ids;
    private final Ticker ticker;
    private final Outside outside;
    private final Runnable wake;
    private final GatewayCounts counts = new GatewayCounts();
    private final SendQueue nothing = new SendQueue(0, 0, 0);
    private final Map<ByteBuffer, GatewaySession> sessions = new HashMap<>();
    private final Set<GatewayLink> links = new HashSet<>();
    private final Map<InetAddress, Failures> failures = new LinkedHashMap<>();

    private record Failures(int count, long last) { }

    /**
     * Makes a gateway.
     *
     * @param ticker for what arrives at the sockets
     * @param wake is called when something waits for a connection
     */
    public GatewayCore(GatewayRules rules, IdSource ids, Ticker ticker, Outside outside, Runnable wake) {
        this.rules = rules;
        this.ids = ids;
        this.ticker = ticker;
        this.outside = outside;
        this.wake = wake;
    }

    GatewayRules rules() {
        return rules;
    }

    IdSource ids() {
        return ids;
    }

    Ticker ticker() {
        return ticker;
    }

    GatewayCounts counts() {
        return counts;
    }

    SendQueue nothing() {
        return nothing;
    }

    /** Somebody connects; empty for one who is not let in, having guessed too often, or since there are too many. */
    public Optional<GatewayLink> link(InetAddress remote, long now) {
        Failures known = failures.get(remote);
        if (known != null && known.count >= MOST_FAILURES && now - known.last < FORGIVEN_AFTER) {
            counts.refusedLogins++;
            return Optional.empty();
        }
        if (links.size() >= 2 * rules.maxSessions()) {
            counts.refusedLimits++;
            return Optional.empty();
        }
        GatewayLink link = new GatewayLink(this, remote, now);
        links.add(link);
        return Optional.of(link);
    }

    void failed(InetAddress remote, long now) {
        Failures known = failures.remove(remote);
        failures.put(remote, new Failures(known == null || now - known.last >= FORGIVEN_AFTER ? 1 : known.count + 1, now));
        if (failures.size() > MOST_REMEMBERED) {
            Iterator<InetAddress> oldest = failures.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    void left(GatewayLink link) {
        links.remove(link);
    }

    /** Gives somebody who has proven to be a user the session of before, or a new one. */
    Optional<GatewaySession> admit(GatewayGreeting greeting, Frame.Proof proof, GatewayLink link, long now) {
        GatewaySession known = sessions.get(ByteBuffer.wrap(proof.token()));
        boolean resumed = known != null && known.user().equals(greeting.user());
        if (!resumed && !hasRoom(greeting.user(), now)) {
            counts.refusedLimits++;
            link.refuse(Frame.Refusal.LIMIT, "");
            return Optional.empty();
        }
        failures.remove(link.remote());
        GatewaySession session = resumed ? known
            : new GatewaySession(greeting.user(), Nonces.next(ids), rules, outside, counts, wake);
        if (resumed) {
            counts.resumed++;
        } else {
            counts.accepted++;
            sessions.put(ByteBuffer.wrap(session.token()), session);
        }
        session.attach(link);
        int kept = (int) Math.min(0xFFFF, rules.keep() / Ticker.SECOND);
        link.welcome(new Frame.Welcome(greeting.answer(proof, session.token(), resumed), session.token(), resumed, kept), greeting);
        return Optional.of(session);
    }

    /** Makes room, if need be and possible, by ending a session that nobody is connected to. */
    private boolean hasRoom(String user, long now) {
        List<GatewaySession> own = sessions.values().stream().filter(one -> one.user().equals(user)).toList();
        if (own.size() >= rules.maxSessionsPerUser()) {
            Optional<GatewaySession> idle = own.stream().filter(one -> !one.isAttached()).findFirst();
            idle.ifPresent(this::end);
            return idle.isPresent();
        }
        return sessions.size() < rules.maxSessions();
    }

    private void end(GatewaySession session) {
        session.end();
        sessions.remove(ByteBuffer.wrap(session.token()));
    }

    /** Looks at the time; call it a few times a second. */
    public void onTime(long now) {
        List.copyOf(links).forEach(link -> link.onTime(now));
        new ArrayList<>(sessions.values()).stream().filter(one -> one.isExpired(now)).forEach(this::end);
    }

    /** Tells everybody that it is over. */
    public void stop() {
        links.forEach(link -> link.refuse(Frame.Refusal.GOING, ""));
        List.copyOf(sessions.values()).forEach(this::end);
    }

    /** Returns what was counted. */
    public TunnelCounters counters() {
        return counts.snapshot(sessions.size(), links.size(), sessions.values().stream().mapToInt(GatewaySession::channels).sum());
    }
}
