package io.earshot.sdk.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Call;
import io.earshot.api.CallEvent;
import io.earshot.api.audio.CallAudio;
import io.earshot.api.audio.MediaFeed;
import io.earshot.api.audio.MediaQueue;
import io.earshot.api.audio.PcmSink;
import io.earshot.api.calls.HoldMode;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the parameters of hold and mute do to calls. */
@Timeout(30)
class ClassicHoldingTest {
    private WebphoneRig rig;
    private Call bob;
    /** What may flow at bob's end, after each change: S for sending, R for receiving. */
    private final BlockingQueue<String> flows = new LinkedBlockingQueue<>();

    @BeforeEach
    void talk() throws Exception {
        rig = new WebphoneRig("audiosource=silence").started();
        rig.peer("bob");
        rig.peer("carol");
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private Call call(String peer) throws Exception {
        assertTrue(rig.alice.API_Call(-1, peer));
        Call theirs = rig.ringing().answer();
        rig.until("Speaking (0 sec)");
        return theirs;
    }

    private void callBob() throws Exception {
        bob = call("bob");
        bob.onEvent(event -> {
            if (event instanceof CallEvent.MediaChanged media) {
                flows.add((media.sending() ? "S" : "") + (media.receiving() ? "R" : ""));
            }
        });
    }

    private ClassicLine line(int number) {
        return rig.alice.phone().parts().lines().find(number).orElseThrow();
    }

    private void set(String parameter) {
        assertTrue(rig.alice.API_SetParameters(parameter), () -> rig.errors());
    }

    private void hold(String way) throws Exception {
        assertTrue(rig.alice.API_Hold(1, true), () -> rig.errors());
        String next = flows.poll(10, TimeUnit.SECONDS);
        while (!way.equals(next)) {
            assertTrue(next != null, "bob's end never came to " + way);
            next = flows.poll(10, TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @CsvSource({"-1, R", "2, R", "3, S", "4, ''"})
    void holdtypeonholdSaysWhoFallsSilent(int type, String flowsAtPeer) throws Exception {
        callBob();
        set("holdtypeonhold=" + type);
        hold(flowsAtPeer);
    }

    @Test
    void holdtypeonhold0HoldsNothing() throws Exception {
        callBob();
        set("holdtypeonhold=0");
        assertFalse(rig.alice.API_Hold(1, true));
        assertTrue(rig.until("ERROR").contains("Parameter holdtypeonhold=0 holds nothing: set it to 2; 3 or 4.")
                || rig.told().get(rig.told().size() - 1).contains("holdtypeonhold=0 holds nothing"));
    }

    @ParameterizedTest
    @CsvSource({"0, BOTH_ARE_SILENT", "1, WE_ARE_SILENT"})
    void holdexplicitSaysWhetherASecondHoldAddsToTheFirst(int explicit, HoldMode inTheEnd) throws Exception {
        callBob();
        set("holdexplicit=" + explicit);
        hold("R");
        WebphoneRig.await("hold", () -> line(1).holdMode().isPresent());
        set("holdtypeonhold=3");
        hold(inTheEnd == HoldMode.BOTH_ARE_SILENT ? "" : "S");
        WebphoneRig.await("the other way", () -> line(1).holdMode().equals(Optional.of(inTheEnd)));
    }

    @ParameterizedTest
    @CsvSource({"5, 0", "-2, 0", "1, 2", "2, 3", "0, 1", "4, 3"})
    void muteonholdMutesWhileACallIsHeld(int mode, int muted) throws Exception {
        callBob();
        set("muteonhold=" + mode);
        hold("R");
        assertEquals(muted, rig.alice.API_IsMuted(1));
        assertTrue(rig.alice.API_Hold(1, false));
        assertEquals(0, rig.alice.API_IsMuted(1), "what hold muted, resuming lets be heard again");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 2", "2, 3", "3, 1"})
    void defsetmutedMutesCallsFromTheirStart(int parameter, int muted) throws Exception {
        set("defsetmuted=" + parameter);
        callBob();
        WebphoneRig.await("muting", () -> rig.alice.API_IsMuted(1) == muted);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "2, 3", "3, 3", "4, 0"})
    void automuteMutesTheOthersWithANewCall(int parameter, int muted) throws Exception {
        callBob();
        set("automute=" + parameter);
        call("carol");
        assertEquals(muted, rig.alice.API_IsMuted(1));
        assertEquals(0, rig.alice.API_IsMuted(2));
        if (parameter == 4) {
            assertTrue(rig.alice.API_SetLine(1));
            assertEquals(3, rig.alice.API_IsMuted(2));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, true", "2, false"})
    void autoholdHoldsTheOthersWithAnIncomingCall(int parameter, boolean held) throws Exception {
        callBob();
        set("autohold=" + parameter);
        rig.peer("dora").dial("alice");
        rig.until("Incoming...");
        if (held) {
            rig.until("STATUS,1,Hold");
        }
        assertEquals(held ? 2 : 0, rig.alice.API_IsOnHold(1));
    }

    @Test
    void autohold4HoldsTheOthersWithTheSelectionOfALine() throws Exception {
        callBob();
        call("carol");
        set("autohold=4");
        assertTrue(rig.alice.API_SetLine(1));
        rig.until("STATUS,2,Hold");
        assertEquals(0, rig.alice.API_IsOnHold(1));
    }

    private int sentAfter(String... parameters) throws Exception {
        for (String parameter : parameters) {
            set(parameter);
        }
        callBob();
        line(1).call().audio().sendSilence(true);
        rig.alice.phone().parts().silence().refresh(line(1));
        if (parameters[0].startsWith("sendrtponmuted")) {
            assertTrue(rig.alice.API_MuteEx(1, true, 2));
        }
        CallAudio audio = line(1).call().audio();
        PcmSink clock = audio.output(8000);
        clock.read(new short[800], 0, 800);
        MediaQueue packets = rig.alice.phone().running().orElseThrow().phone().bridge().mediaQueue(100);
        audio.feed(MediaFeed.PCM.withForm(MediaFeed.Form.RTP), MediaFeed.Side.OUTGOING, packets);
        for (int heard = 0; heard < 2400; heard += Math.max(1, clock.read(new short[800], 0, 800))) {
            // The peer's frames go by; ours go with the same clock.
        }
        int sent = 0;
        while (packets.poll(java.time.Duration.ZERO).isPresent()) {
            sent++;
        }
        return sent;
    }

    @ParameterizedTest
    @CsvSource({"sendrtponmuted=true, silence, true", "sendrtponmuted=false, silence, false",
        "sendrtpondisabled=0 useaudiodevicerecord=false, device, false", "sendrtpondisabled=1 useaudiodevicerecord=false, device, true",
        "sendrtpondisabled=3 useaudiodevicerecord=false, device, true", "sendrtponfailed=0, device, false",
        "sendrtponfailed=2, device, true", "sendrtponfailed=0, silence, true"})
    void silenceIsSentWhenItIsWanted(String parameters, String source, boolean sent) throws Exception {
        rig.close();
        rig = new WebphoneRig("audiosource=" + source, "audiodevicein=None", "audiodeviceout=None").started();
        rig.peer("bob");
        assertEquals(sent, sentAfter(parameters.split(" ")) > 2);
    }
}
