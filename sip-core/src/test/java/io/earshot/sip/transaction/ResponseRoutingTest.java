package io.earshot.sip.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.earshot.api.transport.spi.Flow;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.Via;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 3261 §18.2.1 and §18.2.2, RFC 3581 §4: what is written into the top Via, and where responses go. */
@Tag("rfc3261")
@Tag("rfc3581")
class ResponseRoutingTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        sent-by is the source            | 192.0.2.1:5062                    | 192.0.2.1:5062   | 192.0.2.1:5062;branch=z9hG4bK-1
        source port differs, no rport    | 192.0.2.1:5062                    | 192.0.2.1:40000  | 192.0.2.1:5062
        no port in sent-by               | 192.0.2.1                         | 192.0.2.1:40000  | 192.0.2.1:5060
        another address                  | 10.0.0.7:5062                     | 192.0.2.1:40000  | 192.0.2.1:5062;received
        a name                           | pc7.example.com                   | 192.0.2.1:40000  | 192.0.2.1:5060;received
        an address that is a name        | 192.0.2.1.example                 | 192.0.2.1:40000  | 192.0.2.1:5060;received
        rport                            | 192.0.2.1:5062;rport              | 192.0.2.1:40000  | 192.0.2.1:40000;received;rport
        rport behind a NAT               | 10.0.0.7;rport                    | 192.0.2.1:40000  | 192.0.2.1:40000;received;rport
        forged rport and received        | 10.0.0.7;rport=9;received=6.6.6.6 | 192.0.2.1:40000  | 192.0.2.1:40000;received;rport
        forged received, sent-by true    | 192.0.2.1;received=6.6.6.6        | 192.0.2.1:5060   | 192.0.2.1:5060
        maddr                            | 10.0.0.7:5062;maddr=224.0.1.75    | 192.0.2.1:40000  | 224.0.1.75:5062;received
        maddr without port               | 10.0.0.7;maddr=224.0.1.75;rport   | 192.0.2.1:40000  | 224.0.1.75:5060;received;rport
        maddr as a name is not resolved  | 10.0.0.7;maddr=evil.example       | 192.0.2.1:40000  | 192.0.2.1:5060;received
        IPv6                             | [2001:DB8::1]:5062                | [2001:db8::1]:99 | [2001:db8::1]:5062
        IPv6 written differently         | [2001:db8:0:0::1]                 | [2001:db8::1]:99 | [2001:db8::1]:5060
        IPv6 elsewhere                   | [2001:db8::2];rport               | [2001:db8::1]:99 | [2001:db8::1]:99;received;rport
        """)
    void unreliable(String name, String sentBy, String source, String expected) {
        InetSocketAddress remote = address(source);
        Flow flow = new Flow("UDP", LayerScript.LOCAL, remote, 0);
        Arrival arrival = Arrival.of(Messages.request("OPTIONS", "SIP/2.0/UDP " + sentBy + ";branch=z9hG4bK-1", ""), flow, false);
        String[] wanted = expected.split(";");
        assertEquals(address(wanted[0]), arrival.reply().peer());
        assertEquals(new Flow("UDP", LayerScript.LOCAL, address(wanted[0]), 0), arrival.reply().flow().orElseThrow(), "same local socket");
        Via stamped = arrival.request().via();
        String ip = IpLiteral.format(remote.getAddress());
        assertEquals(expected.contains(";received") ? Optional.of(ip) : Optional.empty(), stamped.received());
        assertEquals(expected.contains(";rport") ? remote.getPort() : -1, stamped.rport().orElse(-1));
        assertEquals(Optional.empty(), arrival.fallback());
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
        TCP | 10.0.0.7:5062             | 192.0.2.1:5062
        TCP | pc7.example.com           | 192.0.2.1:5060
        TLS | pc7.example.com           | 192.0.2.1:5061
        TLS | 10.0.0.7;maddr=224.0.1.75 | 192.0.2.1:5061
        TCP | 10.0.0.7:5062;rport       | 192.0.2.1:5062
        """)
    void reliableUsesTheConnectionAndThenTheSentByPort(String protocol, String sentBy, String fallback) {
        Flow flow = new Flow(protocol, LayerScript.LOCAL, address("192.0.2.1:40000"), 5);
        Arrival arrival =
            Arrival.of(Messages.request("OPTIONS", "SIP/2.0/" + protocol + " " + sentBy + ";branch=z9hG4bK-1", ""), flow, true);
        assertEquals(Optional.of(flow), arrival.reply().flow());
        assertEquals(flow.remote(), arrival.reply().peer());
        assertEquals(address(fallback), arrival.fallback().orElseThrow().peer());
        assertEquals(Optional.empty(), arrival.fallback().orElseThrow().flow());
    }

    @Test
    void leavesAnHonestRequestAndTheOtherViasAlone() {
        Request honest = Messages.request("OPTIONS", "SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK-2, SIP/2.0/UDP 10.9.9.9;rport", "");
        assertSame(honest, Arrival.of(honest, LayerScript.UDP, false).request());
        Request forwarded = Messages.request("OPTIONS", "SIP/2.0/UDP p.example;branch=z9hG4bK-2;rport, SIP/2.0/UDP 10.9.9.9;rport", "");
        Request stamped = Arrival.of(forwarded, LayerScript.UDP, false).request();
        assertEquals(List.of("SIP/2.0/UDP p.example;branch=z9hG4bK-2;rport=5060;received=192.0.2.1", "SIP/2.0/UDP 10.9.9.9;rport"),
            stamped.values(HeaderName.VIA));
    }

    @Test
    void theResponseCarriesTheStampAndFollowsIt() {
        Flow flow = new Flow("UDP", LayerScript.LOCAL, address("198.51.100.7:40000"), 0);
        Request request = Messages.request("OPTIONS", "SIP/2.0/UDP 10.0.0.7;branch=z9hG4bK-1;rport", "");
        LayerScript script = new LayerScript().receive(0, request, flow).respond(0.1, 1, 200);
        assertEquals("SIP/2.0/UDP 10.0.0.7;branch=z9hG4bK-1;rport=40000;received=198.51.100.7", script.sent().via().toString());
        assertEquals(flow.remote(), script.transmits().get(0).hop().peer());
    }

    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        InetAddress host = IpLiteral.parse(text.substring(0, colon)).orElseThrow();
        return new InetSocketAddress(host, Integer.parseInt(text.substring(colon + 1)));
    }
}
