package io.earshot.sip.ua;

import static io.earshot.api.time.Ticker.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.NameAddr;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.SipMethod;
import io.earshot.sip.message.SipUri;
import io.earshot.sip.message.Uri;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a REGISTER says beyond RFC 3261, and what its answer teaches. */
class RegistrationExtensionsTest {
    private static final String URN = "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6";

    private final Lan lan = new Lan(5);
    private final Registrar registrar = new Registrar(lan, "10.0.0.100");
    private final Phone alice = lan.phone("alice", "10.0.0.1");

    private AccountId register(RegistrationOptions options) {
        AccountId account = alice.engine.addAccount(AccountSettings.builder(Uri.parse("sip:alice@example.org"))
            .registrar(Uri.parse("sip:10.0.0.100")).registration(options).build(), lan.now);
        alice.engine.register(account, lan.now);
        lan.runFor(SECOND);
        return account;
    }

    private void answering(String... headers) {
        registrar.whim = request -> {
            var ok = registrar.script.reply(request, 200, "reg").remove(HeaderName.CONTACT);
            request.contacts().forEach(contact -> ok.add(HeaderName.CONTACT, contact.withParameter("expires", "600")));
            for (int i = 0; i < headers.length; i += 2) {
                ok.add(HeaderName.of(headers[i]), headers[i + 1]);
            }
            return Optional.of(ok.build());
        };
    }

    private Request first() {
        return registrar.registers().get(0);
    }

    private RegistrationFacts facts() {
        return alice.last(SipEvent.RegistrationLearned.class).facts();
    }

    private Request invites(AccountId account) {
        alice.engine.invite(account, InviteRequest.of(Uri.parse("sip:bob@10.0.0.100"), Phone.sdp("o")), lan.now);
        lan.runFor(SECOND);
        return registrar.script.requests(SipMethod.INVITE).get(0);
    }

    @Test
    @Tag("rfc3327")
    void pathIsAlwaysSupported() {
        register(RegistrationOptions.NONE);
        assertTrue(first().tokens(HeaderName.SUPPORTED).contains("path"));
        assertFalse(first().value(HeaderName.CONTACT).orElseThrow().contains("instance"));
    }

    @Test
    @Tag("rfc3608")
    void requestsGoThroughTheServiceRouteAndRefreshesDoNot() {
        answering("Service-Route", "<sip:10.0.0.100;lr>", "Service-Route", "<sip:home.example.org;lr>");
        AccountId account = register(RegistrationOptions.NONE);
        Request invite = invites(account);
        assertEquals(List.of("<sip:10.0.0.100;lr>", "<sip:home.example.org;lr>"),
            invite.routes().stream().map(NameAddr::toString).toList());
        assertEquals("sip:bob@10.0.0.100", invite.requestUri().toString());
        alice.engine.register(account, lan.now);
        lan.runFor(SECOND);
        assertEquals(List.of(), registrar.registers().get(1).routes());
    }

    @Test
    @Tag("rfc3608")
    void theServiceRouteGoesBehindAnOutboundProxyThatIsNotItsFirst() {
        RegistrationOptions options = RegistrationOptions.NONE.withServiceRoute(List.of((SipUri) Uri.parse("sip:home.example.org;lr")));
        AccountId account = alice.engine.addAccount(AccountSettings.builder(Uri.parse("sip:alice@example.org"))
            .outboundProxy(Uri.parse("sip:10.0.0.100")).registration(options).build(), lan.now);
        assertEquals(List.of("<sip:10.0.0.100;lr>", "<sip:home.example.org;lr>"),
            invites(account).routes().stream().map(NameAddr::toString).toList());
    }

    @Test
    @Tag("rfc5627")
    void thePublicGruuIsTheContactOfCallsAndNotOfTheRegistration() {
        String gruu = "sip:alice@example.org;gr=" + URN;
        registrar.whim = request -> Optional.of(registrar.script.reply(request, 200, "reg").remove(HeaderName.CONTACT)
            .add(HeaderName.CONTACT, request.contacts().get(0).withParameter("expires", "600").withParameter("pub-gruu", gruu)
                .withParameter("temp-gruu", "sip:tgruu.7hs==@example.org;gr")).build());
        AccountId account = register(RegistrationOptions.NONE.withInstance(URN, false).withGruu(RegistrationOptions.Gruu.PUBLIC));
        assertTrue(first().tokens(HeaderName.SUPPORTED).contains("gruu"));
        assertEquals("<" + URN + ">", first().contacts().get(0).parameters().get("+sip.instance").orElseThrow());
        assertEquals(Optional.of(Uri.parse(gruu)), facts().publicGruu());
        assertEquals(gruu, invites(account).contacts().get(0).uri().toString());
        alice.engine.register(account, lan.now);
        lan.runFor(SECOND);
        assertEquals("sip:alice@10.0.0.1:5060", registrar.registers().get(1).contacts().get(0).uri().toString());
    }

    @Test
    @Tag("rfc5627")
    void theTemporaryGruuSaysNothingOfUs() {
        registrar.whim = request -> Optional.of(registrar.script.reply(request, 200, "reg").remove(HeaderName.CONTACT)
            .add(HeaderName.CONTACT, request.contacts().get(0).withParameter("expires", "600")
                .withParameter("temp-gruu", "sip:tgruu.7hs@example.org;gr")).build());
        AccountId account = register(RegistrationOptions.NONE.withInstance(URN, false).withGruu(RegistrationOptions.Gruu.TEMPORARY));
        assertEquals("sip:tgruu.7hs@example.org;gr", invites(account).contacts().get(0).uri().toString());
    }

    @Test
    @Tag("rfc5626")
    void outboundBindsTheRegistrationToItsFlow() {
        answering("Require", "outbound", "Flow-Timer", "10");
        AccountId account = register(RegistrationOptions.NONE.withInstance(URN, true));
        NameAddr contact = first().contacts().get(0);
        assertEquals("1", contact.parameters().get("reg-id").orElseThrow());
        assertTrue(((SipUri) contact.uri()).parameters().has("ob"));
        assertTrue(first().tokens(HeaderName.SUPPORTED).contains("outbound"));
        assertTrue(facts().outbound());
        assertEquals(OptionalLong.of(10), facts().flowTimer());
        assertTrue(((SipUri) invites(account).contacts().get(0).uri()).parameters().has("ob"));
        lan.runFor(30 * SECOND); // STUN is tried first, in vain
        int before = alice.keepAlives;
        lan.runFor(100 * SECOND);
        int sent = alice.keepAlives - before;
        assertTrue(sent >= 10 && sent <= 13, sent + " keep-alives in 100 s of a flow timer of 10 s");
    }

    @Test
    @Tag("rfc5626")
    void aFirstHopWithoutOutboundIsRegisteredThroughWithoutIt() {
        registrar.whim = request -> request.contacts().get(0).parameters().has("reg-id")
            ? Optional.of(registrar.script.reply(request, 439, "reg").remove(HeaderName.CONTACT).build()) : Optional.empty();
        register(RegistrationOptions.NONE.withInstance(URN, true));
        assertInstanceOf(RegistrationState.Registered.class, alice.registration());
        Request second = registrar.registers().get(1);
        assertFalse(second.contacts().get(0).parameters().has("reg-id"));
        assertFalse(second.tokens(HeaderName.SUPPORTED).contains("outbound"));
    }

    /**
     * RFC 5626 §11.5: user agents should never get a 430, and take it for a 400. What 421 (RFC 3261 §21.4.14) and 494 (RFC 3329 §2.3.1)
     * ask for we would have offered if we had it.
     */
    @ParameterizedTest
    @ValueSource(ints = {421, 430, 494})
    @Tag("rfc5626")
    void aRefusalThatNothingCanBeDoneAboutIsTakenForABadRequest(int status) {
        registrar.whim = request -> Optional.of(registrar.script.reply(request, status, "reg").remove(HeaderName.CONTACT).build());
        register(RegistrationOptions.NONE.withInstance(URN, true));
        long retryAt = assertInstanceOf(RegistrationState.Waiting.class, alice.registration()).retryAt();
        assertTrue(retryAt - lan.now >= 890 * SECOND, "a refusal that lasts is not tried again soon");
        assertEquals(1, registrar.registers().size());
    }

    @Test
    @Tag("rfc8599")
    void thePushServiceIsInTheContactAndItsResourceIsLearnt() {
        answering("Feature-Caps", "*;+sip.pns=\"fcm\";+sip.pnspurr=\"QAAB39ms\"");
        register(RegistrationOptions.NONE.withPush(new RegistrationOptions.Push("fcm", "device:7", Optional.of("project"))));
        SipUri contact = (SipUri) first().contacts().get(0).uri();
        assertEquals(Optional.of("fcm"), contact.parameters().get("pn-provider"));
        assertEquals(Optional.of("device:7"), contact.parameters().get("pn-prid"));
        assertEquals(Optional.of("project"), contact.parameters().get("pn-param"));
        assertEquals(Optional.of("QAAB39ms"), facts().pushResource());
    }

    @Test
    @Tag("rfc8599")
    void aServerWithoutPushServiceGetsAContactWithout() {
        registrar.whim = request -> ((SipUri) request.contacts().get(0).uri()).parameters().has("pn-prid")
            ? Optional.of(Response.to(request, 555).build()) : Optional.empty();
        register(RegistrationOptions.NONE.withPush(new RegistrationOptions.Push("fcm", "7", Optional.empty())));
        assertInstanceOf(RegistrationState.Registered.class, alice.registration());
        assertEquals(2, registrar.registers().size());
    }

    @Test
    @Tag("rfc3261")
    void preferenceAndFurtherContactsAreRegisteredAndRemovedWithOurs() {
        AccountId account = register(RegistrationOptions.NONE.withPriority(500)
            .withOthers(List.of(NameAddr.parse("<sip:desk@10.0.0.77>;q=0.1"))));
        assertEquals(2, registrar.bindings.size());
        assertEquals("0.500", first().contacts().get(0).parameters().get("q").orElseThrow());
        alice.engine.unregister(account, lan.now);
        lan.runFor(SECOND);
        assertTrue(registrar.bindings.isEmpty(), registrar.bindings.toString());
    }

    @Test
    void whatCannotBeIsSaidAtOnce() {
        assertEquals("the instance '12' is no URN: write urn:uuid: and a UUID",
            assertThrows(IllegalArgumentException.class, () -> RegistrationOptions.NONE.withInstance("12", false)).getMessage());
        assertEquals("outbound and GRUU need an instance: write urn:uuid: and a UUID that stays the same", assertThrows(
            IllegalArgumentException.class, () -> RegistrationOptions.NONE.withGruu(RegistrationOptions.Gruu.PUBLIC)).getMessage());
        assertThrows(IllegalArgumentException.class, () -> RegistrationOptions.NONE.withPriority(1001));
        assertThrows(IllegalArgumentException.class, () -> new RegistrationOptions.Push("", "7", Optional.empty()));
    }
}
