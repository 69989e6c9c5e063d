package io.earshot.sdk.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.sdk.WirePeer;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import webphone.webphone;

/** What servers and peers read of the parameters for ways through NATs. */
@Timeout(30)
class ClassicNatWireTest {
    private static final String SEEN = "203.0.113.9:7777";

    private static webphone phone(WirePeer peer, int register, String parameters) {
        webphone phone = new webphone(new String[] {"serveraddress=" + peer.address(), "username=alice", "password=x", "register="
                + register,
            "localip=127.0.0.1", "waitforunregister=50", "fastexit=2", "loglevel=1", "upnpnat=0"});
        for (String parameter : parameters.isEmpty() ? new String[0] : parameters.split(" ")) {
            assertTrue(phone.API_SetParameters(parameter), parameter);
        }
        assertTrue(phone.API_Start());
        return phone;
    }

    private static String contact(String request) {
        return request.lines().filter(line -> line.startsWith("Contact: ")).findFirst().orElseThrow();
    }

    private static void await(webphone phone, String text) {
        StringBuilder told = new StringBuilder();
        while (told.indexOf(text) < 0) {
            String more = phone.API_GetNotificationsSync();
            assertFalse(more.isEmpty(), () -> "no " + text + " in " + told);
            told.append(more).append('\n');
        }
    }

    /** Answers as a server beyond a NAT, which says so where it is asked, or even if not. */
    private static void grant(WirePeer server, String register) throws IOException {
        String via = register.contains(";rport") ? register.replaceFirst("(?m)^(Via: [^\r]*);rport", "$1;received=203.0.113.9;rport=7777")
                : register.replaceFirst("(?m)^(Via: [^\r]*)", "$1;received=203.0.113.9;rport=7777");
        server.answer(via, "200 OK", "a", contact(register) + ";expires=300\r\n", "");
    }

    @ParameterizedTest
    @CsvSource({"use_fast_ice=-1, true, false", "use_fast_ice=0, false, false", "'', false, false", "use_fast_ice=1, false, false",
        "use_fast_ice=2, false, true", "use_fast_ice=3, false, true"})
    void anInviteOffersIceAndAsksForASoundThatIsPassedOn(String parameters, boolean passed, boolean ice) throws Exception {
        try (WirePeer peer = new WirePeer()) {
            webphone alice = phone(peer, 0, parameters);
            assertTrue(alice.API_Call(-1, "bob"));
            String invite = peer.request("INVITE");
            assertEquals(passed, invite.lines().anyMatch("X-P2PM: 1"::equals), invite);
            assertEquals(passed, invite.contains("X-P2PM"), invite);
            assertEquals(ice, invite.contains("a=ice-ufrag:"), invite);
            assertEquals(ice, invite.contains("a=candidate:"), invite);
            alice.phone().close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "use_rport=1", "use_rport=1 contactaddressfailback=1", "use_rport=1 contactaddressfailback=2",
            "use_rport=2",
        "use_rport=3"})
    @Tag("rfc3581")
    void theRegistrarAndThePeersReadWhereWeAreSeen(String parameters) throws Exception {
        try (WirePeer server = new WirePeer()) {
            webphone alice = phone(server, 1, parameters);
            String own = server.request("REGISTER");
            assertTrue(own.lines().anyMatch(line -> line.startsWith("Via: ") && line.contains(";rport")), own);
            grant(server, own);
            String seen = server.request("REGISTER");
            assertTrue(contact(seen).contains(SEEN), seen);
            grant(server, seen);
            await(alice, ",Registered");
            assertTrue(alice.API_Call(-1, "bob"));
            assertTrue(contact(server.request("INVITE")).contains(SEEN));
            alice.phone().close();
        }
    }

    @ParameterizedTest
    @CsvSource({"use_rport=0, false", "use_rport=9, true", "contactaddressfailback=0, true", "use_rport=3 contactaddressfailback=0, true"})
    @Tag("rfc3581")
    void theRegistrarAndThePeersReadOurOwnAddress(String parameters, boolean asked) throws Exception {
        try (WirePeer server = new WirePeer()) {
            webphone alice = phone(server, 1, parameters);
            String own = server.request("REGISTER");
            assertEquals(asked, own.lines().anyMatch(line -> line.startsWith("Via: ") && line.contains(";rport")), own);
            grant(server, own);
            await(alice, ",Registered");
            assertTrue(alice.API_Call(-1, "bob"));
            String contact = contact(server.request("INVITE"));
            assertTrue(contact.contains("@127.0.0.1:"), contact);
            alice.phone().close();
        }
    }
}
