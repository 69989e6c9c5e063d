package io.earshot.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Account;
import io.earshot.api.AccountConfig;
import io.earshot.api.Call;
import io.earshot.api.CallEvent;
import io.earshot.api.FailOverConfig;
import io.earshot.api.IncomingCall;
import io.earshot.api.Phone;
import io.earshot.api.PhoneEvent;
import io.earshot.api.audio.PcmSink;
import io.earshot.api.audio.Tone;
import io.earshot.dsp.ToneAnalyzer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Calls of a machine whose addresses are not what they were: it moved to another network, or one IP version leads nowhere. */
@Timeout(30)
@DisabledOnOs(value = OS.MAC, disabledReason = "its loopback has no second address")
class AddressChangeTest {
    private static final String THERE = "127.0.0.2";

    private final MovableUdp udp = new MovableUdp();

    /** A phone that listens on every interface, so that only routes tell which address to name. */
    private Phone mobile(Rig rig) {
        return rig.keep(Phone.builder().transport(udp).networkCheck(Duration.ZERO).open());
    }

    private static void hears(Call call, int hertz) throws InterruptedException {
        PcmSink ear = call.audio().output(8000);
        short[] heard = new short[2400];
        // What is in the buffers of the way there may be from before.
        for (int tries = 0; tries < 20; tries++) {
            for (int got = 0; got < heard.length; ) {
                int count = ear.read(heard, got, heard.length - got);
                assertTrue(count > 0, "the call ended");
                got += count;
            }
            if (Math.abs(ToneAnalyzer.dominantHz(heard, 0, heard.length, 8000) - hertz) < 10) {
                return;
            }
        }
        throw new AssertionError("no " + hertz + " Hz within 6 s");
    }

    /** Waits until the sound of a call goes between these addresses. */
    private static void goesBetween(Call call, String local, String remote) {
        for (CallEvent event : call.events()) {
            if (event instanceof CallEvent.MediaChanged changed && changed.local().startsWith(local + ":")
                    && changed.remote().startsWith(remote + ":")) {
                return;
            }
        }
        throw new AssertionError("the call ended before: " + Rig.story(call));
    }

    private void survivesTheMove(Rig rig, Phone mobile, Call moving, Call staying) throws Exception {
        goesBetween(staying, "127.0.0.1", "127.0.0.1");
        int before = udp.sent("INVITE").size();
        udp.moveTo(THERE);
        mobile.network().check();
        goesBetween(staying, "127.0.0.1", THERE);
        goesBetween(moving, THERE, "127.0.0.1");
        List<String> all = udp.sent("INVITE");
        String reinvite = all.get(all.size() - 1);
        assertTrue(all.size() > before && reinvite.contains("\r\nc=IN IP4 " + THERE + "\r\n"), reinvite);
        assertTrue(reinvite.matches("(?s).*\r\nContact: [^\r]*@" + THERE + ":.*") && reinvite.contains(";tag="), reinvite);
        moving.audio().play(Tone.of(440));
        staying.audio().play(Tone.of(880));
        hears(staying, 440);
        hears(moving, 880);
        staying.hangup(); // its BYE goes to where we are now
        moving.awaitEnd();
        assertFalse(Rig.story(moving).contains("Warning"), () -> Rig.story(moving).toString());
    }

    @Test
    @Tag("rfc3261")
    void aCallThatWasMadeGoesOnFromTheNewAddress() throws Exception {
        try (Rig rig = Rig.start()) {
            Phone mobile = mobile(rig);
            Rig.Talk talk = Rig.talk(mobile.register(rig.config("alice")), rig.registered("bob"));
            survivesTheMove(rig, mobile, talk.caller(), talk.callee());
        }
    }

    @Test
    @Tag("rfc3261")
    void aCallThatWasTakenGoesOnFromTheNewAddress() throws Exception {
        try (Rig rig = Rig.start()) {
            Phone mobile = mobile(rig);
            Rig.Talk talk = Rig.talk(rig.registered("bob"), mobile.register(rig.config("alice")));
            survivesTheMove(rig, mobile, talk.callee(), talk.caller());
        }
    }

    @Test
    @Tag("rfc3261")
    void withNoNewAddressACheckLeavesTheCallAsItIs() throws Exception {
        try (Rig rig = Rig.start()) {
            Phone mobile = mobile(rig);
            Rig.Talk talk = Rig.talk(mobile.register(rig.config("alice")), rig.registered("bob"));
            long before = invites();
            int registers = udp.sent("REGISTER").size();
            CountDownLatch checked = new CountDownLatch(1);
            mobile.onEvent(event -> {
                if (event instanceof PhoneEvent.NetworkChanged) {
                    checked.countDown();
                }
            });
            mobile.network().check();
            assertTrue(checked.await(10, TimeUnit.SECONDS), "the check told nothing");
            talk.caller().hold(); // whatever the check started was sent before this
            talk.caller().resume();
            assertEquals(before + 2, invites());
            assertTrue(udp.sent("REGISTER").size() > registers);
        }
    }

    /** Returns how many INVITEs were sent, each counted once however often a busy machine repeats it. */
    private long invites() {
        return udp.sent("INVITE").stream().map(text -> text.replaceAll("(?s).*?;branch=([^;\\r]+).*", "$1")).distinct().count();
    }

    /** The offer was written for a server by IPv6, and went to one by IPv4 in the end. */
    @Test
    @Tag("rfc3263")
    void anOfferNamesAnAddressOfTheVersionThatItsServerIsReachedBy() throws Exception {
        try (Rig rig = Rig.start()) {
            Account bob = rig.registered("bob");
            BlockingQueue<IncomingCall> ringing = Rig.ringing(bob);
            AccountConfig config = AccountConfig.of("sip:alice@[2001:db8::5]:5060", "alice-secret").withFailOver(FailOverConfig.DEFAULT
                    .withBackups("127.0.0.1:" + rig.server.address().getPort()).withPatience(Duration.ofMillis(200)));
            Account alice = mobile(rig).addAccount(config);
            Call call = alice.dial("bob");
            Call far = Rig.next(ringing).answer();
            call.awaitAnswer();
            List<String> invites = udp.sent("INVITE");
            assertTrue(invites.get(0).contains("c=IN IP6 " + MovableUdp.OWN_IPV6.getHostAddress() + "\r\n"), invites.get(0));
            String last = invites.get(invites.size() - 1);
            assertTrue(last.contains("c=IN IP4 127.0.0.1") && !last.contains("IN IP6"), last);
            goesBetween(call, "127.0.0.1", "127.0.0.1");
            call.audio().play(Tone.of(440));
            hears(far, 440);
        }
    }
}
