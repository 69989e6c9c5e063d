package io.earshot.ice.agent;

import io.earshot.ice.nat.NatDiscovery;
import io.earshot.ice.nat.NatOutput;
import io.earshot.rtp.route.NatProbe;
import java.net.InetSocketAddress;

/** A {@link NatDiscovery} as the phone sees it. */
final class ServerProbe implements NatProbe {
    private final NatDiscovery discovery;

    ServerProbe(NatDiscovery discovery) {
        this.discovery = discovery;
    }

    @Override
    public void received(InetSocketAddress source, byte[] data, long now) {
        discovery.received(source, data, 0, data.length, now);
    }

    @Override
    public void onTime(long now) {
        discovery.timer(now);
    }

    @Override
    public Output poll() {
        NatOutput next = discovery.poll();
        if (next instanceof NatOutput.Transmit transmit) {
            return new Output.Transmit(transmit.to(), transmit.data());
        } else if (next instanceof NatOutput.Done done) {
            return new Output.Done(done.report().kind().name(), done.report().mapped(), done.report().stable(), done.report().tests());
        }
        return new Output.Wait(((NatOutput.Wait) next).deadline());
    }
}
