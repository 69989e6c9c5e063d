package io.earshot.sip.ua;

import static io.earshot.api.time.Ticker.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.transport.spi.Flow;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Requests of strangers, where they are not wanted. */
@Tag("rfc3261")
class AdmissionTest {
    private static final int NOT_FOUND = 404;

    private static final List<String> METHODS = List.of("INVITE", "MESSAGE", "SUBSCRIBE", "REFER", "NOTIFY");

    private final Lan lan = new Lan(11);
    private final Registrar registrar = new Registrar(lan, "10.0.0.100");
    private final Phone bob = lan.phone("bob", "10.0.0.2");
    private AccountId account;
    private int strangers;

    @BeforeEach
    void oneAccountAtOneServer() {
        bob.engine.removeAccount(bob.account, lan.now);
        registrar.withUser("bob", "secret");
        account = bob.at(registrar, "secret", 300);
    }

    private void register() {
        bob.engine.register(account, lan.now);
        lan.runFor(SECOND);
        assertInstanceOf(RegistrationState.Registered.class, bob.registration());
    }

    /** Somebody new asks something of a user at bob's address; returns the first answer. */
    private int asks(String method, String user) {
        Script stranger = lan.script("eve" + ++strangers, "10.0.1." + strangers);
        String text = new Talk(stranger, bob).text(method, 1, "", "", "").replace("sip:bob@", "sip:" + user + "@");
        stranger.sendText(bob.address, text);
        lan.runFor(SECOND / 2);
        return stranger.statuses().stream().findFirst().orElse(0);
    }

    private int rung() {
        return bob.all(SipEvent.IncomingCall.class).size();
    }

    @Test
    void usuallyAnybodyMayCall() {
        register();
        asks("INVITE", "bob");
        asks("INVITE", "somebody");
        assertEquals(2, rung());
    }

    @Test
    void requestsForNobodyHereAreRefusedBeforeAnythingIsMadeOfThem() {
        bob.engine.admission().admit(Admission.From.WHO_KNOWS_US);
        register();
        METHODS.forEach(method -> assertEquals(NOT_FOUND, asks(method, "somebody"), method));
        assertEquals(0, rung());
        assertTrue(bob.engine.toString().contains("calls=0"), bob.engine.toString());
        assertEquals(1, bob.all(SipEvent.Dropped.class).stream().filter(event -> event.kind().equals("stranger")).count(), "told once");
        asks("INVITE", "bob");
        assertEquals(1, rung());
    }

    @Test
    void onlyTheServerMayCallOnceWeAreRegistered() {
        bob.engine.admission().admit(Admission.From.OUR_SERVERS);
        asks("INVITE", "bob");
        assertEquals(1, rung(), "while nobody is registered, anybody may call");
        register();
        METHODS.forEach(method -> assertEquals(NOT_FOUND, asks(method, "bob"), method));
        assertEquals(1, rung());
        assertEquals(200, asks("OPTIONS", "bob"), "whoever asks what we can is told");
        String invite = new Talk(lan.script("carol", "10.0.0.9"), bob).text("INVITE", 1, "", "", "").replace("BRANCH", "z9hG4bK-server");
        bob.receive(new Flow("UDP", bob.address, registrar.script.address, 0),
            invite.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8), lan.now);
        lan.runFor(SECOND);
        assertEquals(2, rung(), "what its server brings gets through");
    }
}
