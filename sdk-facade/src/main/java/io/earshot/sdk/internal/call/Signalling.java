package io.earshot.sdk.internal.call;

import io.earshot.api.dns.spi.DnsAnswer;
import io.earshot.api.dns.spi.DnsResolver;
import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.Flow;
import io.earshot.api.transport.spi.SipTransport;
import io.earshot.api.transport.spi.SipTransportListener;
import io.earshot.sdk.internal.loop.EventLoop;
import io.earshot.sdk.internal.net.Recoder;
import io.earshot.sip.ua.EngineOutput;
import io.earshot.sip.ua.SipEngine;
import io.earshot.sip.ua.SipEvent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * What lives on the signalling loop: the SIP engine, the transports it sends over, and the deadlines of calls. Gives the engine's outputs
 * to whom they concern; knows nothing of calls itself.
 */
final class Signalling implements EventLoop.Agent {
    /** An address of documentation (RFC 5737): asking for the route to it yields the default route, and nothing is sent. */
    private static final InetSocketAddress ANYWHERE = new InetSocketAddress("192.0.2.1", 9);

    private final SipEngine engine;
    private final DnsResolver dns;
    private final Ticker ticker;
    private final Consumer<SipEvent> events;
    private final Optional<InetAddress> announced;
    private final Map<String, SipTransport> transports = new LinkedHashMap<>();
    private final List<Timed> timed = new ArrayList<>();
    private final Traffic traffic = new Traffic();
    private final Recoder recoder;
    private final LifeSigns lifeSigns;
    private EventLoop loop;
    private boolean told;

    /** Something on the signalling loop with a deadline of its own, as the ring time of a call. */
    interface Timed {
        /** Does what is due and returns when it next wants to. */
        long onTime(long now);
    }

    /**
     * Makes the agent; {@link #attach} must follow before its loop runs.
     *
     * @param engine how to make the engine, given where to ask for local addresses
     * @param announced what to name in place of our local address
     * @param recoder for what peers write and read
     */
    Signalling(java.util.function.Function<Signalling, SipEngine> engine, DnsResolver dns, Ticker ticker, Consumer<SipEvent> events,
            Optional<InetAddress> announced, Recoder recoder) {
        this.recoder = recoder;
        this.announced = announced;
        this.dns = dns;
        this.ticker = ticker;
        this.events = events;
        this.engine = engine.apply(this);
        this.lifeSigns = new LifeSigns(this.engine);
    }

    void attach(EventLoop owner) {
        loop = owner;
    }

    /** Adds an open transport; on the loop. */
    void add(SipTransport transport) {
        transports.put(transport.protocol(), transport);
    }

    Traffic traffic() {
        return traffic;
    }

    /** Returns what finds out why the sound of a call has stopped. */
    LifeSigns lifeSigns() {
        return lifeSigns;
    }

    SipEngine engine() {
        return engine;
    }

    void add(Timed party) {
        timed.add(party);
    }

    void remove(Timed party) {
        timed.remove(party);
    }

    /** Returns the addresses the transports are bound to, as {@code UDP 192.0.2.1:5060}. */
    List<String> addresses() {
        return transports.values().stream().filter(one -> one.localAddress().getPort() != 0)
                .map(one -> one.protocol() + " " + text(one.localAddress())).toList();
    }

    /** Returns the local address that messages to a peer leave from; the engine asks for it. */
    Optional<InetSocketAddress> towards(String protocol, InetSocketAddress peer) {
        SipTransport transport = transports.get(protocol);
        return transport == null ? Optional.empty() : Optional.ofNullable(transport.localAddress(peer))
                .filter(address -> !address.getAddress().isAnyLocalAddress())
                .map(local -> new InetSocketAddress(announced(local.getAddress()), local.getPort()));
    }

    /** The address to name for a local one: the other IP version has no use for it. */
    private InetAddress announced(InetAddress local) {
        return announced.filter(other -> other.getClass() == local.getClass()).orElse(local);
    }

    /** Returns where we take messages over UDP of that peer, or of those by the default route; empty without UDP. */
    Optional<InetSocketAddress> udp(Optional<InetSocketAddress> peer) {
        return announced.isPresent() ? Optional.empty() : towards("UDP", peer.orElse(ANYWHERE)).filter(at -> at.getPort() != 0);
    }

    /** Returns our IP address as a peer sees it, or that of the default route when nothing is known of the peer. */
    InetAddress localIp(Optional<InetSocketAddress> peer) {
        for (SipTransport transport : transports.values()) {
            InetSocketAddress address = transport.localAddress(peer.orElse(ANYWHERE));
            if (address != null && !address.getAddress().isAnyLocalAddress()) {
                return announced(address.getAddress());
            }
        }
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public long onTurn(long now) {
        engine.onTime(now);
        drain();
        long deadline = Ticker.NEVER;
        for (int i = 0; i < timed.size(); ) {
            Timed party = timed.get(i);
            deadline = Math.min(deadline, party.onTime(now));
            // One that is done takes itself out; the next then stands in its place.
            i += i < timed.size() && timed.get(i) == party ? 1 : 0;
        }
        told = false;
        deadline = Math.min(deadline, drain());
        // Events may have given deadlines to parties that were asked already.
        return told ? now : deadline;
    }

    @Override
    public void onClose() {
        transports.values().forEach(SipTransport::close);
        dns.close();
    }

    /** Returns who takes what a transport brings. */
    SipTransportListener listener(String protocol) {
        return new Inlet(protocol);
    }

    /** Gives the engine what one transport brings. */
    private final class Inlet implements SipTransportListener {
        private final String protocol;

        Inlet(String protocol) {
            this.protocol = protocol;
        }

        @Override
        public void received(Flow flow, ByteBuffer data) {
            ByteBuffer read = recoder.received(data);
            traffic.received(flow, read);
            engine.onReceived(flow, read, ticker.now());
        }

        @Override
        public void sendFailed(InetSocketAddress peer, String reason) {
            engine.onSendFailed(protocol, peer, reason, ticker.now());
        }

        @Override
        public void connected(InetSocketAddress peer) {
            engine.onConnected(protocol, peer, ticker.now());
        }

        @Override
        public void closed(Flow flow, String reason) {
            traffic.closed(flow);
            engine.onFlowClosed(flow, reason, ticker.now());
        }
    }

    /** Returns an address without the zone of a scoped IPv6 address, which means nothing to others. */
    static String plainIp(InetAddress address) {
        String ip = address.getHostAddress();
        int zone = ip.indexOf('%');
        return zone < 0 ? ip : ip.substring(0, zone);
    }

    static String text(InetSocketAddress address) {
        String plain = plainIp(address.getAddress());
        return (plain.indexOf(':') < 0 ? plain : "[" + plain + "]") + ":" + address.getPort();
    }

    private long drain() {
        for (EngineOutput next = engine.poll(); ; next = engine.poll()) {
            if (next instanceof EngineOutput.Wait wait) {
                return wait.deadline();
            }
            perform(next);
        }
    }

    private void perform(EngineOutput output) {
        if (output instanceof EngineOutput.Transmit out) {
            transmit(out);
        } else if (output instanceof EngineOutput.CloseFlow close) {
            Optional.ofNullable(transports.get(close.flow().protocol())).ifPresent(one -> one.close(close.flow(), close.reason()));
        } else if (output instanceof EngineOutput.Connect || output instanceof EngineOutput.Abandon
                || output instanceof EngineOutput.Alias) {
            arrange(output);
        } else if (output instanceof EngineOutput.Query query) {
            ask(query);
        } else if (output instanceof EngineOutput.Event event) {
            told = true;
            events.accept(event.event());
        }
    }

    /** What concerns connections rather than messages. */
    private void arrange(EngineOutput output) {
        if (output instanceof EngineOutput.Connect wish) {
            SipTransport transport = transports.get(wish.protocol());
            if (transport == null || !transport.connect(wish.peer(), wish.host())) {
                engine.onConnected(wish.protocol(), wish.peer(), ticker.now());
            }
        } else if (output instanceof EngineOutput.Abandon unused) {
            Optional.ofNullable(transports.get(unused.protocol())).ifPresent(one -> one.abandon(unused.peer(), unused.host()));
        } else if (output instanceof EngineOutput.Alias alias) {
            Optional.ofNullable(transports.get(alias.flow().protocol()))
                    .ifPresent(one -> one.alias(alias.flow(), alias.address(), alias.host()));
        }
    }

    private void ask(EngineOutput.Query query) {
        CompletionStage<DnsAnswer> asked;
        try {
            asked = dns.resolve(query.name(), query.type());
        } catch (RuntimeException broken) {
            asked = CompletableFuture.failedFuture(broken);
        }
        asked.whenComplete((answer, defect) -> loop.execute(() -> {
            DnsAnswer known = defect == null ? answer : new DnsAnswer.Failed("The resolver failed: " + defect.getMessage());
            engine.onDnsAnswer(query.id(), known, ticker.now());
        }));
    }

    private void transmit(EngineOutput.Transmit out) {
        SipTransport transport = transports.get(out.protocol());
        traffic.sent(out.protocol(), out.peer(), out.message());
        if (transport == null) {
            engine.onSendFailed(out.protocol(), out.peer(), "There is no " + out.protocol() + " transport", ticker.now());
        } else if (out.flow().isPresent() && transport.reliable()) {
            transport.send(out.flow().get(), ByteBuffer.wrap(recoder.sent(out.message())));
        } else {
            transport.send(out.peer(), out.host(), ByteBuffer.wrap(recoder.sent(out.message())));
        }
    }
}
