package io.earshot.testkit.node;

import static java.util.Objects.requireNonNull;

import io.earshot.api.dns.spi.DnsAnswer;
import io.earshot.api.dns.spi.DnsResolver.RecordType;
import io.earshot.api.transport.spi.Flow;
import io.earshot.sip.ua.EngineOutput;
import io.earshot.sip.ua.LocalAddresses;
import io.earshot.sip.ua.SipEngine;
import io.earshot.sip.ua.SipEvent;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Plugs a {@link SipEngine} into a {@link Node}. DNS questions are answered from names given here; every other name does not exist.
 *
 * <pre>{@code
 * SipEngine engine = new SipEngine(EngineConfig.defaults(), net.ids("alice"), EngineDriver.addressesOf(node));
 * node.drive(new EngineDriver(engine, (event, now) -> events.add(event)));
 * }</pre>
 */
public final class EngineDriver implements Driven {
    private static final long DNS_TTL_SECONDS = 60;

    private final SipEngine engine;
    private final Events events;
    private final Map<String, List<InetAddress>> names = new HashMap<>();

    /** Takes what the engine tells its user, on the node's thread; it may give the engine commands at once. */
    @FunctionalInterface
    public interface Events {
        /** One event. */
        void on(SipEvent event, long now);
    }

    /** Makes the adapter. */
    public EngineDriver(SipEngine engine, Events events) {
        this.engine = requireNonNull(engine);
        this.events = requireNonNull(events);
    }

    /** Returns the addresses of a node in the form that the engine wants. */
    public static LocalAddresses addressesOf(Node node) {
        return (protocol, peer) -> {
            try {
                return Optional.of(node.localAddress(protocol, peer)).filter(local -> !local.getAddress().isAnyLocalAddress());
            } catch (IllegalStateException e) {
                return Optional.empty(); // the node has no such transport
            }
        };
    }

    /** Gives a name addresses (A and AAAA records). */
    public EngineDriver name(String name, InetAddress... addresses) {
        names.put(name.toLowerCase(Locale.ROOT), List.of(addresses));
        return this;
    }

    @Override
    public void onDatagram(Flow flow, ByteBuffer data, long now) {
        engine.onReceived(flow, data, now);
    }

    @Override
    public void onTime(long now) {
        engine.onTime(now);
    }

    @Override
    public void onSendFailed(String protocol, InetSocketAddress peer, String reason, long now) {
        engine.onSendFailed(protocol, peer, reason, now);
    }

    @Override
    public void onConnected(String protocol, InetSocketAddress peer, long now) {
        engine.onConnected(protocol, peer, now);
    }

    @Override
    public void onFlowClosed(Flow flow, String reason, long now) {
        engine.onFlowClosed(flow, reason, now);
    }

    @Override
    public long drain(long now, Sender sender) {
        for (EngineOutput next = engine.poll(); ; next = engine.poll()) {
            if (next instanceof EngineOutput.Wait wait) {
                return wait.deadline();
            }
            if (next instanceof EngineOutput.Transmit out) {
                transmit(out, sender);
            } else if (next instanceof EngineOutput.CloseFlow close) {
                sender.close(close.flow(), close.reason());
            } else if (next instanceof EngineOutput.Connect wish) {
                if (!sender.connect(wish.protocol(), wish.peer(), wish.host())) {
                    engine.onConnected(wish.protocol(), wish.peer(), now);
                }
            } else if (next instanceof EngineOutput.Abandon unused) {
                sender.abandon(unused.protocol(), unused.peer(), unused.host());
            } else if (next instanceof EngineOutput.Alias alias) {
                sender.alias(alias.flow(), alias.address(), alias.host());
            } else if (next instanceof EngineOutput.Query query) {
                engine.onDnsAnswer(query.id(), lookUp(query.name(), query.type()), now);
            } else if (next instanceof EngineOutput.Event event) {
                events.on(event.event(), now);
            }
        }
    }

    private static void transmit(EngineOutput.Transmit out, Sender sender) {
        ByteBuffer bytes = ByteBuffer.wrap(out.message());
        if (out.flow().isPresent()) {
            sender.send(out.flow().get(), bytes);
        } else {
            sender.send(out.protocol(), out.peer(), out.host(), bytes);
        }
    }

    private DnsAnswer lookUp(String name, RecordType type) {
        List<InetAddress> addresses = names.get(name.toLowerCase(Locale.ROOT));
        if (addresses == null) {
            return new DnsAnswer.NoSuchName();
        }
        List<DnsAnswer.DnsRecord> records = new ArrayList<>();
        for (InetAddress address : addresses) {
            if (type == (address instanceof Inet4Address ? RecordType.A : RecordType.AAAA)) {
                records.add(new DnsAnswer.Address(address));
            }
        }
        return new DnsAnswer.Found(records, DNS_TTL_SECONDS);
    }
}
