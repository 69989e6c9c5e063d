package io.earshot.sip.ua;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.SignallingConfig.KeepAlive;
import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.Flow;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.ResponseBuilder;
import io.earshot.sip.message.Uri;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes to a registrar so that routers keep the way back open. */
class KeepAliveTest {
    private final Lan lan = new Lan(28);
    private final Registrar registrar = new Registrar(lan, "10.0.0.100");

    @ParameterizedTest
    @CsvSource({"SPACE_CRLF, 28", "CRLF, 28", "DOUBLE_CRLF, 28", "DOUBLE_CRLF, 5", "DOUBLE_CRLF, 0"})
    void thatTextGoesThatOften(KeepAlive what, int seconds) {
        Phone alice = lan.phone("alice", "10.0.0.1", EngineConfig.builder().keepAliveText(what.text()).keepAlive(seconds * Ticker.SECOND)
            .build());
        AccountId account = alice.at(registrar, "x", 3600);
        alice.engine.register(account, lan.now);
        lan.runFor(600 * Ticker.SECOND);
        assertEquals(seconds == 0 ? List.of() : List.of(what.text()), alice.blanks.stream().distinct().toList());
        int least = seconds == 0 ? 0 : 600 / seconds;
        assertTrue(alice.blanks.size() >= least && alice.blanks.size() <= least * 5 / 4 + 1, alice.blanks.size() + " in 600 s");
    }

    /** Returns how many pings an hour has over that transport. */
    private static int pings(TransportTraits traits, String bound, int udp, int connections) {
        String protocol = traits.protocol();
        Wires wires = new Wires(EngineConfig.builder().transports(traits).keepAlive(udp * Ticker.SECOND)
            .connectionKeepAlive(connections * Ticker.SECOND).build());
        AccountId account = wires.engine.addAccount(Wires.account("sip:alice@example.org").registrar(Uri.parse("sip:10.0.0.2;transport="
            + protocol.toLowerCase(Locale.ROOT))).registration(RegistrationOptions.NONE.withInstance("urn:uuid:1", true)).build(), 0);
        wires.engine.register(account, 0);
        wires.told(0);
        Request register = wires.lastRequest();
        ResponseBuilder ok = Response.to(register, 200).set(HeaderName.TO, register.to().withTag("r"))
            .set(HeaderName.CONTACT, register.contacts().get(0).withParameter("expires", "36000"));
        for (String line : bound.split(" ")) {
            if (line.startsWith("outbound")) {
                ok.add(HeaderName.REQUIRE, line);
            } else if (!line.isEmpty()) {
                ok.add(HeaderName.of("Flow-Timer"), line);
            }
        }
        wires.receive(new Flow(protocol, Wires.HERE, wires.sent.get(0).peer(), 7), ok.build(), 0);
        wires.told(0);
        int sent = 0;
        for (long now = 0; now <= 3600 * Ticker.SECOND; now += Ticker.SECOND) {
            wires.engine.onTime(now);
            sent += wires.told(now).contains("ping") ? 1 : 0;
        }
        return sent;
    }

    /** The interval is up to a fifth shorter by chance. */
    private static void assertEvery(int seconds, int sent) {
        assertTrue(sent >= 3600 / seconds - 1 && sent <= 3600 / seconds * 5 / 4 + 1, sent + " in an hour, not each " + seconds + " s");
    }

    @ParameterizedTest
    @CsvSource({"TCP, '', 600", "TLS, '', 600", "TCP, outbound, 120", "TLS, outbound, 120", "TCP, 40, 40", "TLS, outbound 40, 40"})
    @Tag("rfc5626")
    void connectionsHaveAnIntervalOfTheirOwnUnlessTheServerBindsUsToThem(String protocol, String server, int seconds) {
        assertEvery(seconds, pings(protocol.equals("TCP") ? TransportTraits.TCP : TransportTraits.TLS, server, 28, 600));
    }

    @Test
    void webSocketsAndUdpHaveTheShortOne() {
        assertEvery(28, pings(TransportTraits.WS, "", 28, 600));
        assertEvery(28, pings(TransportTraits.WSS, "", 28, 600));
        assertEvery(28, pings(TransportTraits.UDP, "", 28, 600));
    }

    @Test
    void whoSaysNothingOfConnectionsHasOneIntervalForAll() {
        assertEquals(EngineConfig.defaults().keepAlive(), EngineConfig.defaults().connectionKeepAlive());
        assertEquals(7, EngineConfig.builder().keepAlive(7).build().connectionKeepAlive());
        assertEquals(0, pings(TransportTraits.TCP, "40", 28, 0), "none is none, whatever the server says");
    }
}
