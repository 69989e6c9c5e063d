package io.earshot.sdk.internal.call;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.earshot.api.calls.Redialling;
import io.earshot.sdk.internal.call.Redialler.Way;
import io.earshot.sip.ua.EndCause;
import io.earshot.sip.ua.Failure;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** After which ends a call is tried again, and how. */
class RediallerTest {
    private static EndCause rejected(int status) {
        return new Failure.Rejected(status, "No", OptionalLong.empty(), Optional.empty());
    }

    /** Each row is ended by what only one of the three rules is for. */
    @ParameterizedTest
    @CsvSource({"488, false, false, true, OTHER_CODECS", "415, false, false, true, OTHER_CODECS", "606, false, false, true, OTHER_CODECS",
        "488, true, true, false, ", "503, true, false, false, SAME", "503, false, true, true, ", "491, false, true, false, SAME",
        "491, true, false, true, ", "486, true, true, true, ", "404, true, true, true, "})
    void eachRuleHasItsOwnEnds(int status, boolean onNoResponse, boolean onReject, boolean otherCodecs, Way way) {
        assertEquals(Optional.ofNullable(way), new Redialler(new Redialling(onNoResponse, onReject, otherCodecs)).after(rejected(status)));
    }

    @Test
    void onceIsEnough() {
        Redialler all = new Redialler(Redialling.ALWAYS);
        assertEquals(Optional.empty(), all.after(rejected(486)), "which does not count");
        assertEquals(Optional.of(Way.OTHER_CODECS), all.after(rejected(488)));
        assertEquals(Optional.empty(), all.after(rejected(488)));
        assertEquals(Optional.empty(), all.after(rejected(503)));
    }

    @Test
    void silenceIsNoResponse() {
        assertEquals(Optional.of(Way.SAME), new Redialler(Redialling.ALWAYS).after(new Failure.TimedOut("nobody")));
        assertEquals(Optional.empty(), new Redialler(Redialling.NEVER).after(new Failure.TimedOut("nobody")));
    }
}
