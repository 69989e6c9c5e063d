package io.earshot.ice.agent;

import io.earshot.api.time.Ticker;
import io.earshot.testkit.net.VirtualHost;
import io.earshot.testkit.net.VirtualLoop;
import io.earshot.testkit.net.VirtualNetwork;
import io.earshot.testkit.net.VirtualSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** An agent on a virtual host. */
final class IcePeer {
    final IceAgent agent;
    final VirtualHost host;
    final List<IceOutput> told = new ArrayList<>();
    final Map<Integer, Long> selectedAt = new LinkedHashMap<>();
    final List<byte[]> media = new ArrayList<>();
    final List<LocalAddress> bases = new ArrayList<>();
    private final Map<InetSocketAddress, VirtualSocket> sockets = new LinkedHashMap<>();
    private final VirtualNetwork net;
    private VirtualLoop.Timer timer = () -> { };
    Consumer<IceOutput> hook = output -> { };
    long lastMedia;
    long longestGap;
    int strangers;
    /** What came for the second component. */
    final List<byte[]> reports = new ArrayList<>();
    /** Whether nothing comes to the sockets of the second component. */
    boolean reportsBlocked;
    /** Addresses of ours to which nothing comes any more, and from which nothing goes, without anybody being told. */
    final Set<InetAddress> deaf = new HashSet<>();
    final Set<InetAddress> dumb = new HashSet<>();
    /** Whether this machine has no time: what comes waits in its sockets, and what is due is not done. */
    private boolean stalled;
    private final List<Runnable> missed = new ArrayList<>();
    private boolean talks;

    IcePeer(VirtualNetwork net, VirtualHost host, IceConfig config, boolean controlling) {
        this.net = net;
        this.host = host;
        agent = new IceAgent(config, controlling, net.ids("ice of " + host.name()));
        for (int component = 1; component <= config.components(); component++) {
            open(component);
        }
    }

    LocalAddress open(int component) {
        LocalAddress opened = openAt(component, host.address(0));
        bases.add(opened);
        return opened;
    }

    LocalAddress openAt(int component, InetSocketAddress bind) {
        try {
            VirtualSocket[] self = new VirtualSocket[1];
            self[0] = host.open(bind, (source, data) -> received(self[0].localAddress(), source, data));
            sockets.put(self[0].localAddress(), self[0]);
            return new LocalAddress(component, self[0].localAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void received(InetSocketAddress local, InetSocketAddress source, byte[] data) {
        int component = bases.stream().filter(base -> base.address().equals(local)).mapToInt(LocalAddress::component).findFirst().orElse(1);
        if (deaf.contains(local.getAddress()) || component == 2 && reportsBlocked) {
            return;
        } else if (stalled) {
            missed.add(() -> received(local, source, data));
            return;
        }
        IceAgent.Receipt receipt = agent.received(local, source, data, 0, data.length, net.now());
        if (receipt == IceAgent.Receipt.MEDIA) {
            media(component, data);
        } else if (receipt == IceAgent.Receipt.STRANGER) {
            strangers++;
        }
        drain();
    }

    private void media(int component, byte[] data) {
        if (component == 2) {
            reports.add(data);
            return;
        }
        media.add(data);
        if (lastMedia != 0) {
            longestGap = Math.max(longestGap, net.now() - lastMedia);
        }
        lastMedia = net.now();
    }

    /** Sends from one of its sockets, whatever its agent thinks of that. */
    void send(LocalAddress from, InetSocketAddress to, byte[] data) {
        sockets.get(from.address()).send(to, data);
    }

    void drain() {
        for (IceOutput output = agent.poll(net.now());; output = agent.poll(net.now())) {
            if (output instanceof IceOutput.Transmit transmit) {
                Optional.ofNullable(sockets.get(transmit.local())).filter(each -> !dumb.contains(transmit.local().getAddress()))
                    .ifPresent(socket -> socket.send(transmit.remote(), transmit.data()));
            } else if (output instanceof IceOutput.Media relayed) {
                media(relayed.component(), relayed.data());
            } else if (output instanceof IceOutput.Wait wait) {
                timer.cancel();
                timer = wait.deadline() == Ticker.NEVER ? () -> { } : host.loop().at(wait.deadline(), this::due);
                return;
            } else {
                told.add(output);
                if (output instanceof IceOutput.Selected selected) {
                    selectedAt.put(selected.component(), net.now());
                }
                hook.accept(output);
            }
        }
    }

    /** Its machine has no time for that long; then timers come first. */
    void stall(long time) {
        stalled = true;
        host.loop().at(net.now() + time, () -> {
            stalled = false;
            due();
            missed.forEach(Runnable::run);
            missed.clear();
        });
    }

    private void due() {
        if (stalled) {
            return;
        }
        agent.timer(net.now());
        drain();
    }

    void gather() {
        agent.gather(bases, net.now());
        drain();
    }

    /** Sends a media packet each 20 ms. */
    void talk() {
        if (!talks) {
            talks = true;
            turn();
        }
    }

    /** Says nothing more. */
    void hush() {
        talks = false;
    }

    private void turn() {
        if (talks) {
            if (!stalled) {
                byte[] packet = new byte[172];
                packet[0] = (byte) 0x80;
                agent.send(1, packet, net.now());
                drain();
            }
            host.loop().at(net.now() + 20 * Ticker.MILLISECOND, this::turn);
        }
    }

    /** Sends RTCP each second. */
    void report() {
        agent.send(2, new byte[] {(byte) 0x80, (byte) 200, 0, 1, 0, 0, 0, 7}, net.now());
        drain();
        host.loop().at(net.now() + Ticker.SECOND, this::report);
    }

    boolean told(Class<? extends IceOutput> type) {
        return told.stream().anyMatch(type::isInstance);
    }

    /** Offer and answer between two, as soon as each has gathered; the way takes no time. */
    static void call(IcePeer offerer, IcePeer answerer) {
        answerer.hook = output -> {
            if (output instanceof IceOutput.Gathered) {
                offerer.agent.remote(answerer.agent.local(), offerer.net.now());
                offerer.drain();
            }
            trickle(output, offerer);
        };
        offerer.hook = output -> {
            if (output instanceof IceOutput.Gathered) {
                answerer.agent.remote(offerer.agent.local(), offerer.net.now());
                answerer.gather();
            }
            trickle(output, answerer);
        };
        offerer.gather();
    }

    private static void trickle(IceOutput output, IcePeer to) {
        if (output instanceof IceOutput.Found found && to.agent.state() == IceState.CHECKING) {
            to.agent.addRemote(found.candidate(), to.net.now());
            to.drain();
        }
    }
}
