package io.earshot.sdk.internal.media;

import io.earshot.dsp.Mixer;
import io.earshot.dsp.Resampler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The mixer: ports, directed edges with gains, and conferences. Confined to the media loop.
 * A turn costs one pull and one push for each port, one resampling for each pair of a source and a rate that is asked of it, and one
 * multiply-add per sample and edge.
 */
final class Bridge {
    /** 20 ms at 48 kHz. */
    static final int MAX_FRAME = 960;

    private final int frameMillis;
    private final Map<BridgePort, Node> nodes = new LinkedHashMap<>();
    /** The values of {@link #nodes}, kept apart because iterating an array list allocates nothing. */
    private final List<Node> order = new ArrayList<>();
    private final List<MixGroup> groups = new ArrayList<>();
    private final Mixer mixer = new Mixer(MAX_FRAME);
    private final short[] scaled = new short[MAX_FRAME];
    /** One resampler for each pair of rates, whose filter the others share: designing one takes too long for a turn. */
    private final Map<Long, Resampler> filters = new HashMap<>();

    Bridge(int frameMillis) {
        this.frameMillis = frameMillis;
    }

    void add(BridgePort port) {
        if (!nodes.containsKey(port)) {
            Node node = new Node(port);
            nodes.put(port, node);
            order.add(node);
        }
    }

    void remove(BridgePort port) {
        Node gone = nodes.remove(port);
        if (gone == null) {
            return;
        }
        order.remove(gone);
        for (Node node : order) {
            node.in.removeIf(edge -> edge.from == gone);
            if (gone.in.removeIf(edge -> edge.from == node)) {
                node.dropUnusedViews();
            }
        }
        for (MixGroup group : groups) {
            group.removed(gone);
        }
        port.onRemoved();
    }

    /** Adds a conference. */
    MixGroup group(MixGroup.Listener listener) {
        MixGroup group = new MixGroup(frameMillis, listener);
        groups.add(group);
        return group;
    }

    /** Ends a conference; its members stay in the bridge. */
    void remove(MixGroup group) {
        groups.remove(group);
        order.forEach(Node::dropUnusedViews);
    }

    /** Tells whether a port sits in a conference. */
    boolean isSeated(BridgePort port) {
        return groups.stream().anyMatch(group -> group.seats().stream().anyMatch(seat -> seat.port == port));
    }

    /** Gives a port a seat in a conference; it must be in the bridge, otherwise there is none. */
    Optional<MixGroup.Seat> seat(MixGroup group, BridgePort port) {
        return Optional.ofNullable(nodes.get(port)).map(group::add);
    }

    boolean contains(BridgePort port) {
        return nodes.containsKey(port);
    }

    boolean isEmpty() {
        return order.isEmpty();
    }

    /** Connects, or changes the gain of what is connected. Both ports must be in the bridge; otherwise nothing happens. */
    void connect(BridgePort source, BridgePort sink, double gainDb) {
        Node from = nodes.get(source);
        Node to = nodes.get(sink);
        if (from == null || to == null) {
            return;
        }
        for (Edge edge : to.in) {
            if (edge.from == from) {
                edge.volume.set(Volume.factor(gainDb));
                edge.gainDb = gainDb;
                return;
            }
        }
        to.in.add(new Edge(from, from.view(to.port.sinkRate()), gainDb));
    }

    void disconnect(BridgePort source, BridgePort sink) {
        Node from = nodes.get(source);
        Node to = nodes.get(sink);
        if (from != null && to != null && to.in.removeIf(edge -> edge.from == from)) {
            from.dropUnusedViews();
        }
    }

    /** Visits every edge, in the order of the sinks. */
    void eachEdge(EdgeVisitor visitor) {
        for (Node to : order) {
            for (Edge edge : to.in) {
                visitor.edge(edge.from.port, to.port, edge.gainDb);
            }
        }
    }

    /** Returns the ports now. */
    List<BridgePort> ports() {
        return List.copyOf(nodes.keySet());
    }

    /** Moves one frame through the graph. */
    void tick() {
        for (int i = 0; i < order.size(); i++) {
            order.get(i).followRate();
        }
        for (int i = 0; i < groups.size(); i++) {
            groups.get(i).prepare();
        }
        for (int i = 0; i < order.size(); i++) {
            order.get(i).pull();
        }
        for (int i = 0; i < groups.size(); i++) {
            groups.get(i).mix();
        }
        for (int i = 0; i < order.size(); i++) {
            order.get(i).push();
        }
        for (int i = 0; i < groups.size(); i++) {
            groups.get(i).settle();
        }
    }

    /** Takes edges one by one. */
    interface EdgeVisitor {
        void edge(BridgePort source, BridgePort sink, double gainDb);
    }

    /** A port and what the bridge needs beside it. */
    final class Node {
        final BridgePort port;
        private final List<Edge> in = new ArrayList<>();
        private final List<View> views = new ArrayList<>();
        final short[] frame = new short[MAX_FRAME];
        /** Apart from {@link #frame}: a port that is source and sink keeps its frame until the other sinks have read it. */
        private final short[] mixed = new short[MAX_FRAME];
        private int samples;
        boolean sound;
        int sinkRate;

        Node(BridgePort port) {
            this.port = port;
            this.sinkRate = port.sinkRate();
        }

        View view(int rate) {
            for (int i = 0; i < views.size(); i++) { // without an iterator: conferences ask for each member and rate in each turn
                if (views.get(i).rate == rate) {
                    return views.get(i);
                }
            }
            View view = new View(rate);
            views.add(view);
            return view;
        }

        void pull() {
            if (!port.isSource()) {
                return;
            }
            sound = port.pull(frame, port.rate() / 1000 * frameMillis);
            int rate = port.rate();
            samples = rate / 1000 * frameMillis;
            if (!sound && !views.isEmpty()) {
                Arrays.fill(frame, 0, samples, (short) 0);
            }
            for (int i = 0; i < views.size(); i++) {
                views.get(i).take(frame, samples, rate, sound);
            }
        }

        /** Returns the samples of the frame that was pulled last. */
        int samples() {
            return samples;
        }

        void followRate() {
            int rate = port.isSink() ? port.sinkRate() : sinkRate;
            if (rate != sinkRate) {
                sinkRate = rate;
                rewire(rate);
            }
        }

        void push() {
            if (!port.isSink() || !port.isListening()) {
                return;
            }
            int count = sinkRate / 1000 * frameMillis;
            mixer.begin(count);
            for (int i = 0; i < in.size(); i++) {
                in.get(i).addTo(mixer, scaled, count);
            }
            for (int i = 0; i < groups.size(); i++) {
                groups.get(i).addTo(mixer, this, count);
            }
            mixer.mix(mixed, 0);
            port.push(mixed, count, mixer.sources() > 0);
        }

        void dropUnusedViews() {
            views.removeIf(view -> order.stream().noneMatch(to -> to.in.stream().anyMatch(edge -> edge.view == view))
                    && groups.stream().noneMatch(group -> group.uses(this, view.rate)));
        }

        private void rewire(int rate) {
            for (Edge edge : in) {
                edge.view = edge.from.view(rate);
            }
        }
    }

    /** What a source sounds like at one rate; shared by all sinks of that rate. */
    final class View {
        final int rate;
        final short[] samples = new short[MAX_FRAME];
        private Resampler resampler;
        private int sourceRate;
        /** Frames of silence still to be pushed through the filter so that its tail is heard. */
        private int tail;
        boolean sound;

        View(int rate) {
            this.rate = rate;
        }

        void take(short[] frame, int count, int fromRate, boolean heard) {
            tail = heard ? 2 : Math.max(0, tail - 1);
            sound = heard || tail > 0;
            if (!sound) {
                return;
            }
            if (fromRate == rate) {
                System.arraycopy(frame, 0, samples, 0, count);
                return;
            }
            if (resampler == null || sourceRate != fromRate) {
                resampler = filters.computeIfAbsent((long) fromRate << 32 | rate,
                        pair -> new Resampler(fromRate, rate, Resampler.Quality.LOW_DELAY)).another();
                sourceRate = fromRate;
            }
            resampler.process(frame, 0, count, samples, 0);
        }
    }

    /** A connection. Its gain moves to the target within one frame, so that a change does not click. */
    private static final class Edge {
        final Node from;
        View view;
        final Volume volume;
        double gainDb;

        Edge(Node from, View view, double gainDb) {
            this.from = from;
            this.view = view;
            this.volume = new Volume(0, Volume.factor(gainDb));
            this.gainDb = gainDb;
        }

        void addTo(Mixer mixer, short[] scaled, int samples) {
            if (view.sound && volume.isUnity()) {
                mixer.add(view.samples, 0);
            } else if (view.sound) {
                volume.apply(view.samples, scaled, samples);
                mixer.add(scaled, 0);
            }
            volume.settle();
        }
    }
}
