package io.earshot.transport.tunnel.core;

import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.api.tunnel.TunnelCounters;
import io.earshot.api.tunnel.TunnelVisit;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A gateway without input or output of its own: who is let in, and what they have. For one thread. */
public final class GatewayCore {
    private final GatewayRules rules;
    private final IdSource ids;
    private final Ticker ticker;
    private final Outside outside;
    private final GatewayOwner owner;
    private final GatewayCounts counts = new GatewayCounts();
    private final SendQueue nothing = new SendQueue(0, 0, 0);
    private final Map<ByteBuffer, GatewaySession> sessions = new HashMap<>();
    private final Set<GatewayLink> links = new HashSet<>();
    /** Those of {@link #links} that nobody has proven to be a user on, the oldest first. */
    private final Set<GatewayLink> strangers = new LinkedHashSet<>();
    private final Guesses guesses = new Guesses();
    private Map<String, byte[]> users;

    /**
     * Makes a gateway.
     *
     * @param ticker for what arrives at the sockets
     * @param owner hears what is to be done and known
     */
    public GatewayCore(GatewayRules rules, IdSource ids, Ticker ticker, Outside outside, GatewayOwner owner) {
        this.rules = rules;
        this.ids = ids;
        this.ticker = ticker;
        this.outside = outside;
        this.owner = owner;
        this.users = rules.users();
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

    Optional<byte[]> secret(String user) {
        return Optional.ofNullable(users.get(user));
    }

    /** Has other users from now on. Those who are none any more, or have another key, are put out. */
    public void users(Map<String, byte[]> fresh) {
        Map<String, byte[]> before = users;
        users = fresh;
        for (GatewaySession session : List.copyOf(sessions.values())) {
            if (!Arrays.equals(before.get(session.user()), fresh.get(session.user()))) {
                session.link().ifPresent(link -> link.refuse(Frame.Refusal.LOGIN, ""));
                end(session);
            }
        }
    }

    /**
     * Somebody connects; empty for one who is not let in, having guessed too often, or since there are too many. Where there are too many
     * of all, the oldest of those who have not proven anything yet has to go.
     */
    public Optional<GatewayLink> link(InetAddress remote, long now) {
        if (guesses.tooMany(remote, now)) {
            counts.refusedLogins++;
            tell(TunnelVisit.Kind.REFUSED, "", remote, "too many wrong keys from there");
            return Optional.empty();
        }
        ByteBuffer network = Guesses.network(remote);
        if (strangers.stream().filter(one -> Guesses.network(one.remote()).equals(network)).count() >= rules.maxStrangers()) {
            return tooMany(remote);
        }
        if (links.size() >= 2 * rules.maxSessions()) {
            if (strangers.isEmpty()) {
                return tooMany(remote);
            }
            GatewayLink oldest = strangers.iterator().next();
            oldest.refuse(Frame.Refusal.LIMIT, "");
            counts.refusedLimits++;
            forget(oldest);
        }
        GatewayLink link = new GatewayLink(this, remote, now);
        links.add(link);
        strangers.add(link);
        return Optional.of(link);
    }

    private Optional<GatewayLink> tooMany(InetAddress remote) {
        counts.refusedLimits++;
        tell(TunnelVisit.Kind.REFUSED, "", remote, "too many connections");
        return Optional.empty();
    }

    private void tell(TunnelVisit.Kind kind, String user, InetAddress from, String reason) {
        owner.visited(new TunnelVisit(kind, user, from, reason));
    }

    void failed(InetAddress remote, String user, long now) {
        counts.refusedLogins++;
        guesses.wrong(remote, now);
        tell(TunnelVisit.Kind.REFUSED, user, remote, "a wrong user or key");
    }

    void left(GatewayLink link, Optional<String> user) {
        if (links.contains(link)) {
            user.ifPresent(known -> tell(TunnelVisit.Kind.LEFT, known, link.remote(), ""));
        }
        forget(link);
    }

    private void forget(GatewayLink link) {
        links.remove(link);
        strangers.remove(link);
    }

    /** Gives somebody who has proven to be a user the session of before, or a new one. */
    Optional<GatewaySession> admit(GatewayGreeting greeting, Frame.Proof proof, GatewayLink link, long now) {
        GatewaySession known = sessions.get(ByteBuffer.wrap(proof.token()));
        boolean resumed = known != null && known.user().equals(greeting.user());
        if (!resumed && !hasRoom(greeting.user(), now)) {
            counts.refusedLimits++;
            link.refuse(Frame.Refusal.LIMIT, "");
            tell(TunnelVisit.Kind.REFUSED, greeting.user(), link.remote(), "too many sessions");
            return Optional.empty();
        }
        strangers.remove(link);
        GatewaySession session = resumed ? known
            : new GatewaySession(greeting.user(), Nonces.next(ids), rules, outside, counts, owner);
        if (resumed) {
            counts.resumed++;
        } else {
            counts.accepted++;
            sessions.put(ByteBuffer.wrap(session.token()), session);
        }
        session.attach(link);
        tell(resumed ? TunnelVisit.Kind.RESUMED : TunnelVisit.Kind.ENTERED, greeting.user(), link.remote(), "");
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
