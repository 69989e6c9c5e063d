package io.earshot.sdk.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.AccountConfig;
import io.earshot.api.ServerHabits;
import io.earshot.api.ServerPing;
import io.earshot.api.ServersView;
import io.earshot.api.SignallingConfig;
import io.earshot.api.WireCharacters;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassicHabitsTest {
    private static ClassicParameters parse(String... arguments) {
        ClassicParameters.Parsed parsed = ClassicParameters.parse(List.of(arguments));
        assertEquals(List.of(), parsed.problems());
        return parsed.parameters();
    }

    @ParameterizedTest
    @CsvSource({"'', true, true, CONTACT, ALL", "needunregister=false, false, true, CONTACT, ALL", "fastexit=2, false, true, CONTACT, ALL",
        "unbindbeforeregister=0, true, false, CONTACT, ALL", "acceptsrvexpire=0, true, true, OURS, ALL",
        "acceptsrvexpire=2, true, true, HEADER, ALL", "authtype=1, true, true, CONTACT, PROXY", "authtype=2, true, true, CONTACT, SERVER"})
    void theHabitsOfServersAreParameters(String argument, boolean leave, boolean replace, ServerHabits.Expiry expiry,
            ServerHabits.Challenges challenges) {
        ClassicParameters from = argument.isEmpty() ? parse() : parse(argument);
        assertEquals(new ServerHabits(leave, replace, expiry, challenges), ClassicConfig.of(from).account().registration().habits());
    }

    @ParameterizedTest
    @CsvSource({"'', 1.0, DOUBLE_CRLF, 28, 600", "timer=15, 1.5, DOUBLE_CRLF, 28, 600", "keepalivetype=0, 1.0, DOUBLE_CRLF, 0, 0",
        "keepalivetype=1, 1.0, SPACE_CRLF, 28, 600", "keepalivetype=3, 1.0, CRLF, 28, 600", "keepalivetype=2, 1.0, DOUBLE_CRLF, 0, 0",
        "keepalivetype=5, 1.0, DOUBLE_CRLF, 0, 0", "keepaliveival=0, 1.0, DOUBLE_CRLF, 0, 0", "keepaliveival=60, 1.0, DOUBLE_CRLF, 60, 60",
        "keepaliveival=40000, 1.0, DOUBLE_CRLF, 40, 40"})
    void timersAndKeepAlivesAreParameters(String argument, double scale, SignallingConfig.KeepAlive what, long udp, long connections) {
        ClassicParameters from = argument.isEmpty() ? parse() : parse(argument);
        assertEquals(new SignallingConfig(scale, what, Duration.ofSeconds(udp), Duration.ofSeconds(connections),
                ServersView.TOWARDS_PUBLIC_SERVERS, WireCharacters.DEFAULT), ClassicHabits.signalling(from));
    }

    @ParameterizedTest
    @CsvSource({"1, -1, TOWARDS_PUBLIC_SERVERS", "1, 0, IGNORED", "1, 1, BEHIND_SYMMETRIC_NAT", "1, 2, IN_PRIVATE_NETWORKS",
        "0, -1, NOT_ASKED", "0, 0, NOT_ASKED", "0, 2, NOT_ASKED", "2, -1, IN_PRIVATE_NETWORKS", "2, 0, IGNORED",
                "2, 1, IN_PRIVATE_NETWORKS",
        "3, -1, ALWAYS", "3, 0, IGNORED", "9, -1, IGNORED", "9, 2, IGNORED"})
    void whatTheServerSeesOfUsCountsAsTwoParametersSay(int rport, int failBack, ServersView view) {
        assertEquals(view, ClassicHabits.signalling(parse("use_rport=" + rport, "contactaddressfailback=" + failBack)).serversView());
        if (rport == 1 && failBack == -1) {
            assertEquals(view, ClassicHabits.signalling(parse()).serversView(), "the default of both");
        }
    }

    @ParameterizedTest
    @CsvSource({"'', OPTIONS, 0, 0", "keepalivetype=4, OPTIONS, 0, 0", "keepalivetype=2, NOTIFY, 28, 600",
            "keepalivetype=5, OPTIONS, 28, 600",
        "keepalivetype=2 keepaliveival=1, NOTIFY, 3, 3", "keepalivetype=2 keepaliveival=40000, NOTIFY, 40, 40",
        "keepalivetype=5 keepaliveival=0, OPTIONS, 0, 0"})
    void requestsAskTheServerInPlaceOfEmptyLines(String arguments, ServerPing.Method method, long udp, long connections) {
        assertEquals(new ServerPing(method, Duration.ofSeconds(udp), Duration.ofSeconds(connections)),
                ClassicHabits.ping(arguments.isEmpty() ? parse() : parse(arguments.split(" "))));
    }

    @Test
    void timesOfCallsAreScaled() {
        ClassicConfig config = ClassicConfig.of(parse("ringtimeout=10000", "calltimeout=60000", "timer2=20"));
        assertEquals(Duration.ofSeconds(20), config.calls().options().ringTimeout());
        assertEquals(Duration.ofMinutes(2), config.calls().longest());
    }

    @ParameterizedTest
    @CsvSource({"example.org, example.org:5060", "example.org:5070, example.org:5070", "192.0.2.1, 192.0.2.1:5060",
            "[2001:db8::1], [2001:db8::1]:5060",
        "[2001:db8::1]:5070, [2001:db8::1]:5070"})
    void aPortKeepsFromAskingForSrvRecords(String server, String wanted) {
        assertEquals(wanted, ClassicHabits.withoutSrv(parse("checksrvrecords=0"), server));
        assertEquals(server, ClassicHabits.withoutSrv(parse(), server));
    }

    @Test
    void theHardwareAddressIsSentOnlyWhenAskedFor() {
        assertEquals(Optional.empty(), ClassicHabits.hardwareAddress(parse()));
        AccountConfig account = ClassicRules.identify(parse("sendmac=true"), AccountConfig.of("sip:a@example.org"));
        Optional<String> sent = Optional.ofNullable(account.identity().headers().get("X-MAC"));
        assertEquals(ClassicHabits.hardwareAddress(parse("sendmac=true")), sent);
        sent.ifPresent(mac -> assertTrue(mac.matches("([0-9A-F]{2}:)+[0-9A-F]{2}"), mac));
    }

    @Test
    void theLocalAddressWithTheWantedBeginningIsFound() {
        assertEquals(Optional.of("127.0.0.1"), ClassicHabits.preferred(parse("fawlocalip=127.0.0")));
        assertFalse(ClassicHabits.preferred(parse("fawlocalip=203.0.113.")).isPresent());
    }
}
