package io.earshot.sip.ua;

import static io.earshot.api.time.Ticker.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.transport.spi.Flow;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.MediaType;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.Uri;
import io.earshot.sip.sdp.SdpWriter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an engine makes of connections: keep-alives with answers, the Contact that goes with them, aliases, {@code sips:}. */
class ConnectionsTest {
    private static final Flow TCP = new Flow("TCP", Wires.HERE, Wires.V4, 7);
    private static final Flow TLS = new Flow("TLS", Wires.HERE, Wires.at("10.0.0.2", 5061), 8);

    private static Response granted(Request register, String seen, int port) {
        return Response.to(register, 200).set(HeaderName.VIA, register.via().withReceived(seen).withRport(port))
            .set(HeaderName.TO, register.to().withTag("r"))
            .set(HeaderName.CONTACT, register.contacts().get(0).withParameter("expires", "3000")).build();
    }

    private static Wires registered(String registrar, Flow flow, TransportTraits traits) {
        Wires wires = new Wires(traits);
        AccountId account = wires.engine.addAccount(Wires.account("sip:alice@example.org").registrar(Uri.parse(registrar)).build(), 0);
        wires.engine.register(account, 0);
        wires.told(0);
        Request first = wires.lastRequest();
        wires.receive(flow, granted(first, "10.0.0.1", 5060), 0);
        wires.told(0);
        assertTrue(wires.events.get(wires.events.size() - 1) instanceof SipEvent.RegistrationChanged changed
            && changed.state() instanceof RegistrationState.Registered);
        return wires;
    }

    /** Lets the time pass until a keep-alive goes out, and returns when that was. */
    private static long ping(Wires wires, long from) {
        for (long now = from; now < from + 60 * SECOND; now += SECOND / 10) {
            wires.engine.onTime(now);
            if (wires.told(now).contains("ping")) {
                return now;
            }
        }
        throw new AssertionError("no keep-alive within a minute");
    }

    @Test
    @Tag("rfc5626")
    void aServerThatAnsweredKeepAlivesAndDoesNotAnyMoreIsLeft() {
        Wires wires = registered("sip:10.0.0.2;transport=tcp", TCP, TransportTraits.TCP);
        long first = ping(wires, 0);
        wires.receive(TCP, "\r\n", first + 1);
        long second = ping(wires, first + 1);
        wires.engine.onTime(second + Pongs.PATIENCE - 1);
        assertEquals("", wires.told(second + Pongs.PATIENCE - 1));
        wires.engine.onTime(second + Pongs.PATIENCE);
        assertEquals("close:no answer to a keep-alive within 10 s", wires.told(second + Pongs.PATIENCE));
        wires.engine.onFlowClosed(TCP, "it was closed", second + Pongs.PATIENCE);
        assertEquals("TCP>v4:REGISTER", wires.told(second + Pongs.PATIENCE));
    }

    @Test
    @Tag("rfc5626")
    void anythingThatComesIsASignOfLife() {
        Wires wires = registered("sip:10.0.0.2;transport=tcp", TCP, TransportTraits.TCP);
        long first = ping(wires, 0);
        wires.receive(TCP, "\r\n", first + 1);
        long second = ping(wires, first + 1);
        wires.receive(TCP, "SIP/2.0 ", second + SECOND);
        wires.engine.onTime(second + Pongs.PATIENCE);
        assertEquals("", wires.told(second + Pongs.PATIENCE));
    }

    @Test
    @Tag("rfc5626")
    void aServerThatNeverAnswersKeepAlivesIsNotHeldToIt() {
        Wires wires = registered("sip:10.0.0.2;transport=tcp", TCP, TransportTraits.TCP);
        long first = ping(wires, 0);
        wires.engine.onTime(first + Pongs.PATIENCE);
        assertFalse(wires.told(first + Pongs.PATIENCE).contains("close"));
    }

    @Test
    void overTlsTheContactIsOurEndOfTheConnection() {
        Wires wires = new Wires(TransportTraits.TLS);
        AccountId account = wires.engine.addAccount(Wires.account("sip:alice@example.org")
            .registrar(Uri.parse("sip:10.0.0.2;transport=tls")).build(), 0);
        wires.engine.register(account, 0);
        wires.told(0);
        assertEquals("sip:alice@10.0.0.1:5060;transport=tls", wires.lastRequest().contacts().get(0).uri().toString());
        wires.receive(TLS, granted(wires.lastRequest(), "10.0.0.1", 40_000), 0);
        wires.told(0);
        assertEquals("[<sip:alice@10.0.0.1:40000;transport=tls>, <sip:alice@10.0.0.1:5060;transport=tls>;expires=0]",
            wires.lastRequest().contacts().toString());
        wires.engine.invite(account, InviteRequest.of(Uri.parse("sip:bob@10.0.0.9;transport=tls"), Phone.sdp("offer")), 1);
        wires.told(1);
        assertEquals("sip:alice@10.0.0.1:5060;transport=tls", wires.lastRequest().contacts().get(0).uri().toString(),
            "another peer has no use for that connection");
    }

    @Test
    void overTcpTheContactIsWhereWeListenUnlessThereIsANat() {
        Wires near = registered("sip:10.0.0.2;transport=tcp", TCP, TransportTraits.TCP);
        assertEquals(1, near.sent.size());
        Wires wires = new Wires(TransportTraits.TCP);
        AccountId account = wires.engine.addAccount(Wires.account("sip:alice@example.org")
            .registrar(Uri.parse("sip:10.0.0.2;transport=tcp")).build(), 0);
        wires.engine.register(account, 0);
        wires.told(0);
        wires.receive(TCP, granted(wires.lastRequest(), "203.0.113.5", 40_000), 0);
        wires.told(0);
        assertEquals("sip:alice@203.0.113.5:40000;transport=tcp", wires.lastRequest().contacts().get(0).uri().toString());
    }

    private static String options(String protocol, String via) {
        return "OPTIONS sips:alice@10.0.0.1 SIP/2.0\r\nVia: SIP/2.0/" + protocol + " " + via + "\r\nMax-Forwards: 70\r\n"
            + "From: <sip:b@10.0.0.2>;tag=1\r\nTo: <sips:alice@10.0.0.1>\r\nCall-ID: 1\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n";
    }

    @Test
    @Tag("rfc5923")
    void anAliasOverTlsIsHandedToTheTransportAndOneOverTcpIsNot() {
        Wires wires = new Wires(TransportTraits.TCP, TransportTraits.TLS);
        wires.engine.addAccount(Wires.account("sip:alice@10.0.0.1").build(), 0);
        wires.receive(TLS, options("TLS", "peer.example:5071;branch=z9hG4bK1;alias"), 0);
        assertTrue(wires.told(0).startsWith("alias:5071:peer.example "));
        wires.receive(TLS, options("TLS", "peer.example;branch=z9hG4bK2;alias"), 0);
        assertTrue(wires.told(0).startsWith("alias:5061:peer.example "));
        wires.receive(TCP, options("TCP", "peer.example:5070;branch=z9hG4bK3;alias"), 0);
        assertFalse(wires.told(0).contains("alias"));
    }

    @Test
    @Tag("rfc5923")
    void ourRequestsOverTlsAskForRequestsOverTheirConnection() {
        Wires wires = new Wires(TransportTraits.TCP, TransportTraits.TLS);
        AccountId account = wires.engine.addAccount(Wires.account("sip:alice@10.0.0.1").build(), 0);
        wires.engine.options(account, Uri.parse("sip:bob@10.0.0.2;transport=tls"), 0);
        wires.told(0);
        assertTrue(wires.lastRequest().via().parameters().has("alias"));
        wires.engine.options(account, Uri.parse("sip:bob@10.0.0.2;transport=tcp"), 0);
        wires.told(0);
        assertFalse(wires.lastRequest().via().parameters().has("alias"));
    }

    @Test
    @Tag("rfc3261")
    void whoIsAskedForBySipsIsReachedBySips() {
        Wires wires = new Wires(TransportTraits.TLS);
        AccountId secure = wires.engine.addAccount(Wires.account("sips:alice@10.0.0.2").build(), 0);
        wires.engine.register(secure, 0);
        wires.told(0);
        assertEquals("sips:10.0.0.2", wires.lastRequest().requestUri().toString());
        assertEquals("sips:alice@10.0.0.1:5060", wires.lastRequest().contacts().get(0).uri().toString());
        AccountId plain = wires.engine.addAccount(Wires.account("sip:carol@10.0.0.2").build(), 0);
        wires.engine.invite(plain, InviteRequest.of(Uri.parse("sips:bob@10.0.0.2"), Phone.sdp("offer")), 0);
        wires.told(0);
        assertEquals("sips:carol@10.0.0.1:5060", wires.lastRequest().contacts().get(0).uri().toString());
        wires.receive(TLS, options("TLS", "10.0.0.2;branch=z9hG4bK9").replace("OPTIONS sips:alice", "OPTIONS sips:carol"), 1);
        wires.told(1);
        assertEquals("sips:carol@10.0.0.1:5060", wires.last().contacts().get(0).uri().toString());
    }

    @Test
    void theTransportOfAnAccountIsTheWayAndNotWrittenOnTheWire() {
        Wires wires = new Wires(TransportTraits.UDP, TransportTraits.TCP);
        AccountId account = wires.engine.addAccount(Wires.account("sip:alice@10.0.0.2").transport("tcp").build(), 0);
        wires.engine.invite(account, InviteRequest.of(Uri.parse("sip:bob@10.0.0.2"), Phone.sdp("offer")), 0);
        assertEquals("TCP>v4:INVITE", wires.told(0));
        assertEquals("sip:bob@10.0.0.2", wires.lastRequest().requestUri().toString());
        wires.engine.invite(account, InviteRequest.of(Uri.parse("sip:bob@10.0.0.2;transport=udp"), Phone.sdp("offer")), 0);
        assertEquals("UDP>v4:INVITE", wires.told(0));
    }

    /** RFC 3261 §18.1.1 holds for the ACK too, which nobody answers: if it does not get there, the 2xx comes again. */
    @Test
    @Tag("rfc3261")
    void aLongAckGoesByTcpAndByUdpWhenThatDidNotHelp() {
        Wires wires = new Wires(TransportTraits.UDP, TransportTraits.TCP);
        AccountId account = wires.engine.addAccount(Wires.account("sip:alice@10.0.0.2").build(), 0);
        wires.engine.invite(account, InviteRequest.of(Uri.parse("sip:bob@10.0.0.2"), Phone.sdp("offer")), 0);
        wires.told(0);
        Flow flow = new Flow("UDP", Wires.HERE, Wires.V4, 0);
        String routes = "<sip:10.0.0.2;lr;x=" + "y".repeat(1_200) + ">";
        Request invite = wires.lastRequest();
        Response answer = Response.to(invite, 200).set(HeaderName.TO, invite.to().withTag("b"))
            .set(HeaderName.CONTACT, "<sip:bob@10.0.0.3>").set(HeaderName.RECORD_ROUTE, routes)
            .body(MediaType.APPLICATION_SDP, SdpWriter.write(Phone.sdp("answer"))).build();
        wires.receive(flow, answer, SECOND);
        assertEquals("TCP>v4:ACK", wires.told(SECOND));
        assertEquals("TCP", wires.lastRequest().via().transport());
        wires.receive(flow, answer, 2 * SECOND);
        assertEquals("UDP>v4:ACK", wires.told(2 * SECOND));
        assertEquals("UDP", wires.lastRequest().via().transport());
        wires.receive(flow, answer, 3 * SECOND);
        assertEquals("UDP>v4:ACK", wires.told(3 * SECOND));
    }
}
