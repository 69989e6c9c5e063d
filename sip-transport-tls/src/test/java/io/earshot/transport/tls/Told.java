package io.earshot.transport.tls;

import io.earshot.api.transport.spi.Flow;
import io.earshot.api.transport.spi.SipTransportListener;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a transport tells. */
final class Told implements SipTransportListener {
    final List<Flow> flows = new ArrayList<>();
    final List<String> failures = new ArrayList<>();
    final List<String> closes = new ArrayList<>();
    final List<InetSocketAddress> connected = new ArrayList<>();
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public void received(Flow flow, ByteBuffer data) {
        byte[] copy = new byte[data.remaining()];
        data.get(copy);
        bytes.writeBytes(copy);
        flows.add(flow);
    }

    @Override
    public void sendFailed(InetSocketAddress peer, String reason) {
        failures.add(reason);
    }

    @Override
    public void connected(InetSocketAddress peer) {
        connected.add(peer);
    }

    @Override
    public void closed(Flow flow, String reason) {
        closes.add(reason);
    }

    String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
