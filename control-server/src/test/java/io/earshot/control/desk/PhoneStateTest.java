package io.earshot.control.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.earshot.control.text.Notifications;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What web clients are told of the phone. */
class PhoneStateTest {
    @ParameterizedTest
    @CsvSource({"0, false", "1, false", "2, true", "3, true", "4, false", "5, false", "6, false", "7, false"})
    void onlyWhoIsRegisteredIsSaidToBe(int field, boolean registered) {
        PhoneState state = new PhoneState(new Notifications());
        state.on(new Event(1, List.of("STATUS", "0", "Registering", "alice", "alice", "1", "pbx.example", "[]", "1",
                Integer.toString(field), "0", "0", "0", "0", "0")));
        assertEquals(registered, state.isRegistered());
        assertEquals("alice pbx.example", state.account() + " " + state.server());
    }
}
