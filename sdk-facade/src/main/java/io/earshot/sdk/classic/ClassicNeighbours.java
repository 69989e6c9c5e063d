package io.earshot.sdk.classic;

import static io.earshot.sdk.classic.ClassicParameter.number;

import io.earshot.api.id.IdSource;
import io.earshot.sdk.internal.loop.Published;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Finds phones in the same network, where that is asked for (B-140): a datagram to a multicast group that routers do not pass on. Nobody is
 * believed but for being there: where a peer is, is where its datagram came from, in a private network; no contact is made of it, a NEWUSER
 * tells of it, once. What comes is bounded in size, number and rate. For any thread.
 */
final class ClassicNeighbours {
    static final List<ClassicParameter> ROWS = ParameterGroup.PRESENCE.rows(
            number("detectlanpeers", 0, 2, 0, "phones in the same network: 0 nothing is sent or listened to, 1 others may find us, 2 find "
                    + "others too, by NEWUSER"));

    private static final String GROUP = "239.255.83.73";
    private static final int PORT = 18_373;
    private static final int FIND = 2;
    private static final int MOST_BYTES = 512;
    private static final int MOST_PEERS = 256;
    private static final int MOST_A_SECOND = 20;
    private static final int EVERY_MILLIS = 60_000;
    private static final int SECOND = 1000;

    private final ClassicPhone phone;
    private final Published<Optional<Group>> open = new Published<>(Optional.empty());

    ClassicNeighbours(ClassicPhone phone) {
        this.phone = phone;
    }

    /** The phone has started. */
    void begin() {
        if (phone.parameters().number("detectlanpeers") > 0) {
            begin(PORT, List.of(new InetSocketAddress(GROUP, PORT)));
        }
    }

    /**
     * Begins.
     *
     * @param port to listen on; 0 for a free one
     * @param others where to ask
     */
    void begin(int port, List<InetSocketAddress> others) {
        try {
            Group group = new Group(port, others);
            open.set(Optional.of(group));
            phone.parts().workers().execute(group::listen);
            group.refill();
            group.ask();
        } catch (IOException refused) {
            phone.send(Notification.event("WARNING", "Phones in the same network cannot be found: " + refused.getMessage()));
        }
    }

    /** Returns the port in use. */
    int port() {
        return open.get().map(group -> group.socket.getLocalPort()).orElse(0);
    }

    /** The phone has stopped. */
    void end() {
        open.get().ifPresent(Group::close);
        open.set(Optional.empty());
    }

    private int sipPort() {
        return phone.running().stream().flatMap(on -> on.phone().listeningOn().stream()).filter(one -> one.startsWith("UDP "))
                .map(one -> Integer.parseInt(one.substring(one.lastIndexOf(':') + 1))).findFirst().orElse(0);
    }

    /** One socket and who was heard on it. */
    private final class Group {
        private final MulticastSocket socket;
        private final List<InetSocketAddress> others;
        /** Where the group is asked; filled by the constructor. */
        private final List<NetworkInterface> joined = new ArrayList<>();
        private final String id = IdSource.secure().token(64);
        private final Set<String> known = ConcurrentHashMap.newKeySet();
        private final AtomicInteger budget = new AtomicInteger();
        private final AtomicBoolean closed = new AtomicBoolean();

        Group(int port, List<InetSocketAddress> others) throws IOException {
            this.others = others;
            socket = new MulticastSocket(port);
            for (InetSocketAddress other : others) {
                if (other.getAddress().isMulticastAddress()) {
                    join(other);
                }
            }
        }

        private void join(InetSocketAddress group) throws IOException {
            socket.setOption(StandardSocketOptions.IP_MULTICAST_TTL, 1);
            for (NetworkInterface one : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                try {
                    if (one.isUp() && one.supportsMulticast() && one.inetAddresses().anyMatch(Inet4Address.class::isInstance)) {
                        socket.joinGroup(group, one);
                        joined.add(one);
                    }
                } catch (SocketException refused) {
                    phone.log("no multicast on " + one.getName() + ": " + refused.getMessage());
                }
            }
        }

        /** So many datagrams are read each second; the others are as good as lost. */
        private void refill() {
            budget.set(MOST_A_SECOND);
            if (!closed.get()) {
                phone.parts().later(SECOND, this::refill);
            }
        }

        private void ask() {
            if (!closed.get() && phone.parameters().number("detectlanpeers") == FIND) {
                others.forEach(this::ask);
                phone.parts().later(EVERY_MILLIS, this::ask);
            }
        }

        private void ask(InetSocketAddress other) {
            if (!other.getAddress().isMulticastAddress()) {
                send(LanGreeting.ASK, other);
                return;
            }
            for (NetworkInterface one : joined) {
                try {
                    socket.setNetworkInterface(one);
                    send(LanGreeting.ASK, other);
                } catch (SocketException gone) {
                    phone.log("no greeting on " + one.getName() + ": " + gone.getMessage());
                }
            }
        }

        private void send(String kind, InetSocketAddress to) {
            String user = ClassicLine.userOf(phone.parts().accounts().config().address());
            byte[] text = new LanGreeting(kind, id, sipPort(), user, phone.parameters().text("displayname")).text()
                    .getBytes(StandardCharsets.UTF_8);
            try {
                socket.send(new DatagramPacket(text, text.length, to));
            } catch (IOException refused) {
                phone.log("no greeting to " + to + ": " + refused.getMessage());
            }
        }

        private void listen() {
            DatagramPacket packet = new DatagramPacket(new byte[MOST_BYTES], MOST_BYTES);
            while (!closed.get()) {
                try {
                    packet.setLength(MOST_BYTES);
                    socket.receive(packet);
                    if (budget.getAndDecrement() > 0) {
                        heard(packet);
                    }
                } catch (IOException over) {
                    return;
                }
            }
        }

        /** Routers pass no multicast on, but anybody may write to the port. */
        private static boolean isNear(InetAddress from) {
            if (from.isSiteLocalAddress() || from.isLinkLocalAddress() || from.isLoopbackAddress()) {
                return true;
            }
            try {
                return NetworkInterface.networkInterfaces().flatMap(one -> one.getInterfaceAddresses().stream())
                        .anyMatch(ours -> sameNetwork(ours.getAddress().getAddress(), from.getAddress(), ours.getNetworkPrefixLength()));
            } catch (SocketException unknown) {
                return false;
            }
        }

        private static boolean sameNetwork(byte[] ours, byte[] theirs, int bits) {
            boolean same = ours.length == theirs.length && bits > 0;
            for (int bit = 0; same && bit < bits; bit++) {
                same = ((ours[bit / 8] ^ theirs[bit / 8]) >> 7 - bit % 8 & 1) == 0;
            }
            return same;
        }

        private void heard(DatagramPacket packet) {
            InetAddress from = packet.getAddress();
            Optional<LanGreeting> greeting = LanGreeting.parse(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8));
            if (!isNear(from) || greeting.isEmpty() || greeting.get().id().equals(id)) {
                return;
            }
            if (greeting.get().kind().equals(LanGreeting.ASK)) {
                send(LanGreeting.ANSWER, new InetSocketAddress(from, packet.getPort()));
            }
            String address = "sip:" + greeting.get().user() + "@" + from.getHostAddress() + ":" + greeting.get().port();
            if (phone.parameters().number("detectlanpeers") == FIND && known.size() < MOST_PEERS && known.add(address)) {
                phone.send(new Notification(1, List.of("NEWUSER", greeting.get().user(), greeting.get().name(), "", address)));
            }
        }

        private void close() {
            closed.set(true);
            socket.close();
        }
    }
}
