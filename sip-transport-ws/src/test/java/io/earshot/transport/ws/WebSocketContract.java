package io.earshot.transport.ws;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.transport.spi.SipTransport;
import io.earshot.api.transport.spi.SipTransportListener;
import io.earshot.testkit.contract.StreamTransportContract;
import io.earshot.testkit.node.TestIoLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Connections like any others, but that they carry messages and not bytes. */
abstract class WebSocketContract extends StreamTransportContract {
    @Override
    protected InetAddress bindAddress() {
        return Loopback.IPV4;
    }

    @Test
    @Override
    protected void isAReliableStream() throws IOException {
        try (TestIoLoop loop = new TestIoLoop();
                SipTransport transport = provider().open(config(new InetSocketAddress(bindAddress(), 0)), loop, new Deaf())) {
            assertTrue(transport.reliable());
            assertTrue(transport.messageOriented());
        }
    }

    private static final class Deaf implements SipTransportListener {
        @Override
        public void received(io.earshot.api.transport.spi.Flow flow, ByteBuffer data) {
            throw new AssertionError("nothing was sent");
        }

        @Override
        public void sendFailed(InetSocketAddress peer, String reason) {
            throw new AssertionError(reason);
        }

        @Override
        public void closed(io.earshot.api.transport.spi.Flow flow, String reason) {
            throw new AssertionError(reason);
        }
    }
}
