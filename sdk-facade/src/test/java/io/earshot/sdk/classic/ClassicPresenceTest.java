package io.earshot.sdk.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The functions and notifications of presence between two phones on loopback. */
@Timeout(30)
class ClassicPresenceTest {
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> other = new LinkedBlockingQueue<>();
    private final ClassicPhone alice = phone(heard, "alice", 15_260);
    private final ClassicPhone bob = phone(other, "bob", 15_262);

    private static ClassicPhone phone(BlockingQueue<String> lines, String user, int port) {
        ClassicParameters parameters = ClassicParameters.parse(List.of("localip=127.0.0.1", "signalingport=" + port, "register=0",
                "serveraddress=127.0.0.1:" + port, "username=" + user, "displayname=" + user + " x")).parameters();
        ClassicPhone phone = new ClassicPhone(parameters, notification -> lines.add(notification.line()));
        phone.start();
        return phone;
    }

    @AfterEach
    void close() {
        alice.close();
        bob.close();
    }

    private static String run(ClassicPhone phone, String command) {
        return new ClassicCommands(phone).run(ClassicCommand.parse("?function=" + command).orElseThrow());
    }

    private static void await(BlockingQueue<String> lines, String wanted) throws InterruptedException {
        for (String line = ""; line != null; line = lines.poll(10, TimeUnit.SECONDS)) {
            if (line.equals("WPNOTIFICATION," + wanted + ",NEOL")) {
                return;
            }
        }
        throw new AssertionError("no " + wanted);
    }

    @Test
    void presenceIsAskedForGrantedAndTold() throws Exception {
        String target = "sip:bob@127.0.0.1:15262";
        assertEquals("OK: initiated", run(bob, "API_SetPresenceStatus&statustring=Away"));
        assertEquals("OK: initiated", run(alice, "API_CheckPresence&userlist=" + target));
        await(heard, "PRESENCE," + target + ",Pending,,,");
        await(other, "NEWUSER,alice,alice x,,sip:alice@127.0.0.1:15260");
        assertEquals("OK: initiated", run(bob, "API_PushContactlist&contacts=sip:alice@127.0.0.1:15260"));
        await(heard, "PRESENCE," + target + ",Away,Away,,");
        assertEquals("OK: initiated", run(bob, "API_SetPresenceStatus&statustring=Online"));
        await(heard, "PRESENCE," + target + ",Open,Online,,");
        assertEquals("OK: initiated", run(alice, "API_UnSubscribe"));
    }

    @Test
    void ourMailAddressIsToldAndOneUserSeesSomethingElse() throws Exception {
        String target = "sip:bob@127.0.0.1:15262";
        assertEquals(true, bob.set(List.of("email=bob@mail.example")));
        run(bob, "API_PushContactlist&contacts=sip:alice@127.0.0.1:15260");
        run(bob, "API_SetPresenceStatus&statustring=Online");
        run(alice, "API_CheckPresence&userlist=" + target);
        await(heard, "PRESENCE," + target + ",Open,Online,,bob@mail.example");
        assertEquals(true, bob.set(List.of("upresence_sip:alice@127.0.0.1:15260=DND")));
        await(heard, "PRESENCE," + target + ",DND,DND,,bob@mail.example");
        assertEquals(true, bob.set(List.of("upresence_sip:alice@127.0.0.1:15260=DEF")));
        await(heard, "PRESENCE," + target + ",Open,Online,,bob@mail.example");
        assertEquals(false, bob.set(List.of("upresence_alice=asleep")));
    }

    @Test
    void aLampIsTold() throws Exception {
        assertEquals("OK: initiated", run(bob, "API_PushContactlist&contacts=sip:alice@127.0.0.1:15260"));
        String target = "sip:bob@127.0.0.1:15262";
        assertEquals("OK: initiated", run(alice, "API_CheckBLF&userlist=" + target));
        await(heard, "BLF," + target + ",undefined,terminated,");
        assertEquals("OK: initiated", run(alice, "API_DisableBLF&userlist=" + target));
    }

    @Test
    void whatCannotBeDoneIsSaid() throws Exception {
        assertEquals("ERROR: failed", run(alice, "API_SetPresenceStatus&statustring=asleep"));
        await(heard, "EVENT,ERROR,'asleep' is no presence: write Online, Away, Busy, DND, Invisible or Offline.");
        assertEquals("ERROR: failed", run(alice, "API_CheckBLF&userlist="));
        await(heard, "EVENT,ERROR,No user is named: give a list such as 1001,1002.");
        assertEquals("ERROR: unknown function API_Foo", run(alice, "API_Foo"));
    }
}
