package io.earshot.ice.agent;

import io.earshot.ice.stun.Stun;
import io.earshot.ice.stun.StunBuilder;
import io.earshot.ice.stun.StunKey;
import io.earshot.ice.stun.StunMessage;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Answers the checks of the peer: RFC 8445 §7.3. Who has no right password gets no more bytes than he sent. */
final class Responder {
    private static final Set<Integer> KNOWN = Set.of(Stun.USERNAME, Stun.MESSAGE_INTEGRITY, Stun.MESSAGE_INTEGRITY_SHA256, Stun.PRIORITY,
        Stun.USE_CANDIDATE, Stun.REALM, Stun.NONCE, Stun.PADDING);
    private static final int MAX_EARLY = 16;

    /** A check that is authentic. */
    record Check(Route route, InetSocketAddress source, long priority, boolean nominates) { }

    private final IceContext context;
    private final List<Check> early = new ArrayList<>();

    Responder(IceContext context) {
        this.context = context;
    }

    /** Answers a request; returns the check if it is authentic and of the present generation. */
    Optional<Check> request(Route route, InetSocketAddress source, StunMessage message, int length, long now) {
        String user = message.text(Stun.USERNAME).orElse("");
        Optional<IceCredentials> mine = user.startsWith(context.local.ufrag() + ':') ? Optional.of(context.local)
            : context.previous.filter(old -> user.startsWith(old.ufrag() + ':'));
        StunMessage.Integrity integrity = mine.map(own -> message.integrity(StunKey.shortTerm(own.password())))
            .orElse(StunMessage.Integrity.WRONG);
        if (integrity != StunMessage.Integrity.VALID) {
            context.counters.wrongIntegrity++;
            boolean bare = user.isEmpty() || !message.has(Stun.MESSAGE_INTEGRITY) && !message.has(Stun.MESSAGE_INTEGRITY_SHA256);
            refuse(route, source, StunBuilder.error(message, bare ? Stun.BAD_REQUEST : Stun.UNAUTHENTICATED, "").fingerprint(), length,
                now);
            return Optional.empty();
        }
        context.counters.checksReceived++;
        StunKey key = StunKey.shortTerm(mine.orElseThrow().password());
        List<Integer> unknown = message.unknown(KNOWN);
        if (!unknown.isEmpty()) {
            context.send(route, source, StunBuilder.error(message, Stun.UNKNOWN_ATTRIBUTE, "Unknown attribute").unknown(unknown)
                .integrity(key).fingerprint(), now);
            return Optional.empty();
        }
        if (conflicts(message)) {
            context.send(route, source, StunBuilder.error(message, Stun.ROLE_CONFLICT, "Role conflict").integrity(key).fingerprint(), now);
            return Optional.empty();
        }
        StunBuilder answer = StunBuilder.success(message).xorAddress(Stun.XOR_MAPPED_ADDRESS, source);
        boolean sha256 = !message.has(Stun.MESSAGE_INTEGRITY);
        context.send(route, source, (sha256 ? answer.integritySha256(key) : answer.integrity(key)).fingerprint(), now);
        long priority = message.number(Stun.PRIORITY).orElse(1) & 0x7FFF_FFFFL;
        if (!mine.get().equals(context.local)) {
            context.former.proved(route, source, now);
        }
        return mine.get().equals(context.local)
            ? Optional.of(new Check(route, source, Math.max(1, priority), message.has(Stun.USE_CANDIDATE))) : Optional.empty();
    }

    private void refuse(Route route, InetSocketAddress source, byte[] response, int length, long now) {
        if (response.length <= length) {
            context.send(route, source, response, now);
        } else {
            context.counters.unanswered++;
        }
    }

    /** Both say they lead, or both that they follow: the bigger number leads (RFC 8445 §7.3.1.1). */
    private boolean conflicts(StunMessage message) {
        boolean both = context.controlling && message.has(Stun.ICE_CONTROLLING);
        boolean neither = !context.controlling && message.has(Stun.ICE_CONTROLLED) && !context.config.lite();
        if (!both && !neither) {
            return false;
        }
        context.counters.roleConflicts++;
        long other = message.number64(both ? Stun.ICE_CONTROLLING : Stun.ICE_CONTROLLED).orElse(0);
        boolean bigger = Long.compareUnsigned(context.tieBreaker, other) >= 0;
        if (both == bigger) {
            return true;
        }
        context.controlling = neither;
        return false;
    }

    /** Keeps a check that came before the peer's answer (RFC 8445 §7.3). */
    void keep(Check check) {
        if (early.size() < MAX_EARLY) {
            early.add(check);
        }
    }

    List<Check> early() {
        List<Check> taken = List.copyOf(early);
        early.clear();
        return taken;
    }
}
