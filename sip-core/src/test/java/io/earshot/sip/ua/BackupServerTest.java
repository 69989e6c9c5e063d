package io.earshot.sip.ua;

import static io.earshot.api.time.Ticker.MILLISECOND;
import static io.earshot.api.time.Ticker.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.dns.spi.DnsAnswer;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.MediaType;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.SipMethod;
import io.earshot.sip.message.SipUri;
import io.earshot.sip.message.Uri;
import io.earshot.sip.sdp.SdpWriter;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An account with a second server of another name, and what it stays with. */
@Tag("rfc3263")
class BackupServerTest {
    private final Lan lan = new Lan(17);
    private final Phone alice = lan.phone("alice", "10.0.0.1");
    private final Script one = lan.script("one", "10.0.0.20");
    private final Script two = lan.script("two", "10.0.0.21");

    @AfterEach
    void nothingIsLeft() {
        alice.engine.shutdown(lan.now);
        lan.runFor(200 * SECOND);
        assertTrue(alice.engine.isIdle(), alice.engine.toString());
    }

    private static void answering(Script server, int status) {
        server.onRequest = request -> {
            if (!request.method().equals(SipMethod.ACK)) {
                var reply = server.reply(request, status, server.name);
                if (request.method().equals(SipMethod.INVITE) && status == 200) {
                    reply.body(MediaType.APPLICATION_SDP, SdpWriter.write(Phone.sdp(server.name)));
                } else if (request.method().equals(SipMethod.REGISTER)) {
                    reply.setAll(HeaderName.CONTACT, request.values(HeaderName.CONTACT)).set(HeaderName.EXPIRES, "120");
                }
                server.send(reply.build());
            }
        };
    }

    private AccountId account(FailOver failOver) {
        return account("sip:alice@10.0.0.20", failOver.withBackups(List.of((SipUri) Uri.parse("sip:10.0.0.21"))));
    }

    private AccountId account(String address, FailOver failOver) {
        AccountId account = alice.engine.addAccount(AccountSettings.builder(Uri.parse(address)).failOver(failOver).build(), lan.now);
        alice.engine.register(account, lan.now);
        return account;
    }

    private static long heard(Script server, SipMethod method) {
        return server.requests(method).stream().map(request -> request.via().branch()).distinct().count();
    }

    private static Request last(Script server, SipMethod method) {
        List<Request> all = server.requests(method);
        return all.get(all.size() - 1);
    }

    @Test
    void aSilentServerGivesWayToTheBackupAfter5Seconds() {
        answering(two, 200);
        account(FailOver.DEFAULT);
        lan.runFor(5 * SECOND - 1);
        assertEquals(0, heard(two, SipMethod.REGISTER));
        lan.runFor(SECOND);
        assertInstanceOf(RegistrationState.Registered.class, alice.registration());
        Request register = last(two, SipMethod.REGISTER);
        assertEquals("sip:10.0.0.21", register.requestUri().toString(), "an address as domain is the backup's");
        assertEquals("sip:alice@10.0.0.21", register.to().uri().toString());
    }

    @Test
    void aProbedServerIsWaitedForForASecond() {
        answering(two, 200);
        account(FailOver.DEFAULT.withProbe(true));
        lan.runFor(1100 * MILLISECOND);
        assertInstanceOf(RegistrationState.Registered.class, alice.registration());
    }

    @Test
    void theBackupKeepsADomainThatIsAName() {
        lan.dns = (name, type) -> name.equals("example.net") && type.name().equals("A")
            ? new DnsAnswer.Found(List.of(new DnsAnswer.Address(one.address.getAddress())), 60) : new DnsAnswer.NoSuchName();
        answering(one, 503);
        answering(two, 200);
        account("sip:alice@example.net", FailOver.DEFAULT.withBackups(List.of((SipUri) Uri.parse("sip:10.0.0.21"))));
        lan.runFor(SECOND);
        Request register = last(two, SipMethod.REGISTER);
        assertEquals("sip:example.net", register.requestUri().toString());
        assertEquals("<sip:10.0.0.21;lr>", register.routes().get(0).toString());
    }

    @Test
    void callsGoWhereTheAccountIsRegistered() {
        answering(two, 200);
        AccountId account = account(FailOver.DEFAULT);
        lan.runFor(6 * SECOND);
        alice.engine.invite(account, InviteRequest.of(Uri.parse("sip:bob@10.0.0.20"), Phone.sdp("o")), lan.now);
        lan.runFor(SECOND);
        assertEquals(0, heard(one, SipMethod.INVITE));
        assertEquals("sip:bob@10.0.0.21", last(two, SipMethod.INVITE).requestUri().toString());
        alice.last(SipEvent.Answered.class);
    }

    @Test
    void aCallFindsTheServerDeadAndGoesOnAtTheBackupWhereTheAccountRegistersAtOnce() {
        answering(one, 200);
        answering(two, 200);
        AccountId account = account(FailOver.DEFAULT);
        lan.runFor(SECOND);
        one.onRequest = request -> { };
        alice.engine.invite(account, InviteRequest.of(Uri.parse("sip:bob@10.0.0.20"), Phone.sdp("o")), lan.now);
        lan.runFor(5100 * MILLISECOND);
        alice.last(SipEvent.Answered.class);
        assertEquals(1, heard(two, SipMethod.REGISTER), "the registration did not wait for its refresh");
    }

    @Test
    void theFirstServerIsGoneBackToAfterAWhile() {
        answering(two, 200);
        account(FailOver.DEFAULT.withReturnAfter(60 * SECOND));
        lan.runFor(6 * SECOND);
        answering(one, 200);
        lan.runFor(58 * SECOND);
        assertEquals(1, heard(one, SipMethod.REGISTER), "the one that was lost");
        lan.runFor(2 * SECOND);
        assertEquals(2, heard(one, SipMethod.REGISTER));
        long before = heard(two, SipMethod.REGISTER);
        lan.runFor(600 * SECOND);
        assertEquals(before, heard(two, SipMethod.REGISTER));
        assertEquals(2, alice.all(SipEvent.RegistrationChanged.class).stream()
            .count(), "nobody is told of a registration that goes on");
    }

    @Test
    void whatWorkedTheLastTimeIsBegunWithAndTheFirstServerGoneBackToAllTheSame() {
        answering(one, 200);
        answering(two, 200);
        FailOver begun = FailOver.DEFAULT.withReturnAfter(60 * SECOND).withBackups(List.of((SipUri) Uri.parse("sip:10.0.0.21")))
                .withFirst(1);
        AccountId account = alice.engine.addAccount(AccountSettings.builder(Uri.parse("sip:alice@10.0.0.20")).failOver(begun).build(),
            lan.now);
        alice.engine.register(account, lan.now);
        lan.runFor(10 * SECOND);
        assertEquals(0, heard(one, SipMethod.REGISTER));
        assertEquals(1, heard(two, SipMethod.REGISTER));
        assertEquals(1, alice.last(SipEvent.RegistrationLearned.class).server());
        lan.runFor(61 * SECOND);
        assertEquals(1, heard(one, SipMethod.REGISTER));
        assertEquals(0, alice.last(SipEvent.RegistrationLearned.class).server());
    }

    @Test
    void withAllServersDeadTheRegistrationWaitsAndTheCallEnds() {
        AccountId account = account(FailOver.DEFAULT);
        lan.runFor(11 * SECOND);
        assertInstanceOf(RegistrationState.Waiting.class, alice.registration());
        alice.engine.invite(account, InviteRequest.of(Uri.parse("sip:bob@10.0.0.20"), Phone.sdp("o")), lan.now);
        lan.runFor(11 * SECOND);
        assertInstanceOf(Failure.TimedOut.class, alice.ended());
    }

    @Test
    void aWrongPasswordIsWrongAtTheBackupToo() {
        one.onRequest = request -> one.send(one.reply(request, 403, "one").build());
        answering(two, 200);
        account(FailOver.DEFAULT);
        lan.runFor(10 * SECOND);
        assertEquals(0, heard(two, SipMethod.REGISTER));
    }

    @Test
    void ofTwoEqualServersTheAccountStaysWithOneAndSoDoTheAckAndTheBye() {
        lan.dns = (name, type) -> switch (name + " " + type) {
            case "_sip._udp.example.net SRV" -> new DnsAnswer.Found(List.of(new DnsAnswer.Srv(1, 1, 5060, "one.example.net"),
                new DnsAnswer.Srv(1, 1, 5060, "two.example.net")), 1);
            case "one.example.net A" -> new DnsAnswer.Found(List.of(new DnsAnswer.Address(one.address.getAddress())), 1);
            case "two.example.net A" -> new DnsAnswer.Found(List.of(new DnsAnswer.Address(two.address.getAddress())), 1);
            default -> new DnsAnswer.NoSuchName();
        };
        answering(one, 200);
        answering(two, 200);
        AccountId account = account("sip:alice@example.net", FailOver.DEFAULT);
        lan.runFor(SECOND);
        Script home = heard(one, SipMethod.REGISTER) > 0 ? one : two;
        Script other = home == one ? two : one;
        for (int i = 0; i < 10; i++) {
            SessionId call = alice.engine.invite(account, InviteRequest.of(Uri.parse("sip:bob@example.net"), Phone.sdp("o")), lan.now);
            lan.runFor(10 * SECOND);
            alice.engine.hangup(call, lan.now);
            lan.runFor(90 * SECOND);
        }
        assertEquals(0, other.requests(SipMethod.REGISTER).size() + other.requests(SipMethod.INVITE).size()
            + other.requests(SipMethod.ACK).size());
        assertEquals(10, heard(home, SipMethod.INVITE));
        assertTrue(heard(home, SipMethod.REGISTER) > 8);
    }

    @Test
    void withoutFailOverOnlyTheFirstAddressIsTried() {
        lan.dns = (name, type) -> name.equals("example.net") && type.name().equals("A")
            ? new DnsAnswer.Found(List.of(new DnsAnswer.Address(one.address.getAddress()),
                new DnsAnswer.Address(two.address.getAddress())), 60) : new DnsAnswer.NoSuchName();
        answering(two, 200);
        account("sip:alice@example.net", FailOver.DEFAULT.withDns(false));
        lan.runFor(30 * SECOND);
        assertEquals(0, heard(two, SipMethod.REGISTER));
    }
}
