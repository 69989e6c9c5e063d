package io.earshot.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Account;
import io.earshot.api.AccountConfig;
import io.earshot.api.Call;
import io.earshot.api.CallEvent;
import io.earshot.api.Failure;
import io.earshot.api.IncomingCall;
import io.earshot.api.Phone;
import io.earshot.api.audio.PcmSink;
import io.earshot.api.audio.Recording;
import io.earshot.api.audio.Tone;
import io.earshot.dsp.ToneAnalyzer;
import io.earshot.files.WavReader;
import io.earshot.testkit.server.TestSipServer;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A call's sound: both ways, recorded in two channels, and through a name instead of an address. */
@Timeout(30)
class CallSoundTest {
    @TempDir
    private Path folder;

    private static short[] read(PcmSink from, int samples) throws InterruptedException {
        short[] out = new short[samples];
        for (int got = 0; got < samples; ) {
            int count = from.read(out, got, samples - got);
            assertTrue(count > 0, "the call ended");
            got += count;
        }
        return out;
    }

    @Test
    void aRecordingHasWhatIsHeardOnTheLeftAndWhatIsSaidOnTheRight() throws Exception {
        try (Rig rig = Rig.start()) {
            Rig.Talk talk = Rig.talk(rig.registered("alice"), rig.registered("bob"));
            Call call = talk.caller();
            call.audio().play(Tone.of(440));
            talk.callee().audio().play(Tone.of(880));
            PcmSink ear = call.audio().output(8000);
            read(ear, 4000);
            Recording recording = call.audio().record(folder.resolve("call.wav"));
            read(ear, 6000);
            call.hangup();
            Path file = recording.finished().get(5, TimeUnit.SECONDS);
            try (WavReader wav = WavReader.open(file)) {
                assertEquals(8000, wav.format().sampleRate());
                assertEquals(2, wav.format().channels());
                short[] both = new short[8000];
                int got = wav.read(both, 0, both.length);
                assertEquals(880, pitch(both, 0, got), 8);
                assertEquals(440, pitch(both, 1, got), 8);
            }
        }
    }

    private static double pitch(short[] interleaved, int channel, int samples) {
        short[] one = new short[samples / 2];
        for (int i = 0; i < one.length; i++) {
            one[i] = interleaved[2 * i + channel];
        }
        return ToneAnalyzer.dominantHz(one, 0, one.length, 8000);
    }

    @Test
    void aRecordingThatFailsIsAWarningAndTheCallGoesOn() throws Exception {
        try (Rig rig = Rig.start()) {
            Call call = Rig.talk(rig.registered("alice"), rig.registered("bob")).caller();
            Recording recording = call.audio().record(folder.resolve("x".repeat(300) + ".wav"));
            Failure failure = Rig.await(call, CallEvent.Warning.class).failure();
            assertTrue(failure.sentence().startsWith("The recording ") && failure.sentence().contains(" stopped: "), failure::sentence);
            assertTrue(recording.finished().isCompletedExceptionally());
            assertEquals(Call.State.ESTABLISHED, call.state());
        }
    }

    @Test
    void sdpNamesTheAddressTowardsAPeerThatIsFoundByName() throws Exception {
        try (Rig rig = Rig.start(TestSipServer.builder().domain("localhost"))) {
            Account bob = rig.registered("bob");
            bob.onCall(IncomingCall::answer);
            String port = rig.server.uri("x").replaceAll(".*:", "");
            // Listening on every interface, only the way to the server tells that 127.0.0.1 is the address to name.
            Account alice = rig.keep(Phone.builder().open()).addAccount(AccountConfig.of("sip:alice@localhost:" + port, "alice-secret"));
            Call call = alice.dial("bob").awaitAnswer();
            String local = Rig.await(call, CallEvent.MediaChanged.class).local();
            assertTrue(local.startsWith("127.0.0.1:"), local);
        }
    }
}
