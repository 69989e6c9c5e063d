package io.earshot.sip.ua;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.SignallingConfig.KeepAlive;
import io.earshot.api.time.Ticker;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes to a registrar over UDP so that routers keep the way back open. */
class KeepAliveTest {
    private final Lan lan = new Lan(28);
    private final Registrar registrar = new Registrar(lan, "10.0.0.100");

    @ParameterizedTest
    @CsvSource({"SPACE_CRLF, 28", "CRLF, 28", "DOUBLE_CRLF, 28", "DOUBLE_CRLF, 5", "DOUBLE_CRLF, 0"})
    void thatTextGoesThatOften(KeepAlive what, int seconds) {
        Phone alice = lan.phone("alice", "10.0.0.1", EngineConfig.builder().keepAliveText(what.text()).keepAlive(seconds * Ticker.SECOND)
            .build());
        AccountId account = alice.at(registrar, "x", 3600);
        alice.engine.register(account, lan.now);
        lan.runFor(600 * Ticker.SECOND);
        assertEquals(seconds == 0 ? List.of() : List.of(what.text()), alice.blanks.stream().distinct().toList());
        int least = seconds == 0 ? 0 : 600 / seconds;
        assertTrue(alice.blanks.size() >= least && alice.blanks.size() <= least * 5 / 4 + 1, alice.blanks.size() + " in 600 s");
    }
}
