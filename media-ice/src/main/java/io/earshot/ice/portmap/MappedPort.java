package io.earshot.ice.portmap;

import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.ice.nat.Addresses;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/** One port of ours and what the router is asked for it, by one protocol or, until it is known which one works, by several. */
final class MappedPort {
    /**
     * How long a mapping is asked for. It is renewed at half of that, which is also how a restart of the router is noticed, and gone by
     * itself soon after a machine that lost its power.
     */
    static final Duration LEASE = Duration.ofSeconds(120);

    /** What a router understands. */
    enum Way { UNKNOWN, PCP, NAT_PMP, UPNP }

    private static final long SOON = 10 * Ticker.SECOND;

    private final InetSocketAddress local;
    private final Optional<InetAddress> router;
    private final IdSource ids;
    private final Queue<PortMapOutput> outputs = new ArrayDeque<>();
    private Optional<GatewayMapper> gateway = Optional.empty();
    private Optional<UpnpMapper> upnp = Optional.empty();
    private Optional<UpnpMapper.Found> known = Optional.empty();
    private Way way = Way.UNKNOWN;
    private long upnpAt = Ticker.NEVER;
    private long retryAt = Ticker.NEVER;
    private Optional<InetSocketAddress> external = Optional.empty();
    private String protocol = "";
    private String reason = "the router is not known";
    private boolean hasWorked;
    private int failures;

    MappedPort(InetSocketAddress local, Optional<InetAddress> router, IdSource ids) {
        this.local = local;
        this.router = router;
        this.ids = ids;
    }

    InetSocketAddress local() {
        return local;
    }

    Optional<InetSocketAddress> mapped() {
        return external;
    }

    String protocol() {
        return protocol;
    }

    Way way() {
        return way;
    }

    /** Returns how long to leave the router alone after a failure: one that has worked may be about to restart. */
    long pause(long longest) {
        return hasWorked ? Math.min(longest, SOON << Math.min(failures, 8)) : longest;
    }

    Optional<UpnpMapper.Found> found() {
        return upnp.flatMap(UpnpMapper::found);
    }

    /** Asks in the way that has worked, or PCP and NAT-PMP now and UPnP at that time. */
    void begin(Way first, Optional<UpnpMapper.Found> device, long now, long thenUpnp) {
        retryAt = Ticker.NEVER;
        known = device;
        gateway = Optional.empty();
        upnp = Optional.empty();
        boolean asksGateway = router.isPresent() && first != Way.UPNP;
        if (asksGateway) {
            gateway = Optional.of(new GatewayMapper(router.get(), local, LEASE, ids, first != Way.NAT_PMP, now));
        }
        upnpAt = !asksGateway ? now : first == Way.UNKNOWN ? thenUpnp : Ticker.NEVER;
        timer(now);
    }

    void timer(long now) {
        gateway.ifPresent(one -> one.timer(now));
        upnp.ifPresent(one -> one.timer(now));
        if (now >= upnpAt) {
            upnpAt = Ticker.NEVER;
            upnp = Optional.of(new UpnpMapper(local, LEASE, known, now));
        }
        settle(now);
    }

    void received(InetSocketAddress source, byte[] data, long now) {
        gateway.ifPresent(one -> one.received(source, data, now));
        upnp.ifPresent(one -> one.received(source, data, now));
        settle(now);
    }

    void answered(int id, int status, String body, long now) {
        upnp.ifPresent(one -> one.answered(id, status, body, now));
        settle(now);
    }

    void check(long now) {
        gateway.ifPresent(one -> one.refresh(now));
        upnp.ifPresent(one -> one.refresh(now));
        settle(now);
    }

    private void settle(long now) {
        for (PortMapOutput next; gateway.isPresent() && !((next = gateway.get().poll()) instanceof PortMapOutput.Wait);) {
            take(next, gateway.get().isPcp() ? Way.PCP : Way.NAT_PMP, now);
        }
        for (PortMapOutput next; upnp.isPresent() && !((next = upnp.get().poll()) instanceof PortMapOutput.Wait);) {
            take(next, Way.UPNP, now);
        }
    }

    private void take(PortMapOutput next, Way from, long now) {
        if (next instanceof PortMapOutput.Mapped mapped) {
            way = from;
            // The other one, if it still asks, is for the same port: what it may yet get is not given back, as that would be this.
            gateway = from == Way.UPNP ? Optional.empty() : gateway;
            upnp = from == Way.UPNP ? upnp : Optional.empty();
            upnpAt = Ticker.NEVER;
            use(mapped, now);
        } else if (next instanceof PortMapOutput.Failed failed) {
            failed(failed.reason(), from, now);
        } else {
            outputs.add(next);
        }
    }

    private void use(PortMapOutput.Mapped mapped, long now) {
        if (Addresses.isPrivate(mapped.external().getAddress())) {
            close(now);
            fail("the router is itself behind another one: it is seen at " + mapped.external().getAddress().getHostAddress());
        } else if (!external.equals(Optional.of(mapped.external()))) {
            external = Optional.of(mapped.external());
            protocol = mapped.protocol();
            hasWorked = true;
            failures = 0;
            outputs.add(mapped);
        }
    }

    private void failed(String why, Way from, long now) {
        boolean inForce = external.isPresent();
        gateway = from == Way.UPNP ? gateway : Optional.empty();
        upnp = from == Way.UPNP ? Optional.empty() : upnp;
        // What the router says for certain is of more use to a reader than that something else is silent.
        reason = why.contains("refused") || !reason.contains("refused") ? why : reason;
        if (from == Way.UPNP && known.isPresent()) {
            // The router that worked for other ports may have begun anew, and be elsewhere on its own machine.
            known = Optional.empty();
            upnp = Optional.of(new UpnpMapper(local, LEASE, known, now));
            timer(now);
        } else if (!inForce && upnpAt != Ticker.NEVER) {
            upnpAt = now;
            timer(now);
        } else if (gateway.isEmpty() && upnp.isEmpty()) {
            fail(reason);
        }
    }

    private void fail(String why) {
        gateway = Optional.empty();
        upnp = Optional.empty();
        external = Optional.empty();
        upnpAt = Ticker.NEVER;
        outputs.add(new PortMapOutput.Failed(why));
    }

    /** Asks nobody until then. */
    void rest(long until) {
        retryAt = until;
        failures++;
    }

    long retryAt() {
        return retryAt;
    }

    /** Gives the port back. */
    void close(long now) {
        gateway.ifPresent(GatewayMapper::close);
        upnp.ifPresent(one -> one.close(now));
        settle(now);
        upnpAt = Ticker.NEVER;
    }

    PortMapOutput poll() {
        PortMapOutput next = outputs.poll();
        return next != null ? next : new PortMapOutput.Wait(deadline());
    }

    long deadline() {
        long next = upnpAt;
        if (gateway.isPresent()) {
            next = Math.min(next, ((PortMapOutput.Wait) gateway.get().poll()).deadline());
        }
        if (upnp.isPresent()) {
            next = Math.min(next, ((PortMapOutput.Wait) upnp.get().poll()).deadline());
        }
        return next;
    }
}
