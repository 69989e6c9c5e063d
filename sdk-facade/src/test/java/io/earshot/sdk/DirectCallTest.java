package io.earshot.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Account;
import io.earshot.api.AccountConfig;
import io.earshot.api.Call;
import io.earshot.api.CallEvent;
import io.earshot.api.CallRecord;
import io.earshot.api.Phone;
import io.earshot.api.audio.PcmSink;
import io.earshot.api.audio.Tone;
import io.earshot.dsp.ToneAnalyzer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two phones on loopback, without a server. */
@Timeout(30)
class DirectCallTest {
    private Phone left;
    private Phone right;
    private Account alice;
    private Account bob;
    private final CompletableFuture<Call> answered = new CompletableFuture<>();

    @BeforeEach
    void open() {
        left = phone(40_000);
        right = phone(41_000);
        alice = left.addAccount(AccountConfig.of("sip:alice@" + address(left)));
        bob = right.addAccount(AccountConfig.of("sip:bob@" + address(right)).withDisplayName("Bob"));
    }

    @AfterEach
    void close() {
        left.close();
        right.close();
    }

    private static Phone phone(int rtp) {
        return Phone.builder().listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).rtpPorts(rtp, rtp + 99).open();
    }

    private static String address(Phone phone) {
        return phone.listeningOn().get(0).substring("UDP ".length());
    }

    private Call call() throws Exception {
        bob.onCall(incoming -> answered.complete(incoming.answer()));
        Call call = alice.dial("sip:bob@" + address(right)).awaitAnswer();
        answered.get(10, TimeUnit.SECONDS);
        return call;
    }

    @Test
    void bothSidesHearEachOthersTone() throws Exception {
        Call near = call();
        Call far = answered.get();
        near.audio().play(Tone.of(440));
        far.audio().play(Tone.of(880));
        assertEquals(880, hears(near), 3);
        assertEquals(440, hears(far), 3);
    }

    private static double hears(Call call) throws InterruptedException {
        PcmSink ear = call.audio().output(8000);
        short[] heard = new short[8000];
        short[] skipped = new short[8000];
        fill(ear, skipped);
        fill(ear, heard);
        return ToneAnalyzer.dominantHz(heard, 0, heard.length, 8000);
    }

    private static void fill(PcmSink from, short[] to) throws InterruptedException {
        for (int got = 0; got < to.length; ) {
            got += from.read(to, got, to.length - got);
        }
    }

    @Test
    void tellsTheStoryOfACallInOrder() throws Exception {
        Call near = call();
        near.hold();
        near.resume();
        near.hangup();
        CallRecord record = near.awaitEnd();
        List<String> story = new ArrayList<>();
        near.events().forEach(event -> story.add(event.getClass().getSimpleName()));
        assertEquals(List.of("Started", "Ringing", "MediaChanged", "Answered", "MediaChanged", "Held", "MediaChanged", "Resumed", "Ended"),
                story);
        assertTrue(record.answered());
        assertEquals(CallEvent.Side.LOCAL, record.endedBy());
        assertEquals(CallEvent.Side.REMOTE, answered.get().awaitEnd().endedBy());
    }
}
