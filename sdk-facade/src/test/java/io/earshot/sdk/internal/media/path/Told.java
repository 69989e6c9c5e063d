package io.earshot.sdk.internal.media.path;

import io.earshot.rtp.secure.HandshakeOutput;
import io.earshot.rtp.secure.KeyHandshake;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;

/** A handshake that does as the test says. */
final class Told implements KeyHandshake {
    final Queue<HandshakeOutput> outputs = new ArrayDeque<>();
    final List<byte[]> received = new ArrayList<>();
    long refused;

    @Override
    public void received(byte[] buffer, int offset, int length) {
        received.add(Arrays.copyOfRange(buffer, offset, offset + length));
    }

    @Override
    public void onTime(long now) {
        outputs.add(new HandshakeOutput.Transmit(new byte[] {22, 9}));
    }

    @Override
    public HandshakeOutput poll(long now) {
        return outputs.isEmpty() ? new HandshakeOutput.Wait(1000) : outputs.poll();
    }

    @Override
    public long refused() {
        return refused;
    }

    @Override
    public void close() {
        outputs.clear();
    }
}
