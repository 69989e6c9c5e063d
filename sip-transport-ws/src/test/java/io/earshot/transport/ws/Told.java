package io.earshot.transport.ws;

import io.earshot.api.transport.spi.Flow;
import io.earshot.api.transport.spi.SipTransportListener;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a transport tells. */
final class Told implements SipTransportListener {
    final List<String> messages = new ArrayList<>();
    final List<Flow> flows = new ArrayList<>();
    final List<String> failures = new ArrayList<>();
    final List<String> ends = new ArrayList<>();

    @Override
    public void received(Flow flow, ByteBuffer data) {
        messages.add(StandardCharsets.UTF_8.decode(data).toString());
        flows.add(flow);
    }

    @Override
    public void sendFailed(InetSocketAddress peer, String reason) {
        failures.add(reason.replaceAll("port \\d+", "port PORT"));
    }

    @Override
    public void closed(Flow flow, String reason) {
        ends.add(reason.replaceAll("port \\d+", "port PORT"));
    }
}
