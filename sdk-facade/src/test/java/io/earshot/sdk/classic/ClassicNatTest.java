package io.earshot.sdk.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.AccountConfig;
import io.earshot.api.Nat;
import io.earshot.api.Nat.Relay.Transport;
import io.earshot.api.audio.NatOpening;
import io.earshot.api.audio.NatOpening.Form;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassicNatTest {
    private static ClassicParameters parse(String arguments) {
        ClassicParameters.Parsed parsed = ClassicParameters.parse(arguments == null ? List.of() : List.of(arguments.split(" ")));
        assertEquals(List.of(), parsed.problems());
        return parsed.parameters();
    }

    @ParameterizedTest
    @CsvSource({", 1, SHORT", "natopenpackets=0, 0, SHORT", "natopenpackets=1, 1, SHORT",
        "natopenpackets=2 natopenpackettype=2, 1, SILENCE",
        "natopenpackets=3, 3, SHORT", "natopenpackets=50, 10, SHORT", "natopenpackettype=-1, 1, SILENCE",
        "natopenpackets=1 natopenpackettype=-1, 1, SHORT",
        "natopenpackets=5 natopenpackettype=-1, 5, SILENCE", "natopenpackets=5 natopenpackettype=0, 5, SHORT",
        "natopenpackettype=1, 1, SHORT", "natopenpackets=10 natopenpackettype=2, 10, SILENCE"})
    void packetsThatOpenNatsAreCountedAndOfTheirType(String arguments, int packets, Form form) {
        assertEquals(new NatOpening(packets, form), ClassicMedia.settings(parse(arguments)).opening());
    }

    @ParameterizedTest
    @CsvSource({", WHEN_OFFERED, UNLESS_SYMMETRIC", "use_fast_ice=-1, NEVER, UNLESS_SYMMETRIC",
        "use_fast_ice=0, NEVER, UNLESS_SYMMETRIC", "use_fast_ice=2 use_fast_stun=0, OFFERED, NEVER",
        "use_fast_ice=3 use_fast_stun=-1, OFFERED, NEVER", "use_fast_stun=1, WHEN_OFFERED, WHERE_PORTS_ARE_KEPT",
        "use_fast_stun=3, WHEN_OFFERED, BEYOND_PRIVATE_NETWORKS", "use_fast_stun=4, WHEN_OFFERED, ALWAYS",
        "use_fast_stun=5, WHEN_OFFERED, ALWAYS"})
    void iceAndThePublicAddressAreAsTheirLevelsSay(String arguments, Nat.Ice ice, Nat.PublicAddress address) {
        assertEquals(Nat.DEFAULT.withIce(ice).withPublicAddress(address).withPortMapping(), ClassicNat.ways(parse(arguments)));
    }

    @ParameterizedTest
    @CsvSource({", false", "pjsua.nat_type_in_sdp=0, false", "pjsua.nat_type_in_sdp=1, true", "pjsua.nat_type_in_sdp=2, true"})
    void theKindOfNatIsToldWhereThatIsWanted(String arguments, boolean told) {
        assertEquals(told, ClassicNat.ways(parse(arguments)).near().kindTold());
    }

    @Test
    void relaysAreReachedAsTheirUrisSayWithTheNameOfTheAccountUnlessToldOtherwise() {
        Nat nat = ClassicNat.ways(parse("username=me password=secret turnonly=1 turnserver=a.example:3479,turn:b.example?transport=tcp,"
                + "turns:c.example"));
        assertEquals(List.of(new Nat.Relay("a.example:3479", "me", "secret", Transport.UDP),
                new Nat.Relay("b.example", "me", "secret", Transport.TCP), new Nat.Relay("c.example", "me", "secret", Transport.TLS)),
                nat.relays());
        assertTrue(nat.relayOnly());
        Nat other = ClassicNat.ways(parse("username=me password=secret turnserver=a.example turnuser=you turnpassword=else"));
        assertEquals(List.of(new Nat.Relay("a.example", "you", "else")), other.relays());
        assertFalse(other.relayOnly());
    }

    @Test
    void aRelayOfAnotherKindIsToldOf() {
        ClassicParameters.Parsed parsed = ClassicParameters.parse(List.of("turnserver=turns:a.example?transport=udp"));
        assertEquals(List.of("parameter turnserver=turns:a.example?transport=udp is not used: 'turns:a.example?transport=udp' is no relay: "
                + "write host, host:port, turn:host:port?transport=tcp or turns:host"), parsed.problems());
    }

    @ParameterizedTest
    @CsvSource({", ", "use_fast_ice=0, ", "use_fast_ice=-1, 1"})
    void serversAreAskedToPassTheSoundOnByAHeader(String arguments, String value) {
        AccountConfig account = ClassicRules.identify(parse(arguments), AccountConfig.of("sip:a@example.org"));
        assertEquals(value, account.identity().headers().get("X-P2PM"));
    }
}
