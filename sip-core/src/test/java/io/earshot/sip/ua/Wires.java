package io.earshot.sip.ua;

import io.earshot.api.DualStack;
import io.earshot.api.dns.spi.DnsAnswer;
import io.earshot.api.dns.spi.DnsResolver.RecordType;
import io.earshot.api.id.IdSource;
import io.earshot.api.transport.spi.Flow;
import io.earshot.sip.auth.Credentials;
import io.earshot.sip.message.ParseResult;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.SipLimits;
import io.earshot.sip.message.SipMessage;
import io.earshot.sip.message.SipParser;
import io.earshot.sip.message.Uri;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/** An engine whose every output a test sees, as words, with the names {@code server.example} in DNS: 10.0.0.2 and 2001:db8::2. */
final class Wires {
    static final InetSocketAddress V4 = at("10.0.0.2", 5060);
    static final InetSocketAddress V6 = at("2001:db8::2", 5060);
    static final InetSocketAddress HERE = at("10.0.0.1", 5060);

    final SipEngine engine;
    final List<SipEvent> events = new ArrayList<>();
    final List<EngineOutput.Transmit> sent = new ArrayList<>();
    private StringJoiner words = new StringJoiner(" ");

    Wires(TransportTraits... transports) {
        this(DualStack.DEFAULT, transports);
    }

    Wires(DualStack dualStack, TransportTraits... transports) {
        this(EngineConfig.builder().transports(transports).dualStack(dualStack).build());
    }

    Wires(EngineConfig config) {
        engine = new SipEngine(config, IdSource.seeded(1), (protocol, peer) ->
            Optional.of(peer.getAddress().getAddress().length == 4 ? HERE : at("2001:db8::1", 5060)));
    }

    static InetSocketAddress at(String ip, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByName(ip), port);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    static AccountSettings.Builder account(String address) {
        return AccountSettings.builder(Uri.parse(address)).credentials(Credentials.password("alice", "secret"));
    }

    /** Drains the engine and returns what it wanted since the last time, events and the refreshing of timers aside. */
    String told(long now) {
        for (EngineOutput next = engine.poll(); !(next instanceof EngineOutput.Wait); next = engine.poll()) {
            take(next, now);
        }
        String all = words.toString();
        words = new StringJoiner(" ");
        return all;
    }

    private void take(EngineOutput output, long now) {
        if (output instanceof EngineOutput.Transmit out) {
            sent.add(out);
            words.add(out.protocol() + ">" + name(out.peer()) + ":" + Phone.brief(out.message()));
        } else if (output instanceof EngineOutput.Connect wish) {
            words.add("connect:" + name(wish.peer()));
        } else if (output instanceof EngineOutput.Abandon unused) {
            words.add("abandon:" + name(unused.peer()));
        } else if (output instanceof EngineOutput.CloseFlow close) {
            words.add("close:" + close.reason());
        } else if (output instanceof EngineOutput.Alias alias) {
            words.add("alias:" + alias.address().getPort() + ":" + alias.host());
        } else if (output instanceof EngineOutput.Query query) {
            engine.onDnsAnswer(query.id(), answer(query), now);
        } else if (output instanceof EngineOutput.Event event) {
            events.add(event.event());
        }
    }

    private static DnsAnswer answer(EngineOutput.Query query) {
        if (!query.name().equals("server.example") || query.type() != RecordType.A && query.type() != RecordType.AAAA) {
            return new DnsAnswer.NoSuchName();
        }
        return new DnsAnswer.Found(List.of(new DnsAnswer.Address((query.type() == RecordType.A ? V4 : V6).getAddress())), 60);
    }

    private static String name(InetSocketAddress peer) {
        return peer.getAddress().equals(V4.getAddress()) ? "v4" : peer.getAddress().equals(V6.getAddress()) ? "v6" : peer.toString();
    }

    SipMessage last() {
        return ((ParseResult.Parsed) new SipParser(SipLimits.DEFAULT).parse(sent.get(sent.size() - 1).message())).message();
    }

    Request lastRequest() {
        return (Request) last();
    }

    void receive(Flow flow, SipMessage message, long now) {
        engine.onReceived(flow, ByteBuffer.wrap(message.toBytes()), now);
    }

    void receive(Flow flow, String text, long now) {
        engine.onReceived(flow, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), now);
    }
}
