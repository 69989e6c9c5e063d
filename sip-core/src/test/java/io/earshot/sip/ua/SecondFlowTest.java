package io.earshot.sip.ua;

import static io.earshot.api.time.Ticker.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.dns.spi.DnsAnswer;
import io.earshot.api.dns.spi.DnsResolver.RecordType;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.NameAddr;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.SipMethod;
import io.earshot.sip.message.SipUri;
import io.earshot.sip.message.Uri;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** RFC 5626 §4: an account with two ways to its registrar is registered over both. */
@Tag("rfc5626")
class SecondFlowTest {
    private static final String URN = "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6";

    private final Lan lan = new Lan(7);
    private final Registrar one = new Registrar(lan, "10.0.0.101");
    private final Registrar two = new Registrar(lan, "10.0.0.102");
    private final Phone alice = lan.phone("alice", "10.0.0.1");
    private AccountId account;

    private static Function<Request, Optional<Response>> outbound(Registrar registrar, boolean understood) {
        return request -> {
            var ok = registrar.script.reply(request, 200, "reg").remove(HeaderName.CONTACT);
            request.contacts().forEach(contact -> ok.add(HeaderName.CONTACT, contact.withParameter("expires", "600")));
            return Optional.of((understood ? ok.add(HeaderName.REQUIRE, "outbound") : ok).build());
        };
    }

    private void register(boolean bound, SipUri... backups) {
        account = alice.engine.addAccount(AccountSettings.builder(Uri.parse("sip:alice@example.org"))
            .outboundProxy(Uri.parse(backups.length == 0 ? "sip:edges.example.org;lr" : "sip:10.0.0.101;lr"))
            .registration(RegistrationOptions.NONE.withInstance(URN, bound))
            .failOver(FailOver.DEFAULT.withBackups(List.of(backups))).build(), lan.now);
        alice.engine.register(account, lan.now);
        lan.runFor(SECOND);
    }

    private void registerAtBoth() {
        one.whim = outbound(one, true);
        two.whim = outbound(two, true);
        register(true, backup());
    }

    private static SipUri backup() {
        return (SipUri) Uri.parse("sip:10.0.0.102;lr");
    }

    private static List<String> flows(Registrar at) {
        List<String> flows = new ArrayList<>();
        for (Request request : at.registers()) {
            NameAddr contact = request.contacts().get(0);
            flows.add(contact.parameters().get("reg-id").orElse("-")
                + (contact.parameters().get("expires").filter("0"::equals).isPresent() ? " ends" : ""));
        }
        return flows;
    }

    @Test
    void bothOutboundProxiesGetAFlowOfTheirOwn() {
        registerAtBoth();
        assertEquals(List.of("1"), flows(one));
        assertEquals(List.of("2"), flows(two));
        Request first = one.registers().get(0);
        Request second = two.registers().get(0);
        assertEquals(first.contacts().get(0).parameters().get("+sip.instance"), second.contacts().get(0).parameters().get("+sip.instance"));
        assertEquals(first.requestUri(), second.requestUri());
        assertEquals("<sip:10.0.0.102;lr>", second.value(HeaderName.of("Route")).orElseThrow());
        assertTrue(((SipUri) second.contacts().get(0).uri()).parameters().has("ob"));
        lan.runFor(600 * SECOND);
        assertEquals(List.of("1", "1"), flows(one).subList(0, 2));
        assertEquals(List.of("2", "2"), flows(two).subList(0, 2));
    }

    @Test
    void callsComeInOverEither() {
        registerAtBoth();
        for (Registrar from : List.of(one, two)) {
            String ip = from.script.address.getAddress().getHostAddress();
            from.script.sendText(alice.address, "INVITE sip:alice@10.0.0.1:5060;ob SIP/2.0\nVia: SIP/2.0/UDP " + ip
                + ":5060;branch=BRANCH\nFrom: <sip:bob@example.org>;tag=1\nTo: <sip:sales@example.org>\nCall-ID: at-" + ip
                + "\nCSeq: 1 INVITE\nMax-Forwards: 70\nContact: <sip:bob@" + ip + ">\nContent-Length: 0\n\n");
            lan.runFor(SECOND);
        }
        assertEquals(List.of(Optional.of(account), Optional.of(account)),
            alice.all(SipEvent.IncomingCall.class).stream().map(SipEvent.IncomingCall::account).toList());
    }

    @Test
    void whileTheFirstProxyIsGoneTheSecondServesAndTheOtherFlowIsMadeAnewByTheBackOff() {
        registerAtBoth();
        Lan.Node gone = lan.remove(Lan.address("10.0.0.101", 5060));
        alice.engine.register(account, lan.now);
        lan.runFor(20 * SECOND);
        assertInstanceOf(RegistrationState.Registered.class, alice.registration());
        assertEquals(List.of("2", "1", "2 ends"), flows(two),
            () -> "the registration goes over, and one flow there is enough\n" + String.join("\n", lan.transcript));
        Consumer<Request> usual = two.script.onRequest;
        two.script.onRequest = request -> {
            if (request.method().equals(SipMethod.INVITE)) {
                two.script.send(two.script.reply(request, 486, "busy").build());
            } else {
                usual.accept(request);
            }
        };
        alice.engine.invite(account, InviteRequest.of(Uri.parse("sip:bob@example.org"), Phone.sdp("o")), lan.now);
        lan.runFor(SECOND);
        assertFalse(two.script.requests(SipMethod.INVITE).isEmpty());
        lan.add("registrar", Lan.address("10.0.0.101", 5060), gone);
        int before = one.registers().size();
        long start = lan.now;
        while (one.registers().size() == before && lan.now < start + 300 * SECOND) {
            lan.runFor(SECOND);
        }
        assertEquals("2", flows(one).get(before));
        long took = (lan.now - start) / SECOND;
        assertTrue(took >= 20 && took <= 180, "made anew after " + took + " s");
    }

    @Test
    void aSecondFlowThatFailsIsTriedAgainAfterEverLongerTimes() {
        one.whim = outbound(one, true);
        List<Long> times = new ArrayList<>();
        two.whim = request -> {
            times.add(lan.now);
            return Optional.of(two.script.reply(request, 503, "reg").remove(HeaderName.CONTACT).build());
        };
        register(true, backup());
        lan.runFor(4000 * SECOND);
        assertInstanceOf(RegistrationState.Registered.class, alice.registration());
        assertTrue(times.size() >= 4, times::toString);
        for (int i = 1; i < 4; i++) {
            long pause = (times.get(i) - times.get(i - 1)) / SECOND;
            long most = 90L << i;
            assertTrue(pause >= most / 2 - 1 && pause <= most + 1, "pause " + i + " is " + pause + " s, not " + most / 2 + " to " + most);
        }
    }

    @Test
    void anEndedRegistrationEndsBothFlows() {
        registerAtBoth();
        alice.engine.unregister(account, lan.now);
        lan.runFor(5 * SECOND);
        assertEquals(List.of("1", "1 ends"), flows(one));
        assertEquals(List.of("2", "2 ends"), flows(two));
        lan.runFor(2000 * SECOND);
        assertEquals(2, two.registers().size());
        assertTrue(alice.engine.isIdle(), alice.engine::toString);
    }

    @Test
    void aRegistrarWithoutOutboundGetsOneFlow() {
        one.whim = outbound(one, false);
        register(true, backup());
        lan.runFor(1000 * SECOND);
        assertEquals(List.of(), two.registers());
    }

    @Test
    void twoServersOfOneNameGetAFlowEach() {
        lan.dns = (name, type) -> name.equals("_sip._udp.edges.example.org") && type == RecordType.SRV
            ? new DnsAnswer.Found(List.of(new DnsAnswer.Srv(1, 1, 5060, "one.example.org"),
                new DnsAnswer.Srv(2, 1, 5060, "two.example.org")), 60)
            : type == RecordType.A && name.endsWith("one.example.org") ? found("10.0.0.101")
            : type == RecordType.A && name.endsWith("two.example.org") ? found("10.0.0.102") : new DnsAnswer.NoSuchName();
        one.whim = outbound(one, true);
        two.whim = outbound(two, true);
        register(true);
        assertEquals(List.of("1"), flows(one));
        assertEquals(List.of("2"), flows(two));
    }

    private static DnsAnswer found(String address) {
        return new DnsAnswer.Found(List.of(new DnsAnswer.Address(Lan.address(address, 5060).getAddress())), 60);
    }

    @Test
    void aSingleServerGetsOne() {
        lan.dns = (name, type) -> type == RecordType.A ? found("10.0.0.101") : new DnsAnswer.NoSuchName();
        one.whim = outbound(one, true);
        register(true);
        lan.runFor(1500 * SECOND);
        assertTrue(flows(one).stream().allMatch("1"::equals), flows(one)::toString);
    }
}
