package io.earshot.sdk.internal.media;

import static java.util.Objects.requireNonNull;

import io.earshot.api.audio.AudioPort;
import java.util.concurrent.atomic.AtomicBoolean;

/** What a program holds of a port: callable from any thread, while the {@link BridgePort} behind it belongs to the media loop. */
class PortHandle implements AudioPort {
    private final MediaRoom room;
    private final String name;
    private final BridgePort port;
    private final AtomicBoolean closed = new AtomicBoolean();

    PortHandle(MediaRoom room, String name, BridgePort port) {
        this.room = requireNonNull(room);
        this.name = requireNonNull(name);
        this.port = requireNonNull(port);
    }

    final BridgePort port() {
        return port;
    }

    final MediaRoom room() {
        return room;
    }

    final boolean isClosed() {
        return closed.get();
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final boolean isSource() {
        return port.isSource();
    }

    @Override
    public final boolean isSink() {
        return port.isSink();
    }

    @Override
    public final int sampleRate() {
        return port instanceof CallPort call ? call.publishedRate() : port.rate();
    }

    @Override
    public final void close() {
        if (closed.compareAndSet(false, true)) {
            room.forget(this);
            onClosed();
        }
    }

    /** Called once, on the thread that closed. */
    void onClosed() {
    }

    @Override
    public final String toString() {
        return name;
    }
}
