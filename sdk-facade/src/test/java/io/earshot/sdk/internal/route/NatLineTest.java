package io.earshot.sdk.internal.route;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.earshot.api.NatKind;
import io.earshot.sip.sdp.Attribute;
import io.earshot.sip.sdp.Connection;
import io.earshot.sip.sdp.Origin;
import io.earshot.sip.sdp.SessionDescription;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NatLineTest {
    private static final SessionDescription PLAIN = SessionDescription.of(Origin.first("-", "1", "127.0.0.1"),
            Connection.of("127.0.0.1"), List.of());

    @ParameterizedTest
    @CsvSource({"OPEN, 2 Open", "BLOCKED, 3 Blocked", "FIREWALL, 4 Symmetric UDP", "FULL_CONE, 5 Full Cone", "SYMMETRIC, 6 Symmetric",
        "ADDRESS_RESTRICTED, 7 Restricted", "PORT_RESTRICTED, 8 Port Restricted"})
    void eachKindHasItsNumberAndNameAndIsReadByTheNumber(NatKind kind, String value) {
        SessionDescription told = NatLine.tell(PLAIN, kind);
        assertEquals(value, told.attribute("X-nat").orElseThrow().value());
        assertEquals(Optional.of(kind), NatLine.read(told));
        assertEquals(Optional.of(kind), NatLine.read(PLAIN.with(Attribute.of("X-nat", value.substring(0, 1)))));
    }

    @Test
    void aConeOfWhichNobodyCouldTellMoreIsUnknown() {
        SessionDescription told = NatLine.tell(PLAIN, NatKind.CONE);
        assertEquals("0 Unknown", told.attribute("X-nat").orElseThrow().value());
        assertEquals(Optional.empty(), NatLine.read(told));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "1 ErrUnknown", "9", "22", "-2", "Open", "2Open"})
    void whatIsNoKindIsNotRead(String value) {
        assertEquals(Optional.empty(), NatLine.read(PLAIN.with(Attribute.of("X-nat", value))));
    }

    @Test
    void whoTellsNothingTellsNothing() {
        assertEquals(Optional.empty(), NatLine.read(PLAIN));
    }
}
