package io.earshot.sdk.classic;

import static io.earshot.sdk.classic.ClassicParameter.number;
import static io.earshot.sdk.classic.ClassicParameter.text;

import io.earshot.api.Nat;
import io.earshot.api.Nat.Ice;
import java.util.List;

/** The classic parameters of ways through routers. */
final class ClassicNat {
    private static final int ALWAYS = 3;
    private static final int WITH_PEERS = 1;

    static final List<ClassicParameter> ROWS = ParameterGroup.NAT.rows(
            number("use_fast_ice", 0, ALWAYS, WITH_PEERS, "ICE: 0 never, 1 with peers that offer it, 2 and 3 in our offers too").live(),
            text("stunserver", "", "server that tells how others see us, host or host:port; used by ICE"));

    private ClassicNat() {
    }

    static Nat ways(ClassicParameters from) {
        int ice = (int) from.number("use_fast_ice");
        Nat nat = Nat.DEFAULT.withIce(ice == 0 ? Ice.NEVER : ice == WITH_PEERS ? Ice.WHEN_OFFERED : Ice.OFFERED);
        return from.given("stunserver").map(server -> nat.withStunServers(server)).orElse(nat);
    }
}
