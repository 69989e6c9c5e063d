package io.earshot.sip.info;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rfc6086")
class DtmfBodyTest {
    private static Optional<DtmfBody> read(String body) {
        return DtmfBody.parse(body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void everyKeyComesBackFromBothForms() {
        for (char key : "0123456789*#ABCD!".toCharArray()) {
            DtmfBody pressed = new DtmfBody(key, 250);
            assertEquals(Optional.of(pressed), DtmfBody.parse(pressed.relay()));
            assertEquals(Optional.of(new DtmfBody(key, DtmfBody.USUAL_MILLISECONDS)), DtmfBody.parse(pressed.plain()));
        }
    }

    @Test
    void whatPeersWriteIsRead() {
        assertEquals(Optional.of(new DtmfBody('5', 160)), read("Signal=5\r\nDuration=160\r\n"));
        assertEquals(Optional.of(new DtmfBody('#', 100)), read("Signal= #\nDuration= 100"));
        assertEquals(Optional.of(new DtmfBody('*', 160)), read("signal=10"));
        assertEquals(Optional.of(new DtmfBody('D', 10_000)), read("Signal=d\r\nDuration=99999\r\n"));
        assertEquals(Optional.of(new DtmfBody('7', 160)), read("7\r\n"));
        assertEquals(Optional.of(new DtmfBody('3', 160)), read("Signal=3\r\nDuration=long\r\n"));
    }

    @Test
    void whatNamesNoKeyIsNone() {
        for (String body : new String[] {"", "x", "77", "Signal=", "Signal=17", "Duration=100", "Signal=x\r\n", "1".repeat(2_000)}) {
            assertEquals(Optional.empty(), read(body), body);
        }
    }

    @Test
    void aKeyThatDoesNotExistIsAnError() {
        assertEquals("'E' is no key: there are 0 to 9, *, #, A to D and ! for a flash",
            assertThrows(IllegalArgumentException.class, () -> new DtmfBody('E', 100)).getMessage());
        assertEquals("a key is pressed for 1 to 10000 ms, not 0",
            assertThrows(IllegalArgumentException.class, () -> new DtmfBody('1', 0)).getMessage());
    }
}
