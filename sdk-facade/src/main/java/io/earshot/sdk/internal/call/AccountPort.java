package io.earshot.sdk.internal.call;

import io.earshot.api.NatKind;
import io.earshot.api.ServersView;
import io.earshot.sdk.internal.route.RouterDoor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/** The port of our router that leads to where an account takes requests over UDP. Confined to the signalling loop. */
final class AccountPort {
    private final EngineContext context;
    private final EngineAccount account;
    private Optional<InetSocketAddress> local = Optional.empty();
    private Optional<RouterDoor.Lease> lease = Optional.empty();

    AccountPort(EngineContext context, EngineAccount account) {
        this.context = context;
        this.account = account;
    }

    /** Asks for the port, or, where our address is another one now, for that one's; and for what else the ways of calls begin with. */
    void open() {
        context.near().look();
        context.routes().prepare(account.config().nat());
        ServersView view = context.settings().signallingStyle().serversView();
        boolean registration = view == ServersView.BEHIND_SYMMETRIC_NAT || view == ServersView.TOWARDS_PUBLIC_SERVERS;
        context.nats().look(account.config().nat(), registration, context.signalling().localIp(Optional.empty()))
                .filter(asked -> registration).ifPresent(asked -> asked.thenAccept(report -> context.signalling().engine()
                        .behindNat(account.id(), mayBeSymmetric(report.kind()), context.now())));
        Optional<InetSocketAddress> hop = Addresses.nextHop(Addresses.target(account.address(), account.config()), account.config());
        Optional<InetSocketAddress> now = context.signalling().udp(hop).filter(at -> wanted(at, hop.map(InetSocketAddress::getAddress)));
        if (now.equals(local)) {
            return;
        }
        close();
        local = now;
        lease = now.map(at -> context.router().open(at.getAddress(), at.getPort(),
                external -> context.signalling().engine().reachedAt(account.id(), at, external, context.now())));
    }

    /** With no STUN server that answers nothing is known. */
    private static boolean mayBeSymmetric(NatKind kind) {
        return kind == NatKind.SYMMETRIC || kind == NatKind.BLOCKED;
    }

    private boolean wanted(InetSocketAddress at, Optional<InetAddress> hop) {
        return context.settings().tunnel().isEmpty() && context.router().wanted(account.config().nat(), at.getAddress(), hop);
    }

    /** Gives the port back. */
    void close() {
        lease.ifPresent(RouterDoor.Lease::close);
        lease = Optional.empty();
        local = Optional.empty();
    }
}
