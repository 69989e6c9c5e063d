package io.earshot.sdk.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import webphone.webphone;

/** Accounts, registrations, start and stop by webphone. */
@Timeout(40)
class WebphoneAccountTest {
    private WebphoneRig rig;
    private webphone alice;

    @BeforeEach
    void open() {
        rig = new WebphoneRig();
        alice = rig.alice;
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    @Proves({"API_Start", "API_Stop", "API_IsRegistered", "API_IsRegisteredEx", "API_Unregister", "notification/START", "notification/STOP",
        "start-what/api", "start-what/sip", "status-global/Unregistered", "status-global/Register...", "registration-text/Registered.",
        "status-line/Unregister", "status-field/registered"})
    void theWayFromStartToStop() throws Exception {
        assertFalse(alice.API_IsRegistered());
        assertEquals(0, alice.API_IsRegisteredEx());
        assertTrue(alice.API_Start());
        assertTrue(alice.API_Start(), "twice is harmless");
        assertEquals("START,api", rig.until(""));
        assertEquals("START,sip", rig.until(""));
        rig.until("STATUS,-1,Register...");
        rig.until("STATUS,-1,Registered.");
        assertTrue(alice.API_IsRegistered());
        assertEquals(2, alice.API_IsRegisteredEx());
        assertTrue(alice.API_Unregister(1));
        assertEquals(List.of(), rig.server.bindings("alice"));
        rig.until("STATUS,-1,Unregistered");
        assertEquals(6, alice.API_IsRegisteredEx());
        assertTrue(alice.API_Stop());
        rig.until("STOP,api");
        assertTrue(alice.API_Start(), "it can be started again");
        rig.until("STATUS,-1,Registered.");
        assertTrue(alice.API_Exit());
        rig.until("STOP,api");
    }

    @Test
    @Proves({"API_Exit", "API_ReStart", "API_StartStack", "API_ServerInit"})
    void itRestarts() throws Exception {
        assertTrue(alice.API_StartStack());
        assertTrue(alice.API_ServerInit("127.0.0.1"));
        rig.until("STATUS,-1,Registered.");
        assertTrue(alice.API_ReStart());
        rig.until("STOP,api");
        rig.until("START,sip");
        rig.until("STATUS,-1,Registered.");
        assertTrue(alice.API_Exit());
    }

    @Test
    void theStackStartsWithTheFirstCallWhenThatIsWanted() throws Exception {
        assertTrue(alice.API_SetParameter("startsipstack", 0));
        assertTrue(alice.API_Start());
        assertEquals("START,api", rig.until(""));
        assertEquals("", alice.API_GetAddress());
        rig.peer("bob");
        assertTrue(alice.API_Call(-1, "bob"));
        assertEquals("START,sip", rig.until(""));
        rig.ringing().reject();
        rig.until("CDR,");
    }

    @Test
    @Proves({"API_Register", "API_SetCredentials", "API_ClearCredentials", "API_GetMySIPURI", "API_GetAccountRegState",
        "API_GetAccountRegStateString"})
    void registeringAsSomebodyElseReplacesTheAccount() throws Exception {
        rig.started();
        assertEquals("alice@" + rig.host(), alice.API_GetMySIPURI(false));
        assertTrue(alice.API_GetMySIPURI(true).startsWith("alice@" + rig.host() + ",alice@127.0.0.1:"));
        assertEquals(1, alice.API_GetAccountRegState("", "", "alice", "", false, true));
        assertEquals("Registered", alice.API_GetAccountRegStateString(rig.host(), "", "alice", "", false, false));
        assertEquals(-1, alice.API_GetAccountRegState("", "", "eve", "", false, true));
        assertTrue(alice.API_Register("", "bob", "bob-secret", "", ""));
        rig.until("STATUS,0,Registered,bob");
        WebphoneRig.await("leaving alice", () -> rig.server.bindings("alice").isEmpty());
        assertEquals(1, rig.server.bindings("bob").size());
        assertEquals("bob@" + rig.host(), alice.API_GetMySIPURI());
        assertTrue(alice.API_SetCredentials(rig.host(), "carol", "carol-secret"));
        assertTrue(alice.API_Register());
        rig.until("STATUS,0,Registered,carol");
        assertTrue(alice.API_ClearCredentials());
        assertEquals("", alice.phone().parameters().text("username"));
    }

    @Test
    @Proves("API_SetCredentialsMD5")
    void aPasswordCanBeGivenAsItsDigest() throws Exception {
        MessageDigest md5 = MessageDigest.getInstance("MD5");
        String sum = HexFormat.of().formatHex(md5.digest("dora:test:dora-secret".getBytes(StandardCharsets.UTF_8)));
        assertTrue(alice.API_SetParameter("password", "DEF"));
        assertTrue(alice.API_SetCredentialsMD5(rig.host(), "dora", sum, "test"));
        assertTrue(alice.API_Start());
        rig.until("STATUS,0,Registered,dora");
    }

    @Test
    @Proves({"API_RegisterEx", "API_CapabilityRequest"})
    void secondaryAccountsRegisterWithoutStatusLines() throws Exception {
        rig.started();
        assertTrue(alice.API_RegisterEx(rig.host() + ",bob,bob-secret,300;" + rig.host() + ", carol, carol-secret;"));
        WebphoneRig.await("bob and carol", () -> rig.server.bindings("bob").size() == 1 && rig.server.bindings("carol").size() == 1);
        WebphoneRig.await("the state", () -> alice.API_GetAccountRegState("", "", "carol", "", false, true) == 1);
        assertTrue(alice.API_GetMySIPURI(true).contains("carol@"));
        assertTrue(rig.told().stream().noneMatch(line -> line.contains("carol")), rig.told()::toString);
        assertFalse(alice.API_RegisterEx("justaserver"));
        rig.until("an account needs server,user,password");
        assertTrue(alice.API_CapabilityRequest("", "bob"));
        rig.until("OPTIONS answered by sip:bob@");
    }

    @Test
    @Proves({"API_GetRegFailReason", "registration-text/Authentication failed", "status-global/Register Failed",
        "registration-text/Register Failed"})
    void aFailedRegistrationIsExplained() throws Exception {
        assertEquals("", alice.API_GetRegFailReason(true));
        assertTrue(alice.API_Register("", "alice", "wrong"));
        rig.until("STATUS,-1,Authentication failed");
        rig.until("ERROR,");
        assertEquals("Authentication failed", alice.API_GetRegFailReason());
        assertTrue(alice.API_GetRegFailReason(true).contains("alice"));
        assertEquals(7, alice.API_IsRegisteredEx());
        assertEquals("Register Failed", alice.API_GetGlobalStatus());
    }

    @Test
    @Proves({"API_SetParameter", "API_SetParameters", "notification/EVENT", "event-type/ERROR"})
    void parametersAreSetCheckedAndTakenBack() throws Exception {
        assertTrue(alice.API_SetParameters("ringtimeout=5000\r\nautoaccept=true"));
        assertTrue(alice.API_SetParameters("ringtimeout=6000 CRLF calltimeout=7000"), "where there can be no line breaks");
        assertEquals("6000", alice.phone().parameters().text("ringtimeout"));
        assertEquals("7000", alice.phone().parameters().text("calltimeout"));
        assertTrue(alice.API_SetParameter("ringtimeout", "DEF"));
        assertEquals("90000", alice.phone().parameters().text("ringtimeout"));
        assertTrue(alice.API_SetParameter("autoaccept", false));
        assertFalse(alice.API_SetParameter("ringtimeout", "soon"));
        rig.until("EVENT,ERROR,parameter ringtimeout=soon: a whole number from 1000");
        assertFalse(alice.API_SetParameter("nosuchparameter", "1"));
        rig.until("unknown parameter 'nosuchparameter'");
        String coded = "encrypted__4__" + Base64.getEncoder().encodeToString("secret".getBytes(StandardCharsets.UTF_8));
        assertTrue(alice.API_SetParameter("password", coded));
        assertEquals("secret", alice.phone().parameters().text("password"));
    }

    @Test
    @Proves({"API_IsOnline", "API_CheckConnection", "API_ShouldReset", "API_ShouldResetBeforeCall", "API_GetAddress"})
    void theNetworkCanBeAskedFor() throws Exception {
        assertTrue(alice.API_IsOnline());
        assertEquals("", alice.API_GetAddress());
        rig.started();
        assertTrue(alice.API_GetAddress().matches("127\\.0\\.0\\.1:[0-9]+"), alice.API_GetAddress());
        assertEquals(0, alice.API_ShouldReset());
        assertFalse(alice.API_ShouldResetBeforeCall());
        int before = rig.server.transactions();
        alice.API_CheckConnection();
        WebphoneRig.await("a new REGISTER", () -> rig.server.transactions() > before || alice.API_IsRegistered());
    }

    @Test
    @Proves({"API_Test", "API_TestEx", "API_TestEcho", "API_HTTPKeepAlive", "API_GetVersion", "API_GetBindir", "API_GetWorkdir",
        "API_GetAltWorkdir", "API_GetDeviceID", "API_GetProfileStatusText", "API_AddLog", "notification/LOG", "API_StartGUI", "API_ShowLog",
        "API_AudioDevice", "API_Chat"})
    void factsAndWindows() throws Exception {
        assertTrue(alice.API_Test());
        assertEquals(42, alice.API_TestEx());
        assertEquals("a b", alice.API_TestEcho("a b"));
        assertTrue(alice.API_HTTPKeepAlive());
        assertFalse(alice.API_GetVersion().isEmpty());
        assertTrue(alice.API_GetWorkdir().endsWith("mwphonedata"));
        assertFalse(alice.API_GetBindir().isEmpty());
        assertTrue(alice.API_GetAltWorkdir().startsWith(System.getProperty("user.home")));
        assertEquals(32, alice.API_GetDeviceID().length());
        assertEquals(alice.API_GetDeviceID(), new webphone().API_GetDeviceID());
        assertTrue(alice.API_SetParameter("profilestatustext", "at lunch"));
        assertEquals("at lunch", alice.API_GetProfileStatusText(""));
        assertTrue(alice.API_SetParameter("events", 3));
        alice.API_AddLog("seen");
        assertEquals("LOG,EVENT,seen", rig.until("LOG,"));
        assertFalse(alice.API_StartGUI());
        assertFalse(alice.API_ShowLog());
        assertFalse(alice.API_AudioDevice());
        assertFalse(alice.API_Chat("bob"));
        rig.until("There is no chat window");
    }

    @Test
    void instancesAreIndependent() throws Exception {
        rig.started();
        webphone other = new webphone(new String[] {"serveraddress=" + rig.host(), "username=bob", "password=bob-secret",
            "localip=127.0.0.1"});
        assertTrue(other.API_Start());
        WebphoneRig.await("bob", other::API_IsRegistered);
        assertNotEquals(alice.API_GetAddress(), other.API_GetAddress());
        assertTrue(other.API_Stop());
        assertTrue(alice.API_IsRegistered());
    }
}
