package io.earshot.ice.nat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.time.Ticker;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rfc4961")
class NatToolsTest {
    private static final InetSocketAddress TOLD = new InetSocketAddress("10.0.0.5", 4000);
    private static final InetSocketAddress REAL = new InetSocketAddress("203.0.113.5", 23456);
    private static final InetSocketAddress EVIL = new InetSocketAddress("192.0.2.66", 666);

    private static InetAddress ip(String text) throws UnknownHostException {
        return InetAddress.getByName(text);
    }

    @Test
    void mediaFromBehindANatIsAnsweredWhereItComesFrom() {
        RtpLatch latch = new RtpLatch(RtpLatch.Rule.STANDARD, TOLD, 0);
        assertEquals(RtpLatch.Verdict.REJECT, latch.judge(REAL, 1, false, 100));
        assertEquals(RtpLatch.Verdict.REJECT, latch.judge(REAL, 1, false, 200));
        assertEquals(RtpLatch.Verdict.LATCHED, latch.judge(REAL, 1, false, 300));
        assertEquals(REAL, latch.target());
        assertEquals(2, latch.rejected());
    }

    @Test
    void aStrangerCannotTakeACallThatTalks() {
        RtpLatch latch = new RtpLatch(RtpLatch.Rule.STANDARD, REAL, 0);
        for (int i = 0; i < 1000; i++) {
            long now = i * 20 * Ticker.MILLISECOND;
            assertEquals(RtpLatch.Verdict.ACCEPT, latch.judge(REAL, 1, false, now));
            assertEquals(RtpLatch.Verdict.REJECT, latch.judge(EVIL, 2, false, now + 1));
        }
        assertEquals(REAL, latch.target());
    }

    @Test
    void packetsOfManySourcesOrStreamsNeverAddUp() {
        RtpLatch latch = new RtpLatch(RtpLatch.Rule.STANDARD, TOLD, 0);
        for (int i = 0; i < 100; i++) {
            assertEquals(RtpLatch.Verdict.REJECT, latch.judge(EVIL, i, false, i));
        }
    }

    @Test
    void aNewMappingIsFollowedAfterSilenceAndAtOnceWithSrtp() {
        RtpLatch latch = new RtpLatch(RtpLatch.Rule.STANDARD, REAL, 0);
        latch.judge(REAL, 1, false, 0);
        InetSocketAddress moved = new InetSocketAddress(REAL.getAddress(), 30000);
        assertEquals(RtpLatch.Verdict.REJECT, latch.judge(moved, 1, false, 500 * Ticker.MILLISECOND));
        latch.judge(moved, 1, false, 1100 * Ticker.MILLISECOND);
        latch.judge(moved, 1, false, 1110 * Ticker.MILLISECOND);
        assertEquals(RtpLatch.Verdict.LATCHED, latch.judge(moved, 1, false, 1120 * Ticker.MILLISECOND));
        assertEquals(RtpLatch.Verdict.LATCHED, latch.judge(REAL, 1, true, 1121 * Ticker.MILLISECOND));
        assertEquals(RtpLatch.Verdict.REJECT, new RtpLatch(RtpLatch.Rule.OFF, REAL, 0).judge(EVIL, 1, false, 99 * Ticker.SECOND));
    }

    @Test
    void privateAddressesOfFarPeersAreRepaired() throws UnknownHostException {
        List<Addresses.Network> ours = List.of(new Addresses.Network(ip("192.168.1.7"), 24));
        InetAddress from = ip("203.0.113.5");
        assertEquals(new InetSocketAddress(from, 4000), Addresses.repair(TOLD, from, ours));
        InetSocketAddress neighbour = new InetSocketAddress("192.168.1.9", 4000);
        assertEquals(neighbour, Addresses.repair(neighbour, from, ours), "we reach it ourselves");
        assertEquals(REAL, Addresses.repair(REAL, ip("198.51.100.1"), ours), "a public address is believed");
        assertEquals(TOLD, Addresses.repair(TOLD, ip("10.9.9.9"), ours), "signalling is private too");
        assertTrue(Addresses.isPrivate(ip("100.64.0.1")) && Addresses.isPrivate(ip("fd00::1")) && Addresses.isPrivate(ip("172.31.0.1")));
        assertFalse(Addresses.isPrivate(ip("172.32.0.1")) || Addresses.isPrivate(ip("100.128.0.1"))
            || Addresses.isPrivate(ip("2001:db8::1")));
    }

    @Test
    void peersInTheSameNetworkAreRecognised() throws UnknownHostException {
        List<Addresses.Network> ours = List.of(new Addresses.Network(ip("192.168.1.7"), 24));
        List<InetAddress> mine = List.of(ip("203.0.113.1"));
        assertTrue(Addresses.isLanPeer(ip("192.168.1.9"), ours, mine, mine));
        assertFalse(Addresses.isLanPeer(ip("192.168.1.9"), ours, mine, List.of(ip("203.0.113.2"))), "another house with the same numbers");
        assertFalse(Addresses.isLanPeer(ip("192.168.2.9"), ours, mine, mine));
    }
}
