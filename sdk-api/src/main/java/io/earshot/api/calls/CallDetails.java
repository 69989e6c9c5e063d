package io.earshot.api.calls;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.Call;
import io.earshot.api.check.Check;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the peer's last message said beside the sound: the INVITE of a call that comes in, a response to ours, the CANCEL or BYE that ended
 * it. What was malformed is left out. Nothing here is verified but {@code asserted}.
 *
 * @param from whom the message names as its sender
 * @param asserted who it is by the word of a server we trust (RFC 3325, or Remote-Party-ID); empty when nobody we trust said so
 * @param anonymous whether the caller wants not to be known (RFC 3323)
 * @param diversions whom the call was diverted from, the latest first (RFC 5806)
 * @param history the addresses it was sent to on its way, the first first (RFC 7044)
 * @param userToUser data of the peer's application (RFC 7433)
 * @param reasons why it was sent, as the end of a call (RFC 3326)
 * @param answerMode how the caller wants it answered
 * @param callInfo icons and the like
 * @param alertInfo ring tones
 * @param retryAfter when to try again, of a refusal
 * @param headers every header of the message by name, without regard to case
 */
public record CallDetails(Call.Peer from, Optional<Call.Peer> asserted, boolean anonymous, List<Diversion> diversions,
        List<String> history, List<UserToUser> userToUser, List<CallReason> reasons, Optional<AnswerMode> answerMode,
        List<InfoLink> callInfo, List<InfoLink> alertInfo, Optional<Duration> retryAfter, Map<String, List<String>> headers) {
    /** Before anything came from the peer. */
    public static final CallDetails NONE = new CallDetails(new Call.Peer("", ""), Optional.empty(), false, List.of(), List.of(), List.of(),
            List.of(), Optional.empty(), List.of(), List.of(), Optional.empty(), Map.of());

    /** Copies the lists. */
    public CallDetails {
        requireNonNull(from, "from");
        requireNonNull(asserted, "asserted");
        diversions = Check.list(diversions, "diversions");
        history = Check.list(history, "history");
        userToUser = Check.list(userToUser, "userToUser");
        reasons = Check.list(reasons, "reasons");
        requireNonNull(answerMode, "answerMode");
        callInfo = Check.list(callInfo, "callInfo");
        alertInfo = Check.list(alertInfo, "alertInfo");
        requireNonNull(retryAfter, "retryAfter");
        Map<String, List<String>> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, values) -> sorted.computeIfAbsent(name, one -> new ArrayList<>()).addAll(values));
        sorted.replaceAll((name, values) -> List.copyOf(values));
        headers = Collections.unmodifiableMap(sorted);
    }

    /** Returns the first value of a header, in any case. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(requireNonNull(name, "name"), List.of()).stream().findFirst();
    }

    /** Returns what the call is about; empty when not told. */
    public String subject() {
        return header("Subject").orElse("");
    }

    /** Returns how much it matters to the caller: {@code emergency}, {@code urgent}, {@code normal}, {@code non-urgent}, or empty. */
    public String priority() {
        return header("Priority").orElse("");
    }

    /** Returns the Warning headers, as sent. */
    public List<String> warnings() {
        return headers.getOrDefault("Warning", List.of());
    }

    /** Returns who to show: the asserted identity where there is one, else From. */
    public Call.Peer caller() {
        return asserted.orElse(from);
    }

    /** Tells whether another phone of the user took the call, so that it is no missed call here. */
    public boolean isAnsweredElsewhere() {
        return reasons.stream().anyMatch(CallReason::isAnsweredElsewhere);
    }
}
