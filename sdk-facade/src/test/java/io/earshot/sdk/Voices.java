package io.earshot.sdk;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Account;
import io.earshot.api.Call;
import io.earshot.api.CallEvent;
import io.earshot.api.CallOptions;
import io.earshot.api.Encryption;
import io.earshot.api.IncomingCall;
import io.earshot.api.MediaEncryption;
import io.earshot.api.audio.PcmSink;
import io.earshot.api.audio.Tone;
import io.earshot.dsp.ToneAnalyzer;
import java.util.concurrent.BlockingQueue;
import java.util.function.Predicate;

/** Two ends that speak to each other in tones, and what each hears. Waits are for sound and events, never for time. */
final class Voices {
    private Voices() {
    }

    /** Has one call the other, each with its encryption. */
    static Rig.Talk talk(Account from, Account to, MediaEncryption near, MediaEncryption far) throws InterruptedException {
        BlockingQueue<IncomingCall> calls = Rig.ringing(to);
        Call caller = from.dial(to.address(), CallOptions.DEFAULT.withEncryption(near));
        Call callee = Rig.next(calls).answer(CallOptions.DEFAULT.withEncryption(far));
        return new Rig.Talk(caller.awaitAnswer(), callee);
    }

    /** Waits until that tone is heard, for as long as the test may take. */
    static void awaitTone(Call call, double hz) throws InterruptedException {
        PcmSink ear = call.audio().output(8000);
        short[] piece = new short[800];
        double heard = 0;
        while (Math.abs(heard - hz) > 15) {
            for (int got = 0; got < piece.length; ) {
                int more = ear.read(piece, got, piece.length - got);
                assertTrue(more > 0, "the call ended in silence");
                got += more;
            }
            heard = ToneAnalyzer.dominantHz(piece, 0, piece.length, 8000);
        }
    }

    static void assertBothHear(Rig.Talk talk) throws InterruptedException {
        talk.caller().audio().play(Tone.of(440));
        talk.callee().audio().play(Tone.of(880));
        awaitTone(talk.caller(), 880);
        awaitTone(talk.callee(), 440);
    }

    /** Waits for encryption, from the beginning of the call on. */
    static Encryption encryption(Call call) {
        return encryption(call, how -> true);
    }

    /** Waits for encryption of that kind, from the beginning of the call on. */
    static Encryption encryption(Call call, Predicate<Encryption> wanted) {
        for (CallEvent event : call.events()) {
            if (event instanceof CallEvent.EncryptionChanged changed && changed.encryption().filter(wanted).isPresent()) {
                return changed.encryption().get();
            }
        }
        throw new AssertionError("the call ended without: " + Rig.story(call));
    }

    static void end(Rig.Talk talk) {
        talk.caller().hangup();
        talk.callee().awaitEnd();
    }
}
