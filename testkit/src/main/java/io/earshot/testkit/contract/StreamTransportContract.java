package io.earshot.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.transport.spi.Flow;
import io.earshot.api.transport.spi.SipTransport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a transport over connections must do besides: RFC 3261 §18, RFC 5923. */
@SuppressWarnings("exports") // as of the class it extends
public abstract class StreamTransportContract extends SipTransportContract {
    /** For the extending test. */
    protected StreamTransportContract() {
    }

    /** Timers A, E and G are not for it, and messages have to be cut out of it. */
    @Test
    protected void isAReliableStream() throws IOException {
        SipTransport transport = open(new Recorder(), 0);
        assertTrue(transport.reliable());
        assertFalse(transport.messageOriented());
    }

    /** One connection serves all messages to a peer. */
    @Test
    protected void usesItsConnectionAgain() throws IOException {
        Recorder asked = new Recorder();
        SipTransport server = open(asked, 0);
        SipTransport client = open(new Recorder(), 0);
        send(client, server.localAddress(), "one");
        loop.await("the first message", () -> asked.text().equals("one"));
        send(client, server.localAddress(), "two");
        loop.await("the second message", () -> asked.text().equals("onetwo"));
        assertEquals(1, asked.flows.stream().distinct().count());
    }

    /** RFC 5923 §5: a request to where the connection came from goes over that connection. */
    @Test
    protected void usesAConnectionMadeByThePeer() throws IOException {
        Recorder asked = new Recorder();
        Recorder called = new Recorder();
        SipTransport server = open(asked, 0);
        SipTransport client = open(called, 0);
        send(client, server.localAddress(), "register");
        loop.await("the message", () -> asked.text().equals("register"));
        InetSocketAddress cameFrom = asked.flows.get(0).remote();
        server.send(cameFrom, cameFrom.getAddress().getHostAddress(), utf8("call"));
        loop.await("the call", () -> called.text().equals("call"));
        assertEquals(server.localAddress(), called.flows.get(0).remote());
        assertEquals(cameFrom, called.flows.get(0).local());
    }

    /** Both ends hear of it, each once. */
    @Test
    protected void closesAFlowWhenAskedTo() throws IOException {
        Recorder asked = new Recorder();
        Recorder answered = new Recorder();
        SipTransport server = open(asked, 0);
        SipTransport client = open(answered, 0);
        send(client, server.localAddress(), "nonsense");
        loop.await("the message", () -> asked.text().equals("nonsense"));
        Flow flow = asked.flows.get(0);
        server.send(flow, utf8("bad request"));
        server.close(flow, "it is nonsense");
        server.close(flow, "it is nonsense");
        assertEquals(List.of(), asked.ended);
        loop.await("the end on both sides", () -> !asked.ended.isEmpty() && !answered.ended.isEmpty());
        loop.turn(0);
        assertEquals(List.of(flow), asked.ended);
        assertTrue(asked.failures.get(0).contains("it is nonsense"), asked.failures.get(0));
        assertEquals(1, answered.ended.size());
        assertEquals("bad request", answered.text());
    }

    /** What is left to say over a flow that is gone is reported, and the next message makes a new connection. */
    @Test
    protected void connectsAnewAfterTheEndOfAConnection() throws IOException {
        Recorder asked = new Recorder();
        Recorder answered = new Recorder();
        SipTransport server = open(asked, 0);
        SipTransport client = open(answered, 0);
        send(client, server.localAddress(), "one");
        loop.await("the first message", () -> asked.text().equals("one"));
        server.close(asked.flows.get(0), "enough");
        loop.await("the end", () -> !answered.ended.isEmpty());
        client.send(answered.ended.get(0), utf8("lost"));
        loop.await("the failure", () -> answered.failures.size() == 2);
        send(client, server.localAddress(), "two");
        loop.await("the second message", () -> asked.text().equals("onetwo"));
    }

    /** The end of the peer is told, once for each connection. */
    @Test
    protected void tellsThatThePeerHasGone() throws IOException {
        Recorder asked = new Recorder();
        SipTransport server = open(asked, 0);
        SipTransport client = open(new Recorder(), 0);
        send(client, server.localAddress(), "hello");
        loop.await("the message", () -> asked.text().equals("hello"));
        client.close();
        loop.await("the end", () -> !asked.ended.isEmpty());
        loop.turn(0);
        assertEquals(List.of(asked.flows.get(0)), asked.ended);
    }
}
