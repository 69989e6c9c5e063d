package io.earshot.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Account;
import io.earshot.api.AccountConfig;
import io.earshot.api.Call;
import io.earshot.api.FeatureCodes;
import io.earshot.api.IncomingCall;
import io.earshot.testkit.server.TestSipServer;
import io.earshot.testkit.server.TestSipServerBuilder;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls parked and picked up by the numbers of a telephone system, which is an account for each number here. */
@Timeout(30)
class FeatureCodesTest {
    private Rig rig;
    private Account alice;

    @BeforeEach
    void open() {
        TestSipServerBuilder server = TestSipServer.builder();
        List.of("**bob", "*8", "700", "701", "*85701").forEach(code -> server.user(code, "secret"));
        rig = Rig.start(server);
        alice = rig.registered("alice");
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private BlockingQueue<IncomingCall> at(String code) {
        return Rig.ringing(rig.phone().register(AccountConfig.of(rig.server.uri(code), "secret")));
    }

    private static void established(Call call, BlockingQueue<IncomingCall> system) throws InterruptedException {
        Rig.next(system).answer();
        assertEquals(Call.State.ESTABLISHED, call.awaitAnswer().state());
    }

    @Test
    void ringingCallsArePickedUpByExtensionOrGroup() throws Exception {
        BlockingQueue<IncomingCall> extension = at("**bob");
        BlockingQueue<IncomingCall> group = at("*8");
        established(FeatureCodes.ASTERISK.pickup(alice, "bob"), extension);
        established(FeatureCodes.ASTERISK.pickupGroup(alice), group);
    }

    @Test
    void aCallIsParkedAndRetrieved() throws Exception {
        BlockingQueue<IncomingCall> lot = at("700");
        Rig.Talk talk = Rig.talk(alice, rig.registered("bob"));
        var parked = FeatureCodes.ASTERISK.park(talk.caller());
        Call slot = Rig.next(lot).answer();
        assertEquals(200, parked.await());
        talk.caller().awaitEnd();
        assertTrue(talk.callee().replacedBy().isPresent());
        assertEquals(Call.State.ESTABLISHED, slot.state());
        established(FeatureCodes.ASTERISK.retrieve(alice, "700"), lot);
    }

    @Test
    void aSlotOfOnesChoiceMayHaveACodeOfItsOwnToRetrieve() throws Exception {
        BlockingQueue<IncomingCall> lot = at("701");
        BlockingQueue<IncomingCall> out = at("*85701");
        FeatureCodes codes = new FeatureCodes("*7", "*8", "700", "*85");
        Rig.Talk talk = Rig.talk(alice, rig.registered("bob"));
        var parked = codes.park(talk.caller(), "701");
        Rig.next(lot).answer();
        assertEquals(200, parked.await());
        established(codes.retrieve(alice, "701"), out);
    }
}
