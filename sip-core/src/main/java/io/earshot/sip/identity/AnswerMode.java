package io.earshot.sip.identity;

import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.SipMessage;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How the caller wants the call to be answered: RFC 5373 and the headers in use before and beside it.
 *
 * @param automatic whether without a person; otherwise a person is wanted
 * @param required whether the caller would rather have no answer than another one
 * @param delaySeconds how long to ring first, 0 to 600
 * @param header which header said so
 */
public record AnswerMode(boolean automatic, boolean required, int delaySeconds, String header) {
    private static final int LONGEST = 600;
    private static final HeaderName P_AUTO_ANSWER = HeaderName.of("P-Auto-Answer");
    private static final HeaderName PRIV_ANSWER_MODE = HeaderName.of("Priv-Answer-Mode");
    /** What old phones and servers write into Alert-Info for an answer without a person. */
    private static final List<String> ALERTS = List.of("alert-autoanswer", "auto answer", "auto-answer", "autoanswer", "ring-answer",
        "ring answer", "intercom");

    /** Checks the delay. */
    public AnswerMode {
        if (delaySeconds < 0 || delaySeconds > LONGEST) {
            throw new IllegalArgumentException("delaySeconds " + delaySeconds + " is outside 0 to " + LONGEST);
        }
    }

    /** Reads an INVITE; empty when it says nothing of this. What RFC 5373 says counts before anything else. */
    public static Optional<AnswerMode> of(SipMessage invite) {
        return standard(invite, PRIV_ANSWER_MODE).or(() -> standard(invite, HeaderName.ANSWER_MODE))
            .or(() -> simple(invite)).or(() -> callInfo(invite)).or(() -> alertInfo(invite));
    }

    private static Optional<AnswerMode> standard(SipMessage invite, HeaderName name) {
        return invite.value(name).flatMap(Fields::item).flatMap(item -> {
            String word = item.head().toLowerCase(Locale.ROOT);
            return word.equals("auto") || word.equals("manual")
                ? Optional.of(new AnswerMode(word.equals("auto"), item.parameters().has("require"), 0, name.canonical()))
                : Optional.empty();
        });
    }

    private static Optional<AnswerMode> simple(SipMessage invite) {
        return invite.value(P_AUTO_ANSWER).filter(value -> value.strip().toLowerCase(Locale.ROOT).startsWith("normal"))
            .map(value -> new AnswerMode(true, false, 0, P_AUTO_ANSWER.canonical()));
    }

    private static Optional<AnswerMode> callInfo(SipMessage invite) {
        return InfoLink.of(invite, HeaderName.CALL_INFO).stream().filter(link -> link.parameters().has("answer-after"))
            .findFirst().map(link -> new AnswerMode(true, false, delay(link.parameter("answer-after")), "Call-Info"));
    }

    private static Optional<AnswerMode> alertInfo(SipMessage invite) {
        for (InfoLink link : InfoLink.of(invite, HeaderName.ALERT_INFO)) {
            String said = (link.parameter("info") + " " + link.target()).toLowerCase(Locale.ROOT);
            if (ALERTS.stream().anyMatch(said::contains)) {
                return Optional.of(new AnswerMode(true, false, delay(link.parameter("delay")), "Alert-Info"));
            }
        }
        return Optional.empty();
    }

    private static int delay(String text) {
        return Math.min(LONGEST, Fields.number(Optional.of(text)).orElse(0));
    }
}
