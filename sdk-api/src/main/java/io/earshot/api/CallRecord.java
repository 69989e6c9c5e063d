package io.earshot.api;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A finished call in one line (call detail record).
 *
 * @param id {@link Call#id()}
 * @param callId the SIP Call-ID
 * @param direction who called
 * @param local our address
 * @param remote the peer's address
 * @param started when the INVITE went out or came in
 * @param setup from the start to the answer; to the end when there was none
 * @param duration from the answer to the end; zero when there was none
 * @param endedBy who ended it
 * @param status the final SIP status of the INVITE, 0 when none came
 * @param reason the end in words
 * @param quality the sound over the whole call
 */
public record CallRecord(long id, String callId, Call.Direction direction, String local, String remote, Instant started, Duration setup,
        Duration duration, CallEvent.Side endedBy, int status, String reason, Optional<CallQuality> quality) {
    /** Tells whether it was ever answered. */
    public boolean answered() {
        return status >= 200 && status < 300;
    }
}
