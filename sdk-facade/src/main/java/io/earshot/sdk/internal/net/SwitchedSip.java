package io.earshot.sdk.internal.net;

import io.earshot.api.transport.spi.Flow;
import io.earshot.api.transport.spi.IoLoop;
import io.earshot.api.transport.spi.SipTransport;
import io.earshot.api.transport.spi.SipTransportListener;
import io.earshot.api.transport.spi.SipTransportProvider;
import io.earshot.api.transport.spi.TransportConfig;
import io.earshot.api.transport.spi.TransportCounters;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * SIP over UDP that goes out directly or through a tunnel, one at a time, whatever is said at the moment. Remembers where it sent to, so
 * that the direct way can be tried without anybody noticing. Confined to the loop, once it is open.
 */
public final class SwitchedSip implements SipTransportProvider {
    private final SipTransportProvider direct;
    private final SipTransportProvider tunnel;
    private final BooleanSupplier throughTunnel;
    private final Runnable directAnswered;
    private Optional<Both> opened = Optional.empty();

    /**
     * Makes one.
     *
     * @param throughTunnel is asked for each message, on the loop
     * @param directAnswered hears that a probe was answered, on the loop
     */
    public SwitchedSip(SipTransportProvider direct, SipTransportProvider tunnel, BooleanSupplier throughTunnel, Runnable directAnswered) {
        this.direct = direct;
        this.tunnel = tunnel;
        this.throughTunnel = throughTunnel;
        this.directAnswered = directAnswered;
    }

    @Override
    public String protocol() {
        return direct.protocol();
    }

    @Override
    public SipTransport open(TransportConfig config, IoLoop loop, SipTransportListener listener) throws IOException {
        Both both = new Both(listener);
        both.plain = direct.open(config, loop, both.inlet(false));
        both.tunnelled = tunnel.open(config, loop, both.inlet(true));
        opened = Optional.of(both);
        return both;
    }

    /**
     * Asks the server that was last sent to, directly, for its options.
     *
     * @param id nobody can guess, for Via, tag and Call-ID
     */
    public void probe(String id) {
        opened.ifPresent(both -> both.probe(id));
    }

    private final class Both implements SipTransport {
        private final SipTransportListener listener;
        private SipTransport plain;
        private SipTransport tunnelled;
        private Optional<InetSocketAddress> server = Optional.empty();
        private String probe = "";

        Both(SipTransportListener listener) {
            this.listener = listener;
        }

        SipTransportListener inlet(boolean ofTunnel) {
            return new SipTransportListener() {
                @Override
                public void received(Flow flow, ByteBuffer data) {
                    if (!ofTunnel && isAnswer(data)) {
                        probe = "";
                        directAnswered.run();
                    } else {
                        listener.received(flow, data);
                    }
                }

                @Override
                public void sendFailed(InetSocketAddress peer, String reason) {
                    if (throughTunnel.getAsBoolean() == ofTunnel) {
                        listener.sendFailed(peer, reason);
                    }
                }

                @Override
                public void closed(Flow flow, String reason) {
                    listener.closed(flow, reason);
                }
            };
        }

        private boolean isAnswer(ByteBuffer data) {
            return !probe.isEmpty() && StandardCharsets.ISO_8859_1.decode(data.duplicate()).toString().contains("z9hG4bK" + probe);
        }

        void probe(String id) {
            if (server.isEmpty()) {
                return;
            }
            probe = id;
            InetSocketAddress own = plain.localAddress(server.get());
            String here = text(own);
            String there = text(server.get());
            plain.send(server.get(), "", ByteBuffer.wrap(("OPTIONS sip:" + there + " SIP/2.0\r\nVia: SIP/2.0/UDP " + here
                + ";rport;branch=z9hG4bK" + id + "\r\nMax-Forwards: 70\r\nFrom: <sip:ping@" + here + ">;tag=" + id + "\r\nTo: <sip:" + there
                + ">\r\nCall-ID: " + id + "\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n").getBytes(StandardCharsets.US_ASCII)));
        }

        private static String text(InetSocketAddress address) {
            String ip = address.getAddress().getHostAddress().replaceAll("%.*", "");
            return (ip.indexOf(':') < 0 ? ip : "[" + ip + "]") + ":" + address.getPort();
        }

        private SipTransport current() {
            return throughTunnel.getAsBoolean() ? tunnelled : plain;
        }

        @Override
        public String protocol() {
            return plain.protocol();
        }

        @Override
        public boolean reliable() {
            return plain.reliable();
        }

        @Override
        public boolean messageOriented() {
            return plain.messageOriented();
        }

        @Override
        public InetSocketAddress localAddress() {
            return current().localAddress();
        }

        @Override
        public InetSocketAddress localAddress(InetSocketAddress peer) {
            return current().localAddress(peer);
        }

        @Override
        public void send(InetSocketAddress peer, String host, ByteBuffer message) {
            server = Optional.of(peer);
            current().send(peer, host, message);
        }

        @Override
        public void send(Flow flow, ByteBuffer message) {
            current().send(flow, message);
        }

        @Override
        public TransportCounters counters() {
            return current().counters();
        }

        @Override
        public void close() {
            plain.close();
            tunnelled.close();
        }
    }
}
