package io.earshot.sip.ua;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.earshot.api.ServersView;
import io.earshot.api.time.Ticker;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether what the registrar sees counts. */
@Tag("rfc3581")
class ServersViewTest {
    private static final String SEEN = "sip:alice@203.0.113.7:40000";
    private final Lan lan = new Lan(2);
    private Registrar registrar;

    @BeforeEach
    void behindNat() {
        server("198.51.100.1");
    }

    private void server(String ip) {
        registrar = new Registrar(lan, ip);
        registrar.natted = Optional.of(Lan.address("203.0.113.7", 40_000));
    }

    private Phone phone(String ip, ServersView view) {
        return lan.phone("alice", ip, EngineConfig.builder().serversView(view).build());
    }

    private void assertBound(String contact) {
        assertEquals(Set.of(contact), registrar.bindings.keySet());
    }

    private AccountId register(Phone phone) {
        AccountId account = phone.at(registrar, "x", 300);
        phone.engine.register(account, lan.now);
        lan.runFor(Ticker.SECOND);
        return account;
    }

    @ParameterizedTest
    @CsvSource({"NOT_ASKED, 10.0.0.1, false, false", "IGNORED, 10.0.0.1, true, false", "BEHIND_SYMMETRIC_NAT, 10.0.0.1, true, true",
        "IN_PRIVATE_NETWORKS, 10.0.0.1, true, true", "IN_PRIVATE_NETWORKS, 192.168.1.1, true, true",
        "IN_PRIVATE_NETWORKS, 100.64.0.1, true, true", "IN_PRIVATE_NETWORKS, 100.128.0.1, true, false",
        "IN_PRIVATE_NETWORKS, 192.0.2.1, true, false", "ALWAYS, 192.0.2.1, true, true", "ALWAYS, 10.0.0.1, true, true"})
    void eachViewAsksAndCountsAsItSays(ServersView view, String ip, boolean asked, boolean counts) {
        register(phone(ip, view));
        assertBound(counts ? SEEN : "sip:alice@" + ip + ":5060");
        assertEquals(counts ? List.of(asked, asked) : List.of(asked),
            registrar.registers().stream().map(request -> request.via().hasRport()).toList());
    }

    @Test
    void whoKnowsThatTheNatIsNotSymmetricIsFoundAtItsOwnAddress() {
        Phone alice = phone("10.0.0.1", ServersView.BEHIND_SYMMETRIC_NAT);
        AccountId account = register(alice);
        assertBound(SEEN);
        alice.engine.behindNat(account, false, lan.now);
        lan.runFor(Ticker.SECOND);
        assertBound("sip:alice@10.0.0.1:5060");
        int before = registrar.registers().size();
        alice.engine.behindNat(account, false, lan.now);
        lan.runFor(Ticker.SECOND);
        assertEquals(before, registrar.registers().size(), "that is no news");
        alice.engine.behindNat(account, true, lan.now);
        lan.runFor(Ticker.SECOND);
        assertBound(SEEN);
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.1, 192.0.2.1, true", "100.64.0.1, 192.0.2.1, true", "10.0.0.1, 10.0.0.99, false", "10.0.0.1, 100.64.0.9, false",
        "203.0.113.9, 192.0.2.1, false"})
    void towardsPublicServersAPrivateAddressLeadsNowhereWhateverTheNat(String ip, String at, boolean counts) {
        server(at);
        Phone alice = phone(ip, ServersView.TOWARDS_PUBLIC_SERVERS);
        AccountId account = register(alice);
        assertBound(SEEN);
        int before = registrar.registers().size();
        alice.engine.behindNat(account, false, lan.now);
        lan.runFor(Ticker.SECOND);
        assertBound(counts ? SEEN : "sip:alice@" + ip + ":5060");
        assertEquals(counts, registrar.registers().size() == before, "nobody registers anew at the same address");
        alice.engine.behindNat(account, true, lan.now);
        lan.runFor(Ticker.SECOND);
        assertBound(SEEN);
    }

    @Test
    void theKindOfNatMeansNothingToTheOtherViews() {
        Phone alice = phone("10.0.0.1", ServersView.ALWAYS);
        AccountId account = register(alice);
        int before = registrar.registers().size();
        alice.engine.behindNat(account, false, lan.now);
        lan.runFor(Ticker.SECOND);
        assertEquals(before, registrar.registers().size());
        assertBound(SEEN);
    }
}
