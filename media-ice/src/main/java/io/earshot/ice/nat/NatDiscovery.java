package io.earshot.ice.nat;

import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.ice.stun.Stun;
import io.earshot.ice.stun.StunBuilder;
import io.earshot.ice.stun.StunMessage;
import io.earshot.ice.stun.StunResult;
import io.earshot.ice.stun.StunTimers;
import io.earshot.ice.stun.StunTransaction;
import io.earshot.ice.stun.TransactionId;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.stream.Stream;

/**
 * Finds the kind of NAT before one socket. Servers with a second address (RFC 5780, RFC 3489) tell everything; two plain ones tell a
 * symmetric NAT from another. Everything is asked at once, so that it takes one round trip and the time of what stays unanswered.
 */
public final class NatDiscovery {
    private static final StunTimers TIMERS = new StunTimers(Duration.ofMillis(200), 3, 3);
    private static final int CHANGE_BOTH = 6;
    private static final int CHANGE_PORT = 2;

    private enum Test { FIRST, SECOND_SERVER, OTHER_ADDRESS, OTHER_BOTH, FROM_ELSEWHERE, FROM_OTHER_PORT }

    private static final class Probe {
        final Test test;
        final InetSocketAddress to;
        final StunTransaction transaction;
        boolean over;
        Optional<InetSocketAddress> mapped = Optional.empty();

        Probe(Test test, InetSocketAddress to, StunTransaction transaction) {
            this.test = test;
            this.to = to;
            this.transaction = transaction;
        }
    }

    private final InetSocketAddress local;
    private final IdSource ids;
    private final List<Probe> probes = new ArrayList<>();
    private final Queue<NatOutput> outputs = new ArrayDeque<>();
    private final long until;
    private boolean other;
    private boolean done;

    /**
     * Begins.
     *
     * @param local what the socket is bound to
     * @param servers one or two STUN servers; more are not asked
     * @param budget how long it may take; 2 s is plenty
     */
    public NatDiscovery(InetSocketAddress local, List<InetSocketAddress> servers, Duration budget, IdSource ids, long now) {
        this.local = local;
        this.ids = ids;
        until = now + budget.toNanos();
        for (int i = 0; i < Math.min(2, servers.size()); i++) {
            probe(i == 0 ? Test.FIRST : Test.SECOND_SERVER, servers.get(i), 0, now);
        }
        timer(now);
    }

    private void probe(Test test, InetSocketAddress to, int change, long now) {
        TransactionId id = TransactionId.next(ids);
        StunBuilder request = StunBuilder.request(Stun.BINDING, id);
        if (change != 0) {
            request.number(Stun.CHANGE_REQUEST, change);
        }
        probes.add(new Probe(test, to, new StunTransaction(id, request.build(), TIMERS, now)));
    }

    /** Takes a datagram; false when it belongs to something else. */
    public boolean received(InetSocketAddress source, byte[] data, int offset, int length, long now) {
        if (!(StunMessage.parse(data, offset, length) instanceof StunResult.Parsed parsed)) {
            return false;
        }
        StunMessage message = parsed.message();
        Optional<Probe> found = probes.stream().filter(each -> each.transaction.id().equals(message.id())).findFirst();
        if (found.isEmpty() || message.kind() == StunMessage.Kind.REQUEST || message.kind() == StunMessage.Kind.INDICATION) {
            return false;
        }
        Probe probe = found.get();
        boolean elsewhere = probe.test == Test.FROM_ELSEWHERE || probe.test == Test.FROM_OTHER_PORT;
        if (probe.over || elsewhere == source.equals(probe.to)) {
            return true; // a server that cannot do what it was asked answers from where it always does
        }
        probe.over = true;
        if (message.kind() == StunMessage.Kind.SUCCESS) {
            probe.mapped = message.mapped();
            Optional<InetSocketAddress> second = message.address(Stun.OTHER_ADDRESS).or(() -> message.address(Stun.CHANGED_ADDRESS));
            boolean usable = second.isPresent() && !second.get().getAddress().equals(probe.to.getAddress())
                && !second.get().getAddress().isAnyLocalAddress() && !second.get().getAddress().isLoopbackAddress();
            if (usable && !other) {
                other = true;
                further(probe.to, second.get(), now);
            }
        }
        timer(now);
        return true;
    }

    private void further(InetSocketAddress first, InetSocketAddress second, long now) {
        probe(Test.FROM_ELSEWHERE, first, CHANGE_BOTH, now);
        probe(Test.FROM_OTHER_PORT, first, CHANGE_PORT, now);
        if (!second.getAddress().isSiteLocalAddress()) {
            // After the filter was tried: what is sent to the second address opens the filter for it.
            probe(Test.OTHER_ADDRESS, new InetSocketAddress(second.getAddress(), first.getPort()), 0, now + 700 * Ticker.MILLISECOND);
            probe(Test.OTHER_BOTH, second, 0, now + 700 * Ticker.MILLISECOND);
        }
    }

    /** Advances to this time. */
    public void timer(long now) {
        for (Probe probe : probes) {
            if (!probe.over) {
                switch (probe.transaction.step(now)) {
                    case SEND -> outputs.add(new NatOutput.Transmit(probe.to, probe.transaction.request()));
                    case EXPIRED -> probe.over = true;
                    case WAIT -> { }
                }
            }
        }
        if (!done && (now >= until || probes.stream().allMatch(probe -> probe.over))) {
            done = true;
            outputs.add(new NatOutput.Done(judge()));
        }
    }

    private NatReport judge() {
        Map<Test, InetSocketAddress> mapped = new EnumMap<>(Test.class);
        probes.forEach(probe -> probe.mapped.ifPresent(address -> mapped.put(probe.test, address)));
        Optional<InetSocketAddress> first = Optional.ofNullable(mapped.getOrDefault(Test.FIRST, mapped.get(Test.SECOND_SERVER)));
        if (first.isEmpty()) {
            return new NatReport(NatKind.BLOCKED, first, false, false, 0);
        }
        boolean stable = mapped.values().stream().distinct().count() == 1;
        boolean fromElsewhere = mapped.containsKey(Test.FROM_ELSEWHERE);
        NatKind kind;
        if (first.get().equals(local)) {
            kind = other && !fromElsewhere ? NatKind.FIREWALL : NatKind.OPEN;
        } else if (!stable) {
            kind = NatKind.SYMMETRIC;
        } else if (!other) {
            kind = NatKind.CONE;
        } else {
            kind = fromElsewhere ? NatKind.FULL_CONE
                : mapped.containsKey(Test.FROM_OTHER_PORT) ? NatKind.ADDRESS_RESTRICTED : NatKind.PORT_RESTRICTED;
        }
        int tests = (int) Stream.of(Test.FIRST, Test.SECOND_SERVER, Test.OTHER_ADDRESS, Test.OTHER_BOTH)
            .filter(mapped::containsKey).count();
        return new NatReport(kind, first, stable, first.get().getPort() == local.getPort(), tests);
    }

    /** Returns the next output; the last is {@link NatOutput.Wait}. */
    public NatOutput poll() {
        NatOutput next = outputs.poll();
        if (next != null) {
            return next;
        }
        long deadline = done ? Ticker.NEVER : until;
        for (Probe probe : probes) {
            deadline = done || probe.over ? deadline : Math.min(deadline, probe.transaction.deadline());
        }
        return new NatOutput.Wait(deadline);
    }
}
