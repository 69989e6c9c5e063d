package io.earshot.sdk.classic;

import static io.earshot.sdk.classic.ClassicParameter.number;
import static io.earshot.sdk.classic.ClassicParameter.secret;
import static io.earshot.sdk.classic.ClassicParameter.text;

import io.earshot.api.Nat;
import io.earshot.api.Nat.Ice;
import io.earshot.api.Nat.PublicAddress;
import io.earshot.api.audio.NatOpening;
import io.earshot.api.calls.Identity;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The classic parameters of ways through routers. */
final class ClassicNat {
    private static final int ALWAYS = 3;
    private static final int WITH_PEERS = 1;
    private static final int IN_EACH_CALL = 4;
    private static final int MOST_PACKETS = 10;

    static final List<ClassicParameter> ROWS = ParameterGroup.NAT.rows(
            number("use_fast_ice", -1, ALWAYS, WITH_PEERS, "ICE: -1 never and X-P2PM: 1, 0 never, 1 with peers that "
                    + "offer it, 2 and 3 in our offers too").live(),
            number("use_fast_stun", -1, 5, 2, "address of stunserver in the SDP without ICE: -1 and 0 never; beyond private networks 1 "
                    + "where servers agree and the router keeps port numbers, 2 unless it is symmetric, 3 whatever it is; 4 and 5 always",
                    "fast_stun"),
            number("natopenpackets", 0, 99, 2, "packets that open NATs before our first sound: 1 and 2 mean one, at most 10"),
            number("natopenpackettype", -1, 2, 1, "what these are: 0 and 1 two bytes (CR, LF), 2 silence as RTP, -1 as "
                    + "natopenpackets wants it: 0 and 1 the first, more the second"),
            number("upnpnat", 0, 1, 1, "1 asks the router of a private network for ports by PCP, NAT-PMP or UPnP"),
            number("altexternpublicip", 0, 1, 1, "web services that tell our public address")
                    .mapped("no web service is asked: the SIP server (use_rport) and stunserver tell"),
            text("stunserver", "", "server that tells how others see us, host or host:port; used by ICE and use_fast_stun"),
            text("turnserver", "", "relays for the sound, best first, with commas between: host:port, turn:host:port?transport=tcp, "
                    + "turns:host (Earshot)"),
            text("turnuser", "", "who we are to the relays; empty is username (Earshot)"),
            secret("turnpassword", "our password at the relays; empty is password (Earshot)"),
            number("turnonly", 0, 1, 0, "1 sends sound by relays only, so that peers do not learn our address (Earshot)"));

    private ClassicNat() {
    }

    static Nat ways(ClassicParameters from) {
        int ice = (int) from.number("use_fast_ice");
        Nat nat = Nat.DEFAULT.withIce(ice <= 0 ? Ice.NEVER : ice == WITH_PEERS ? Ice.WHEN_OFFERED : Ice.OFFERED)
                .withPublicAddress(publicAddress((int) from.number("use_fast_stun")));
        Nat asking = from.given("stunserver").map(server -> nat.withStunServers(server)).orElse(nat);
        String user = from.given("turnuser").orElseGet(() -> from.text("username"));
        String password = from.given("turnpassword").orElseGet(() -> from.text("password"));
        for (String server : servers(from.text("turnserver"))) {
            asking = asking.withRelay(server, user, password);
        }
        asking = from.isOn("upnpnat") ? asking.withPortMapping() : asking;
        asking = asking.withNear(asking.near().withKindTold(from.number("pjsua.nat_type_in_sdp") > 0));
        return from.isOn("turnonly") ? asking.withRelayOnly() : asking;
    }

    private static List<String> servers(String all) {
        return Arrays.stream(all.split(",")).map(String::strip).filter(one -> !one.isEmpty()).toList();
    }

    /** Returns what is wrong with the relays, taking them out. */
    static Optional<String> problem(Map<String, String> values) {
        try {
            servers(values.getOrDefault("turnserver", "")).forEach(server -> Nat.Relay.of(server, "", ""));
            return Optional.empty();
        } catch (IllegalArgumentException wrong) {
            return Optional.of("parameter turnserver=" + values.remove("turnserver") + " is not used: " + wrong.getMessage());
        }
    }

    private static PublicAddress publicAddress(int level) {
        return switch (level) {
            case 1 -> PublicAddress.WHERE_PORTS_ARE_KEPT;
            case 2 -> PublicAddress.UNLESS_SYMMETRIC;
            case 3 -> PublicAddress.BEYOND_PRIVATE_NETWORKS;
            default -> level < IN_EACH_CALL ? PublicAddress.NEVER : PublicAddress.ALWAYS;
        };
    }

    /** Returns the identity with the header that suggests to servers to pass the sound on, where that is wanted. */
    static Identity suggest(ClassicParameters from, Identity identity) {
        return from.number("use_fast_ice") < 0 ? identity.withHeader("X-P2PM", "1") : identity;
    }

    /**
     * Values 1 and 2 of {@code natopenpackets} mean one packet each; {@code natopenpackettype} says of what kind, or leaves that to them.
     */
    static NatOpening opening(ClassicParameters from) {
        int wanted = (int) from.number("natopenpackets");
        int type = (int) from.number("natopenpackettype");
        boolean silence = type == 2 || type < 0 && wanted >= 2;
        NatOpening.Form form = silence ? NatOpening.Form.SILENCE : NatOpening.Form.SHORT;
        return new NatOpening(wanted == 2 ? 1 : Math.min(wanted, MOST_PACKETS), form);
    }
}
