package io.earshot.sdk.internal.media;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.audio.AudioPort;
import io.earshot.api.audio.Supervision;
import io.earshot.sdk.internal.loop.Published;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Listening in: edges between a supervisor, a call and its agent, which change with the mode. */
final class Supervisor implements Supervision {
    private final MediaRoom room;
    private final PortHandle supervisor;
    private final PortHandle agent;
    private final PortHandle call;
    private final PortHandle sent;
    private final Published<Optional<Mode>> mode = new Published<>(Optional.empty());
    private final AtomicBoolean closed = new AtomicBoolean();

    private record Edge(AudioPort from, AudioPort to) { }

    /**
     * Makes it without an edge yet.
     *
     * @param call the peer
     * @param sent a source of what the peer hears
     */
    Supervisor(MediaRoom room, AudioPort supervisor, AudioPort agent, PortHandle call, PortHandle sent) {
        this.room = room;
        this.supervisor = room.ours(requireNonNull(supervisor, "supervisor"));
        this.agent = room.ours(requireNonNull(agent, "agent"));
        this.call = call;
        this.sent = sent;
        if (supervisor == agent || supervisor == call || agent == call) {
            throw new IllegalArgumentException("supervisor, agent and call must be three ports, not " + supervisor + ", " + agent
                    + " and " + call);
        }
    }

    @Override
    public Mode mode() {
        return mode.get().orElse(Mode.LISTEN);
    }

    @Override
    public void mode(Mode wanted) {
        requireNonNull(wanted, "mode");
        if (closed.get()) {
            return;
        }
        List<Edge> next = edges(wanted);
        next.forEach(edge -> check(edge, wanted));
        mode.get().map(this::edges).orElse(List.of()).stream().filter(edge -> !next.contains(edge))
                .forEach(edge -> room.disconnect(edge.from, edge.to));
        next.forEach(edge -> room.connect(edge.from, edge.to));
        mode.set(Optional.of(wanted));
    }

    /** So that a port that cannot do what the mode wants is told before anything is changed. */
    private void check(Edge edge, Mode wanted) {
        boolean speaks = room.ours(edge.from).isSource();
        if (!speaks || !room.ours(edge.to).isSink()) {
            throw new IllegalArgumentException((speaks ? edge.to + " is no sink" : edge.from + " is no source") + " of sound, and cannot "
                    + (speaks ? "hear" : "speak") + " as " + wanted + " wants: give a port that is source and sink");
        }
    }

    /** Whoever is heard by the peer would hear himself in what the peer hears, and hears the agent instead. */
    private List<Edge> edges(Mode of) {
        return switch (of) {
            case LISTEN -> List.of(new Edge(call, supervisor), new Edge(sent, supervisor));
            case WHISPER -> List.of(new Edge(call, supervisor), new Edge(sent, supervisor), new Edge(supervisor, agent));
            case JOIN -> List.of(new Edge(call, supervisor), new Edge(agent, supervisor), new Edge(supervisor, agent),
                    new Edge(supervisor, call));
        };
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            mode.get().map(this::edges).orElse(List.of()).forEach(edge -> room.disconnect(edge.from, edge.to));
        }
    }
}
