package io.earshot.testkit.contract;

import io.earshot.api.transport.spi.Flow;
import io.earshot.api.transport.spi.SipTransportListener;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a transport tells. */
final class Recorder implements SipTransportListener {
    final List<Flow> flows = new ArrayList<>();
    final List<Flow> ended = new ArrayList<>();
    final List<String> failures = new ArrayList<>();
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Runnable onFirst = () -> { };

    @Override
    public void received(Flow flow, ByteBuffer data) {
        byte[] copy = new byte[data.remaining()];
        data.get(copy);
        bytes.writeBytes(copy);
        flows.add(flow);
        if (flows.size() == 1) {
            onFirst.run();
        }
    }

    @Override
    public void sendFailed(InetSocketAddress peer, String reason) {
        failures.add(reason);
    }

    @Override
    public void closed(Flow flow, String reason) {
        ended.add(flow);
        failures.add(reason);
    }

    String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
