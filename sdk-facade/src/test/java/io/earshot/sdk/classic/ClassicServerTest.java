package io.earshot.sdk.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.raw.SipTraffic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the server says in headers of its own. */
@Timeout(30)
class ClassicServerTest {
    private static final String SERVER = "192.0.2.1:5060";
    private final List<String> told = new ArrayList<>();
    private final ClassicPhone phone = new ClassicPhone(ClassicParameters.parse(List.of()).parameters(), one ->
            told.add(one.line().replace("WPNOTIFICATION,", "").replace(",NEOL", "")));
    private final ClassicServer server = new ClassicServer(phone);

    private void registered() {
        server.on(new SipTraffic(true, "UDP", SERVER, "REGISTER sip:example.com SIP/2.0\r\nCall-ID: our-own-secret\r\n\r\n"));
    }

    private void answer(String callId, String from, String header) {
        server.on(new SipTraffic(false, "UDP", from, "SIP/2.0 200 OK\r\nCall-ID: " + callId + "\r\nCSeq: 1 REGISTER\r\n" + header
                + "\r\n\r\nX-Credit: not a header"));
    }

    @Test
    void parametersOfOurServerAreInForceAtOnce() {
        registered();
        answer("our-own-secret", SERVER, "X-MParam: ringtimeout=7000;presenceexpire=600");
        assertEquals("7000", phone.parameters().text("ringtimeout"));
        assertEquals("600", phone.parameters().text("presenceexpire"));
        assertEquals(List.of("EVENT,EVENT,the server set parameter ringtimeout=7000",
                "EVENT,EVENT,the server set parameter presenceexpire=600"), told);
        answer("our-own-secret", SERVER, "x-mparam=ringtimeout=7000");
        assertEquals(2, told.size(), "what it says again is not told again");
    }

    @Test
    void parametersOfStrangersAreNot() {
        answer("our-own-secret", SERVER, "x-mparam: ringtimeout=7000");
        registered();
        answer("our-own-secret", "192.0.2.66:5060", "x-mparam: ringtimeout=7000");
        answer("guessed", SERVER, "x-mparam: ringtimeout=7000");
        answer("our-own-secret", SERVER, "x-mparam: username=eve");
        assertEquals("90000", phone.parameters().text("ringtimeout"));
        assertEquals("", phone.parameters().text("username"));
        assertEquals(List.of("EVENT,WARNING,somebody who is not our server wants to set parameters (x-mparam); ignored"), told);
    }

    @Test
    void lastingOnesSurviveARestart(@TempDir Path folder) throws Exception {
        try (WebphoneRig rig = new WebphoneRig("datafolder=" + folder)) {
            rig.started();
            ClassicServer one = new ClassicServer(rig.alice.phone());
            one.on(new SipTraffic(true, "UDP", SERVER, "REGISTER sip:x SIP/2.0\r\nCall-ID: a\r\n\r\n"));
            one.on(new SipTraffic(false, "UDP", SERVER, "SIP/2.0 200 OK\r\nCall-ID: a\r\nCSeq: 1 REGISTER\r\n"
                    + "x-mparamp: ringtimeout=8000\r\n\r\n"));
            rig.until("the server set parameter ringtimeout=8000");
        }
        try (WebphoneRig rig = new WebphoneRig("datafolder=" + folder)) {
            rig.started();
            assertEquals("8000", rig.alice.phone().parameters().text("ringtimeout"));
        }
    }

    @Test
    @Proves({"notification/CREDIT", "notification/RATING", "notification/ACTION"})
    void balanceAndPriceAreTold() {
        registered();
        answer("our-own-secret", SERVER, "X-Credit: Credit: 4.2 USD");
        answer("our-own-secret", SERVER, "X-Credit: Credit: 4.2 USD");
        server.on(new SipTraffic(false, "UDP", SERVER, "SIP/2.0 183 Session Progress\r\nCSeq: 1 INVITE\r\n"
                + "X-Rating: 0.02 USD\r\nX-Action: a\r\n\r\n"));
        assertTrue(told.containsAll(List.of("CREDIT,Credit: 4.2 USD", "RATING,0.02 USD", "ACTION,a")), told::toString);
        assertEquals(3, told.size());
        server.on(new SipTraffic(false, "UDP", "192.0.2.66:5060", "BYE sip:a SIP/2.0\r\nX-Credit: 0\r\n\r\n"));
        assertFalse(told.contains("CREDIT,0"));
    }
}
