package io.earshot.testkit.node;

import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.SipTransportProvider;
import io.earshot.api.transport.spi.TransportConfig;
import io.earshot.testkit.net.VirtualHost;
import io.earshot.testkit.net.VirtualLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/** A node on a virtual host: everything happens on the test's thread, in virtual time. */
public final class VirtualNode implements Node {
    private static final VirtualLoop.Timer NONE = () -> { };

    private final VirtualHost host;
    private final Core core;
    private VirtualLoop.Timer timer = NONE;
    private long timerAt = Ticker.NEVER;
    private boolean closed;

    /** Makes a node that lives on this host; a host may have several, on different ports. */
    public VirtualNode(VirtualHost host) {
        this.host = host;
        core = new Core(host.name(), host.network().ticker(), this::wakeAt);
    }

    private void wakeAt(long deadline) {
        if (deadline == timerAt) {
            return;
        }
        timer.cancel();
        timerAt = deadline;
        timer = deadline == Ticker.NEVER ? NONE : host.loop().at(deadline, this::due);
    }

    private void due() {
        timerAt = Ticker.NEVER;
        timer = NONE;
        if (!closed) {
            core.wake();
        }
    }

    @Override
    public String name() {
        return host.name();
    }

    /** Returns the host that it lives on. */
    public VirtualHost host() {
        return host;
    }

    @Override
    public InetSocketAddress open(SipTransportProvider provider, TransportConfig config) throws IOException {
        return core.open(provider, config, host.loop()).localAddress();
    }

    @Override
    public InetSocketAddress localAddress(String protocol, InetSocketAddress peer) {
        return core.localAddress(protocol, peer);
    }

    @Override
    public void drive(Driven machine) {
        core.drive(machine);
    }

    @Override
    public <T> T call(LongFunction<T> command) {
        List<T> result = new ArrayList<>(1);
        core.input(now -> result.add(command.apply(now)));
        return result.get(0);
    }

    @Override
    public void close() {
        closed = true;
        timer.cancel();
        core.close();
    }
}
