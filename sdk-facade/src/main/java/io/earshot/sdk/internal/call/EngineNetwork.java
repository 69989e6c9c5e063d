package io.earshot.sdk.internal.call;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.Nat;
import io.earshot.api.NatReport;
import io.earshot.api.PhoneNetwork;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The network as programs see it. */
final class EngineNetwork implements PhoneNetwork {
    private final EngineContext context;
    private final NetworkMonitor monitor;

    EngineNetwork(EngineContext context, NetworkMonitor monitor) {
        this.context = context;
        this.monitor = monitor;
    }

    @Override
    public boolean isOnline() {
        return monitor.isOnline();
    }

    @Override
    public List<String> addresses() {
        return monitor.addresses();
    }

    @Override
    public CompletableFuture<NatReport> natReport(Nat nat) {
        // Completes where the program's code may take its time.
        return context.nats().ask(requireNonNull(nat, "nat"), server -> context.signalling().localIp(Optional.of(server)))
                .thenApplyAsync(report -> report, context.callbacks());
    }

    @Override
    public void check() {
        monitor.check();
    }
}
