package io.earshot.sdk.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the network may change in our parameters, and who may ask for it. */
class ServerParametersTest {
    private static ServerParameters.Verdict fromServer(String... values) {
        return ServerParameters.read(List.of(values), List.of(), true);
    }

    @Test
    void theServerMayTuneWhatCallsSoundLike() {
        ServerParameters.Verdict verdict = fromServer("loglevel=3; PRESENCEEXPIRE = 600 ;;", "registerinterval=120");
        assertEquals(List.of(), verdict.problems());
        assertEquals(List.of(new ServerParameters.Change("loglevel", "3", false),
            new ServerParameters.Change("presenceexpire", "600", false),
            new ServerParameters.Change("registerinterval", "120", false)), verdict.changes());
    }

    @Test
    void onlyThePersistentHeaderLasts() {
        assertTrue(ServerParameters.read(List.of(), List.of("loglevel=1"), true).changes().get(0).persistent());
    }

    @Test
    void strangersMaySetNothing() {
        ServerParameters.Verdict verdict = ServerParameters.read(List.of("loglevel=3"), List.of(), false);
        assertEquals(List.of(), verdict.changes());
        assertEquals(List.of("somebody who is not our server wants to set parameters (x-mparam); ignored"), verdict.problems());
        assertEquals(List.of(), ServerParameters.read(List.of(), List.of(), false).problems());
    }

    @ParameterizedTest
    @ValueSource(strings = {"serveraddress", "username", "password", "md5", "proxyaddress", "backupserver", "transport", "tlspolicy",
        "mediaencryption", "callforwardalways", "callforwardonbusy", "autoaccept", "voicerecording", "voicerecfilename", "logpath",
        "canlogtofile", "ftp_addr", "http_addr", "wpapilistenport", "sendmedia_type", "callto", "customsipheader", "rejectcallto",
        "blacklist", "numrewriterules", "techprefix", "localip", "exitmethod"})
    void whoWeAreWhereCallsGoAndWhatIsWrittenIsNotForTheNetwork(String name) {
        assertFalse(ServerParameters.ALLOWED.contains(name));
        assertEquals(List.of("the server may not set parameter '" + name + "' (x-mparam)"), fromServer(name + "=x").problems());
    }

    @Test
    void valuesAreCheckedAsIfTheUserHadGivenThem() {
        ServerParameters.Verdict verdict = fromServer("loglevel=high;registerinterval");
        assertEquals(List.of(), verdict.changes());
        assertEquals(2, verdict.problems().size(), verdict.problems().toString());
    }

    @Test
    void floodsAreCutShort() {
        assertEquals(33, fromServer("x=1;".repeat(200)).problems().size());
        assertEquals(List.of("x-mparam of 2000 characters is ignored; at most 1024 are read"), fromServer("y".repeat(2_000)).problems());
        assertEquals("the server may not set parameter 'a?b' (x-mparam)", fromServer("a\u0007b=1").problems().get(0));
    }
}
