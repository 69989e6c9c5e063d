package io.earshot.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Account;
import io.earshot.api.AccountConfig;
import io.earshot.api.Call;
import io.earshot.api.CallOptions;
import io.earshot.api.Phone;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many calls one after the other on one engine leave nothing behind. The long run is {@code SequentialCalls} in benchmarks. */
@Timeout(60)
class ManyCallsTest {
    private static final int CALLS = 200;

    @Test
    void twoHundredCallsLeaveNoCallPortSocketOrThread() throws Exception {
        List<String> before = Rig.threads();
        List<WeakReference<Call>> calls = new ArrayList<>();
        // Four pairs of ports are enough: each call gives its own back.
        try (Phone near = Rig.builder().rtpPorts(30_000, 30_007).open(); Phone far = Rig.builder().rtpPorts(30_100, 30_107).open()) {
            Account alice = near.addAccount(AccountConfig.of("sip:alice@127.0.0.1"));
            Account bob = far.addAccount(AccountConfig.of("sip:bob@127.0.0.1"));
            BlockingQueue<Call> taken = new LinkedBlockingQueue<>();
            bob.onCall(incoming -> taken.add(incoming.answerAsync(CallOptions.DEFAULT)));
            String target = "sip:bob@" + far.listeningOn().get(0).substring("UDP ".length());
            for (int i = 0; i < CALLS; i++) {
                calls.add(new WeakReference<>(one(alice, target, taken)));
            }
            assertEquals(List.of(), near.calls());
            assertEquals(List.of(), far.calls());
            assertEquals(List.of(), near.bridge().ports());
            assertEquals(List.of(), near.bridge().connections());
            System.gc();
            long alive = calls.stream().filter(call -> call.get() != null).count();
            assertTrue(alive < CALLS / 4, () -> alive + " of " + CALLS + " calls are still reachable");
        }
        Rig.assertNoMoreThreads(before);
    }

    private static Call one(Account alice, String target, BlockingQueue<Call> taken) throws InterruptedException {
        Call call = alice.dial(target).awaitAnswer();
        call.hangup();
        call.awaitEnd();
        Rig.take(taken).awaitEnd();
        return call;
    }
}
