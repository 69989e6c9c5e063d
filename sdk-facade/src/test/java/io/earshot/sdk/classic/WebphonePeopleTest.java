package io.earshot.sdk.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Account;
import io.earshot.api.AccountConfig;
import io.earshot.api.Call;
import io.earshot.api.Phone;
import io.earshot.api.PhoneEvent;
import io.earshot.api.chat.MessageEvent;
import io.earshot.api.presence.Availability;
import io.earshot.api.presence.PresenceStatus;
import io.earshot.sdk.WirePeer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import webphone.webphone;

/** Contacts, the black list, chat and presence by webphone. */
@Timeout(40)
class WebphonePeopleTest {
    private static final String JOHN = ",John Smith,jsmith,123,,,,,,,,5,,";

    @Test
    @Proves({"API_AddContact", "API_SetContacts", "API_GetContacts", "API_GetContact", "API_SetContact", "API_DelContact",
        "API_SetContactName", "API_SetContactSIP", "API_SetContactPhone", "API_SetContactSpeedDial", "API_GetContactName",
        "API_GetContactSIP", "API_GetContactPhone", "API_GetContactSpeedDial"})
    void contactsAreAddedChangedAndDeleted() {
        webphone phone = new webphone();
        assertEquals("", phone.API_GetContacts());
        assertTrue(phone.API_AddContact("John Smith,jsmith,"));
        assertEquals(",John Smith,jsmith,,,,,,,,,,,", phone.API_GetContact("john smith"));
        assertTrue(phone.Add_Contact("Online,Ann,ann@example.com,456"));
        assertTrue(phone.API_SetContactPhone("John Smith", "123"));
        assertTrue(phone.API_SetContactSpeedDial("John Smith", "5"));
        assertEquals(JOHN, phone.API_GetContact("John Smith"));
        assertEquals("Online,Ann,ann@example.com,456,,,,,,,,,,\r\n" + JOHN, phone.API_GetContacts());
        assertEquals("jsmith", phone.API_GetContactSIP("John Smith"));
        assertEquals("123", phone.API_GetContactPhone("John Smith"));
        assertEquals("5", phone.API_GetContactSpeedDial("John Smith"));
        assertEquals("Ann", phone.API_GetContactName("ann"));
        assertTrue(phone.API_SetContactName("Ann", "Anna"));
        assertTrue(phone.API_SetContactSIP("Anna", "a,nna"), "a comma would be a field");
        assertEquals("a nna", phone.API_GetContactSIP("Anna"));
        assertTrue(phone.API_SetContact("Anna", "Bea,bea"));
        assertEquals("", phone.API_GetContact("Anna"));
        assertTrue(phone.API_DelContact("Bea"));
        assertFalse(phone.API_DelContact("Bea"));
        assertFalse(phone.API_SetContact("Bea", "x,y"));
        assertFalse(phone.API_AddContact(""));
        assertTrue(phone.API_SetContacts("A,a\r\nB,b"));
        assertEquals(",A,a,,,,,,,,,,,\r\n,B,b,,,,,,,,,,,", phone.API_GetContacts());
    }

    @Test
    @Proves({"API_GetBlacklist", "API_SetBlacklist", "API_AddToBlacklist"})
    void theBlackListRefusesCallers() throws Exception {
        try (WebphoneRig rig = new WebphoneRig("blacklist=eve")) {
            assertEquals("eve", rig.alice.API_GetBlacklist());
            rig.started();
            assertTrue(rig.alice.API_AddToBlacklist("bob"));
            assertEquals("eve,bob", rig.alice.API_GetBlacklist());
            Call refused = rig.peer("bob").dial("alice");
            assertFalse(refused.awaitEnd().answered());
            assertTrue(rig.alice.API_SetBlacklist(""));
            assertEquals("", rig.alice.API_GetBlacklist());
        }
    }

    @Test
    @Proves("API_DelSettings")
    void peopleSurviveTheProgramWithADataFolder(@TempDir Path folder) throws Exception {
        try (WebphoneRig rig = new WebphoneRig("datafolder=" + folder)) {
            rig.started();
            assertTrue(rig.alice.API_AddContact("Bob,bob,,,,,,,,,5"));
            assertTrue(rig.alice.API_SetContactSpeedDial("Bob", "5"));
            assertTrue(rig.alice.API_SetBlacklist("eve"));
        }
        try (WebphoneRig rig = new WebphoneRig("datafolder=" + folder)) {
            rig.started();
            assertEquals("eve", rig.alice.API_GetBlacklist());
            assertEquals("bob", rig.alice.API_GetContactSIP("Bob"));
            rig.peer("bob");
            assertTrue(rig.alice.API_Call(-1, "5"), "a speed dial");
            rig.ringing().reject();
            rig.until("CDR,");
            assertTrue(rig.alice.API_DelSettings(0));
            assertEquals("bob", rig.alice.API_GetContactSIP("Bob"));
            assertTrue(rig.alice.API_DelSettings(1));
            assertFalse(rig.alice.API_DelSettings(7));
        }
        try (WebphoneRig rig = new WebphoneRig("datafolder=" + folder)) {
            rig.started();
            assertEquals("", rig.alice.API_GetContacts() + rig.alice.API_GetBlacklist());
        }
    }

    @Test
    @Proves({"API_SendChat", "API_SendSMS", "API_SendChatIsComposing", "SendChatIsComposing", "notification/CHAT",
        "notification/CHATREPORT",
        "notification/CHATCOMPOSING", "chatreport-status/0", "chatreport-status/1", "chatreport-status/2", "chatcomposing-status/1",
        "event-text/chat sent successfully", "event-type/EVENT"})
    void textsGoBothWays() throws Exception {
        try (WebphoneRig rig = new WebphoneRig().started()) {
            Account bob = rig.peer("bob");
            BlockingQueue<MessageEvent> heard = new LinkedBlockingQueue<>();
            bob.messages();
            rig.listen(event -> {
                if (event instanceof PhoneEvent.InChat chat) {
                    heard.add(chat.event());
                }
            });
            assertTrue(rig.alice.API_SendChat(-1, "bob", "", "good evening"));
            rig.until("CHATREPORT,1,bob,0,,,");
            rig.until("CHATREPORT,1,bob,1,,,");
            rig.until("EVENT,EVENT,chat sent successfully");
            rig.until("CHATREPORT,1,bob,2,,,");
            MessageEvent.Received got = (MessageEvent.Received) heard.poll(10, TimeUnit.SECONDS);
            assertEquals("good evening", got.message().text());
            assertTrue(rig.alice.API_SendChat(-1, "bob", "without a group"));
            rig.until("CHATREPORT,1,bob,2");
            assertTrue(rig.alice.API_SendSMS(-1, "bob", "short"));
            rig.until("CHATREPORT,1,bob,2");
            assertEquals("OK: initiated", rig.alice.API_SendChatIsComposing("1", "bob"));
            assertEquals("OK: initiated", rig.alice.SendChatIsComposing("", "bob"));
            bob.messages().typing("alice");
            assertEquals("CHATCOMPOSING,1,bob,1", rig.until("CHATCOMPOSING"));
            bob.messages().sendAsync("alice", io.earshot.api.chat.OutgoingMessage.of("hi there"));
            assertEquals("CHAT,1,bob,hi there", rig.until("CHAT,"));
        }
    }

    @Test
    @Proves({"chatreport-status/3", "event-text/chat message not delivered", "event-type/WARNING"})
    void aTextThatIsRefusedIsReported() throws Exception {
        try (WebphoneRig rig = new WebphoneRig("offlinechat=0").started()) {
            assertTrue(rig.alice.API_SendChat(-1, "nobody", "", "hello"));
            rig.until("EVENT,WARNING,chat message not delivered");
            rig.until("CHATREPORT,1,nobody,3,");
        }
    }

    @Test
    @Proves("chatreport-status/4")
    void aTextWaitsForAPeerThatIsAway(@TempDir Path folder) throws Exception {
        try (WebphoneRig rig = new WebphoneRig("offlinechat=1", "datafolder=" + folder).started()) {
            assertTrue(rig.alice.API_SendChat(-1, "dora", "", "hello"));
            rig.until("CHATREPORT,1,dora,4,");
        }
    }

    @Test
    @Proves({"API_NumExists", "notification/SERVERCONTACTS"})
    void theServerIsAskedWhoThereIs() throws Exception {
        try (WebphoneRig rig = new WebphoneRig().started()) {
            rig.peer("bob");
            assertTrue(rig.alice.API_NumExists("bob,nobody"));
            assertEquals("SERVERCONTACTS,bob", rig.until("SERVERCONTACTS"));
            assertFalse(rig.alice.API_NumExists(""));
        }
    }

    @Test
    @Proves({"API_CheckPresence", "API_SetPresenceStatus", "API_NewUser", "API_PushContactlist", "API_UnSubscribe", "API_CheckBLF",
        "API_DisableBLF", "notification/PRESENCE", "notification/NEWUSER", "notification/BLF", "presence-own/Away", "presence-own/Online",
        "presence-own/DND", "presence-own/Invisible", "presence-own/Offline", "presence-state/Open", "presence-state/Away",
        "blf-state/terminated", "blf-direction/undefined", "blf-direction/receiver", "blf-state/early", "blf-state/confirmed"})
    void presenceAndLampsAreWatchedDirectly() throws Exception {
        try (WebphoneRig rig = new WebphoneRig("register=0", "serveraddress=DEF", "password=DEF")) {
            assertTrue(rig.alice.API_Start());
            rig.until("START,sip");
            try (ClassicPair bob = new ClassicPair()) {
                String target = "sip:bob@" + bob.address();
                assertTrue(bob.phone.API_PushContactlist("sip:alice@" + rig.alice.API_GetAddress()));
                for (String own : new String[] {"Online", "DND", "Invisible", "Offline", "Away"}) {
                    assertTrue(bob.phone.API_SetPresenceStatus(own), own);
                }
                assertFalse(bob.phone.API_SetPresenceStatus("away"), "case matters");
                assertTrue(rig.alice.API_CheckPresence(target));
                rig.until("PRESENCE," + target + ",Away,");
                assertTrue(bob.phone.API_SetPresenceStatus("Online"));
                rig.until("PRESENCE," + target + ",Open,Online,,");
                assertTrue(rig.alice.API_CheckBLF(target));
                rig.until("BLF," + target + ",undefined,terminated,");
                assertTrue(rig.alice.API_Call(-1, target));
                rig.until("BLF," + target + ",receiver,early,");
                bob.await("Incoming...");
                assertTrue(bob.phone.API_Accept(-1));
                rig.until("BLF," + target + ",receiver,confirmed,");
                assertTrue(rig.alice.API_DisableBLF(target));
                assertTrue(bob.phone.API_NewUser("sip:alice@" + rig.alice.API_GetAddress()));
                rig.until("NEWUSER,bob,,,sip:bob@");
                assertTrue(rig.alice.API_UnSubscribe());
            }
        }
    }

    /** The mailbox is a phone, which has none and says so. */
    @ParameterizedTest
    @CsvSource({"1, false", "2, false", "3, true"})
    void voiceMailIsSubscribedToAsTheParameterSays(int voicemail, boolean subscribes) throws Exception {
        try (WebphoneRig rig = new WebphoneRig("voicemail=" + voicemail, "voicemailnum=bob");
                Phone mailbox = Phone.builder().listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).open()) {
            BlockingQueue<String> asked = new LinkedBlockingQueue<>();
            mailbox.raw().watch(message -> {
                if (!message.sent() && (message.text().startsWith("SUBSCRIBE ") || message.text().startsWith("MESSAGE "))) {
                    asked.add(message.text());
                }
            });
            mailbox.register(AccountConfig.of(rig.server.uri("bob"), "bob-secret"));
            rig.started();
            if (!subscribes) {
                assertTrue(rig.alice.API_SendChat(-1, "bob", "is there mail?"));
            }
            String first = asked.poll(10, TimeUnit.SECONDS);
            assertEquals(subscribes, first.startsWith("SUBSCRIBE ") && first.contains("\r\nEvent: message-summary\r\n"), first);
            assertEquals("", rig.errors());
        }
    }

    @Test
    void voiceMailIsSubscribedToWhereTheServerSaysThatItHasSome() throws Exception {
        try (WirePeer server = new WirePeer()) {
            webphone alice = new webphone();
            alice.API_SetParameter("serveraddress", server.address());
            alice.API_SetParameter("username", "alice");
            alice.API_SetParameter("password", "secret");
            alice.API_SetParameter("localip", "127.0.0.1");
            assertTrue(alice.API_Start());
            server.answer(server.request("REGISTER"), "200 OK", "r", "Expires: 600\r\nAllow-Events: talk, Message-Summary\r\n", "");
            String subscribe = server.request("SUBSCRIBE");
            assertTrue(subscribe.startsWith("SUBSCRIBE sip:alice@") && subscribe.contains("\r\nEvent: message-summary\r\n"), subscribe);
            server.answer(subscribe, "489 Bad Event", "r", "", "");
            alice.API_Stop();
        }
    }

    @Test
    @Proves("API_CheckVoicemail")
    void voiceMailIsAskedFor() throws Exception {
        try (WebphoneRig rig = new WebphoneRig("voicemail=1").started()) {
            int before = rig.server.transactions();
            assertTrue(rig.alice.API_CheckVoicemail(-1));
            WebphoneRig.await("SUBSCRIBE", () -> rig.server.transactions() > before);
            assertTrue(rig.alice.API_SetParameter("voicemail", 0));
            assertEquals(PresenceStatus.of(Availability.ONLINE), PresenceStatus.ONLINE);
        }
    }
}
