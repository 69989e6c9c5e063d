package io.earshot.sdk.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Account;
import io.earshot.api.chat.MessageEvent;
import io.earshot.api.chat.OutgoingMessage;
import io.earshot.api.chat.ReceivedMessage;
import io.earshot.api.presence.WatcherPolicy;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Behaviours of chat and presence that no other test comes by; their numbers are those of docs/behaviours.md. */
@Timeout(40)
class BehaviourChatTest {
    private final BlockingQueue<ReceivedMessage> atBob = new LinkedBlockingQueue<>();
    private WebphoneRig rig;
    private Account bob;

    @BeforeEach
    void open() throws InterruptedException {
        rig = new WebphoneRig("enablepresence=1").started();
        bob = rig.peer("bob");
        bob.messages().onEvent(event -> {
            if (event instanceof MessageEvent.Received received) {
                atBob.add(received.message());
            }
        });
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void b125TextThatWouldBreakALineComesInBase64() throws Exception {
        bob.messages().send("alice", "one, two\nthree");
        String coded = rig.until("CHAT,").replace("CHAT,1,bob,_BASE64_", "");
        assertEquals("one, two\nthree", new String(Base64.getDecoder().decode(coded), StandardCharsets.UTF_8));
    }

    /** B-126 and B-129. */
    @Test
    void b126MessagesToGroupsNameTheirMembersAndShortMessagesSayThatTheyAreSome() throws Exception {
        assertTrue(rig.alice.API_SendChat(-1, "bob", "bob|carol", "hello"));
        assertEquals("GROUP: bob|carol: hello", atBob.poll(10, TimeUnit.SECONDS).text());
        assertTrue(rig.alice.API_SendChat(-1, "bob", "null", "to nobody else"));
        assertEquals("to nobody else", atBob.poll(10, TimeUnit.SECONDS).text());
        rig.until("CHATREPORT,1,bob,2,,,");
        bob.messages().send("alice", "GROUP: null: hi");
        assertEquals("CHAT,1,bob,GROUP: null: hi", rig.until("CHAT,"), "who reads it knows what null means");
        assertTrue(rig.alice.API_SendSMS(-1, "bob", "short"));
        assertEquals("Yes", atBob.poll(10, TimeUnit.SECONDS).headers().get("X-Sms"));
    }

    @Test
    void b130ChatIsSwitchedOffBothWaysOrInOne() throws Exception {
        for (int mode : new int[] {0, 2}) {
            assertTrue(rig.alice.API_SetParameter("textmessaging", mode));
            rig.alice.API_SendChat(-1, "bob", "", "not sent");
            rig.until("ERROR,Chat is switched off: the parameter textmessaging is " + mode);
        }
        bob.messages().send("alice", "heard with 2");
        assertEquals("CHAT,1,bob,heard with 2", rig.until("CHAT,"));
        assertTrue(rig.alice.API_SetParameter("textmessaging", 1));
        bob.messages().send("alice", "not heard with 1");
        rig.alice.API_SendChat(-1, "bob", "", "sent with 1");
        rig.until("CHATREPORT,1,bob,2");
        assertEquals("sent with 1", atBob.poll(10, TimeUnit.SECONDS).text());
        assertTrue(rig.alice.API_SetParameter("textmessaging", -1));
        bob.messages().sendAsync("alice", OutgoingMessage.of("heard"));
        assertEquals("CHAT,1,bob,heard", rig.until("CHAT,"));
    }

    @Test
    void b139AllSubscriptionsEndAtOnce() throws Exception {
        bob.presence().policy(WatcherPolicy.ALLOW);
        bob.presence().shareCalls(true);
        assertTrue(rig.alice.API_CheckPresence("bob"));
        assertTrue(rig.alice.API_CheckBLF("bob"));
        rig.until("BLF,bob,");
        WebphoneRig.await("presence", () -> bob.presence().watchers().size() == 2);
        assertTrue(rig.alice.API_UnSubscribe());
        WebphoneRig.await("the end of the subscriptions", () -> bob.presence().watchers().isEmpty());
    }

    @Test
    void messagesAreOfTheTypeThatIsAskedFor() throws Exception {
        assertTrue(rig.alice.API_SetParameter("pjsua.send_im.mime_type", "text/html"));
        assertTrue(rig.alice.API_SendChat(-1, "bob", "", "<b>hello</b>"));
        assertEquals("text/html", atBob.poll(10, TimeUnit.SECONDS).contentType());
        assertTrue(rig.alice.API_SetParameter("pjsua.send_im.mime_type", "image/png"));
        rig.alice.API_SendChat(-1, "bob", "", "x");
        rig.until("ERROR,contentType must be a text type such as text/plain, not 'image/png'");
    }

    @Test
    void messagesToThePeerOfACallGoWithinItOrByThemselves() throws Exception {
        assertTrue(rig.alice.API_Call(-1, "bob"));
        rig.ringing().answer();
        rig.until("Speaking (0 sec)");
        assertTrue(rig.alice.API_SendChat(-1, "bob", "", "by itself"));
        assertTrue(atBob.poll(10, TimeUnit.SECONDS).call().isEmpty());
        assertTrue(rig.alice.API_SetParameter("separatechatdiag", 0));
        assertTrue(rig.alice.API_SendChat(-1, "bob", "", "in the call"));
        assertTrue(atBob.poll(10, TimeUnit.SECONDS).call().isPresent());
    }
}
