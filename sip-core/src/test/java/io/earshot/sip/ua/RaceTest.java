package io.earshot.sip.ua;

import static io.earshot.api.time.Ticker.MILLISECOND;
import static io.earshot.api.time.Ticker.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.DualStack;
import io.earshot.sip.message.Uri;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** RFC 8305 §5: a server with addresses of both families is connected to over whichever works first. */
@Tag("rfc8305")
class RaceTest {
    private static final long STAGGER = 250 * MILLISECOND;

    private final Wires wires = new Wires(DualStack.DEFAULT.withPreference(DualStack.Preference.IPV4), TransportTraits.TCP);
    private final AccountId account = wires.engine.addAccount(Wires.account("sip:alice@server.example").build(), 0);

    private SessionId call(Wires on, AccountId by) {
        return on.engine.invite(by, InviteRequest.of(Uri.parse("sip:bob@server.example"), Phone.sdp("offer")), 0);
    }

    @Test
    void theFirstFamilyHasAQuarterOfASecondForItself() {
        call(wires, account);
        assertEquals("connect:v4", wires.told(0));
        wires.engine.onTime(STAGGER - 1);
        assertEquals("", wires.told(STAGGER - 1));
        wires.engine.onTime(STAGGER);
        assertEquals("connect:v6", wires.told(STAGGER));
    }

    @Test
    void ipv6HasItWhereThereIsAWayToIt() {
        Wires usual = new Wires(TransportTraits.TCP);
        call(usual, usual.engine.addAccount(Wires.account("sip:alice@server.example").build(), 0));
        assertEquals("connect:v6", usual.told(0));
        usual.engine.onTime(STAGGER);
        assertEquals("connect:v4", usual.told(STAGGER));
        usual.engine.onConnected("TCP", Wires.V4, STAGGER + 1);
        assertEquals("abandon:v6 TCP>v4:INVITE", usual.told(STAGGER + 1));
    }

    @Test
    void theStartThatItHasIsASetting() {
        Wires quick = new Wires(DualStack.DEFAULT.withAttemptDelay(Duration.ofMillis(100)), TransportTraits.TCP);
        call(quick, quick.engine.addAccount(Wires.account("sip:alice@server.example").build(), 0));
        assertEquals("connect:v6", quick.told(0));
        quick.engine.onTime(100 * MILLISECOND - 1);
        assertEquals("", quick.told(100 * MILLISECOND - 1));
        quick.engine.onTime(100 * MILLISECOND);
        assertEquals("connect:v4", quick.told(100 * MILLISECOND));
    }

    @Test
    void whatIsConnectedFirstGetsTheRequestAndTheOtherIsAbandoned() {
        call(wires, account);
        wires.told(0);
        wires.engine.onTime(STAGGER);
        wires.told(STAGGER);
        wires.engine.onConnected("TCP", Wires.V6, STAGGER + 1);
        assertEquals("abandon:v4 TCP>v6:INVITE", wires.told(STAGGER + 1));
        assertEquals("2001:db8:0:0:0:0:0:1", wires.lastRequest().via().host().replaceAll("[\\[\\]]", ""));
        wires.engine.onConnected("TCP", Wires.V4, STAGGER + 2);
        assertEquals("", wires.told(STAGGER + 2));
    }

    @Test
    void aQuickConnectionLeavesTheOtherFamilyAlone() {
        call(wires, account);
        wires.told(0);
        wires.engine.onConnected("TCP", Wires.V4, MILLISECOND);
        assertEquals("TCP>v4:INVITE", wires.told(MILLISECOND));
        wires.engine.onTime(SECOND);
        assertEquals("", wires.told(SECOND));
    }

    @Test
    void aRefusalStartsTheOtherFamilyAtOnce() {
        call(wires, account);
        wires.told(0);
        wires.engine.onSendFailed("TCP", Wires.V4, "refused", MILLISECOND);
        assertEquals("connect:v6", wires.told(MILLISECOND));
        wires.engine.onConnected("TCP", Wires.V6, 2 * MILLISECOND);
        assertEquals("TCP>v6:INVITE", wires.told(2 * MILLISECOND));
    }

    @Test
    void whenBothFailTheSentenceHasBothReasons() {
        call(wires, account);
        wires.told(0);
        wires.engine.onSendFailed("TCP", Wires.V4, "refused", MILLISECOND);
        wires.told(MILLISECOND);
        wires.engine.onSendFailed("TCP", Wires.V6, "no route", 2 * MILLISECOND);
        assertEquals("", wires.told(2 * MILLISECOND));
        SipEvent.Ended ended = (SipEvent.Ended) wires.events.get(wires.events.size() - 1);
        assertEquals("Cannot send to server.example: refused; no route", ended.cause().sentence());
        wires.engine.onTime(100 * SECOND);
        assertTrue(wires.engine.isIdle(), wires.engine::toString);
    }

    @Test
    void silenceOnBothEndsAfter64T1() {
        call(wires, account);
        wires.told(0);
        wires.engine.onTime(STAGGER);
        wires.told(STAGGER);
        wires.engine.onTime(32 * SECOND);
        assertEquals("abandon:v4 abandon:v6", wires.told(32 * SECOND));
        assertTrue(wires.events.get(wires.events.size() - 1) instanceof SipEvent.Ended);
    }

    @Test
    void hangingUpMeanwhileSendsNothing() {
        SessionId session = call(wires, account);
        wires.told(0);
        wires.engine.hangup(session, MILLISECOND);
        assertEquals("abandon:v4", wires.told(MILLISECOND));
        wires.engine.onConnected("TCP", Wires.V4, 2 * MILLISECOND);
        assertEquals("", wires.told(2 * MILLISECOND));
        assertTrue(wires.engine.isIdle(), wires.engine::toString);
    }

    @Test
    void theLoserIsStillThereWhenTheWinnerBreaks() {
        call(wires, account);
        wires.told(0);
        wires.engine.onConnected("TCP", Wires.V4, MILLISECOND);
        wires.told(MILLISECOND);
        wires.engine.onSendFailed("TCP", Wires.V4, "reset", 2 * MILLISECOND);
        assertEquals("TCP>v6:INVITE", wires.told(2 * MILLISECOND));
    }

    @Test
    void datagramsDoNotRace() {
        Wires udp = new Wires(TransportTraits.UDP);
        call(udp, udp.engine.addAccount(Wires.account("sip:alice@server.example").build(), 0));
        assertEquals("UDP>v4:INVITE", udp.told(0));
    }

    @Test
    void datagramsGoToTheFamilyThatIsPreferred() {
        Wires udp = new Wires(DualStack.DEFAULT.withPreference(DualStack.Preference.IPV6), TransportTraits.UDP);
        call(udp, udp.engine.addAccount(Wires.account("sip:alice@server.example").build(), 0));
        assertEquals("UDP>v6:INVITE", udp.told(0));
    }

    @Test
    void oneFamilyDoesNotRace() {
        InviteRequest literal = new InviteRequest(Uri.parse("sip:bob@10.0.0.2"), Optional.empty(), java.util.List.of(), true);
        wires.engine.invite(account, literal, 0);
        assertEquals("TCP>v4:INVITE", wires.told(0));
    }
}
