package io.earshot.testkit.net;

import io.earshot.api.transport.spi.Flow;
import io.earshot.testkit.Transcript;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One end of a virtual connection: three-way handshake in short, then ordered bytes, then a close that the other end hears of. */
final class StreamEnd {
    /** Size of a segment without data, for links of limited rate. */
    private static final int CONTROL = 40;

    private final StreamTransport transport;
    private final InetSocketAddress local;
    private final InetSocketAddress remote;
    private final long id;
    private final List<byte[]> unsent = new ArrayList<>();
    private Pipe out;
    private StreamEnd other;
    private String peerName = "";
    private boolean open;
    private boolean over;

    StreamEnd(StreamTransport transport, InetSocketAddress local, InetSocketAddress remote, long id) {
        this.transport = transport;
        this.local = local;
        this.remote = remote;
        this.id = id;
    }

    long id() {
        return id;
    }

    InetSocketAddress remote() {
        return remote;
    }

    Flow flow() {
        return new Flow(transport.protocol(), local, remote, id);
    }

    void connect(Optional<VirtualNetwork.Route> route) {
        if (route.isEmpty()) {
            network().events().add(network().now(), "a failed connection of " + name(), () -> broken("there is no route to it"));
            return;
        }
        Place place = route.get().to();
        peerName = place.name();
        out = new Pipe(network(), transport.host(), place, this::broken);
        out.send(CONTROL, () -> reached(place, route.get().source()));
    }

    /** On the other side: somebody listens there, or not. */
    private void reached(Place place, InetSocketAddress source) {
        Optional<StreamTransport> listener = place instanceof VirtualHost host ? host.listenerAt(remote) : Optional.empty();
        Pipe back = new Pipe(network(), place, transport.host(), reason -> { });
        if (listener.isEmpty()) {
            back.send(CONTROL, () -> broken("connection refused"));
            return;
        }
        StreamEnd end = listener.get().accept(remote, source);
        end.join(this, new Pipe(network(), place, transport.host(), end::broken));
        other = end;
        end.out.send(CONTROL, this::established);
    }

    private void join(StreamEnd client, Pipe pipe) {
        other = client;
        out = pipe;
        peerName = client.name();
        open = true;
    }

    private void established() {
        open = true;
        unsent.forEach(this::push);
        unsent.clear();
    }

    void write(byte[] data) {
        network().noteStream(Transcript.Kind.SENT, name(), peerName.isEmpty() ? remote.getAddress().getHostAddress() : peerName, data);
        if (open) {
            push(data);
        } else {
            unsent.add(data);
        }
    }

    private void push(byte[] data) {
        StreamEnd target = other;
        out.send(data.length, () -> target.arrived(data));
    }

    private void arrived(byte[] data) {
        if (over) {
            return;
        }
        network().noteStream(Transcript.Kind.DELIVERED, name(), peerName, data);
        int cut = network().fragmentsStreams() ? out.split(data.length) : data.length;
        transport.deliver(this, Arrays.copyOfRange(data, 0, cut));
        if (cut < data.length && !over) {
            transport.deliver(this, Arrays.copyOfRange(data, cut, data.length));
        }
    }

    /** Ends the connection from this side. */
    void shut(String toldToPeer) {
        if (over) {
            return;
        }
        over = true;
        if (other != null) {
            StreamEnd target = other;
            out.send(CONTROL, () -> target.peerGone(toldToPeer));
        }
        transport.ended(this, toldToPeer);
    }

    private void peerGone(String reason) {
        if (!over) {
            over = true;
            transport.ended(this, reason);
        }
    }

    /** The network gave up, or nobody listens. */
    private void broken(String reason) {
        if (over) {
            return;
        }
        over = true;
        if (open) {
            transport.ended(this, reason);
        } else {
            transport.refused(this);
            unsent.forEach(data -> transport.fail(remote, transport.protocol() + " to " + StreamTransport.text(remote) + ": " + reason));
            unsent.clear();
        }
    }

    private String name() {
        return transport.host().name();
    }

    private VirtualNetwork network() {
        return transport.host().network();
    }
}
