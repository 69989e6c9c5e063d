package io.earshot.sdk.classic;

import io.earshot.api.CallEvent;
import io.earshot.api.CallEvent.Side;
import io.earshot.api.Failure;

/** The disconnect reason of a CDR: {@code code text}, the code being a SIP status, BYE, CANCEL, or -1 when no message was exchanged. */
final class ReasonText {
    private ReasonText() {
    }

    static String of(CallEvent.Ended ended) {
        boolean local = ended.by() == Side.LOCAL;
        if (ended.record().answered() && ended.failure().isEmpty()) {
            return local ? "BYE User Hung Up" : "BYE bye received";
        }
        Failure failure = ended.failure().orElse(new Failure.Cancelled(""));
        if (failure instanceof Failure.Cancelled) {
            return local ? "CANCEL User Hung Up" : "CANCEL cancel received";
        }
        if (failure instanceof Failure.AuthenticationFailed auth) {
            return auth.status() + " authentication failed";
        }
        if (failure instanceof Failure.MediaLost) {
            return "BYE media timeout";
        }
        if (failure instanceof Failure.TimedOut) {
            return local ? "CANCEL ring timeout" : ended.record().status() == 408 ? "408 no response" : "-1 no response";
        }
        return failure.sipStatus().map(status -> status + " " + phrase(failure)).orElse("-1 " + failure.sentence());
    }

    /** The reason phrase that the peer sent, where the failure has it. */
    private static String phrase(Failure failure) {
        if (failure instanceof Failure.Busy busy) {
            return busy.reason();
        }
        if (failure instanceof Failure.Declined declined) {
            return declined.reason();
        }
        if (failure instanceof Failure.NotFound missing) {
            return missing.reason();
        }
        if (failure instanceof Failure.Unavailable away) {
            return away.reason();
        }
        return failure instanceof Failure.Rejected rejected ? rejected.reason() : failure.sentence();
    }

    /** Returns the classic text for a failed registration. */
    static String ofRegistration(Failure failure) {
        if (failure instanceof Failure.AuthenticationFailed) {
            return "Authentication failed";
        }
        if (failure instanceof Failure.TimedOut) {
            return "No response from server";
        }
        if (failure instanceof Failure.Unreachable) {
            return "Server address unreachable";
        }
        return failure.sipStatus().isPresent() ? "Rejected by server" : "Register failed";
    }
}
