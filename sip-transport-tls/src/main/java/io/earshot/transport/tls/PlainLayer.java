package io.earshot.transport.tls;

import java.nio.ByteBuffer;

/** Plain TCP. */
final class PlainLayer implements Layer {
    private final Wire wire;

    PlainLayer(Wire wire) {
        this.wire = wire;
    }

    @Override
    public void start() {
        wire.established();
    }

    @Override
    public void received(ByteBuffer net) {
        wire.deliver(net);
    }

    @Override
    public void send(ByteBuffer plain) {
        wire.write(plain);
    }

    @Override
    public void end() {
        wire.peerEnded();
    }

    @Override
    public void close() {
        // TCP says goodbye by itself
    }

    @Override
    public boolean speaksFor(String host) {
        return true; // nobody's name was made sure of
    }
}
