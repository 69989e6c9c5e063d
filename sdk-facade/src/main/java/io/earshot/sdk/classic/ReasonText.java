package io.earshot.sdk.classic;

import io.earshot.api.Call;
import io.earshot.api.CallEvent;
import io.earshot.api.CallEvent.Side;
import io.earshot.api.Failure;
import io.earshot.api.calls.CallDetails;
import io.earshot.api.calls.CallReason;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The disconnect reason of a CDR: {@code code text}, the code being a SIP status, BYE, CANCEL, or -1 when no message was exchanged. */
final class ReasonText {
    /** RFC 3261 §20.43: a code, who warns, and a quoted text. */
    private static final Pattern WARNING = Pattern.compile("[0-9]{3} +\\S+ +\"(.*?)\".*", Pattern.DOTALL);

    private ReasonText() {
    }

    /**
     * Returns the reason.
     *
     * @param because what we know of it ourselves; empty for nothing
     */
    static String of(CallEvent.Ended ended, String because) {
        return of(ended, because, "");
    }

    /**
     * Returns the reason.
     *
     * @param because what we know of it ourselves; empty for nothing
     * @param told what the peer's headers say of it, which goes before its response line; empty for nothing
     */
    static String of(CallEvent.Ended ended, String because, String told) {
        boolean local = ended.by() == Side.LOCAL;
        if (!because.isEmpty()) {
            return code(ended, because) + " " + because;
        }
        if (ended.record().answered() && ended.failure().isEmpty()) {
            return local ? "BYE User Hung Up" : "BYE bye received";
        }
        Failure failure = ended.failure().orElse(new Failure.Cancelled(""));
        boolean incoming = ended.record().direction() == Call.Direction.INCOMING;
        if (ended.record().answered()) {
            return ofConnected(failure);
        }
        if (failure instanceof Failure.Cancelled) {
            return local ? "CANCEL User Hung Up" : "CANCEL cancel received";
        }
        if (failure instanceof Failure.AuthenticationFailed auth) {
            return auth.status() + " authentication failed";
        }
        if (failure instanceof Failure.TimedOut) {
            String mine = incoming ? "480 ring timeout" : "CANCEL ring timeout";
            return local ? mine : ended.record().status() == 408 ? "408 no response" : "-1 no response";
        }
        if (failure instanceof Failure.NotEncrypted refused) {
            return (refused.status() > 0 ? refused.status() : -1) + " not encrypted";
        }
        if (failure instanceof Failure.NoProvider missing && missing.kind().equals("media encryption")) {
            return "-1 srtp init fail";
        }
        if (failure instanceof Failure.MediaRefused refused) {
            return refused.status() + " cannot start media";
        }
        return failure.sipStatus().map(status -> status + " " + (told.isEmpty() ? orElse(phrase(failure), status) : told))
                .orElse("-1 " + failure.sentence());
    }

    /** Returns the text of a Warning or Reason header of the peer's last message; empty when it has none. */
    static String told(CallDetails details) {
        Matcher warning = WARNING.matcher(details.header("Warning").orElse(""));
        return warning.matches() ? warning.group(1).strip()
                : details.reasons().stream().map(CallReason::text).filter(text -> !text.isBlank()).findFirst().orElse("");
    }

    /** What ends a connected call other than a BYE. */
    private static String ofConnected(Failure failure) {
        if (failure instanceof Failure.MediaLost) {
            return "BYE media timeout";
        }
        String sentence = failure.sentence();
        if (failure instanceof Failure.TimedOut) {
            return sentence.contains("longest") ? "BYE max speech time expired" : sentence.contains("ACK")
                    ? "-1 not acked connection expired" : "-1 endpoint timeout";
        }
        if (failure instanceof Failure.NotEncrypted) {
            return "BYE srtp fail";
        }
        if (failure instanceof Failure.MediaRefused) {
            return "BYE failed media";
        }
        return failure.sipStatus().map(status -> status + " " + phrase(failure)).orElse("-1 " + sentence);
    }

    private static String orElse(String phrase, int status) {
        return !phrase.isBlank() ? phrase : status >= 600 ? "call rejected by peer" : "rejected by the peer";
    }

    /** Returns the word for what a rule did with a call that came in. */
    static String ofRule(String rule) {
        if (rule.startsWith("Every call is forwarded")) {
            return "forwardalways";
        }
        if (rule.startsWith("Every call is transferred")) {
            return "transferalways";
        }
        if (rule.startsWith("Calls are forwarded while")) {
            return "forwardonbusy";
        }
        if (rule.contains("ignores")) {
            return "autoignore";
        }
        if (rule.startsWith("Another call")) {
            return "rejectbusy";
        }
        if (rule.startsWith("There are")) {
            return "rejectonphonebusy";
        }
        return rule.contains("forwards") ? "forward" : rule.startsWith("Calls are not wanted") ? "ignored" : "autoreject";
    }

    /** A call that was connected ends with a BYE, one that rang with an answer. */
    private static String code(CallEvent.Ended ended, String because) {
        if (ended.record().answered()) {
            return "BYE";
        }
        return because.startsWith("forward") ? "302" : ended.record().status() > 0 ? Integer.toString(ended.record().status()) : "-1";
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

    /**
     * Returns the classic text for a failed registration.
     *
     * @param before whether we were registered until then
     * @param online whether there is a network
     */
    static String ofRegistration(Failure failure, boolean before, boolean online) {
        if (!online) {
            return "No network";
        }
        if (before && failure instanceof Failure.Unreachable) {
            return "Connection lost";
        }
        return before && failure instanceof Failure.TimedOut ? "Server lost" : ofRegistration(failure);
    }

    /** Returns the classic text for a registration that failed at once. */
    static String ofRegistration(Failure failure) {
        int status = failure.sipStatus().orElse(0);
        if (status == 423) {
            return "Register expired";
        }
        if (status >= 500 && !(failure instanceof Failure.TimedOut)) {
            return "Register rejected";
        }
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
