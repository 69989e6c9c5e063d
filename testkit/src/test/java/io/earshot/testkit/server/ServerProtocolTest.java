package io.earshot.testkit.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.Flow;
import io.earshot.api.transport.spi.SipTransport;
import io.earshot.api.transport.spi.SipTransportListener;
import io.earshot.api.transport.spi.TransportConfig;
import io.earshot.sip.auth.AuthVerdict;
import io.earshot.sip.auth.Authorization;
import io.earshot.sip.auth.Credentials;
import io.earshot.sip.auth.DigestClient;
import io.earshot.sip.auth.SignedRequest;
import io.earshot.testkit.net.VirtualHost;
import io.earshot.testkit.net.VirtualNetwork;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the server does with single messages, the odd ones above all. */
class ServerProtocolTest {
    private final VirtualNetwork net = VirtualNetwork.seeded(1);
    private final VirtualHost pbx = net.host("pbx", "10.0.0.9");
    private final TestSipServer server = TestSipServer.builder().user("alice", "secret").user("bob", "secret")
        .trustEverybody().start(pbx);
    private final VirtualHost aliceHost = net.host("alice", "10.0.0.1");
    private final RawPeer alice = new RawPeer(aliceHost, server.address());
    private final RawPeer bob = new RawPeer(net.host("bob", "10.0.0.2"), server.address());

    private static String status(String answer) {
        return answer.isEmpty() ? "no answer" : answer.substring(8, 11);
    }

    private static String header(String message, String name) {
        for (String line : message.split("\r\n")) {
            if (line.startsWith(name + ": ")) {
                return line.substring(name.length() + 2);
            }
        }
        return "";
    }

    private void registerBob() {
        assertEquals("200", status(bob.ask("REGISTER sip:test", "Contact: <sip:bob@10.0.0.2>", "Expires: 600")));
    }

    @Test
    void listsAndRemovesBindings() {
        String first = alice.ask("REGISTER sip:test",
            "Contact: <sip:alice@10.0.0.1>, <sip:alice@10.0.0.1:5070>;expires=100", "Expires: 600");
        assertTrue(first.contains("<sip:alice@10.0.0.1>;expires=600") && first.contains("<sip:alice@10.0.0.1:5070>;expires=100"), first);
        String query = alice.ask("REGISTER sip:test");
        assertTrue(query.contains("5070>;expires=99"), query);
        assertEquals("<sip:alice@10.0.0.1>;expires=598",
            header(alice.ask("REGISTER sip:test", "Contact: <sip:alice@10.0.0.1:5070>", "Expires: 0"), "Contact"));
        assertEquals("400", status(alice.ask("REGISTER sip:test", "Contact: *", "Expires: 60")));
        assertEquals("", header(alice.ask("REGISTER sip:test", "Contact: *", "Expires: 0"), "Contact"));
    }

    @Test
    void refusesRegistrationsThatAreTooShortOutOfOrderOrForeign() {
        String brief = alice.ask("REGISTER sip:test", "Contact: <sip:alice@10.0.0.1>", "Expires: 59");
        assertEquals("423", status(brief));
        assertEquals("60", header(brief, "Min-Expires"));
        assertEquals("200", status(alice.ask("REGISTER sip:test", "Contact: <sip:alice@10.0.0.1>", "CSeq: 9 REGISTER")));
        assertEquals("500", status(alice.ask("REGISTER sip:test", "Contact: <sip:alice@10.0.0.1>", "CSeq: 8 REGISTER")));
        assertEquals("404", status(alice.ask("REGISTER sip:elsewhere.example", "Contact: <sip:alice@10.0.0.1>")));
        assertEquals("400", status(alice.ask("REGISTER sip:test", "Contact: <tel:+123>")));
        assertEquals(1, server.bindings("alice").size());
    }

    @Test
    void takesAllContactsOrNone() {
        assertEquals("423", status(alice.ask("REGISTER sip:test",
            "Contact: <sip:alice@10.0.0.1>;expires=600, <sip:alice@10.0.0.7>;expires=5")));
        assertEquals(List.of(), server.bindings("alice"));
    }

    @Test
    void answersForItself() {
        assertEquals("200", status(alice.ask("OPTIONS sip:10.0.0.9", "To: <sip:10.0.0.9>")));
        assertEquals("483", status(alice.ask("OPTIONS sip:bob@test", "Max-Forwards: 0")));
        String extension = alice.ask("OPTIONS sip:bob@test", "Proxy-Require: magic, sec-agree");
        assertEquals("420", status(extension));
        assertEquals("magic, sec-agree", header(extension, "Unsupported"));
        assertEquals("416", status(alice.ask("OPTIONS tel:+123")));
    }

    @Test
    void answersMalformedRequestsAndIgnoresGarbage() {
        assertEquals("400", status(alice.ask("OPTIONS sip:bob@test", "Contact: <sip:broken")));
        assertEquals(List.of(), alice.send("garbage"));
        assertEquals(List.of(), alice.send("\u0000\u0001\u0002"));
        assertEquals("200", status(alice.ask("OPTIONS sip:10.0.0.9")));
    }

    @Test
    void forwardsWithOneViaMoreOneForwardLessAndItsRecordRoute() {
        registerBob();
        alice.ask("INVITE sip:bob@test", "To: <sip:bob@test>", "Contact: <sip:alice@10.0.0.1>", "Subject: as it was");
        String invite = bob.received.get(bob.received.size() - 1);
        assertTrue(invite.startsWith("INVITE sip:bob@10.0.0.2 SIP/2.0\r\nVia: SIP/2.0/UDP 10.0.0.9:5060;"), invite);
        assertEquals(2, invite.split("Via: ").length - 1);
        assertEquals("69", header(invite, "Max-Forwards"));
        assertEquals("<sip:10.0.0.9:5060;lr>", header(invite, "Record-Route"));
        assertEquals("as it was", header(invite, "Subject"));
        assertEquals("100", status(alice.received.get(0)));
    }

    @Test
    void absorbsRetransmissions() {
        registerBob();
        String[] invite = {"INVITE sip:bob@test SIP/2.0", "Via: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bKsame", "From: <sip:x@y>;tag=1",
            "To: <sip:bob@test>", "Call-ID: c", "CSeq: 1 INVITE", "Max-Forwards: 70"};
        bob.received.clear();
        alice.send(invite);
        long branches = bob.received.stream().map(message -> header(message, "Via")).distinct().count();
        alice.send(invite);
        alice.send(invite);
        assertEquals(1, branches);
        assertEquals(1, bob.received.stream().map(message -> header(message, "Via")).distinct().count());
    }

    @Test
    void followsRoutesAndTakesItselfOut() {
        alice.ask("MESSAGE sip:carol@192.0.2.77", "Route: <sip:10.0.0.9;lr>, <sip:10.0.0.2;lr>", "To: <sip:carol@192.0.2.77>");
        String forwarded = bob.received.get(bob.received.size() - 1);
        assertTrue(forwarded.startsWith("MESSAGE sip:carol@192.0.2.77 SIP/2.0"), forwarded);
        assertEquals("<sip:10.0.0.2;lr>", header(forwarded, "Route"));
    }

    @Test
    void speaksWithStrictRoutersOnBothSides() {
        alice.ask("MESSAGE sip:10.0.0.9;lr", "Route: <sip:bob@10.0.0.2>", "To: <sip:bob@test>");
        assertTrue(bob.received.get(0).startsWith("MESSAGE sip:bob@10.0.0.2 SIP/2.0"), bob.received.get(0));
        bob.received.clear();
        alice.ask("MESSAGE sip:carol@192.0.2.77", "Route: <sip:10.0.0.9;lr>, <sip:10.0.0.2>", "To: <sip:carol@192.0.2.77>");
        String strict = bob.received.get(0);
        assertTrue(strict.startsWith("MESSAGE sip:10.0.0.2 SIP/2.0"), strict);
        assertEquals("<sip:carol@192.0.2.77>", header(strict, "Route"));
    }

    @Test
    void answersACancelItCannotMatch() {
        assertEquals("481", status(alice.ask("CANCEL sip:bob@test", "To: <sip:bob@test>")));
    }

    @Test
    void asksForCredentialsAndRefusesThoseOfSomebodyElse() {
        TestSipServer strict = TestSipServer.builder().user("alice", "secret").user("bob", "secret").start(net.host("strict", "10.0.0.8"));
        RawPeer mallory = new RawPeer(net.host("mallory", "10.0.0.4"), strict.address());
        String[] asAlice = {"From: <sip:alice@test>;tag=f", "To: <sip:bob@test>"};
        String challenge = mallory.ask("MESSAGE sip:bob@test", asAlice);
        assertEquals("407", status(challenge));
        assertEquals("480", status(mallory.ask("MESSAGE sip:bob@test", asAlice[0], asAlice[1], answer("alice", challenge))));
        challenge = mallory.ask("MESSAGE sip:bob@test", asAlice);
        assertEquals("403", status(mallory.ask("MESSAGE sip:bob@test", asAlice[0], asAlice[1], answer("bob", challenge))));
        assertEquals("407", status(mallory.ask("MESSAGE sip:bob@test", asAlice[0], asAlice[1], answer("alice", challenge) + "0")));
        assertEquals("480", status(mallory.ask("BYE sip:bob@test", "To: <sip:bob@test>;tag=x"))); // nobody is asked inside a dialog
    }

    private static String answer(String user, String challenge) {
        DigestClient client = new DigestClient(Credentials.password(user, "secret"), IdSource.seeded(1));
        AuthVerdict verdict = client.exchange().onChallenge(SignedRequest.of("MESSAGE", "sip:bob@test"), List.of(),
            List.of(header(challenge, "Proxy-Authenticate")));
        Authorization authorization = ((AuthVerdict.Authorized) verdict).headers().get(0);
        return authorization.headerName() + ": " + authorization.value();
    }

    @Test
    void answersKeepAlivesOnStreamsAndReadsMessagesInPieces() throws IOException {
        StringBuilder heard = new StringBuilder();
        TransportConfig config = TransportConfig.bind(aliceHost.address(5060));
        SipTransport tcp = aliceHost.tcp().open(config, aliceHost.loop(), new SipTransportListener() {
            @Override
            public void received(Flow flow, ByteBuffer data) {
                heard.append(StandardCharsets.UTF_8.decode(data));
            }

            @Override
            public void sendFailed(InetSocketAddress peer, String reason) {
                throw new AssertionError(reason);
            }

            @Override
            public void closed(Flow flow, String reason) {
                throw new AssertionError(reason);
            }
        });
        InetSocketAddress target = server.address("TCP");
        tcp.send(target, "", ByteBuffer.wrap("\r\n\r\n".getBytes(StandardCharsets.UTF_8)));
        net.runFor(Duration.ofSeconds(1));
        assertEquals("\r\n", heard.toString());
        String register = "REGISTER sip:test SIP/2.0\r\nVia: SIP/2.0/TCP 10.0.0.1;branch=z9hG4bK1\r\nFrom: <sip:alice@test>;tag=1\r\n"
            + "To: <sip:alice@test>\r\nCall-ID: t\r\nCSeq: 1 REGISTER\r\nMax-Forwards: 70\r\n"
            + "Contact: <sip:alice@10.0.0.1;transport=tcp>\r\nContent-Length: 0\r\n\r\n";
        for (int i = 0; i < register.length(); i += 50) {
            String piece = register.substring(i, Math.min(i + 50, register.length()));
            tcp.send(target, "", ByteBuffer.wrap(piece.getBytes(StandardCharsets.UTF_8)));
        }
        net.runFor(Duration.ofSeconds(1));
        assertTrue(heard.toString().startsWith("\r\nSIP/2.0 200 OK"), heard.toString());
        assertEquals(1, server.bindings("alice").size());
        tcp.close();
        net.runFor(Duration.ofSeconds(1));
        assertEquals(List.of(), server.bindings("alice")); // the way is gone, and the binding with it
    }

    /** RFC 3261 §18.3: where the next message begins cannot be told any more. */
    @Test
    void aStreamThatCannotBeUnderstoodIsAnsweredAndClosed() throws IOException {
        StringBuilder heard = new StringBuilder();
        List<Flow> closed = new ArrayList<>();
        SipTransport tcp = aliceHost.tcp().open(TransportConfig.bind(aliceHost.address(5060)), aliceHost.loop(),
            new SipTransportListener() {
                @Override
                public void received(Flow flow, ByteBuffer data) {
                    heard.append(StandardCharsets.UTF_8.decode(data));
                }

                @Override
                public void sendFailed(InetSocketAddress peer, String reason) {
                    throw new AssertionError(reason);
                }

                @Override
                public void closed(Flow flow, String reason) {
                    closed.add(flow);
                }
            });
        String endless = "OPTIONS sip:test SIP/2.0\r\nVia: SIP/2.0/TCP 10.0.0.1;branch=z9hG4bK1\r\nFrom: <sip:a@test>;tag=1\r\n"
            + "To: <sip:a@test>\r\nCall-ID: t\r\nCSeq: 1 OPTIONS\r\nMax-Forwards: 70\r\n\r\n";
        tcp.send(server.address("TCP"), "", ByteBuffer.wrap(endless.getBytes(StandardCharsets.UTF_8)));
        net.runFor(Duration.ofSeconds(2));
        assertTrue(heard.toString().startsWith("SIP/2.0 400 "), heard.toString());
        assertEquals(1, closed.size());
    }

    @Test
    void holdsNothingOnceAllIsQuiet() {
        registerBob();
        alice.ask("INVITE sip:bob@test", "To: <sip:bob@test>");
        alice.ask("MESSAGE sip:bob@test", "To: <sip:bob@test>");
        assertTrue(server.transactions() > 0);
        net.runUntil(300 * Ticker.SECOND);
        assertEquals(0, server.transactions());
    }
}
