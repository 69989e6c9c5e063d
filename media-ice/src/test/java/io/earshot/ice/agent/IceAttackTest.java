package io.earshot.ice.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.time.Ticker;
import io.earshot.ice.stun.Stun;
import io.earshot.ice.stun.StunBuilder;
import io.earshot.ice.stun.StunKey;
import io.earshot.ice.stun.StunMessage;
import io.earshot.ice.stun.StunResult;
import io.earshot.ice.stun.TransactionId;
import io.earshot.testkit.net.VirtualNetwork;
import io.earshot.testkit.net.VirtualSocket;
import io.earshot.testkit.net.LinkConditions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A stranger who knows our addresses, and has seen our messages. */
@Tag("rfc8445")
class IceAttackTest {
    private final VirtualNetwork net = VirtualNetwork.seeded(666).conditions(LinkConditions.LAN);
    private final List<byte[]> answers = new ArrayList<>();
    private IcePeer alice;
    private IcePeer bob;
    private VirtualSocket mallory;
    private InetSocketAddress target;
    private int sent;

    @BeforeEach
    void connect() throws IOException {
        alice = new IcePeer(net, net.host("alice", "192.0.2.1"), IceConfig.defaults(), true);
        bob = new IcePeer(net, net.host("bob", "192.0.2.2"), IceConfig.defaults(), false);
        IcePeer.call(alice, bob);
        net.runFor(Duration.ofSeconds(1));
        assertEquals(IceState.COMPLETED, bob.agent.state());
        var host = net.host("mallory", "192.0.2.66");
        mallory = host.open(host.address(6666), (source, data) -> answers.add(data));
        target = bob.bases.get(0).address();
        bob.talk();
        alice.talk();
        net.runFor(Duration.ofSeconds(1));
    }

    private void attack(byte[] data) {
        sent += data.length;
        mallory.send(target, data);
        net.runFor(Duration.ofMillis(10));
    }

    private StunBuilder check(String user) {
        return StunBuilder.request(Stun.BINDING, new TransactionId(6, sent)).text(Stun.USERNAME, user).number(Stun.PRIORITY,
            Integer.MAX_VALUE).number64(Stun.ICE_CONTROLLING, -1).flag(Stun.USE_CANDIDATE);
    }

    @Test
    void aCheckWithAWrongPasswordMovesNothing() {
        String user = bob.agent.local().credentials().ufrag() + ":" + alice.agent.local().credentials().ufrag();
        long before = bob.agent.counters().wrongIntegrity();
        for (int i = 0; i < 100; i++) {
            attack(check(user).integrity(StunKey.shortTerm("guess" + i)).fingerprint());
            attack(check(user).fingerprint());
            attack(check("nobody:else").integrity(StunKey.shortTerm("x")).fingerprint());
        }
        assertEquals(before + 300, bob.agent.counters().wrongIntegrity());
        assertEquals(alice.bases.get(0).address(), bob.agent.path(1).orElseThrow().remote());
        assertEquals(401, ((StunResult.Parsed) StunMessage.parse(answers.get(0))).message().error().orElseThrow().code());
    }

    @Test
    void aStrangerNeverGetsMoreBytesThanHeSent() {
        int bare = 0;
        for (int i = 0; i < 500; i++) {
            attack(StunBuilder.request(Stun.BINDING, new TransactionId(1, i)).build());
            bare++;
            attack(check("a:b").integrity(StunKey.shortTerm("x")).fingerprint());
        }
        int got = answers.stream().mapToInt(each -> each.length).sum();
        assertTrue(got <= sent, () -> sent + " bytes brought " + got);
        assertEquals(bare, bob.agent.counters().unanswered());
    }

    @Test
    void forgedAndReplayedResponsesAreCountedAndDropped() {
        StunMessage request = ((StunResult.Parsed) StunMessage.parse(check("a:b").build())).message();
        byte[] forged = StunBuilder.success(request).xorAddress(Stun.XOR_MAPPED_ADDRESS, mallory.localAddress())
            .integrity(StunKey.shortTerm(alice.agent.local().credentials().password())).fingerprint();
        long before = bob.agent.counters().unknownTransaction();
        attack(forged);
        attack(forged);
        assertEquals(before + 2, bob.agent.counters().unknownTransaction());
    }

    @Test
    void mediaOfAStrangerIsNeitherPlayedNorFollowed() {
        int before = bob.media.size();
        long checks = bob.agent.counters().checksSent();
        for (int i = 0; i < 200; i++) {
            attack(new byte[] {(byte) 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        }
        net.runFor(Duration.ofMillis(20));
        assertEquals(200, bob.strangers);
        assertTrue(bob.media.size() - before <= 103, "only the peer's");
        assertEquals(checks, bob.agent.counters().checksSent(), "nobody is asked while the peer talks");
        assertEquals(alice.bases.get(0).address(), bob.agent.path(1).orElseThrow().remote());
    }

    @Test
    void aStrangerWhileThePeerIsSilentGetsAFewChecksAndNoMedia() {
        net.blackout(alice.host, Ticker.NEVER);
        net.runFor(Duration.ofMillis(500));
        for (int i = 0; i < 300; i++) {
            attack(new byte[] {(byte) 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        }
        assertTrue(answers.size() < 20, () -> "datagrams to a stranger in 3 s: " + answers.size());
        assertTrue(answers.stream().allMatch(each -> Stun.looksLike(each, 0, each.length)));
        assertEquals(alice.bases.get(0).address(), bob.agent.path(1).orElseThrow().remote());
    }

    @Test
    void theAnswerToAReplayedCheckDoesNotMoveThePathWhileThePeerTalks() {
        // A true check of alice, seen on the wire and sent again from elsewhere.
        String user = bob.agent.local().credentials().ufrag() + ":" + alice.agent.local().credentials().ufrag();
        byte[] seen = check(user).integrity(StunKey.shortTerm(bob.agent.local().credentials().password())).fingerprint();
        attack(seen);
        net.runFor(Duration.ofSeconds(3));
        assertEquals(alice.bases.get(0).address(), bob.agent.path(1).orElseThrow().remote());
        assertFalse(answers.stream().anyMatch(each -> each.length == 172), "media to the attacker");
    }
}
