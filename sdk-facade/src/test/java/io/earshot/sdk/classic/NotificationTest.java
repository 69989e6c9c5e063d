package io.earshot.sdk.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.earshot.api.Call;
import io.earshot.api.CallEvent;
import io.earshot.api.CallEvent.Side;
import io.earshot.api.CallRecord;
import io.earshot.api.Failure;
import io.earshot.sdk.classic.Notification.Endpoint;
import io.earshot.sdk.classic.Notification.Flags;
import io.earshot.sdk.classic.Notification.Marks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NotificationTest {
    private static final Endpoint PEER = new Endpoint("2222", "1111", 2, "Katie", "callid");

    @Test
    void linesAreWrittenToTheLetter() {
        assertEquals("WPNOTIFICATION,START,sip,NEOL", Notification.start("sip").line());
        assertEquals("WPNOTIFICATION,STATUS,-1,Registered.,NEOL", Notification.status("Registered.").line());
        assertEquals("WPNOTIFICATION,EVENT,EVENT,Connecting...,NEOL", Notification.event("EVENT", "Connecting...").line());
        assertEquals("WPNOTIFICATION,LINE,2,NEOL", Notification.line(2).line());
        assertEquals("WPNOTIFICATION,STOP,api,NEOL", Notification.stop().line());
    }

    /** The formal order: the call-ID in brackets before the global flags, the media counters last, unknown values empty. */
    @Test
    void aStatusLineHasEveryFieldInTheFormalOrder() {
        Notification ringing = Notification.status(1, "Ringing", PEER, new Flags(true, 2, 1), Marks.NONE);
        assertEquals("WPNOTIFICATION,STATUS,1,Ringing,2222,1111,2,Katie,[callid],1,2,1,0,0,0,0,,,,,,,NEOL", ringing.line());
        Notification over = Notification.status(1, "CallDisconnect", PEER, new Flags(true, 2, 0), new Marks(0, 4, 0, ""))
                .withMedia(98, 97, 1, 1.4);
        assertEquals("WPNOTIFICATION,STATUS,1,CallDisconnect,2222,1111,2,Katie,[callid],1,2,0,0,4,0,0,,98,97,1,1,,NEOL", over.line());
        assertEquals(ringing.fields().size(), over.fields().size());
        assertEquals(Optional.of("Ringing"), ringing.field(2));
        assertEquals(Optional.empty(), ringing.field(50));
    }

    @Test
    void aLineStaysOneLine() {
        assertEquals("WPNOTIFICATION,EVENT,ERROR,a  b,NEOL", Notification.event("ERROR", "a\r\nb").line());
    }

    private static CallEvent.Ended ended(Side by, boolean answered, Failure failure) {
        CallRecord record = new CallRecord(1, "id", Call.Direction.OUTGOING, "sip:a@x", "sip:b@x", Instant.EPOCH, Duration.ZERO,
                Duration.ZERO, by, answered ? 200 : failure.sipStatus().orElse(0), "", Optional.empty());
        return new CallEvent.Ended(new CallEvent.Header(1, 1, Instant.EPOCH), by, Optional.ofNullable(failure), record);
    }

    static Stream<Arguments> reasons() {
        return Stream.of(
                Arguments.of("BYE User Hung Up", ended(Side.LOCAL, true, null)),
                Arguments.of("BYE bye received", ended(Side.REMOTE, true, null)),
                Arguments.of("CANCEL User Hung Up", ended(Side.LOCAL, false, new Failure.Cancelled("x"))),
                Arguments.of("CANCEL cancel received", ended(Side.REMOTE, false, new Failure.Cancelled("x"))),
                Arguments.of("CANCEL ring timeout", ended(Side.LOCAL, false, new Failure.TimedOut("x"))),
                Arguments.of("408 no response", ended(Side.NETWORK, false, new Failure.TimedOut("x"))),
                Arguments.of("486 Busy Here", ended(Side.REMOTE, false, new Failure.Busy(486, "Busy Here"))),
                Arguments.of("404 Not Found", ended(Side.REMOTE, false, new Failure.NotFound("b", 404, "Not Found"))),
                Arguments.of("480 Away", ended(Side.REMOTE, false, new Failure.Unavailable("b", 480, "Away"))),
                Arguments.of("603 Decline", ended(Side.REMOTE, false, new Failure.Declined(603, "Decline"))),
                Arguments.of("500 Oops", ended(Side.REMOTE, false, new Failure.Rejected(500, "Oops", Optional.empty()))),
                Arguments.of("401 authentication failed", ended(Side.REMOTE, false, new Failure.AuthenticationFailed("a", "r", 401, "x"))),
                Arguments.of("-1 No such host.", ended(Side.NETWORK, false, new Failure.Unreachable("No such host."))));
    }

    @ParameterizedTest
    @MethodSource("reasons")
    void theReasonOfARecordIsCodeAndText(String expected, CallEvent.Ended event) {
        assertEquals(expected, ReasonText.of(event, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"?function=API_Call&line=2&peer=a%20b+c", "/?function=API_Call&LINE=2&Peer=a b c",
        "function=API_Call&param1=2&param2=a%20b%20c"})
    void commandsComeInSeveralForms(String line) {
        ClassicCommand command = ClassicCommand.parse(line).orElseThrow();
        assertEquals("API_Call", command.function());
        assertEquals(2, command.line());
        assertEquals(Optional.of("a b c"), command.argument("peer", 2));
    }

    @Test
    void whatIsNoCommandIsNone() {
        for (String line : List.of("", "hello", "?func=API_Call", "?function=", "API_Call")) {
            assertEquals(Optional.empty(), ClassicCommand.parse(line), line);
        }
        assertEquals(-1, ClassicCommand.parse("?function=API_Hangup&line=x").orElseThrow().line());
        assertEquals(Optional.of("100%"), ClassicCommand.parse("?function=API_Call&peer=100%").orElseThrow().argument("peer", 2));
    }
}
